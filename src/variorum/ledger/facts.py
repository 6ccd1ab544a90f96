"""What a ledger comes to in numbers: how much it holds, of whom, and where something is lacking."""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, case, distinct, func, select

from variorum.ledger.assigning import is_behind, unlinked
from variorum.ledger.tables import (
    RECORDS,
    claims,
    decisions,
    memberships,
    readings,
    reports,
    runs,
    states,
    tags,
    texts,
    wire,
)
from variorum.model import REPORTER, Kind, Record, Status

_PUBLISHERS = 200
"""Publishers that are told one by one, those with the most reports."""


class Generation(Record):
    """What one version of the reader read."""

    reader: str
    readings: int
    first: str = Field(description="when the first of them was recorded")
    last: str


class Publisher(Record):
    """Who published reports; None is unknown."""

    name: str | None
    reports: int
    incidents: int
    repeats: int = Field(description="texts that another publisher's report had before, word for word")
    undated: int


class Facts(Record):
    """Numbers of a ledger at one of its versions."""

    version: str
    reports: int
    texts: int
    readings: int
    claims: int
    claims_by_kind: dict[str, int]
    incidents: int
    decisions: int
    words: int = Field(description="words of agencies on their items")
    first_published: str | None
    last_published: str | None
    first_recorded: str | None
    last_recorded: str | None
    last_linked: str | None
    undated: int = Field(description="reports without a day of publication")
    unread: int = Field(description="reports that no reader has read")
    unlinked: int = Field(description="reports that were read and belong to no incident yet")
    is_behind: bool = Field(description="whether something was recorded since lists were brought up to date")
    unplaced: int = Field(description="incidents without a place")
    dayless: int = Field(description="incidents without a day")
    contested: int = Field(description="incidents with a contested question")
    unsourced: int = Field(description="claims for which no source was found: the report says it itself")
    generations: tuple[Generation, ...]
    publishers: tuple[Publisher, ...]
    more_publishers: int = Field(description="publishers besides those")


def version(connection: Connection) -> str:
    """A name for what the ledger holds now: it changes with every row that is recorded, and is had at once."""
    numbered = [table.c.number for table in RECORDS if "number" in table.c]
    last = connection.execute(select(*(select(func.max(one)).scalar_subquery() for one in numbered))).one()
    return hashlib.sha256(repr(tuple(last)).encode()).hexdigest()[:16]


def facts(connection: Connection) -> Facts:
    """Count everything. It takes a while where there is much: seconds for a million claims."""
    current = _current()
    days = connection.execute(
        select(
            func.count(),
            func.min(reports.c.published),
            func.max(reports.c.published),
            func.min(reports.c.recorded_at),
            func.max(reports.c.recorded_at),
            func.sum(case((reports.c.published.is_(None), 1), else_=0)),
        )
    ).one()
    kinds = _numbers(connection, select(claims.c.kind, func.count()).group_by(claims.c.kind))
    publishers = _publishers(connection)
    return Facts(
        version=version(connection),
        reports=days[0],
        texts=_one(connection, select(func.count()).select_from(texts)),
        readings=_one(connection, select(func.count()).select_from(readings)),
        claims=sum(kinds.values()),
        claims_by_kind={kind.value: kinds.get(kind.value, 0) for kind in Kind},
        incidents=_one(connection, select(func.count()).select_from(current)),
        decisions=_one(connection, select(func.count()).select_from(decisions)),
        words=_one(connection, select(func.count()).select_from(wire)),
        first_published=days[1],
        last_published=days[2],
        first_recorded=days[3],
        last_recorded=days[4],
        last_linked=connection.execute(select(func.max(runs.c.recorded_at))).scalar(),
        undated=int(days[5] or 0),
        unread=_one(
            connection,
            select(func.count()).select_from(reports).where(reports.c.id.not_in(select(readings.c.report))),
        ),
        unlinked=unlinked(connection),
        is_behind=is_behind(connection),
        unplaced=_without(connection, current, "place"),
        dayless=_one(
            connection, select(func.count()).select_from(current).where(current.c.first_day.is_(None))
        ),
        contested=_one(
            connection,
            select(func.count())
            .select_from(tags)
            .join(current, current.c.number == tags.c.state)
            .where(tags.c.kind == "status", tags.c.value == Status.CONTESTED.value),
        ),
        unsourced=_one(
            connection, select(func.count()).select_from(claims).where(claims.c.source == REPORTER)
        ),
        generations=_generations(connection),
        publishers=publishers[:_PUBLISHERS],
        more_publishers=max(0, len(publishers) - _PUBLISHERS),
    )


def _one(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _numbers(connection: Connection, query: Select[Any]) -> dict[Any, int]:
    """Rows of a name and a number."""
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def _current() -> Any:
    """The state of each incident as it is now, of those that have reports."""
    place = func.row_number().over(
        partition_by=states.c.incident, order_by=(states.c.known_on.desc(), states.c.number.desc())
    )
    ranked = select(states.c.number, states.c.incident, states.c.first_day, place.label("place")).subquery()
    return (
        select(ranked.c.number, ranked.c.incident, ranked.c.first_day).where(ranked.c.place == 1).subquery()
    )


def _without(connection: Connection, current: Any, kind: str) -> int:
    """How many incidents have no tag of a kind."""
    tagged = select(tags.c.state).where(tags.c.kind == kind)
    return _one(connection, select(func.count()).select_from(current).where(current.c.number.not_in(tagged)))


def _generations(connection: Connection) -> tuple[Generation, ...]:
    first, last = func.min(readings.c.recorded_at), func.max(readings.c.recorded_at)
    query = (
        select(readings.c.reader, func.count(), first, last).group_by(readings.c.reader).order_by(last.desc())
    )
    return tuple(
        Generation(reader=row[0], readings=row[1], first=row[2], last=row[3])
        for row in connection.execute(query)
    )


def _publishers(connection: Connection) -> tuple[Publisher, ...]:
    """Publishers with what they published, the most first."""
    earliest = (
        select(reports.c.hash, func.min(reports.c.number).label("number")).group_by(reports.c.hash).subquery()
    )
    first = reports.alias()
    repeats = (
        select(reports.c.publisher, func.count().label("repeats"))
        .join(earliest, earliest.c.hash == reports.c.hash)
        .join(first, first.c.number == earliest.c.number)
        .where(first.c.publisher != reports.c.publisher)
        .group_by(reports.c.publisher)
    )
    repeated = _numbers(connection, repeats)
    homes = (
        select(reports.c.publisher, func.count(distinct(memberships.c.incident)))
        .join(memberships, memberships.c.report == reports.c.id)
        .group_by(reports.c.publisher)
    )
    known = _numbers(connection, homes)
    undated = func.sum(case((reports.c.published.is_(None), 1), else_=0))
    query = select(reports.c.publisher, func.count(), undated).group_by(reports.c.publisher)
    found = (
        Publisher(
            name=name,
            reports=number,
            incidents=known.get(name, 0),
            repeats=repeated.get(name, 0),
            undated=int(dayless or 0),
        )
        for name, number, dayless in connection.execute(query)
    )
    return tuple(sorted(found, key=lambda one: (-one.reports, one.name or "")))
