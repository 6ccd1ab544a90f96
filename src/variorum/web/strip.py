"""The strip of months: how many incidents began in each, with those that have a contested question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile

from fastapi import Request
from markupsafe import Markup, escape

from variorum.dossier.svg import element, picture, text
from variorum.ledger import Month
from variorum.web.rendering import changed_address, counted

_WIDTH, _HEIGHT, _FOOT = 480, 96, 18
_MOST = 120
"""Months that are drawn each for itself; more are drawn by years."""


def draw_strip(months: Sequence[Month], request: Request) -> Markup:
    """A picture whose bars lead to the incidents of their time; empty without any. A table beside it must say the same."""
    if not months:
        return Markup("")
    first, last = months[0].first, months[-1].first
    yearly = (last.year - first.year) * 12 + last.month - first.month >= _MOST
    bars = _by_year(months) if yearly else list(months)
    slots = [*_slots(first, last, yearly)]
    greatest = max(bar.incidents for bar in bars)
    by_start = {bar.first: bar for bar in bars}
    wide = _WIDTH / len(slots)
    drawn = []
    for place, start in enumerate(slots):
        x = place * wide
        if start.month == 1 or place == 0 or yearly:
            drawn += _tick(x, start, slots, place)
        bar = by_start.get(start)
        if bar:
            drawn.append(_bar(bar, x, wide, greatest, yearly, request))
    return picture(_WIDTH, _HEIGHT, drawn, class_="strip")


def end_of(start: date, yearly: bool) -> date:
    """The last day of the month or year that begins on a day."""
    return _next(start, yearly) - timedelta(days=1)


def _bar(bar: Month, x: float, wide: float, greatest: int, yearly: bool, request: Request) -> Markup:
    room = _HEIGHT - _FOOT - 4
    gap = min(2.0, wide / 5)
    high, contested = (
        max(number / greatest * room, 2 if number else 0) for number in (bar.incidents, bar.contested)
    )
    foot = _HEIGHT - _FOOT
    width = min(wide - gap, 40)
    left = x + (wide - width) / 2
    name = f"{bar.first.year}" if yearly else f"{bar.first:%B %Y}"
    label = f"{name}: {counted(bar.incidents, 'incident')}, {bar.contested:,} contested"
    address = changed_address(
        request, since=bar.first.isoformat(), until=end_of(bar.first, yearly).isoformat(), cursor=None
    )
    return element(
        "a",
        element("title", escape(label)),
        element("rect", x=x, y=0, width=wide, height=_HEIGHT, class_="ground"),
        element("rect", x=left, y=foot - high, width=width, height=high, class_="all"),
        element("rect", x=left, y=foot - contested, width=width, height=contested, class_="contested"),
        href=address,
        tabindex="-1",
    )


def _tick(x: float, start: date, slots: Sequence[date], place: int) -> list[Markup]:
    """A year's line and name, where there is room for it."""
    every = max(1, len(slots) // 12) if slots[-1].year - slots[0].year >= 12 else 1
    if (start.year - slots[0].year) % every and place:
        return []
    line = element("path", d=f"M{x:.1f} {_HEIGHT - _FOOT}v{_FOOT - 12}", class_="tick")
    fits = x < _WIDTH - 30
    # Where the first month is late in its year, the next year's name would lie upon this one's.
    crowded = place == 0 and any(slot.month == 1 for slot in slots[1:4])
    return (
        [line, text(x + 2, _HEIGHT - 3, str(start.year), class_="year")] if fits and not crowded else [line]
    )


def _by_year(months: Sequence[Month]) -> list[Month]:
    found: dict[int, Month] = {}
    for month in months:
        before = found.get(month.first.year, Month(date(month.first.year, 1, 1), 0, 0))
        found[month.first.year] = Month(
            before.first, before.incidents + month.incidents, before.contested + month.contested
        )
    return list(found.values())


def _slots(first: date, last: date, yearly: bool) -> list[date]:
    """The first days of all months or years between two, empty ones included."""

    def each() -> Iterator[date]:
        start = date(first.year, 1 if yearly else first.month, 1)
        while True:
            yield start
            start = _next(start, yearly)

    return list(takewhile(lambda start: start <= last, each()))


def _next(start: date, yearly: bool) -> date:
    if yearly or start.month == 12:
        return date(start.year + 1, 1, 1)
    return date(start.year, start.month + 1, 1)
