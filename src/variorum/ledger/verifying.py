"""Verifying: every hash, offset and id of a ledger worked out anew, and the database's own rules looked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DBAPIError

from variorum.intake import Wire
from variorum.ledger import guards, words
from variorum.ledger.agencies import word_id
from variorum.ledger.assigning import likeness
from variorum.ledger.deciding import decision_id, filed_under
from variorum.ledger.decisions import Decision
from variorum.ledger.filing import filed, own_id
from variorum.ledger.recall import claim_of, reading_of, report_of, report_rows
from variorum.ledger.reference_sets import Pile, entries_of, set_id
from variorum.ledger.standing import homes
from variorum.ledger.states import State
from variorum.ledger.store import Store
from variorum.ledger.tables import (
    claims,
    concerns,
    decisions,
    memberships,
    notices,
    readings,
    reference_rows,
    reference_sets,
    reports,
    states,
    texts,
    wire,
)
from variorum.model import InputError, Link, Report, VariorumError, content_id

_STEP = 1000


def verify(store: Store) -> dict[str, int]:
    """Check everything; how many rows of each table. Raises `VariorumError` damaged at the first damage."""
    with store.reading() as connection:
        _check_database(connection)
        _check_guards(connection)
        return {
            "texts": _check_texts(connection),
            "reports": _check_reports(connection),
            "readings": _check_readings(connection),
            "claims": _check_claims(connection),
            "notices": _check_notices(connection),
            "wire": _check_wire(connection),
            "memberships": _check_memberships(connection),
            "states": _check_states(connection),
            "decisions": _check_decisions(connection),
            "reference_rows": _check_reference_rows(connection),
            "reference_sets": _check_reference_sets(connection),
        }


def content_hash(connection: Connection) -> str:
    """SHA-256 over all records without times, numbers and who recorded them, whatever the order in which they came.

    Of linking, the incident of each report as it is now counts; states are derived and do not.
    """
    digest = hashlib.sha256()
    current = sorted((report, home) for report, (home, _) in homes(connection).items())
    for name, lines in (
        ("reports", _lines(connection, reports)),
        ("notices", _lines(connection, notices)),
        ("wire", _lines(connection, wire)),
        ("readings", _lines(connection, readings)),
        ("claims", _claim_lines(connection)),
        ("decisions", _lines(connection, decisions)),
        ("references", connection.execute(select(reference_sets.c.id)).scalars()),
        ("incidents", [json.dumps(pair) for pair in current]),
    ):
        # Hashes of lines, in order: a million claims need not be held at once to be put in order.
        found = sorted(hashlib.sha256(line.encode()).digest() for line in lines)
        digest.update(f"{name} {len(found)}\n".encode())
        for one in found:
            digest.update(one)
    return digest.hexdigest()


_LEFT_OUT = ("number", "recorded_at", "recorded_by", "reading", "name")


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    columns = [column for column in table.c if column.name not in _LEFT_OUT]
    for row in connection.execute(select(*columns)).yield_per(_STEP):
        yield json.dumps(list(row), ensure_ascii=False)


def _claim_lines(connection: Connection) -> Iterator[str]:
    columns = [column for column in claims.c if column.name not in (*_LEFT_OUT, "reader")]
    query = select(readings.c.report, readings.c.reader, *columns, claims.c.reader)
    joined = query.join(readings, readings.c.number == claims.c.reading)
    for row in connection.execute(joined).yield_per(_STEP):
        yield json.dumps(list(row), ensure_ascii=False)


def _check_database(connection: Connection) -> None:
    """What the database itself can tell of its file."""
    if connection.dialect.name != "sqlite":
        return
    try:
        for (said,) in connection.execute(text("PRAGMA integrity_check(1)")):
            _need(said == "ok", "the file", str(said))
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            raise _damage(f"row {row[1]} of {row[0]}", f"what it refers to in {row[2]} is not there")
    except DBAPIError as error:
        raise _damage("the file", str(error.orig)) from None


def _check_guards(connection: Connection) -> None:
    """The triggers are there, as they were made."""
    dialect = connection.dialect.name
    if dialect == "sqlite":
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = {row.name: row.sql for row in connection.execute(query)}
        for statement in (*guards.statements(dialect), *words.statements(dialect)):
            parts = statement.split()
            if parts[1] == "TRIGGER":
                _need(parts[2] in found, parts[2], "this rule of the database was taken away")
                _need(found[parts[2]] == statement, parts[2], "this rule of the database was changed")
        return
    query = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
    enabled = set(connection.execute(query).scalars())
    for name in sorted(guards.names(dialect)):
        _need(name in enabled, name, "this rule of the database was taken away or switched off")


def _check_texts(connection: Connection) -> int:
    number = 0
    for row in connection.execute(select(texts).order_by(texts.c.number)).yield_per(_STEP):
        _need(
            Report(id="x", text=row.text).content_hash == row.hash,
            f"text {row.number}",
            "not the text of its hash",
        )
        number += 1
    return number


def _check_reports(connection: Connection) -> int:
    number = 0
    for row in connection.execute(report_rows().order_by(reports.c.number)).yield_per(_STEP):
        _need(
            filed(report_of(row._mapping)).id == row.id, f"report {row.id}", "its id does not follow from it"
        )
        number += 1
    return number


def _check_readings(connection: Connection) -> int:
    columns = [column for column in reports.c if column.name not in ("number", "recorded_at")]
    query = select(readings, *(column.label(f"report_{column.name}") for column in columns), texts.c.text)
    query = query.join(reports, reports.c.id == readings.c.report).join(texts, texts.c.hash == reports.c.hash)
    number = 0
    for row in connection.execute(query.order_by(readings.c.number)).yield_per(_STEP):
        told = {
            name.removeprefix("report_"): value
            for name, value in row._mapping.items()
            if name.startswith("report_")
        }
        where = f"the reading of report {row.report} by {row.reader}"
        try:
            reading_of(row._mapping, (), report_of({**told, "text": row.text})).check()
        except (ValueError, VariorumError) as error:
            raise _damage(where, str(error)) from None
        number += 1
    return number


def _check_claims(connection: Connection) -> int:
    """Each claim's words are in its text, and its id follows from what it says."""
    query = (
        select(*claims.c, readings.c.report, readings.c.reader.label("by"), reports.c.hash, texts.c.text)
        .join(readings, readings.c.number == claims.c.reading)
        .join(reports, reports.c.id == readings.c.report)
        .join(texts, texts.c.hash == reports.c.hash)
    )
    number = 0
    for row in connection.execute(query.order_by(claims.c.number)).yield_per(_STEP).mappings():
        where = f"claim {row['id']} of report {row['report']}"
        _need(row["text"][row["start"] : row["stop"]] == row["quote"], where, "its words are not in the text")
        _need(_claim_id(row) == row["id"], where, "its id does not follow from what it says")
        number += 1
    return number


def _claim_id(row: Mapping[Any, Any]) -> str | None:
    try:
        return own_id(claim_of(row, row["report"], row["by"]), row["hash"])
    except ValueError:
        return None


def _check_notices(connection: Connection) -> int:
    number = 0
    for row in connection.execute(select(notices)):
        told = content_id("notice", row.kind, row.report, row.other, str(row.day), row.why)
        _need(told == row.id, f"notice {row.id}", "its id does not follow from it")
        number += 1
    return number


def _check_wire(connection: Connection) -> int:
    number = 0
    for row in connection.execute(select(wire)).yield_per(_STEP):
        where = f"row {row.number} of wire"
        _need(word_id(row.item, row.report, row.body) == row.id, where, "its id does not follow from it")
        try:
            said = Wire.model_validate_json(row.body)
        except ValueError as error:
            raise _damage(where, str(error)) from None
        _need(row.item in (said.item, *said.supersedes), where, "not about the item that it says")
        number += 1
    return number


def _check_memberships(connection: Connection) -> int:
    number = 0
    for row in connection.execute(select(memberships)).yield_per(_STEP):
        where = f"row {row.number} of memberships"
        try:
            link = Link.model_validate_json(row.link) if row.link else None
        except ValueError as error:
            raise _damage(where, str(error)) from None
        _need(link is None or link.report == row.report, where, "its link is another report's")
        _need(likeness(row.link) == row.score, where, "its score is not its link's")
        number += 1
    return number


def _check_states(connection: Connection) -> int:
    number = 0
    for row in connection.execute(select(states)).yield_per(_STEP):
        where = f"row {row.number} of states"
        try:
            state = State.model_validate_json(row.body)
        except ValueError as error:
            raise _damage(where, str(error)) from None
        day = str(state.day.first) if state.day else None
        _need((state.incident, day) == (row.incident, row.first_day), where, "not the state that it says")
        number += 1
    return number


def _check_decisions(connection: Connection) -> int:
    before: dict[str, int] = {}
    for row in connection.execute(select(decisions).order_by(decisions.c.number)):
        where = f"decision {row.id}"
        _need(
            decision_id(row.body, before.get(row.body, 0)) == row.id, where, "its id does not follow from it"
        )
        before[row.body] = before.get(row.body, 0) + 1
        about = select(concerns.c.record).where(concerns.c.decision == row.number)
        _need(connection.execute(about).first() is not None, where, "what it is about was taken away")
        try:
            decision = Decision.model_validate_json(row.body)
        except ValueError as error:
            raise _damage(where, str(error)) from None
        told = (decision.kind, filed_under(decision), decision.by)
        _need(told == (row.kind, row.subject, row.recorded_by), where, "not the decision that it says")
    return sum(before.values())


def _check_reference_rows(connection: Connection) -> int:
    number = 0
    for row in connection.execute(select(reference_rows)).yield_per(_STEP):
        found = hashlib.sha256(row.cells.encode()).hexdigest()
        _need(found == row.hash, f"row {row.number} of reference_rows", "not the cells of its hash")
        number += 1
    return number


def _check_reference_sets(connection: Connection) -> int:
    """Each set's id follows from what is told of it, its content from its rows."""
    number = 0
    for row in connection.execute(select(reference_sets)).mappings().all():
        where = f"reference set {row['id']}"
        _need(set_id(row) == row["id"], where, "its id does not follow from it")
        pile = Pile()
        try:
            pile.begin(json.loads(row["header"]), where)
            for line, cells in connection.execute(entries_of(row["id"])).yield_per(_STEP):
                found = json.loads(cells)
                _need(len(found) == len(pile.header), where, f"other columns on line {line}")
                pile.take(found, line)
        except (ValueError, TypeError, InputError) as error:
            raise _damage(where, str(error)) from None
        told = (pile.origin, pile.content, len(pile.entries))
        _need(told == (row["origin"], row["content"], row["size"]), where, "not the rows that it says")
        number += 1
    return number


def _need(sound: bool, where: str, what: str) -> None:
    if not sound:
        raise _damage(where, what)


def _damage(where: str, what: str) -> VariorumError:
    return VariorumError(what, where=where, remedy="take the last backup; nothing mends this", code="damaged")
