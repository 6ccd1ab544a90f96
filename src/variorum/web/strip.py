"""The strip of time: how many incidents began on each day, in each month or year, with those that have a contested question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from fastapi import Request
from markupsafe import Markup, escape

from variorum.dossier.svg import element, picture, text
from variorum.ledger import Stretch, Unit
from variorum.web.rendering import changed_address, counted, day_in_words

_WIDTH, _HEIGHT, _FOOT = 480, 96, 18
_MOST = 120
"""Months that are drawn each for itself; more are drawn by years."""
_ROOM = 44
"""Pixels that the name of a time takes."""

_Step = Unit | Literal["year"]


def draw_strip(times: Sequence[Stretch], unit: Unit, request: Request) -> Markup:
    """A picture whose bars lead to the incidents of their time; empty without any. A table beside it must say the same."""
    if not times:
        return Markup("")
    first, last = times[0].first, times[-1].first
    step: _Step = unit
    if unit == "month" and (last.year - first.year) * 12 + last.month - first.month >= _MOST:
        step, times = "year", _by_year(times)
    slots = list(takewhile(lambda start: start <= last, _from(_begin(first, step), step)))
    greatest = max(time.incidents for time in times)
    by_start = {time.first: time for time in times}
    wide = _WIDTH / len(slots)
    bars = [
        _bar(by_start[start], place * wide, wide, greatest, step, request)
        for place, start in enumerate(slots)
        if start in by_start
    ]
    return picture(_WIDTH, _HEIGHT, (*_ticks(slots, wide, step), *bars), class_="strip")


def end_of(start: date, step: _Step) -> date:
    """The last day of the stretch that begins on a day."""
    return _next(start, step) - timedelta(days=1)


def name_of(start: date, step: _Step) -> str:
    """A stretch in words: "5 May 2031", "May 2031", "2031"."""
    return {"day": day_in_words(start), "month": f"{start:%B %Y}", "year": f"{start.year}"}[step]


def _bar(bar: Stretch, x: float, wide: float, greatest: int, step: _Step, request: Request) -> Markup:
    room, foot = _HEIGHT - _FOOT - 4, _HEIGHT - _FOOT
    high, contested = (
        max(number / greatest * room, 2 if number else 0) for number in (bar.incidents, bar.contested)
    )
    width = min(wide - min(2.0, wide / 5), 40)
    left = x + (wide - width) / 2
    label = f"{name_of(bar.first, step)}: {counted(bar.incidents, 'incident')}, {bar.contested:,} contested"
    since, until = bar.first.isoformat(), end_of(bar.first, step).isoformat()
    return element(
        "a",
        element("title", escape(label)),
        element("rect", x=x, y=0, width=wide, height=_HEIGHT, class_="ground"),
        element("rect", x=left, y=foot - high, width=width, height=high, class_="all"),
        element("rect", x=left, y=foot - contested, width=width, height=contested, class_="contested"),
        href=changed_address(request, since=since, until=until, cursor=None),
        tabindex="-1",
    )


def _ticks(slots: Sequence[date], wide: float, step: _Step) -> Iterator[Markup]:
    """A line where a month or year begins, with its name where there is room for it."""
    free = 0.0
    found = [place for place, slot in enumerate(slots) if _is_named(slot, step)]
    # What comes before the first beginning is named if the next name leaves it room.
    if not found or found[0] * wide > _ROOM:
        found = [0, *found]
    for place in found:
        x = place * wide
        yield element("path", d=f"M{x:.1f} {_HEIGHT - _FOOT}v6", class_="tick")
        if x >= free and x < _WIDTH - _ROOM + 12:
            yield text(x + 2, _HEIGHT - 3, _short(slots[place], step), class_="year")
            free = x + _ROOM


def _is_named(start: date, step: _Step) -> bool:
    """Whether a month begins, where days are drawn, or a year."""
    return step == "year" or (start.day if step == "day" else start.month) == 1


def _short(start: date, step: _Step) -> str:
    if step == "day":
        return f"{start.day} {start:%b}" if start.day > 1 else f"{start:%b %Y}"
    return str(start.year)


def _by_year(times: Sequence[Stretch]) -> list[Stretch]:
    found: dict[int, Stretch] = {}
    for time in times:
        before = found.get(time.first.year, Stretch(date(time.first.year, 1, 1), 0, 0))
        found[time.first.year] = Stretch(
            before.first, before.incidents + time.incidents, before.contested + time.contested
        )
    return list(found.values())


def _from(start: date, step: _Step) -> Iterator[date]:
    """The first days of all stretches from one on."""
    while True:
        yield start
        start = _next(start, step)


def _begin(day: date, step: _Step) -> date:
    return date(day.year, 1 if step == "year" else day.month, day.day if step == "day" else 1)


def _next(start: date, step: _Step) -> date:
    if step == "day":
        return start + timedelta(days=1)
    if step == "year" or start.month == 12:
        return date(start.year + 1, 1, 1)
    return date(start.year, start.month + 1, 1)
