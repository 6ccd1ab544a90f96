"""An incident's day and place, from the reader's dates and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from variorum.exports.codes import country_name
from variorum.model import Place, Reading, Time
from variorum.reading.people import read_table

LONGEST = 31
"""Spans of more days than this say too little of when something happened."""
_DATELINE = re.compile(r".*?--\s+(?:\[[^\]]+\]\s+)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scene:
    """When and where a report places what it tells."""

    published: date | None
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    body: int  # where the report's own words begin, after its dateline

    @classmethod
    def of(cls, reading: Reading) -> Scene:
        """The dates and places of a reading."""
        match = _DATELINE.match(reading.report.text)
        return cls(
            reading.report.published,
            tuple(t for t in reading.times if t.first and t.last),
            tuple(p for p in reading.places if p.evidence),
            match.end() if match and match.end() < 400 else 0,
        )


def day_of(scene: Scene, sentences: Sequence[tuple[int, int]]) -> str | None:
    """When it happened, as a response gives it: the first day told in the sentences, else on or before publication."""
    for start, end in sentences:
        for time in scene.times:
            at = time.evidence.start
            if not start <= at < end or at < scene.body or time.first is None or time.last is None:
                continue
            if scene.published and time.first > scene.published:
                continue
            if time.first == time.last:
                return time.first.isoformat()
            if (time.last - time.first).days <= LONGEST:
                return f"{time.first.isoformat()}/{time.last.isoformat()}"
    return f"../{scene.published.isoformat()}" if scene.published else None


@cache
def _other_names() -> dict[str, str]:
    return {row[0]: row[1] for row in read_table("variorum.evaluation.muc4", "nations.tsv")}


def nation(code: str) -> str | None:
    """The keys' name of a country by its ISO 3166-1 code."""
    name = _other_names().get(code) or country_name(code)
    return name.upper() if name else None


def place_of(scene: Scene, sentences: Sequence[tuple[int, int]]) -> str | None:
    """Country and place, as a response gives them: of the sentences, else of the report."""
    near = [
        p
        for start, end in sentences
        for p in scene.places
        if p.evidence and start <= p.evidence.start < end and p.evidence.start >= scene.body
    ]
    country = _country(near) or _country(
        p for p in scene.places if p.evidence and p.evidence.start >= scene.body
    )
    country = country or _country(scene.places)
    place = nation(country) if country else None
    if place is None:
        return None
    towns = [p for p in near if p.country == country and p.level == "town"]
    if towns:
        return f"{place}: {_name(towns[0])} (CITY)"
    areas = [p for p in near if p.country == country and p.level in ("admin1", "admin2")]
    if areas:
        return f"{place}: {_name(areas[0])} (DEPARTMENT)"
    return place


def _name(place: Place) -> str:
    quote = place.evidence.quote if place.evidence else place.name
    return re.sub(r"\s+", " ", re.sub(r"(?i)\s+(city|department|province)$", "", quote)).upper()


def _country(places: Iterable[Place]) -> str | None:
    counts = Counter(p.country for p in places if p.country)
    return min(counts, key=lambda c: (-counts[c], c)) if counts else None
