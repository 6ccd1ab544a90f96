"""Numbers as intervals: what a figure rules out, and when two figures cannot both hold."""

from __future__ import annotations

import math
from dataclasses import dataclass

ABOUT = 0.1
"""How far "about 50" reaches, as a share of the number: 45 to 55. A convention; most readers would allow
as much."""


@dataclass(frozen=True)
class Interval:
    """The numbers low..high, both included; `high` is infinite where the figure leaves it open."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether some number is in both, so that both figures can hold."""
        return self.low <= other.high and other.low <= self.high

    def within(self, other: Interval) -> bool:
        """Whether every number in this one is in the other too."""
        return other.low <= self.low and self.high <= other.high

    @property
    def width(self) -> float:
        """How much the figure leaves open."""
        return self.high - self.low


def interval(low: int | None, high: int | None, approx: bool = False) -> Interval:
    """The interval of a toll's min and max. An open minimum is 0; approximate bounds are moved out by
    `ABOUT`."""
    least = 0.0 if low is None else float(low)
    most = math.inf if high is None else float(high)
    if approx:
        least = float(math.floor(least * (1 - ABOUT)))
        most = most if math.isinf(most) else float(math.ceil(most * (1 + ABOUT)))
    return Interval(least, most)
