"""What the database itself refuses, whatever program writes to it."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.ledger.piles import pile, references
from variorum.intake import Wire
from variorum.ledger import Decision, Ledger, guards
from variorum.ledger.tables import RECORDS, metadata
from variorum.model import VariorumError

CHANGED = {
    "texts": "text",
    "reports": "title",
    "notices": "why",
    "wire": "body",
    "readings": "body",
    "claims": "said",
    "memberships": "incident",
    "states": "body",
    "decisions": "body",
    "runs": "recorded_at",
    "reference_rows": "cells",
    "reference_sets": "terms",
    "reference_entries": "line",
}
"""A column of each table that no rule but that against replacing would keep."""


@pytest.fixture
def filled(ledger, where):
    """A ledger with a row in every table."""
    ledger.add(pile(), by="me")
    ledger.link()
    claim = next(ledger.claims())
    ledger.decide(Decision(kind="accept", subject=claim.id, by="me", why="it is so"))
    ledger.withdraw(claim.report, by="me", why="the outlet took it back")
    ledger.hear([(Wire(standard="ninjs", item="urn:ferry"), pile()[0].report)], by="me")
    ledger.import_references(references(), by="me")
    assert all(ledger.count().values())
    return ledger


@pytest.fixture
def raw(filled, where):
    """Another program on the same database: runs one statement, and gives how many rows it wrote."""
    url = where.replace("postgresql:", "postgresql+psycopg:") if "://" in where else f"sqlite:///{where}"
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))

    def run(statement):
        with engine.begin() as connection:
            return connection.execute(text(statement)).rowcount

    yield run
    engine.dispose()


@pytest.mark.parametrize("table", RECORDS, ids=lambda table: table.name)
def test_no_row_is_changed_or_removed(filled, raw, table):
    before = filled.content_hash(), filled.count()
    column = next(c.name for c in table.columns if c.name not in ("number", "state"))
    for statement in (
        f"UPDATE {table.name} SET {column} = {column}",
        f"DELETE FROM {table.name}",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            raw(statement)
    assert (filled.content_hash(), filled.count()) == before


def test_no_table_is_emptied_at_once(raw, where):
    if "://" not in where:
        pytest.skip("SQLite has no TRUNCATE")
    for table in RECORDS:
        with pytest.raises(DBAPIError, match="append-only"):
            raw(f"TRUNCATE {table.name} CASCADE")


@pytest.mark.parametrize("table", RECORDS, ids=lambda table: table.name)
def test_no_row_is_replaced(filled, raw, where, table):
    if "://" in where:
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    before = filled.content_hash(), filled.count()
    columns = [column.name for column in table.columns]
    changed = CHANGED.get(table.name)
    another = "9" if changed == "line" else "'another'"
    other = [another if name == changed else name for name in columns]
    raw(
        f"INSERT OR REPLACE INTO {table.name} ({', '.join(columns)}) SELECT {', '.join(other)} FROM {table.name}"
    )
    assert (filled.content_hash(), filled.count()) == before


COLUMNS = "id, source, certainty, background, score, start, stop"
COPIED = f"INSERT INTO claims (reading, kind, {COLUMNS}, quote) SELECT reading, 'account', {COLUMNS}, {{}} FROM claims"


def test_words_that_are_not_in_the_text_are_no_evidence(filled, raw):
    with pytest.raises(DBAPIError, match="evidence-mismatch"):
        raw(COPIED.format("'made up'"))
    assert filled.verify()["claims"] == 5


def test_the_same_row_with_its_own_words_is_taken(raw):
    """The rule above refuses for the words and for nothing else."""
    assert raw(COPIED.format("quote")) == 5


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO reports (id, name, hash, recorded_by, recorded_at) VALUES ('x', 'x', 'no such text', 'x', 'x')",
        "INSERT INTO readings (report, reader, body, recorded_at) VALUES ('no such report', 'x', '{}', 'x')",
        "INSERT INTO memberships (report, incident, recorded_at) VALUES ('no such report', 'x', 'x')",
        "INSERT INTO notices (id, kind, report, why, recorded_by, recorded_at) "
        "VALUES ('x', 'withdrawn', 'no such report', 'x', 'x', 'x')",
        "INSERT INTO notices (id, kind, report, why, recorded_by, recorded_at) "
        "SELECT 'x', 'burnt', id, 'x', 'x', 'x' FROM reports LIMIT 1",
        "INSERT INTO reference_entries (reference_set, ordinal, line, reference_row) VALUES (999999, 1, 1, 1)",
        "INSERT INTO reference_entries (reference_set, ordinal, line, reference_row) VALUES (1, 99, 1, 999999)",
        "INSERT INTO reference_sets (id, name, origin, header, file, size, refused, content, recorded_by, recorded_at) "
        "VALUES ('x', 'x', 'gtd', '[]', 'x', 1, 0, 'x', 'x', 'x')",
        "INSERT INTO tags (state, kind, value) VALUES (999999, 'party', 'x')",
    ],
)
def test_what_refers_to_nothing_or_is_no_value_is_refused(raw, statement):
    with pytest.raises(IntegrityError):
        raw(statement)


def test_the_first_migration_makes_the_tables_that_the_code_has(ledger):
    with ledger._store.engine.connect() as connection:
        options = {
            "include_object": lambda _, name, kind, *__: kind != "table" or not name.startswith("words"),
            "compare_type": True,
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        checks = {
            constraint["name"]
            for table in RECORDS
            for constraint in inspect(connection).get_check_constraints(table.name)
        }
    assert checks == {
        constraint.name
        for table in RECORDS
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_a_rule_that_is_taken_away_is_missed(filled, raw, where):
    filled.verify()
    on = " ON claims" if "://" in where else ""
    raw(f"DROP TRIGGER claims_evidence{on}")
    with pytest.raises(VariorumError, match="taken away") as caught:
        filled.verify()
    assert (caught.value.code, caught.value.where) == ("damaged", "claims_evidence")
    assert [finding.state for finding in filled.check() if finding.what == "rules of the database"] == ["bad"]


def test_every_table_is_guarded():
    for dialect in ("sqlite", "postgresql"):
        named = " ".join(guards.names(dialect))
        assert all(f"{table.name}_" in named for table in RECORDS)


def test_a_ledger_of_a_newer_form_is_left_alone(filled, raw, where):
    raw("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(VariorumError, match="newer form"):
        Ledger.open(where)
