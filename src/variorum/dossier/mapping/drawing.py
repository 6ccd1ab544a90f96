"""A map as SVG, drawn with classes only, so that the page's style sheet colours it on light and dark pages and in print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import hypot
from types import MappingProxyType

from markupsafe import Markup

from variorum.dossier.mapping.basemap import Country, Ring, countries
from variorum.dossier.mapping.window import Window, clip, window_on
from variorum.dossier.printable import one_line
from variorum.dossier.svg import element, picture, text

AREAS = MappingProxyType({1: 3.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 250.0, 7: 250.0})
"""Kilometres around a point by UCDP's where_prec: what the code says for 2 (within 25 km), and our own rough width of a
second-order (3) and first-order area (4), a larger one (5) and a stretch of sea (7). A country (6) is drawn whole."""

_COUNTRY = 6
_UNTOLD = 5
"""A point without a precision may be anywhere around."""
_AROUND_A_COUNTRY = 600.0
_LEAST = 5.0
"""Pixels that a ring has at least, to be seen and to be pointed at."""
_TOGETHER = 22.0
"""Pixels within which the numbers of two rings would overlap, so that they are told together."""
_WORLD = 60.0
"""Degrees from north to south from which the coarser scale does."""
_NAMED = 46.0
"""Pixels that a country is wide and high at least to bear its name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place: `precision` is UCDP's where_prec, None if it is not told; `number` is how many it stands for."""

    latitude: float
    longitude: float
    precision: int | None
    label: str
    href: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class _Ring:
    x: float
    y: float
    radius: float
    mark: Mark
    number: int


def draw_map(marks: Sequence[Mark], width: float = 720, height: float = 400) -> Markup:
    """A map of marks, as close as all of them allow; empty without any.

    Marks whose numbers would overlap are drawn as one, with the link of the greatest. The picture is hidden from
    screen readers and the keyboard: a list or table beside it must say the same.
    """
    if not marks:
        return Markup("")
    window = window_on((((mark.longitude, mark.latitude), _reach(mark)) for mark in marks), width, height)
    _, south, _, north = window.box
    seen = countries("110m" if north - south > _WORLD else "50m")
    whole = [mark for mark in marks if mark.precision == _COUNTRY]
    shaded = {
        country.name: [mark for mark in whole if country.holds(mark.longitude, mark.latitude)]
        for country in seen
    }
    land, names = [], []
    # Those that are shaded come last, so that their outlines lie above their neighbours'.
    for country in sorted(seen, key=lambda one: bool(shaded[one.name])):
        rings = _visible(country, window)
        if rings:
            land.append(_shape(rings, country, shaded[country.name]))
            names += _name(rings, country)
    areas = [_drawn(ring) for ring in _together(_ring(mark, window) for mark in marks)]
    drawn = (*land, *areas, *names)
    return picture(width, height, drawn, class_="map")


def _reach(mark: Mark) -> float:
    return _AROUND_A_COUNTRY if mark.precision == _COUNTRY else AREAS[mark.precision or _UNTOLD]


def _visible(country: Country, window: Window) -> list[Ring]:
    """The parts of a country in the picture, in pixels, without steps too small to be seen."""
    west, south, east, north = window.box
    edge = 2 / window.scale
    box = (west - edge, south - edge, east + edge, north + edge)
    found = []
    for ring, (left, bottom, right, top) in zip(country.rings, country.boxes, strict=True):
        if right < west or left > east or top < south or bottom > north:
            continue
        inside = left >= box[0] and right <= box[2] and bottom >= box[1] and top <= box[3]
        drawn = _thinned(window.place(x, y) for x, y in (ring if inside else clip(ring, box)))
        if len(drawn) > 2:
            found.append(drawn)
    return found


def _thinned(points: Iterable[tuple[float, float]]) -> Ring:
    """Points rounded to half pixels, without those that are no pixel and a half from the one before."""
    found: list[tuple[float, float]] = []
    for x, y in points:
        point = (round(x * 2) / 2, round(y * 2) / 2)
        if not found or hypot(point[0] - found[-1][0], point[1] - found[-1][1]) > 1.4:
            found.append(point)
    return tuple(found)


def _shape(rings: Sequence[Ring], country: Country, marks: Sequence[Mark]) -> Markup:
    outline = "".join(f"M{' '.join(_steps(ring))}Z" for ring in rings)
    shape = element("path", d=outline, class_="land whole" if marks else "land")
    return _linked(shape, marks[0], f"{country.name}: {_told(marks)}") if marks else shape


def _steps(ring: Ring) -> Iterable[str]:
    """A ring as the steps from point to point, which take half the letters that places do."""
    yield f"{ring[0][0]:g},{ring[0][1]:g}l"
    for (x1, y1), (x2, y2) in pairwise(ring):
        yield f"{x2 - x1:g},{y2 - y1:g}"


def _name(rings: Sequence[Ring], country: Country) -> list[Markup]:
    """A country's name in the middle of its greatest part, if it is large enough."""
    boxes = [
        (min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
        for ring in rings
    ]
    left, top, right, bottom = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    if right - left < max(_NAMED, 7 * len(country.name)) or bottom - top < _NAMED / 2:
        return []
    return [text((left + right) / 2, (top + bottom) / 2, country.name, class_="country", anchor="middle")]


def _ring(mark: Mark, window: Window) -> _Ring:
    x, y = window.place(mark.longitude, mark.latitude)
    reach = 0.0 if mark.precision == _COUNTRY else window.pixels(AREAS[mark.precision or _UNTOLD])
    return _Ring(x, y, max(reach, _LEAST), mark, mark.number)


def _together(rings: Iterable[_Ring]) -> Iterable[_Ring]:
    """The rings, the greatest numbers first; one whose middle is close to a greater one's goes into it."""
    found: list[_Ring] = []
    cells: dict[tuple[int, int], list[int]] = {}  # places in `found`, so that only near ones are measured
    for ring in sorted(rings, key=lambda ring: (-ring.number, ring.y, ring.x)):
        cell = int(ring.x // _TOGETHER), int(ring.y // _TOGETHER)
        near = (cells.get((cell[0] + x, cell[1] + y), ()) for x, y in product((-1, 0, 1), repeat=2))
        for place in (place for places in near for place in places):
            other = found[place]
            if hypot(ring.x - other.x, ring.y - other.y) < _TOGETHER:
                radius, number = max(other.radius, ring.radius), other.number + ring.number
                found[place] = _Ring(other.x, other.y, radius, other.mark, number)
                break
        else:
            cells.setdefault(cell, []).append(len(found))
            found.append(ring)
    # The widest are drawn first, so that a narrow one is never under a wide one.
    return sorted(found, key=lambda ring: -ring.radius)


def _drawn(ring: _Ring) -> Markup:
    parts = []
    if ring.mark.precision != _COUNTRY:
        kind = "area untold" if ring.mark.precision is None else "area"
        parts.append(element("circle", cx=ring.x, cy=ring.y, r=ring.radius, class_=kind))
    if ring.number > 1:
        parts.append(element("circle", cx=ring.x, cy=ring.y, r=_TOGETHER / 2, class_="number-ground"))
        parts.append(text(ring.x, ring.y + 4, f"{ring.number:,}", class_="number", anchor="middle"))
    label = (
        ring.mark.label
        if ring.number == ring.mark.number
        else f"{ring.number:,} here, {ring.mark.label} among them"
    )
    return _linked(element("g", *parts), ring.mark, label)


def _linked(shape: Markup, mark: Mark, label: str) -> Markup:
    title = element("title", Markup.escape(one_line(label)))
    if mark.href is None:
        return element("g", title, shape)
    return element("a", title, shape, href=mark.href, tabindex="-1")


def _told(marks: Sequence[Mark]) -> str:
    return ", ".join(mark.label for mark in marks[:3]) + (" and others" if len(marks) > 3 else "")
