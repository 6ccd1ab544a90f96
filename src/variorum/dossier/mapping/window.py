"""What part of the world a map shows, and where a point of it is in the picture.

Projection: equidistant cylindrical with its true parallel in the middle of the window, so that shapes near it are right
(J. P. Snyder, Map Projections: A Working Manual, 1987, chapter 12).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from variorum.dossier.mapping.basemap import Point, Ring

KILOMETRES = 111.2
"""Of one degree of latitude."""

_LEAST = 5.0
"""Degrees from north to south that a map shows at least: enough to see where in the world one is."""
_SOUTH, _NORTH = -58.0, 84.0
"""No map shows the Antarctic, where nobody reports from."""
_MARGIN = 1.25
_TRUE = 60.0
"""The greatest latitude that is a true parallel: beyond it the picture would be all too narrow."""


@dataclass(frozen=True, slots=True)
class Window:
    """A picture of `width` by `height` with a point of the world in its middle; `scale` is pixels for a degree of latitude."""

    width: float
    height: float
    longitude: float
    latitude: float
    scale: float

    @property
    def across(self) -> float:
        """Pixels for a degree of longitude."""
        return self.scale * cos(radians(min(abs(self.latitude), _TRUE)))

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a point is in the picture, from its left upper corner; outside of it if need be."""
        x = self.width / 2 + (longitude - self.longitude) * self.across
        return x, self.height / 2 - (latitude - self.latitude) * self.scale

    def pixels(self, kilometres: float) -> float:
        """How long a length on the ground is in the picture, from north to south."""
        return kilometres / KILOMETRES * self.scale

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What of the world can be seen: west, south, east, north."""
        half_x, half_y = self.width / 2 / self.across, self.height / 2 / self.scale
        return (
            self.longitude - half_x,
            self.latitude - half_y,
            self.longitude + half_x,
            self.latitude + half_y,
        )


def window_on(areas: Iterable[tuple[Point, float]], width: float, height: float) -> Window:
    """The window that shows areas, each a point with kilometres around it, and not less than some hundred kilometres.

    There must be one at least.
    """
    found = [(x, y, kilometres / KILOMETRES) for (x, y), kilometres in areas]
    south = min(max(y - r, _SOUTH) for _, y, r in found)
    north = max(min(y + r, _NORTH) for _, y, r in found)
    latitude = (south + north) / 2
    narrow = cos(radians(min(abs(latitude), _TRUE)))
    west = min(x - r / narrow for x, _, r in found)
    east = max(x + r / narrow for x, _, r in found)
    tall = max(north - south, _LEAST) * _MARGIN
    wide = max(east - west, _LEAST) * _MARGIN
    scale = min(height / tall, width / (wide * narrow))
    return Window(width, height, (west + east) / 2, latitude, scale)


def clip(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """The part of a ring within a box (I. E. Sutherland and G. W. Hodgman, Reentrant Polygon Clipping, 1974)."""
    west, south, east, north = box
    found = list(ring)
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        if not found:
            break
        found = _half(found, axis, bound, sign)
    return tuple(found)


def _half(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    """What of a ring lies on one side of a line along an axis."""
    found: list[Point] = []
    before = ring[-1]
    for point in ring:
        inside, was_inside = (point[axis] - bound) * sign >= 0, (before[axis] - bound) * sign >= 0
        if inside != was_inside:
            part = (bound - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + part * (point[1 - axis] - before[1 - axis])
            found.append((bound, other) if axis == 0 else (other, bound))
        if inside:
            found.append(point)
        before = point
    return found
