"""Places that a report names: found, told from their namesakes, with coordinates and precision."""

from variorum.reading.places.mention import NameSpan, PlaceMention, as_toponyms
from variorum.reading.places.resolving import resolve_places

__all__ = ["NameSpan", "PlaceMention", "as_toponyms", "resolve_places"]
