"""Rules that the database itself keeps, whatever program writes to it: rows are never changed or removed, and the words of
a claim stand in its report's text at its offsets.
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.ledger.tables import RECORDS

_QUOTED = """
    SELECT substr(texts.text, NEW.start + 1, NEW.stop - NEW.start)
    FROM reports JOIN texts ON texts.hash = reports.hash WHERE reports.id = NEW.report
"""


def statements(dialect: str) -> Iterator[str]:
    """The statements that set up the rules, in the language of a database: `sqlite` or `postgresql`."""
    yield from _SPOKEN[dialect]()


def _sqlite() -> Iterator[str]:
    for table in RECORDS:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table.name} are never changed'); END"
            )
    yield (
        "CREATE TRIGGER claims_evidence BEFORE INSERT ON claims "
        f"WHEN NEW.quote IS NOT ({_QUOTED}) "
        "BEGIN SELECT RAISE(ABORT, 'evidence-mismatch: the quote is not in the text'); END"
    )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION variorum_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'append-only: rows of % are never changed', TG_TABLE_NAME; END $$"
    )
    for table in RECORDS:
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


_SPOKEN = {"sqlite": _sqlite, "postgresql": _postgresql}
