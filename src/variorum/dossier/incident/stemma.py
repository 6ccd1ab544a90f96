"""The copy graph as a stemma: who has what from whom, the earliest to the left.

One line a report, families together. A report hangs by the one it has most words from; the kind of line tells the kind
of copy, an arrow that the direction is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from variorum.dossier.incident.kinship import Family, Kinship, Leaf
from variorum.dossier.incident.table import counted
from variorum.dossier.svg import element, fitted, line, path, picture, text

_ROW = 24.0
_HEAD = 28.0
_AFTER = 10.0
_STEP = 22.0
_LETTER = 12.0
_UNKNOWN = "day unknown"


@dataclass(frozen=True)
class _Drawing:
    width: float
    days: float
    """Room for the days."""
    left: float = 16.0
    dated: bool = True


@dataclass(frozen=True)
class _Dot:
    x: float
    y: float


def wide_stemma(kinship: Kinship) -> Markup:
    """The stemma for a screen or a sheet of paper."""
    return _draw(kinship, _Drawing(760.0, 330.0), "wide-picture")


def narrow_stemma(kinship: Kinship) -> Markup:
    """The stemma for a telephone."""
    return _draw(kinship, _Drawing(340.0, 150.0), "narrow-picture")


def _draw(kinship: Kinship, at: _Drawing, class_: str) -> Markup:
    days = sorted({leaf.lettered.day for family in kinship.families for leaf in family.leaves})
    columns = _columns(kinship.families, days, at)
    y = 30.0
    parts: list[Markup] = []
    for family in kinship.families:
        rows = len(family.leaves) + len(_tops(family))
        height = _HEAD + rows * _ROW
        parts.append(element("rect", x=0, y=y, width=at.width, height=height - 4, rx=4, class_="family"))
        parts.append(text(8, y + 17, fitted(_heading(family), at.width - 16, 11.0), "heading"))
        parts += _family(family, columns, at, y + _HEAD + 8)
        y += height + _AFTER
    return picture(at.width, y, [*_calendar(days, columns, at, y), *parts], f"stemma {class_}")


def _heading(family: Family) -> str:
    reports = counted(len(family.leaves), "report")
    credited = " and ".join(family.outlets[:2])
    return f"{reports}, credited to {credited}" if family.outlets else f"{reports} share words"


def _tops(family: Family) -> list[str]:
    """Outlets that reports of a family credit and that have no report of their own here."""
    return list(dict.fromkeys(leaf.parent for leaf in family.leaves if leaf.parent.startswith("@")))


def _columns(families: Sequence[Family], days: Sequence[str], at: _Drawing) -> dict[str, float]:
    """Where each day begins. A day is as wide as the longest chain of reports within it asks for."""
    deepest = dict.fromkeys(days, 1)
    for family in families:
        for leaf, within in _within(family):
            deepest[leaf.lettered.day] = max(deepest[leaf.lettered.day], within + 1)
    unit = min(_STEP * 2.4, at.days / max(1.0, sum(0.6 + deepest[day] for day in days)))
    found, x = {}, at.left + 30
    for day in days:
        found[day] = x
        x += unit * (0.6 + deepest[day])
    found[""] = unit
    return found


def _within(family: Family) -> Iterator[tuple[Leaf, int]]:
    """Each report with the number of its sources on the same day, one behind the other."""
    steps: dict[str, tuple[str, int]] = {}
    for leaf in family.leaves:
        day, before = steps.get(leaf.parent, ("", 0))
        steps[leaf.lettered.siglum] = (leaf.lettered.day, before + 1 if day == leaf.lettered.day else 0)
        yield leaf, steps[leaf.lettered.siglum][1]


def _calendar(
    days: Sequence[str], columns: dict[str, float], at: _Drawing, height: float
) -> Iterator[Markup]:
    last = -100.0
    for day in days:
        x = columns[day]
        yield line(x, 20, x, height - _AFTER, "rule")
        if x - last >= 80:
            yield text(x - 4, 13, day, "tick")
            last = x


def _family(family: Family, columns: dict[str, float], at: _Drawing, top: float) -> Iterator[Markup]:
    dots: dict[str, _Dot] = {}
    y = top
    labels: list[Markup] = []
    lines: list[Markup] = []
    for leaf, within in _within(family):
        if leaf.parent.startswith("@") and leaf.parent not in dots:
            dots[leaf.parent] = _Dot(at.left, y)
            labels.append(element("rect", x=at.left - 4, y=y - 4, width=8, height=8, class_="outlet"))
            labels.append(
                text(at.left + 12, y + 4, fitted(leaf.parent[1:], at.width - 60, _LETTER), "outlet-name")
            )
            y += _ROW
        x = columns[leaf.lettered.day] + within * columns[""]
        if leaf.parent in dots:
            x = max(x, dots[leaf.parent].x + min(12.0, columns[""]))
        dot = _Dot(x, y)
        dots[leaf.lettered.siglum] = dot
        if leaf.parent in dots:
            lines += _branch(dots[leaf.parent], dot, leaf)
        labels.append(element("circle", cx=dot.x, cy=dot.y, r=4, class_="dot"))
        labels.append(_label(leaf, dot, at))
        y += _ROW
    yield from lines
    yield from labels


def _branch(start: _Dot, end: _Dot, leaf: Leaf) -> list[Markup]:
    """Down from the source, then across to the report."""
    kind = _kind(leaf)
    points = [(start.x, start.y + 4), (start.x, end.y), (end.x - 5, end.y)]
    drawn = [path(points, f"branch {kind}")]
    if kind == "same-text":
        drawn.append(path(points, "branch inner"))
    if leaf.tie is None or leaf.tie.known:
        drawn.append(path([(end.x - 10, end.y - 3.5), (end.x - 5, end.y), (end.x - 10, end.y + 3.5)], "tip"))
    return drawn


def _kind(leaf: Leaf) -> str:
    return (
        leaf.tie.copy.kind.replace(" ", "-")
        if leaf.tie and leaf.parent == leaf.tie.other.siglum
        else "credit"
    )


def _label(leaf: Leaf, dot: _Dot, at: _Drawing) -> Markup:
    """The report's letter and publisher, and what it has from where."""
    x = dot.x + 10
    room = at.width - x - 6
    siglum = leaf.lettered.siglum
    how = leaf.words
    name = fitted(
        leaf.lettered.publisher, max(30.0, room - (len(siglum) + len(how) + 3) * _LETTER * 0.56), _LETTER
    )
    short = (
        fitted(how, max(0.0, room - (len(siglum) + len(name) + 3) * _LETTER * 0.56), _LETTER) if how else ""
    )
    return element(
        "text",
        element("tspan", Markup("{} ").format(siglum), class_="number"),
        element("tspan", Markup("{}").format(name)),
        element("tspan", Markup("  {}").format(short), class_="how"),
        x=x,
        y=dot.y + 4,
        class_="name",
    )
