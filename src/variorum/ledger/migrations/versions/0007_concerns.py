"""What decisions are about, and the orders in which claims and links wait for review."""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BY_LIKENESS = ("likeness", "whole")
ON_CLAIMS = ("accept", "reject", "correct")


def upgrade() -> None:
    """Make the table, note what each decision so far is about, then make its triggers and the indexes."""
    op.create_table(
        "concerns",
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.number"], name=op.f("fk_concerns_decision")),
        sa.PrimaryKeyConstraint("decision", "record", name=op.f("pk_concerns")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_concerns_record_decision", "concerns", ["record", "decision"], unique=False)
    op.create_index("ix_claims_score_number", "claims", ["score", "number"], unique=False)
    op.create_index("ix_decisions_recorded_by_number", "decisions", ["recorded_by", "number"], unique=False)
    op.create_index("ix_decisions_recorded_at", "decisions", ["recorded_at"], unique=False)
    fill()
    sqlite_ = op.get_bind().dialect.name == "sqlite"
    op.add_column("memberships", sa.Column("score", sa.Float(), nullable=True))
    score_links()
    op.create_index("ix_memberships_score_number", "memberships", ["score", "number"], unique=False)
    for statement in sqlite() if sqlite_ else postgresql():
        op.execute(statement)


def fill() -> None:
    """Note what the decisions that are there are about."""
    connection = op.get_bind()
    homes = sa.text(
        "SELECT DISTINCT readings.report FROM claims JOIN readings ON readings.number = claims.reading WHERE claims.id = :id"
    )
    by_hand: dict[str, set[str]] = {}
    about: dict[str, set[str]] = {}
    rows = connection.execute(sa.text("SELECT number, id, body FROM decisions ORDER BY number")).all()
    for number, name, body in rows:
        told = json.loads(body)
        subject, claim = told["subject"], told.get("claim")
        found = {subject, *(told.get("reports") or ()), *(told.get("others") or ()), told.get("name") or ""}
        if claim:
            found |= {claim["id"], claim["report"]}
            by_hand.setdefault(claim["id"], set()).add(claim["report"])
        if told["kind"] in ON_CLAIMS:
            found |= {*connection.execute(homes, {"id": subject}).scalars(), *by_hand.get(subject, ())}
        if told["kind"] == "undo":
            found |= about.get(subject, set())
        about[name] = found - {""}
        written = [{"decision": number, "record": one} for one in sorted(about[name])]
        insert = sa.text("INSERT INTO concerns (decision, record) VALUES (:decision, :record)")
        connection.execute(insert, written)


def score_links() -> None:
    """Write the score of each link that is there beside it; the rule against changes is put off meanwhile."""
    connection = op.get_bind()
    sqlite_ = connection.dialect.name == "sqlite"
    rule = "CREATE TRIGGER memberships_no_update BEFORE UPDATE ON memberships "
    rule += "BEGIN SELECT RAISE(ABORT, 'append-only: rows of memberships are never changed'); END"
    switch = "ALTER TABLE memberships {} TRIGGER memberships_append_only"
    op.execute("DROP TRIGGER memberships_no_update" if sqlite_ else switch.format("DISABLE"))
    last = 0
    step = sa.text(
        "SELECT number, link FROM memberships WHERE link IS NOT NULL AND number > :last ORDER BY number LIMIT 5000"
    )
    update = sa.text("UPDATE memberships SET score = :score WHERE number = :number")
    while rows := connection.execute(step, {"last": last}).all():
        last = rows[-1].number
        links = ((number, json.loads(link)) for number, link in rows)
        scored = [
            {"number": number, "score": link["score"]} for number, link in links if link["by"] in BY_LIKENESS
        ]
        if scored:
            connection.execute(update, scored)
    op.execute(rule if sqlite_ else switch.format("ENABLE"))


def sqlite() -> Iterator[str]:
    """Triggers for SQLite."""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER concerns_no_{verb.lower()} BEFORE {verb} ON concerns "
            "BEGIN SELECT RAISE(ABORT, 'append-only: rows of concerns are never changed'); END"
        )
    yield (
        "CREATE TRIGGER concerns_no_replace BEFORE INSERT ON concerns "
        "WHEN EXISTS (SELECT 1 FROM concerns WHERE (decision = NEW.decision AND record = NEW.record)) "
        "BEGIN SELECT RAISE(IGNORE); END"
    )


def postgresql() -> Iterator[str]:
    """The same for PostgreSQL."""
    yield (
        "CREATE TRIGGER concerns_append_only BEFORE UPDATE OR DELETE ON concerns "
        "FOR EACH ROW EXECUTE FUNCTION variorum_append_only()"
    )
    yield (
        "CREATE TRIGGER concerns_no_truncate BEFORE TRUNCATE ON concerns "
        "FOR EACH STATEMENT EXECUTE FUNCTION variorum_append_only()"
    )
