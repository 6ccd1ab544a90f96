"""The first tables, with the rules that the database keeps and its index of words.

This is how a ledger began: it is never changed, whatever `tables`, `guards` and `words` come to say later.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEYS = {
    "texts": [["number"], ["hash"]],
    "reports": [["number"], ["id"]],
    "notices": [["number"], ["id"]],
    "readings": [["number"], ["report", "reader"]],
    "claims": [["number"]],
    "memberships": [["number"]],
    "states": [["number"]],
    "tags": [["state", "kind", "value"]],
    "decisions": [["number"], ["id"]],
    "runs": [["number"]],
}

QUOTED = """
    SELECT substr(texts.text, NEW.start + 1, NEW.stop - NEW.start)
    FROM readings JOIN reports ON reports.id = readings.report JOIN texts ON texts.hash = reports.hash
    WHERE readings.number = NEW.reading
"""
BETWEEN = r"[\u0001-\u002f:-@\[-`{-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+"


def upgrade() -> None:
    """Make all tables, indexes and triggers."""
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decisions")),
        sa.UniqueConstraint("id", name=op.f("uq_decisions_id")),
    )
    op.create_index("ix_decisions_subject_kind", "decisions", ["subject", "kind"], unique=False)
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("membership", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_runs")),
    )
    op.create_table(
        "states",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_states")),
    )
    op.create_index("ix_states_first_day_last_day", "states", ["first_day", "last_day"], unique=False)
    op.create_index(
        "ix_states_incident_known_on_number", "states", ["incident", "known_on", "number"], unique=False
    )
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_texts")),
        sa.UniqueConstraint("hash", name=op.f("uq_texts_hash")),
    )
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hash"], ["texts.hash"], name=op.f("fk_reports_hash")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reports")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
    )
    op.create_index("ix_reports_hash", "reports", ["hash"], unique=False)
    op.create_index(op.f("ix_reports_url"), "reports", ["url"], unique=False)
    op.create_table(
        "tags",
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["state"], ["states.number"], name=op.f("fk_tags_state")),
        sa.PrimaryKeyConstraint("state", "kind", "value", name=op.f("pk_tags")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tags_kind_value_state", "tags", ["kind", "value", "state"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_memberships_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_incident"), "memberships", ["incident"], unique=False)
    op.create_index("ix_memberships_report_number", "memberships", ["report", "number"], unique=False)
    op.create_table(
        "notices",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'replaced') = (other IS NOT NULL)", name=op.f("ck_notices_other")),
        sa.CheckConstraint("kind IN ('withdrawn', 'replaced')", name=op.f("ck_notices_kind")),
        sa.ForeignKeyConstraint(["other"], ["reports.id"], name=op.f("fk_notices_other")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_notices_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_notices")),
        sa.UniqueConstraint("id", name=op.f("uq_notices_id")),
    )
    op.create_index(op.f("ix_notices_report"), "notices", ["report"], unique=False)
    op.create_table(
        "readings",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_readings_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_readings")),
        sa.UniqueConstraint("report", "reader", name=op.f("uq_readings_report_reader")),
    )
    op.create_table(
        "claims",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("mention", sa.Text(), nullable=True),
        sa.Column("mention_start", sa.Integer(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("approx", sa.Boolean(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("combined", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column("denies", sa.Boolean(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'toll' OR low IS NOT NULL OR high IS NOT NULL", name=op.f("ck_claims_number")
        ),
        sa.CheckConstraint("kind IN ('toll', 'responsibility', 'account')", name=op.f("ck_claims_kind")),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_claims_bounds")),
        sa.CheckConstraint("start >= 0 AND stop > start", name=op.f("ck_claims_span")),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_claims_reading")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_index(op.f("ix_claims_reading"), "claims", ["reading"], unique=False)
    dialect = op.get_bind().dialect.name
    for statement in sqlite() if dialect == "sqlite" else postgresql():
        op.execute(statement)


def sqlite() -> Iterator[str]:
    """Triggers and the index of words, for SQLite."""
    for table, keys in KEYS.items():
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed'); END"
            )
        # INSERT OR REPLACE removes rows without asking the trigger on DELETE. What is there already is left as it is.
        there = " OR ".join(f"({' AND '.join(f'{name} = NEW.{name}' for name in key)})" for key in keys)
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) BEGIN SELECT RAISE(IGNORE); END"
        )
    yield (
        "CREATE TRIGGER claims_evidence BEFORE INSERT ON claims "
        f"WHEN NEW.quote IS NOT ({QUOTED}) "
        "BEGIN SELECT RAISE(ABORT, 'evidence-mismatch: the quote is not in the text'); END"
    )
    yield (
        "CREATE VIEW searchable AS SELECT reports.number AS number, reports.title AS title, texts.text AS text "
        "FROM reports JOIN texts ON texts.hash = reports.hash"
    )
    yield (
        "CREATE VIRTUAL TABLE words USING fts5(title, text, content='searchable', content_rowid='number', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield (
        "CREATE TRIGGER reports_words AFTER INSERT ON reports BEGIN INSERT INTO words (rowid, title, text) "
        "SELECT number, title, text FROM searchable WHERE number = NEW.number; END"
    )


def postgresql() -> Iterator[str]:
    """The same for PostgreSQL."""
    yield (
        "CREATE FUNCTION variorum_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'append-only: rows of % are never changed', TG_TABLE_NAME; END $$"
    )
    for table in KEYS:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION variorum_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION variorum_append_only()"
        )
    yield (
        "CREATE FUNCTION variorum_evidence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.quote IS DISTINCT FROM ({QUOTED}) THEN "
        "RAISE EXCEPTION 'evidence-mismatch: the quote is not in the text'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER claims_evidence BEFORE INSERT ON claims "
        "FOR EACH ROW EXECUTE FUNCTION variorum_evidence()"
    )
    yield "CREATE TABLE words (number integer PRIMARY KEY, words tsvector NOT NULL)"
    yield "CREATE INDEX ix_words_words ON words USING gin (words)"
    yield (
        "CREATE FUNCTION variorum_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO words SELECT NEW.number, to_tsvector('simple', regexp_replace("
        f"left(coalesce(NEW.title, '') || ' . ' || text, 200000), '{BETWEEN}', ' ', 'g')) "
        "FROM texts WHERE hash = NEW.hash; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER reports_words AFTER INSERT ON reports FOR EACH ROW EXECUTE FUNCTION variorum_words()"
    )
