"""The map of a dossier: the incident's own place, and those that reports name near it."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from markupsafe import Markup

from variorum.dossier.incident.places import Named
from variorum.dossier.mapping import Mark, draw_map

_NEAR = 8.0
"""Degrees around the incident's own place within which others are drawn, so that a capital far off does not make all small."""
_MOST = 40


def place_map(places: Sequence[Named]) -> Markup:
    """The map; empty where no place has a point."""
    marks = [mark for one in places if (mark := _mark(one))]
    own = [mark for mark in marks if mark.own]
    near = [mark for mark in marks if not own or any(_is_near(mark, other) for other in own)]
    return draw_map(near[:_MOST], 720, 320)


def _mark(one: Named) -> Mark | None:
    place = one.place
    if place.latitude is None or place.longitude is None:
        return None
    return Mark(place.latitude, place.longitude, place.precision, place.name, own=one.incidents_own)


def _is_near(mark: Mark, other: Mark) -> bool:
    across = (mark.longitude - other.longitude) * cos(radians(other.latitude))
    return abs(mark.latitude - other.latitude) <= _NEAR and abs(across) <= _NEAR
