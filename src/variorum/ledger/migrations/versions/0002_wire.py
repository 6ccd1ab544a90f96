"""What news agencies said of their items, with the rules that the database keeps."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its triggers; runs of linking so far took none of its rows into account."""
    op.create_table(
        "wire",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_wire_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_wire")),
        sa.UniqueConstraint("id", name=op.f("uq_wire_id")),
    )
    op.create_index(op.f("ix_wire_item"), "wire", ["item"], unique=False)
    op.create_index(op.f("ix_wire_report"), "wire", ["report"], unique=False)
    op.add_column("runs", sa.Column("wire", sa.Integer(), server_default="0", nullable=False))
    for statement in sqlite() if op.get_bind().dialect.name == "sqlite" else postgresql():
        op.execute(statement)


def sqlite() -> Iterator[str]:
    """Triggers for SQLite."""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER wire_no_{verb.lower()} BEFORE {verb} ON wire "
            "BEGIN SELECT RAISE(ABORT, 'append-only: rows of wire are never changed'); END"
        )
    yield (
        "CREATE TRIGGER wire_no_replace BEFORE INSERT ON wire "
        "WHEN EXISTS (SELECT 1 FROM wire WHERE (number = NEW.number) OR (id = NEW.id)) "
        "BEGIN SELECT RAISE(IGNORE); END"
    )


def postgresql() -> Iterator[str]:
    """The same for PostgreSQL."""
    yield (
        "CREATE TRIGGER wire_append_only BEFORE UPDATE OR DELETE ON wire "
        "FOR EACH ROW EXECUTE FUNCTION variorum_append_only()"
    )
    yield (
        "CREATE TRIGGER wire_no_truncate BEFORE TRUNCATE ON wire "
        "FOR EACH STATEMENT EXECUTE FUNCTION variorum_append_only()"
    )
