"""Browsing: the incidents as they are now, a page at a time in any of some orders, and how many there are where and when."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, Literal

from sqlalchemy import Connection, Select, case, func, select, tuple_

from variorum.ledger.listing import ALL, Wanted, by_name_now, held, tagged
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.shelf import UNKNOWN
from variorum.ledger.states import State
from variorum.ledger.tables import shelf, states
from variorum.model import SettingError, Status

_MESH: Final = 0.25
"""Degrees within which points are told together: 28 km from north to south."""


Unit = Literal["day", "month"]
"""What incidents are counted by."""

_FEW_DAYS: Final = 92
"""Days within which incidents are counted day by day."""


class Order(StrEnum):
    """By what incidents are listed, the greatest or latest first."""

    DAY = "day"
    """The incident's day; what has none comes last."""
    REPORTED = "reported"
    """The day of the last report."""
    CONTESTED = "contested"
    """How many questions are contested."""
    REPORTS = "reports"
    """How many reports stand."""


_COLUMN: Final = {
    Order.DAY: shelf.c.first_day,
    Order.REPORTED: shelf.c.last_published,
    Order.CONTESTED: shelf.c.contested,
    Order.REPORTS: shelf.c.reports,
}


@dataclass(frozen=True, slots=True)
class Browsed:
    """Some incidents, and where the next ones begin; None after the last."""

    states: tuple[State, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """How many incidents began on a day or in a month, and how many of them have a contested question."""

    first: date
    incidents: int
    contested: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Incidents near one another with the same precision of place (UCDP's where_prec): their middle, and one of them."""

    latitude: float
    longitude: float
    precision: int | None
    incidents: int
    incident: str


@dataclass(frozen=True, slots=True)
class Overview:
    """How many incidents there are, when and where. What has no day or no point is counted apart."""

    incidents: int
    unit: Unit
    times: tuple[Stretch, ...]
    """By days where all lie within about three months, else by months; those without incidents are left out."""
    undated: int
    spots: tuple[Spot, ...]
    unplaced: int
    countries: tuple[tuple[str, int], ...]
    """Codes with the number of incidents, the greatest first."""


def browse(
    connection: Connection,
    wanted: Wanted = ALL,
    order: Order = Order.DAY,
    after: str | None = None,
    limit: int = 50,
    moment: Moment = NOW,
) -> Browsed:
    """The next incidents in an order; those of an earlier moment by their days. Raises `SettingError` bad-cursor."""
    if moment != NOW:
        return _browse_earlier(connection, wanted, after, limit, moment)
    column = _COLUMN[order]
    query = _wanted(connection, wanted, select(states.c.body, column.label("key"), shelf.c.incident))
    query = query.join(states, states.c.number == shelf.c.state)
    if after is not None:
        query = query.where(tuple_(column, shelf.c.incident) < tuple_(*_place(after, order)))
    return _page(connection, query.order_by(column.desc(), shelf.c.incident.desc()), order, limit)


def overview(connection: Connection, wanted: Wanted = ALL) -> Overview:
    """Counts of incidents by day or month, by country and by point."""
    disputed = func.sum(case((shelf.c.contested > 0, 1), else_=0))
    unit = _unit(connection, wanted)
    time = func.substr(shelf.c.first_day, 1, 10 if unit == "day" else 7).label("time")
    times = _wanted(connection, wanted, select(time, func.count(), disputed)).group_by(time).order_by(time)
    by_time = connection.execute(times).all()
    countries = _wanted(connection, wanted, select(shelf.c.country, func.count())).group_by(shelf.c.country)
    by_country = [(code, number) for code, number in connection.execute(countries) if code]
    mesh = [func.round(side / _MESH) for side in (shelf.c.latitude, shelf.c.longitude)]
    columns = (
        func.avg(shelf.c.latitude),
        func.avg(shelf.c.longitude),
        shelf.c.precision,
        func.count(),
        func.max(shelf.c.incident),
    )
    points = _wanted(connection, wanted, select(*columns)).where(shelf.c.latitude.is_not(None))
    spots = tuple(Spot(*row) for row in connection.execute(points.group_by(*mesh, shelf.c.precision)))
    total = sum(number for _, number, _ in by_time)
    return Overview(
        incidents=total,
        unit=unit,
        times=tuple(
            Stretch(date.fromisoformat(name if unit == "day" else f"{name}-01"), number, int(contested))
            for name, number, contested in by_time
            if name != UNKNOWN
        ),
        undated=sum(number for name, number, _ in by_time if name == UNKNOWN),
        spots=tuple(sorted(spots, key=lambda spot: (-spot.incidents, spot.incident))),
        unplaced=total - sum(spot.incidents for spot in spots),
        countries=tuple(sorted(by_country, key=lambda one: (-one[1], one[0]))),
    )


def _unit(connection: Connection, wanted: Wanted) -> Unit:
    ends = select(func.min(shelf.c.first_day), func.max(shelf.c.first_day)).where(
        shelf.c.first_day != UNKNOWN
    )
    first, last = connection.execute(_wanted(connection, wanted, ends)).one()
    if first is None or (date.fromisoformat(last) - date.fromisoformat(first)).days > _FEW_DAYS:
        return "month"
    return "day"


def _browse_earlier(
    connection: Connection, wanted: Wanted, after: str | None, limit: int, moment: Moment
) -> Browsed:
    """From the states that held at a moment: slower, as the last of each has to be found."""
    day = func.coalesce(states.c.first_day, UNKNOWN)
    query = held(
        by_name_now(connection, wanted, moment), moment, states.c.body, day.label("key"), states.c.incident
    )
    if after is not None:
        query = query.where(tuple_(day, states.c.incident) < tuple_(*_place(after, Order.DAY)))
    return _page(connection, query.order_by(day.desc(), states.c.incident.desc()), Order.DAY, limit)


def _page(connection: Connection, query: Select[Any], order: Order, limit: int) -> Browsed:
    rows = connection.execute(query.limit(limit + 1)).all()
    found = (State.model_validate_json(row.body) for row in rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Browsed(
        tuple(state for state in found if state.reports or state.earlier),
        None if last is None else _cursor(order, last.key, last.incident),
    )


def _wanted(connection: Connection, wanted: Wanted, query: Select[Any]) -> Select[Any]:
    wanted = by_name_now(connection, wanted, NOW)
    query = query.select_from(shelf)
    if wanted.since:
        query = query.where(shelf.c.last_day >= str(wanted.since))
    if wanted.until:
        query = query.where(shelf.c.first_day <= str(wanted.until), shelf.c.first_day != UNKNOWN)
    if wanted.country:
        query = query.where(shelf.c.country == wanted.country.upper())
    if (
        wanted.status is Status.CONTESTED
    ):  # the shelf has these counted, which is ten times as quick as their tags
        query, wanted = query.where(shelf.c.contested > 0), replace(wanted, status=None)
    return tagged(query, wanted, shelf.c.state)


def _cursor(order: Order, key: str | int, incident: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([order, key, incident]).encode()).decode().rstrip("=")


def _place(cursor: str, order: Order) -> tuple[str | int, str]:
    """The place in an order that a cursor stands for."""
    kind = str if order in (Order.DAY, Order.REPORTED) else int
    try:
        read = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        there, key, incident = read
        if there == order and isinstance(key, kind) and isinstance(incident, str):
            return key, incident
    except (ValueError, TypeError):
        pass
    raise SettingError(
        "this is no place in the list", where=cursor[:40], remedy="begin at its start", code="bad-cursor"
    )
