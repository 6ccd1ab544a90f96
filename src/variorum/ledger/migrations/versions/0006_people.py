"""Who may come in: people, sessions, tokens and tries of logins, and the append-only history of who did what to whom."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the triggers of the history."""
    op.create_table(
        "people",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_people")),
        sa.UniqueConstraint("key", name=op.f("uq_people_key")),
        sa.UniqueConstraint("subject", name=op.f("uq_people_subject")),
    )
    op.create_table(
        "sessions",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.number"], name=op.f("fk_sessions_person")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sessions")),
        sa.UniqueConstraint("hash", name=op.f("uq_sessions_hash")),
    )
    op.create_index(op.f("ix_sessions_person"), "sessions", ["person"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.number"], name=op.f("fk_tokens_person")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
    )
    op.create_index(op.f("ix_tokens_person"), "tokens", ["person"], unique=False)
    op.create_table(
        "login_tries",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_login_tries")),
    )
    op.create_index("ix_login_tries_name_at", "login_tries", ["name", "at"], unique=False)
    op.create_index("ix_login_tries_address_at", "login_tries", ["address", "at"], unique=False)
    op.create_table(
        "people_history",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_people_history")),
    )
    for statement in sqlite() if op.get_bind().dialect.name == "sqlite" else postgresql():
        op.execute(statement)


def sqlite() -> Iterator[str]:
    """Triggers for SQLite."""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER people_history_no_{verb.lower()} BEFORE {verb} ON people_history "
            "BEGIN SELECT RAISE(ABORT, 'append-only: rows of people_history are never changed'); END"
        )
    yield (
        "CREATE TRIGGER people_history_no_replace BEFORE INSERT ON people_history "
        "WHEN EXISTS (SELECT 1 FROM people_history WHERE (number = NEW.number)) "
        "BEGIN SELECT RAISE(IGNORE); END"
    )


def postgresql() -> Iterator[str]:
    """The same for PostgreSQL."""
    yield (
        "CREATE TRIGGER people_history_append_only BEFORE UPDATE OR DELETE ON people_history "
        "FOR EACH ROW EXECUTE FUNCTION variorum_append_only()"
    )
    yield (
        "CREATE TRIGGER people_history_no_truncate BEFORE TRUNCATE ON people_history "
        "FOR EACH STATEMENT EXECUTE FUNCTION variorum_append_only()"
    )
