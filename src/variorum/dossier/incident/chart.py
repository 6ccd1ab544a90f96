"""The revision chart: who gave which number on which day, drawn without ranking or joining anything.

One line a source, by markers and dashes as well as colours. A number stands until the source gives another. A range
is a bar; an open bound ends in an arrow that fades; what is put with doubt has a hollow marker. Each source's name
stands at the end of its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from variorum.dossier.incident.scale import DayScale, NumberScale, number_scale, spread
from variorum.dossier.incident.series import Chart, Point, Series
from variorum.dossier.incident.svg import element, fitted, line, link, marker, path, picture, text
from variorum.model import Certainty

MOST = 12
"""How many sources one picture shows; the table beside it shows all."""
HUES = 6
_LINE = 17.0
_LETTER = 12.0
_FADE = (0.9, 0.65, 0.4, 0.2)
_REACH = 26.0
_TICK = 84.0


@dataclass(frozen=True)
class _Drawing:
    width: float
    labels: float
    """Room for the names to the right."""
    left: float = 46.0
    top: float = 22.0
    plot: float = 210.0

    @property
    def right(self) -> float:
        return self.width - self.labels


def wide_chart(chart: Chart) -> Markup:
    """The chart for a screen or a sheet of paper."""
    return _draw(chart, _Drawing(760.0, 250.0), "wide-picture")


def narrow_chart(chart: Chart) -> Markup:
    """The chart for a telephone."""
    return _draw(chart, _Drawing(340.0, 132.0, left=38.0), "narrow-picture")


def _draw(chart: Chart, at: _Drawing, class_: str) -> Markup:
    shown = chart.drawn[:MOST]
    plot = max(at.plot, _LINE * len(shown) + 20)
    points = [point for series in shown for point in series.drawn]
    numbers = [bound for point in points for bound in (point.low, point.high) if bound is not None]
    up = number_scale(numbers, at.top + plot, at.top)
    known = [point.day for point in points if point.day]
    across = DayScale(min(known), max(known), at.left + 34, at.right - 34)
    ends = spread([up.at(_middle(s.drawn[-1])) for s in shown], _LINE, at.top, at.top + plot)
    parts = [
        *_grid(up, across, at, plot),
        *(
            _series(n, one, len(shown), up, across, at, end)
            for n, (one, end) in enumerate(zip(shown, ends, strict=True))
        ),
    ]
    return picture(at.width, at.top + plot + 26, parts, f"chart {class_}")


def _grid(up: NumberScale, across: DayScale, at: _Drawing, plot: float) -> Iterator[Markup]:
    for tick in up.ticks:
        y = up.at(tick)
        yield line(at.left, y, at.right, y, "base" if tick == up.ticks[0] else "rule")
        yield text(at.left - 8, y + 4, f"{tick:,}", "tick", "end")
    if up.tens:
        yield text(0, 10, "each line is ten times the one below", "tick")
    base = at.top + plot
    for day in across.ticks(_TICK):
        x = across.at(day)
        yield line(x, base, x, base + 5, "base")
        yield text(x, base + 19, day.isoformat(), "tick", "middle")


def _series(
    number: int, series: Series, all_: int, up: NumberScale, across: DayScale, at: _Drawing, end: float
) -> Markup:
    """One source: its line, its markers, and its name with the number that stands."""
    shift = _shift(number, all_, across)
    drawn = series.drawn
    places = [
        (across.at(point.day) + shift if point.day else at.left, up.at(_middle(point))) for point in drawn
    ]
    steps = [places[0]]
    for before, after in pairwise(places):
        steps += [(after[0], before[1]), after]
    standing = drawn[-1]
    rest = [places[-1], (at.right - 10, places[-1][1]), (at.right + 4, end), (at.right + 10, end)]
    parts = [path(steps, "step")] if len(places) > 1 else []
    parts.append(path(rest, "rest"))
    for point, (x, y) in zip(drawn, places, strict=True):
        parts += _point(number, point, x, y, up, labelled=point is not standing)
    room = at.labels - 16
    figure = standing.text
    name = fitted(series.name, room - (len(figure) + 1) * _LETTER * 0.6, _LETTER)
    label = element(
        "text",
        element("tspan", Markup("{} ").format(figure), class_="number"),
        element("tspan", Markup("{}").format(name)),
        x=at.right + 14,
        y=end + 4,
        class_="name",
    )
    parts.append(_linked(standing, label))
    return element("g", *parts, class_=f"series hue-{number % HUES} dash-{number % 5}")


def _point(
    number: int, point: Point, x: float, y: float, up: NumberScale, *, labelled: bool
) -> Sequence[Markup]:
    """A marker with its range, and with its number where that is not told at the end of the line."""
    shapes: list[Markup] = []
    if point.low is not None and point.high is not None and point.low != point.high:
        shapes.append(line(x, up.at(point.low), x, up.at(point.high), "bar"))
        shapes += [line(x - 4, up.at(b), x + 4, up.at(b), "cap") for b in (point.low, point.high)]
    elif point.low is None or point.high is None:
        shapes += _arrow(x, y, upwards=point.high is None)
    hollow = point.certainty is not Certainty.STATED
    shapes.append(marker(number, x, y, "dot hollow" if hollow else "dot"))
    if labelled:
        shapes.append(text(x, y - 10, point.text, "value", "middle"))
    return [_linked(point, *shapes)]


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


def _linked(point: Point, *shapes: Markup) -> Markup:
    if not point.notes:
        return element("g", *shapes)
    mark = point.notes[0].mark
    return link(f"#w-{mark}", mark, *shapes)


def _middle(point: Point) -> float:
    """Where a point's marker stands: its number, the middle of its range, or the bound that is known."""
    known = [bound for bound in (point.low, point.high) if bound is not None]
    return sum(known) / len(known) if known else 0.0


def _shift(number: int, all_: int, across: DayScale) -> float:
    """Sources stand a little beside each other, so that those of one day do not hide one another."""
    span = (across.last - across.first).days
    room = min(56.0, (across.right - across.left) / span * 0.7) if span else 56.0
    return (number - (all_ - 1) / 2) * min(9.0, room / max(1, all_ - 1)) if all_ > 1 else 0.0
