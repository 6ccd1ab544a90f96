"""Reference incidents: somebody else's data sets, with the rules that the database keeps."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEYS = {
    "reference_rows": [["number"], ["hash"]],
    "reference_sets": [["number"], ["id"]],
    "reference_entries": [["reference_set", "ordinal"]],
}


def upgrade() -> None:
    """Make the tables and their triggers."""
    op.create_table(
        "reference_rows",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reference_rows")),
        sa.UniqueConstraint("hash", name=op.f("uq_reference_rows_hash")),
    )
    op.create_table(
        "reference_sets",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint("origin IN ('ucdp-ged', 'acled-shaped')", name=op.f("ck_reference_sets_origin")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reference_sets")),
        sa.UniqueConstraint("id", name=op.f("uq_reference_sets_id")),
    )
    op.create_index(op.f("ix_reference_sets_name"), "reference_sets", ["name"], unique=False)
    op.create_index(op.f("ix_reference_sets_content"), "reference_sets", ["content"], unique=False)
    op.create_table(
        "reference_entries",
        sa.Column("reference_set", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reference_row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_set"], ["reference_sets.number"], name=op.f("fk_reference_entries_reference_set")
        ),
        sa.ForeignKeyConstraint(
            ["reference_row"], ["reference_rows.number"], name=op.f("fk_reference_entries_reference_row")
        ),
        sa.PrimaryKeyConstraint("reference_set", "ordinal", name=op.f("pk_reference_entries")),
        sqlite_with_rowid=False,
    )
    for statement in sqlite() if op.get_bind().dialect.name == "sqlite" else postgresql():
        op.execute(statement)


def sqlite() -> Iterator[str]:
    """Triggers for SQLite."""
    for table, keys in KEYS.items():
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed'); END"
            )
        there = " OR ".join(f"({' AND '.join(f'{name} = NEW.{name}' for name in key)})" for key in keys)
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) BEGIN SELECT RAISE(IGNORE); END"
        )


def postgresql() -> Iterator[str]:
    """The same for PostgreSQL."""
    for table in KEYS:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION variorum_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION variorum_append_only()"
        )
