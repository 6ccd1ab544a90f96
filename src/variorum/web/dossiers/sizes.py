"""How much of an incident its page holds at once, so that it stays below 150 kB however many reports there are.

What does not fit has an address of its own and is opened in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from variorum.dossier import IncidentLayout
from variorum.dossier.incident.chart import Pictured, pictured
from variorum.dossier.incident.series import Chart
from variorum.web.dossiers.addresses import Addresses

_FOR_CHARTS = 28_000
_A_ROW = 420
_FOR_STATEMENTS = 40
_MANY_ANSWERS = 140


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each thing are shown at once."""

    large: bool
    """Whether there are so many answers that the table shows figures alone, without their words."""
    answers: int
    """In a cell of the table."""
    figures: int
    """By a profile's rule."""
    statements: int
    """Of one source, besides its answers."""
    MOST_IN_STEMMA: ClassVar[int] = 24

    @classmethod
    def of(cls, layout: IncidentLayout) -> Sizes:
        """The sizes for an incident."""
        answers = sum(len(cell) for row in layout.rows for cell in row.cells)
        voices = max(1, len(layout.voices))
        large = answers > _MANY_ANSWERS
        return cls(
            large=large,
            answers=1 if large else 4,
            figures=5 if large else 24,
            statements=max(1, min(4, _FOR_STATEMENTS // voices)),
        )


def fitting_charts(layout: IncidentLayout, to: Addresses) -> list[tuple[int, Chart, Pictured | None]]:
    """All charts with their numbers from 1, the first of them drawn, as far as there is room."""
    found: list[tuple[int, Chart, Pictured | None]] = []
    room = 0 if Sizes.of(layout).large else _FOR_CHARTS
    for number, chart in enumerate(layout.charts, start=1):
        drawn = pictured(chart, to.words) if room > 0 else None
        if drawn is not None:
            room -= len(drawn.wide) + len(drawn.narrow) + _A_ROW * drawn.rows
        found.append((number, chart, drawn if drawn and room > 0 else None))
    return found
