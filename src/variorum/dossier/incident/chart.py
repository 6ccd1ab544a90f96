"""The revision chart: who gave which number on which day, drawn without ranking or joining anything.

One line a source, by markers and dashes as well as colours. A number stands until the source gives another. A range
is a bar; an open bound ends in an arrow that fades; what is put with doubt has a hollow marker. Each source's name
stands at the end of its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from variorum.dossier.incident.scale import DayScale, NumberScale, number_scale, spread
from variorum.dossier.incident.series import Chart, Point, Series
from variorum.dossier.incident.svg import element, fitted, line, link, marker, path, picture, text, width_of
from variorum.dossier.notes import Note
from variorum.model import Certainty

Leads = Callable[[Note], str]
"""The address that a note's figure leads to."""

MOST = 12
"""How many sources one picture shows; the table beside it shows all."""
HUES = 6
_LINE = 17.0
_LETTER = 12.0
_FADE = (0.9, 0.65, 0.4, 0.2)
_REACH = 26.0
_TICK = 80.0
_LEAD = 16.0
"""From the end of the plot to the names, and a little room behind them."""


@dataclass(frozen=True)
class _Drawing:
    width: float
    labels: tuple[float, float]
    """The least and the most room for the names to the right."""
    left: float = 46.0
    top: float = 22.0
    plot: float = 210.0

    def right(self, shown: Sequence[Series]) -> float:
        """Where the plot ends: the longest name gets its room, as far as there is any."""
        wanted = max(width_of(f"{_short(one.drawn[-1])} {one.name}", _LETTER) for one in shown) + _LEAD
        return self.width - min(max(wanted, self.labels[0]), self.labels[1])


@dataclass(frozen=True)
class Pictured:
    """A chart with its pictures."""

    chart: Chart
    wide: Markup
    narrow: Markup

    @property
    def rows(self) -> int:
        """How many figures its table has."""
        return sum(len(series.points) for series in self.chart.series)

    @property
    def undrawn(self) -> int:
        """How many of them no picture shows."""
        return sum(not point.drawn for series in self.chart.series for point in series.points)


def to_words(note: Note) -> str:
    """Where a note's words stand in a page that holds the texts."""
    return f"#w-{note.mark}"


def pictured(chart: Chart, leads: Leads = to_words) -> Pictured:
    """A chart drawn for wide and for narrow screens; `leads` tells where its figures lead to."""
    return Pictured(chart, wide_chart(chart, leads), narrow_chart(chart, leads))


def wide_chart(chart: Chart, leads: Leads = to_words) -> Markup:
    """The chart for a screen or a sheet of paper."""
    return _draw(chart, _Drawing(760.0, (150.0, 320.0)), "wide-picture", leads)


def narrow_chart(chart: Chart, leads: Leads = to_words) -> Markup:
    """The chart for a telephone."""
    return _draw(chart, _Drawing(340.0, (90.0, 150.0), left=38.0), "narrow-picture", leads)


def _draw(chart: Chart, at: _Drawing, class_: str, leads: Leads) -> Markup:
    shown = chart.drawn[:MOST]
    plot = max(at.plot, _LINE * len(shown) + 20)
    points = [point for series in shown for point in series.drawn]
    numbers = [bound for point in points for bound in (point.low, point.high) if bound is not None]
    up = number_scale(numbers, at.top + plot, at.top)
    days = sorted({point.day for point in points if point.day})
    right = at.right(shown)
    across = DayScale(days[0], days[-1], at.left + 30, right - 34)
    places = _places(shown, up, across)
    ends = spread([places[id(one.drawn[-1])][1] for one in shown], _LINE, at.top, at.top + plot)
    parts = [*_grid(up, across, days, at.left, right, at.top + plot)]
    for number, (one, end) in enumerate(zip(shown, ends, strict=True)):
        parts.append(_series(number, one, places, up, right, at.width, end, leads))
    return picture(at.width, at.top + plot + 26, parts, f"chart {class_}")


def _places(shown: Sequence[Series], up: NumberScale, across: DayScale) -> dict[int, tuple[float, float]]:
    """Where each point stands. Points of one day stand beside one another, so that none hides another."""
    by_day: dict[date, list[Point]] = {}
    for point in (point for series in shown for point in series.drawn):
        if point.day:
            by_day.setdefault(point.day, []).append(point)
    days = sorted(by_day)
    apart = min((across.at(b) - across.at(a) for a, b in pairwise(days)), default=90.0)
    found = {}
    for day, points in by_day.items():
        gap = min(10.0, 0.75 * apart / max(1, len(points) - 1))
        for number, point in enumerate(points):
            shift = (number - (len(points) - 1) / 2) * gap
            found[id(point)] = (across.at(day) + shift, up.at(_middle(point)))
    return found


def _grid(
    up: NumberScale, across: DayScale, days: Sequence[date], left: float, right: float, base: float
) -> Iterator[Markup]:
    for tick in up.ticks:
        y = up.at(tick)
        yield line(left, y, right, y, "base" if tick == up.ticks[0] else "rule")
        yield text(left - 8, y + 4, f"{tick:,}", "tick", "end")
    if up.tens:
        yield text(0, 10, "each line is ten times the one below", "tick")
    last = -_TICK
    for number, day in enumerate(days):
        x = across.at(day)
        yield line(x, base, x, base + 5, "base")
        ending = across.at(days[-1]) - x < _TICK and number < len(days) - 1
        if x - last >= _TICK and not (ending and number):
            yield text(x, base + 19, day.isoformat(), "tick", "middle")
            last = x


def _series(
    number: int,
    series: Series,
    at: Mapping[int, tuple[float, float]],
    up: NumberScale,
    right: float,
    width: float,
    end: float,
    leads: Leads,
) -> Markup:
    """One source: its line, its markers, and its name with the number that stands."""
    places = [at[id(point)] for point in series.drawn]
    steps = [places[0]]
    for before, after in pairwise(places):
        steps += [(after[0], before[1]), after]
    standing = series.drawn[-1]
    rest = [places[-1], (right - 10, places[-1][1]), (right + 4, end), (right + 10, end)]
    parts = [path(steps, "step")] if len(places) > 1 else []
    parts.append(path(rest, "rest"))
    for point, (x, y) in zip(series.drawn, places, strict=True):
        shapes = _point(number, point, x, y, up, labelled=point is not standing)
        parts.append(_linked(point, leads, *shapes))
    figure = _short(standing)
    name = fitted(series.name, width - right - _LEAD - width_of(f"{figure} ", _LETTER), _LETTER)
    label = element(
        "text",
        element("tspan", Markup("{} ").format(figure), class_="number"),
        element("tspan", Markup("{}").format(name)),
        x=right + 14,
        y=end + 4,
        class_="name",
    )
    parts.append(_linked(standing, leads, label))
    return element("g", *parts, class_=f"series hue-{number % HUES} dash-{number % 5}")


def _point(number: int, point: Point, x: float, y: float, up: NumberScale, *, labelled: bool) -> list[Markup]:
    """A marker with its range, and with its number where that is not told at the end of the line."""
    shapes: list[Markup] = []
    below = False
    if point.low is not None and point.high is not None and point.low != point.high:
        shapes.append(line(x, up.at(point.low), x, up.at(point.high), "bar"))
        shapes += [line(x - 4, up.at(b), x + 4, up.at(b), "cap") for b in (point.low, point.high)]
    elif point.low is None or point.high is None:
        below = point.high is None and y + 20 < up.bottom
        shapes += _arrow(x, y, upwards=point.high is None)
    hollow = point.certainty is not Certainty.STATED
    shapes.append(marker(number, x, y, "dot hollow" if hollow else "dot"))
    if labelled:
        aside = point.high is None and not below
        shapes.append(
            text(x + 8, y - 8, _short(point), "value")
            if aside
            else text(x, y + 18 if below else y - 10, _short(point), "value", "middle")
        )
    return shapes


def _arrow(x: float, y: float, *, upwards: bool) -> list[Markup]:
    """A line that fades away towards the open side, with a head where it ends."""
    sign = -1 if upwards else 1
    step = _REACH / len(_FADE)
    parts = [
        line(x, y + sign * n * step, x, y + sign * (n + 1) * step, "bar", opacity=strength)
        for n, strength in enumerate(_FADE)
    ]
    tip = y + sign * (_REACH + 4)
    return [*parts, path([(x - 4, tip - sign * 6), (x, tip), (x + 4, tip - sign * 6)], "head")]


def _linked(point: Point, leads: Leads, *shapes: Markup) -> Markup:
    if not point.notes:
        return element("g", *shapes)
    return link(leads(point.notes[0]), point.notes[0].mark, *shapes)


def _middle(point: Point) -> float:
    """Where a point's marker stands: its number, the middle of its range, or the bound that is known."""
    known = [bound for bound in (point.low, point.high) if bound is not None]
    return sum(known) / len(known) if known else 0.0


def _short(point: Point) -> str:
    """The figure with signs for words, as there is little room: ">40", "≥3", "20–30", "≈50"."""
    words = point.text
    for said, sign in (
        ("more than ", ">"),
        ("at least ", "≥"),
        ("at most ", "≤"),
        ("about ", "≈"),
        (" to ", "–"),
    ):
        words = words.replace(said, sign)
    return words
