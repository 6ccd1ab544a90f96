"""Axes: where numbers and days stand in a chart, and which of them are written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

_TENFOLD = 30
"""From this ratio of the largest to the smallest number on, each step of the scale is ten times the one before."""


@dataclass(frozen=True)
class NumberScale:
    """Numbers upwards from `bottom` to `top`, in the picture's units. `tens` is a scale by powers of ten."""

    ticks: tuple[int, ...]
    bottom: float
    top: float
    tens: bool

    def at(self, number: float) -> float:
        """Where a number stands."""
        low, high = self._on(self.ticks[0]), self._on(self.ticks[-1])
        part = (self._on(max(number, self.ticks[0])) - low) / ((high - low) or 1)
        return self.bottom + part * (self.top - self.bottom)

    def _on(self, number: float) -> float:
        return log10(max(1.0, number)) if self.tens else number


@dataclass(frozen=True)
class DayScale:
    """Days to the right from `left` to `right`; a single day stands in the middle."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day stands."""
        span = (self.last - self.first).days
        part = (day - self.first).days / span if span else 0.5
        return self.left + part * (self.right - self.left)


def number_scale(numbers: Sequence[int], bottom: float, top: float) -> NumberScale:
    """A scale for some numbers: from 0 on, or by powers of ten where they differ very much."""
    high = max(numbers, default=0)
    low = min((number for number in numbers if number), default=1)
    if high >= low * _TENFOLD and high >= 100:
        first, last = floor(log10(low)), ceil(log10(high))
        return NumberScale(tuple(10**n for n in range(first, last + 1)), bottom, top, True)
    step = _step(max(high, 4) / 4)
    return NumberScale(tuple(range(0, step * ceil(max(high, 1) / step) + 1, step)), bottom, top, False)


def _step(least: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 …"""
    power = 10 ** floor(log10(least))
    return next(int(power * n) for n in (1, 2, 5, 10) if power * n >= least)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as can be to those wanted, `gap` apart, between low and high as far as there is room."""
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    placed: list[list[float]] = []  # groups of neighbours that touch: sum of wanted tops, number, top
    for n in order:
        placed.append([wanted[n], 1, wanted[n]])
        while len(placed) > 1 and placed[-2][2] + placed[-2][1] * gap > placed[-1][2]:
            total, number, _ = placed.pop()
            before = placed[-1]
            before[0] += total - number * before[1] * gap
            before[1] += number
            before[2] = before[0] / before[1]
    tops = [group[2] + k * gap for group in placed for k in range(int(group[1]))]
    over = max(0.0, tops[-1] - high) if tops else 0.0
    found = [0.0] * len(wanted)
    floor_ = low
    for n, top in zip(order, tops, strict=True):
        found[n] = max(floor_, top - over)
        floor_ = found[n] + gap
    return found
