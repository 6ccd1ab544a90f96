"""The basemap: countries as rings of longitude and latitude, from Natural Earth by way of world-atlas.

The files are TopoJSON (https://github.com/topojson/topojson-specification): countries are runs of shared arcs, whose points
are steps on a grid.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in a picture."""
Ring = tuple[Point, ...]
"""A closed line; its first point is not said again at its end."""
Detail = Literal["110m", "50m"]
"""Natural Earth's scales, 1:110 million for the world and 1:50 million for parts of it."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's outer and inner rings, and the box around each."""

    name: str
    rings: tuple[Ring, ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    """West, south, east, north."""

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies inside: an odd number of its rings' sides is crossed on the way out."""
        inside = False
        for ring, (west, south, east, north) in zip(self.rings, self.boxes, strict=True):
            if not (west <= longitude <= east and south <= latitude <= north):
                continue
            for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
                if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) / (y2 - y1) * (
                    x2 - x1
                ):
                    inside = not inside
        return inside


@cache
def countries(detail: Detail) -> tuple[Country, ...]:
    """All countries in the detail of one scale."""
    source = files("variorum.dossier.mapping").joinpath("data", f"countries-{detail}.json").read_text("utf-8")
    topology = json.loads(source)
    arcs = [_points(arc, topology["transform"]) for arc in topology["arcs"]]
    return tuple(_country(one, arcs) for one in topology["objects"]["countries"]["geometries"])


def _points(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    """An arc's points. Each is told as the step from the one before it, on the grid."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        found.append((x * scale_x + left, y * scale_y + bottom))
    return found


def _country(geometry: dict[str, Any], arcs: Sequence[list[Point]]) -> Country:
    parts = geometry.get("arcs", ())
    shapes = parts if geometry["type"] == "MultiPolygon" else [parts]
    rings = tuple(ring for shape in shapes for run in shape for ring in _whole(_ring(run, arcs)))
    boxes = tuple(
        (min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
        for ring in rings
    )
    return Country(geometry["properties"]["name"], rings, boxes)


def _ring(run: Sequence[int], arcs: Sequence[list[Point]]) -> Ring:
    """Arcs one after another; a number below zero is an arc read backwards. Where two meet, their point is said once."""
    found: list[Point] = []
    for number in run:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return tuple(found[:-1])


def _whole(ring: Ring) -> tuple[Ring, ...]:
    """A ring that goes on across the date line, on both edges of the world where it does."""
    unrolled = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((unrolled[-1][0] - longitude) / 360)
        unrolled.append((longitude + 360 * turns, latitude))
    shift = 360 if min(x for x, _ in unrolled) < -180 else -360
    if all(-180 <= x <= 180 for x, _ in unrolled):
        return (ring,)
    return tuple(unrolled), tuple((x + shift, y) for x, y in unrolled)
