"""Finding: the incidents of a moment by what they come to, and reports by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, select, text

from variorum.ledger import words
from variorum.ledger.deciding import recall_on
from variorum.ledger.decisions import Decisions
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.standing import homes
from variorum.ledger.states import State
from variorum.ledger.tables import reports, states, tags, texts
from variorum.model import IncidentType, Outcome, Record, Status

_AROUND: Final = 80
"""Characters shown on either side of the words that were found."""

_STEP: Final = 200
"""Reports that are looked at in one go for their incidents."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What incidents must come to; None leaves it open. Names are compared whole, whatever their case."""

    since: date | None = None
    until: date | None = None
    """The incident's day lies within these two, or may."""
    party: str | None = None
    place: str | None = None
    """Name of the place, of its province, or the country's code."""
    country: str | None = None
    """The country's code (ISO 3166-1, two letters)."""
    outcome: Outcome | None = None
    status: Status | None = None
    type: IncidentType | None = None


ALL: Final = Wanted()


class Hit(Record):
    """A report whose words were found."""

    report: str
    name: str
    publisher: str | None = None
    published: date | None = None
    title: str | None = None
    incident: str | None = None
    excerpt: str
    """The first of the words, with what stands around them."""


def find_states(connection: Connection, wanted: Wanted = ALL, moment: Moment = NOW) -> tuple[State, ...]:
    """The incidents known at a moment that are as wanted, by the days of their first reports."""
    wanted = by_name_now(connection, wanted, moment)
    found = (
        State.model_validate_json(body) for (body,) in connection.execute(held(wanted, moment, states.c.body))
    )
    known = (state for state in found if state.reports or state.earlier)
    return tuple(sorted(known, key=lambda one: (one.first_published or date.max, one.incident)))


def bodies(connection: Connection, wanted: Wanted = ALL, moment: Moment = NOW) -> Iterator[str]:
    """The same as they are kept, one after the other."""
    wanted = by_name_now(connection, wanted, moment)
    for (body,) in connection.execute(held(wanted, moment, states.c.body)).yield_per(_STEP):
        yield body


def find_words(
    connection: Connection, asked: str, wanted: Wanted = ALL, moment: Moment = NOW, limit: int = 50
) -> tuple[Hit, ...]:
    """Reports with all these words, or "words in a row", in title or text; those recorded last come first."""
    phrases = words.phrases(asked)
    if not phrases or limit < 1:
        return ()
    among = None
    if wanted != ALL:
        wanted = by_name_now(connection, wanted, moment)
        among = set(connection.execute(held(wanted, moment, states.c.incident)).scalars())
    hits: list[Hit] = []
    first = re.compile(r"[\W_]+".join(map(re.escape, phrases[0])), re.IGNORECASE)
    for part in _matching(connection, phrases, moment):
        home = homes(connection, [row.id for row in part], moment)
        for row in part:
            incident = home[row.id][0] if row.id in home else None
            if among is not None and incident not in among:
                continue
            hits.append(_hit(connection, row, incident, first))
            if len(hits) == limit:
                return tuple(hits)
    return tuple(hits)


def by_name_now(connection: Connection, wanted: Wanted, moment: Moment) -> Wanted:
    """The same, with the party under the name that it bears by decision."""
    if wanted.party is None:
        return wanted
    return replace(wanted, party=Decisions(recall_on(connection, (), (), moment)).name(wanted.party))


def held(wanted: Wanted, moment: Moment, *columns: Any) -> Select[Any]:
    """The rows of states that hold at a moment and are as wanted."""
    other = states.alias()
    holds = (
        select(other.c.number)
        .where(
            other.c.incident == states.c.incident,
            other.c.known_on <= moment.day,
            other.c.recorded_at <= moment.time,
        )
        .order_by(other.c.known_on.desc(), other.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(*columns).where(states.c.number == holds)
    if wanted.since:
        query = query.where(states.c.last_day >= str(wanted.since))
    if wanted.until:
        query = query.where(states.c.first_day <= str(wanted.until))
    if wanted.country:
        query = query.where(states.c.country == wanted.country.upper())
    return tagged(query, wanted, states.c.number)


def tagged(query: Select[Any], wanted: Wanted, state: Any) -> Select[Any]:
    """A query over states narrowed to those found by the names and values that are wanted; `state` is their number."""
    told = {
        "party": wanted.party and wanted.party.casefold(),
        "place": wanted.place and wanted.place.casefold(),
        "outcome": wanted.outcome and str(wanted.outcome),
        "status": wanted.status and str(wanted.status),
        "type": wanted.type and str(wanted.type),
    }
    for kind, value in told.items():
        if value:
            bearing = select(tags.c.state).where(tags.c.kind == kind, tags.c.value == value)
            query = query.where(state.in_(bearing))
    return query


def _matching(connection: Connection, phrases: list[list[str]], moment: Moment) -> Iterator[list[Any]]:
    """Rows of the reports with these phrases, the last recorded first, some at a time."""
    dialect = connection.dialect.name
    key = "rowid" if dialect == "sqlite" else "number"
    last = None
    while True:
        before = f" AND {key} < :last" if last is not None else ""
        bound = {"wanted": words.query(dialect, phrases), "step": _STEP} | ({"last": last} if before else {})
        found = text(
            f"SELECT {key} FROM words WHERE {words.condition(dialect)}{before} ORDER BY {key} DESC LIMIT :step"
        )
        numbers = list(connection.execute(found, bound).scalars())
        if not numbers:
            return
        last = numbers[-1]
        query = select(reports).where(reports.c.number.in_(numbers), reports.c.recorded_at <= moment.time)
        rows = connection.execute(query.order_by(reports.c.number.desc())).all()
        yield [row for row in rows if moment.knows(row.published)]
        if len(numbers) < _STEP:
            return


def _hit(connection: Connection, row: Any, incident: str | None, first: re.Pattern[str]) -> Hit:
    whole = connection.execute(select(texts.c.text).where(texts.c.hash == row.hash)).scalar_one()
    at = first.search(whole)
    start, end = at.span() if at else (0, 0)
    excerpt = whole[_word(whole, max(0, start - _AROUND)) : _word(whole, end + _AROUND)]
    return Hit(
        report=row.id,
        name=row.name,
        publisher=row.publisher,
        published=row.published,
        title=row.title,
        incident=incident,
        excerpt=" ".join(excerpt.split()),
    )


def _word(text: str, place: int) -> int:
    """Where the next word begins, or the place itself if it is in the middle of a long one."""
    if place == 0 or place >= len(text):
        return place
    space = re.compile(r"\s").search(text, place, place + 30)
    return space.start() if space else place
