"""Rules that the database itself keeps, whatever program writes to it: rows are never changed, replaced or removed, and
the words of a claim stand in its report's text at its offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Table, UniqueConstraint

from variorum.ledger.people.tables import people_history
from variorum.ledger.tables import RECORDS

_KEPT: Final = (*RECORDS, people_history)
"""The tables whose rows are never changed."""

_QUOTED: Final = """
    SELECT substr(texts.text, NEW.start + 1, NEW.stop - NEW.start)
    FROM readings JOIN reports ON reports.id = readings.report JOIN texts ON texts.hash = reports.hash
    WHERE readings.number = NEW.reading
"""


def statements(dialect: str) -> Iterator[str]:
    """The statements that set up the rules, in the language of a database: `sqlite` or `postgresql`."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def names(dialect: str) -> frozenset[str]:
    """The names of all triggers that a ledger has."""
    made = (line.split() for line in statements(dialect))
    return frozenset(words[2] for words in made if words[1] == "TRIGGER")


def _sqlite() -> Iterator[str]:
    for table in _KEPT:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table.name} are never changed'); END"
            )
        # INSERT OR REPLACE removes rows without asking the trigger on DELETE. What is there already is left as it is.
        there = " OR ".join(
            f"({' AND '.join(f'{name} = NEW.{name}' for name in key)})" for key in _keys(table)
        )
        yield (
            f"CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON {table.name} "
            f"WHEN EXISTS (SELECT 1 FROM {table.name} WHERE {there}) BEGIN SELECT RAISE(IGNORE); END"
        )
    yield (
        "CREATE TRIGGER claims_evidence BEFORE INSERT ON claims "
        f"WHEN NEW.quote IS NOT ({_QUOTED}) "
        "BEGIN SELECT RAISE(ABORT, 'evidence-mismatch: the quote is not in the text'); END"
    )


def _keys(table: Table) -> list[list[str]]:
    """The columns of every key of a table."""
    keys = [[column.name for column in table.primary_key.columns]]
    found = (c for c in table.constraints if isinstance(c, UniqueConstraint))
    return keys + sorted([column.name for column in one.columns] for one in found)


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION variorum_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'append-only: rows of % are never changed', TG_TABLE_NAME; END $$"
    )
    for table in _KEPT:
        yield (
            f"CREATE TRIGGER {table.name}_append_only BEFORE UPDATE OR DELETE ON {table.name} "
            "FOR EACH ROW EXECUTE FUNCTION variorum_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table.name}_no_truncate BEFORE TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION variorum_append_only()"
        )
    yield (
        "CREATE FUNCTION variorum_evidence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.quote IS DISTINCT FROM ({_QUOTED}) THEN "
        "RAISE EXCEPTION 'evidence-mismatch: the quote is not in the text'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER claims_evidence BEFORE INSERT ON claims "
        "FOR EACH ROW EXECUTE FUNCTION variorum_evidence()"
    )
