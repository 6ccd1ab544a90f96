"""A run of linking: which reports speak of one incident by all that was read and decided, and what incidents come to.

A run goes in steps that are each written whole, so that one that was broken off is finished by the next. What a run took
into account stands in its row of `runs`; the next one derives again what has come since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, distinct, func, insert, select

from variorum.ledger.agencies import spoken_of
from variorum.ledger.deciding import recall_on_links, touched
from variorum.ledger.decisions import in_force
from variorum.ledger.filing import chunks
from variorum.ledger.linker import KeptLinker, Known
from variorum.ledger.notices import with_versions
from variorum.ledger.recall import each_reading, last_readings
from variorum.ledger.standing import homes
from variorum.ledger.states import derive, write
from variorum.ledger.store import Store
from variorum.ledger.tables import (
    decisions,
    memberships,
    notices,
    readings,
    reports,
    runs,
    states,
    tags,
    wire,
)
from variorum.linking import Linker
from variorum.model import Link, Record

_TOGETHER = 50
"""Incidents whose states are written in one go."""

_SEEN: dict[str, Table] = {
    "reading": readings,
    "decision": decisions,
    "notice": notices,
    "report": reports,
    "membership": memberships,
    "wire": wire,
}

Homes = Mapping[str, tuple[str, str | None]]
"""The incident of each report, and its link as JSON."""


class Linked(Record):
    """What a run of linking wrote: reports put to an incident, and states of incidents that came out otherwise."""

    reports: int
    states: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """The last numbers of each table that a run knew of."""

    reading: int = 0
    decision: int = 0
    notice: int = 0
    report: int = 0
    membership: int = 0
    wire: int = 0


def link(store: Store, kept: KeptLinker) -> Linked:
    """Link all that was read, obeying decisions, and derive the states of all incidents that this touches."""
    with store.linking():
        with store.barrier() as connection:
            seen = _last_numbers(connection)
        with store.reading() as connection:
            current = _current(connection)
            linker = kept.catch_up(current, lambda numbers: each_reading(connection, numbers))
            decided = recall_on_links(connection)
            on_links = [one.on_links() for one in in_force(decided)]
            linker.obey(one for one in on_links if one is not None)
            named = {name for one in decided for name in (*one.decision.reports, *one.decision.others)}
            found = _changed(linker, homes(connection), named)
        moved = assign(store, found)
        kept.keep()
        return Linked(reports=moved, states=_derive(store, seen))


def refresh(store: Store) -> int:
    """Derive the states of incidents that something was recorded on since the last run, without linking; how many changed."""
    with store.linking():
        with store.barrier() as connection:
            seen = _last_numbers(connection)
        return _derive(store, seen)


def assign(store: Store, found: Homes) -> int:
    """Record the incidents of reports; how many."""
    with store.writing() as (connection, at):
        rows = [
            {"report": report, "incident": incident, "link": link, "recorded_at": at, "score": likeness(link)}
            for report, (incident, link) in sorted(found.items())
        ]
        if rows:
            connection.execute(insert(memberships), rows)
    return len(rows)


def likeness(link: str | None) -> float | None:
    """The score of a link as JSON, where likeness made it; None for the same text, decisions, and no link."""
    tie = Link.model_validate_json(link) if link else None
    return tie.score if tie and tie.by in ("likeness", "whole") else None


def unlinked(connection: Connection) -> int:
    """How many reports were read and not yet put to an incident."""
    done = select(memberships.c.report)
    query = select(func.count(distinct(readings.c.report))).where(readings.c.report.not_in(done))
    return int(connection.execute(query).scalar_one())


def is_behind(connection: Connection) -> bool:
    """Whether something was recorded since the last run, so that lists may not show it yet."""
    seen, last = _last_numbers(connection), _last_run(connection)
    return any(getattr(seen, name) != getattr(last, name) for name in _SEEN)


def _derive(store: Store, seen: _Seen) -> int:
    with store.reading() as connection:
        stale = sorted(_stale(connection, _last_run(connection), seen))
        numbers = {
            **{name: getattr(seen, name) for name in _SEEN},
            "membership": _last_numbers(connection).membership,
        }
        up_to_date = numbers == {name: getattr(_last_run(connection), name) for name in _SEEN}
    written = 0
    for start in range(0, len(stale), _TOGETHER):
        with store.reading() as connection:
            # Worked out before the lock is taken, so that others wait only while it is written.
            new = list(derive(connection, stale[start : start + _TOGETHER]))
        if new:
            with store.writing() as (connection, at):
                written += write(connection, new, at)
    if not up_to_date:
        with store.writing() as (connection, at):
            connection.execute(insert(runs), {**numbers, "recorded_at": at})
    return written


def _last_numbers(connection: Connection) -> _Seen:
    found = {
        name: connection.execute(select(func.max(table.c.number))).scalar() or 0
        for name, table in _SEEN.items()
    }
    return _Seen(**found)


def _last_run(connection: Connection) -> _Seen:
    row = connection.execute(select(runs).order_by(runs.c.number.desc()).limit(1)).first()
    return _Seen(**{name: row._mapping[name] for name in _SEEN}) if row else _Seen()


def _current(connection: Connection) -> Known:
    return {row.number: (row.report, row.reader) for row in connection.execute(last_readings())}


def _changed(linker: Linker, before: Homes, decided: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Reports whose incident, or whose link to it, is not what it was."""
    now = linker.partition()
    moved = {report for report, incident in now.items() if before.get(report, ("", None))[0] != incident}
    again = {now[report]: report for report in (*moved, *(name for name in decided if name in now))}
    found: dict[str, tuple[str, str | None]] = {}
    for incident, report in again.items():
        linked = linker.incident_of(report)
        links = {tie.report: tie.model_dump_json() for tie in linked.links}
        for member in linked.reports:
            told = (incident, links.get(member))
            if before.get(member) != told:
                found[member] = told
    return found


def _stale(connection: Connection, before: _Seen, seen: _Seen) -> set[str]:
    """The incidents that rows since a run bear on."""
    names: set[str] = set()
    for table, last, upto in (
        (readings, before.reading, seen.reading),
        (notices, before.notice, seen.notice),
    ):
        new = select(table.c.report).where(table.c.number > last, table.c.number <= upto)
        names.update(connection.execute(new).scalars())
    names |= spoken_of(connection, before.wire, seen.wire)
    new = select(reports.c.id).where(reports.c.number > before.report, reports.c.number <= seen.report)
    names |= with_versions(connection, connection.execute(new).scalars())
    on_reports, parties = touched(connection, before.decision, seen.decision)
    current = homes(connection, names | on_reports)
    stale = {incident for incident, _ in current.values()}
    moved = _rows_after(connection, before.membership)
    stale |= {row.incident for row in moved}
    # What they left is otherwise now too.
    left = {row.report for row in moved}
    for part in chunks(sorted(left)):
        were = select(memberships.c.incident).where(memberships.c.report.in_(part)).distinct()
        stale.update(connection.execute(were).scalars())
    return stale | _speaking(connection, parties)


def _rows_after(connection: Connection, number: int) -> list[Any]:
    query = select(memberships.c.report, memberships.c.incident).where(memberships.c.number > number)
    return list(connection.execute(query))


def _speaking(connection: Connection, parties: set[str]) -> set[str]:
    """The incidents in whose states any of these parties stands."""
    if not parties:
        return set()
    folded = sorted({name.casefold() for name in parties})
    query = select(states.c.incident).distinct().join(tags, tags.c.state == states.c.number)
    return set(connection.execute(query.where(tags.c.kind == "party", tags.c.value.in_(folded))).scalars())
