"""Who decided what: decisions by person, kind, day and record, the last first, each with what undoes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from variorum.ledger.concerns import recorded_of
from variorum.ledger.decisions import Recorded
from variorum.ledger.filing import chunks
from variorum.ledger.tables import concerns, decisions


@dataclass(frozen=True, slots=True)
class Audited:
    """Which decisions to show; None leaves it open."""

    by: str | None = None
    kind: str | None = None
    day: date | None = None
    """The day, in UTC, on which it was recorded."""
    record: str | None = None
    """The id or name of what it is about."""


def audit(
    connection: Connection, asked: Audited, before: int | None = None, limit: int = 50
) -> list[Recorded]:
    """Decisions as asked for, the last first, with numbers below `before`."""
    query = select(decisions)
    if asked.by:
        query = query.where(decisions.c.recorded_by == asked.by)
    if asked.kind:
        query = query.where(decisions.c.kind == asked.kind)
    if asked.day:
        query = query.where(
            decisions.c.recorded_at >= str(asked.day),
            decisions.c.recorded_at < str(asked.day + timedelta(days=1)),
        )
    if asked.record:
        about = select(concerns.c.decision).where(concerns.c.record == asked.record)
        own = select(decisions.c.number).where(decisions.c.id == asked.record)
        query = query.where(decisions.c.number.in_(about.union(own)))
    if before is not None:
        query = query.where(decisions.c.number < before)
    rows = connection.execute(query.order_by(decisions.c.number.desc()).limit(limit))
    return [recorded_of(row) for row in rows]


def named(connection: Connection, names: Iterable[str]) -> list[Recorded]:
    """Decisions by their ids, in their order; those that are not there are left out."""
    found: list[Recorded] = []
    for part in chunks(sorted(set(names))):
        rows = connection.execute(select(decisions).where(decisions.c.id.in_(part)))
        found += [recorded_of(row) for row in rows]
    return sorted(found, key=lambda one: one.number)


def undone_by(connection: Connection, recorded: Iterable[Recorded]) -> dict[str, Recorded]:
    """Those of some decisions that hold no longer, by id, each with the decision in force that undoes it."""
    some = {one.id: one for one in recorded}
    known, new = dict(some), set(some)
    while new:
        found: dict[str, Recorded] = {}
        for part in chunks(sorted(new)):
            query = select(decisions).where(decisions.c.subject.in_(part), decisions.c.kind == "undo")
            found |= {row.id: recorded_of(row) for row in connection.execute(query)}
        new = set(found) - set(known)
        known |= found
    undone: dict[str, Recorded] = {}
    for one in sorted(known.values(), key=lambda each: each.number, reverse=True):
        if one.decision.kind == "undo" and one.id not in undone:
            undone.setdefault(one.decision.subject, one)
    return {name: by for name, by in undone.items() if name in some}


def last_of(connection: Connection, by: str) -> Recorded | None:
    """The last decision of a person that holds and undoes nothing; None if there is none among the last hundred."""
    query = select(decisions).where(decisions.c.recorded_by == by).order_by(decisions.c.number.desc())
    found = [recorded_of(row) for row in connection.execute(query.limit(100))]
    gone = undone_by(connection, found)
    held = (one for one in found if one.id not in gone and one.decision.kind != "undo")
    return next(held, None)


def people(connection: Connection) -> list[str]:
    """All who have decided anything, in the order of the alphabet."""
    names: list[str] = []
    last = ""
    # From name to name in the index: a ledger has few people and may have many decisions.
    while True:
        query = select(decisions.c.recorded_by).where(decisions.c.recorded_by > last)
        found = connection.execute(query.order_by(decisions.c.recorded_by).limit(1)).scalar()
        if found is None:
            return sorted(names, key=str.casefold)
        names.append(found)
        last = found
