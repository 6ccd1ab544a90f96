"""An incident's day and place, from the reader's dates and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from variorum.exports.codes import country_name
from variorum.model import Place, Reading, Time
from variorum.reading.encoder.names import names_in
from variorum.reading.parties import load_lexicon
from variorum.reading.people import read_table
from variorum.reading.places.lexicon import designated_levels, words

Span = tuple[int, int]
LONGEST = 31
"""Spans of more days than this say too little of when something happened."""
SPEAKING = 3
"""A day so few words from a verb that reports is the day of the report."""
_DATELINE = re.compile(r".*?--\s+(?:\[[^\]]+\]\s+)*", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class Scene:
    """When and where a report places what it tells."""

    text: str
    published: date | None
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    countries: Mapping[str, float]  # how often countries are named, by code; those of the dateline for more
    body: int  # where the report's own words begin, after its dateline

    @classmethod
    def of(cls, reading: Reading) -> Scene:
        """The dates and places of a reading."""
        text = reading.report.text
        match = _DATELINE.match(text)
        body = match.end() if match and match.end() < 400 else 0
        places = tuple(p for p in reading.places if p.evidence and p.country)
        votes: Counter[str] = Counter()
        for name in names_in(text):
            if name.kind != "party":
                votes[name.key] += 1
        for place in places:
            at = place.evidence.start if place.evidence else 0
            votes[str(place.country)] += 3 if at < body else 1
        return cls(
            text,
            reading.report.published,
            tuple(t for t in reading.times if t.first and t.last and t.evidence.start >= body),
            places,
            dict(votes),
            body,
        )


def day_of(scene: Scene, sentences: Sequence[Span]) -> str | None:
    """When it happened, as a response gives it: a day told in the sentences, else on or before publication.

    In each sentence a day that is not that of the report itself is preferred, then the first.
    """
    for start, end in sentences:
        here = [t for t in scene.times if start <= t.evidence.start < end and _fits(scene, t)]
        here = [t for t in here if not _spoken(scene, t, start, end)]
        if here:
            time = min(here, key=lambda t: (t.first == scene.published, t.evidence.start))
            if time.first == time.last:
                return f"{time.first}"
            return f"{time.first}/{time.last}"
    return f"../{scene.published.isoformat()}" if scene.published else None


def _fits(scene: Scene, time: Time) -> bool:
    """Whether something that is told as past may have happened then."""
    if time.first is None or time.last is None or (time.last - time.first).days > LONGEST:
        return False
    return scene.published is None or time.last <= scene.published


def _spoken(scene: Scene, time: Time, start: int, end: int) -> bool:
    """Whether a verb that reports stands beside the words for the day of publication."""
    if time.first != scene.published:
        return False
    verbs = load_lexicon().words["verbs"]
    before = _WORD.findall(scene.text[start : time.evidence.start])[-SPEAKING:]
    after = _WORD.findall(scene.text[time.evidence.end : end])[:SPEAKING]
    return any(w.lower() in verbs for w in (*before, *after))


@cache
def _other_names() -> dict[str, str]:
    return {row[0]: row[1] for row in read_table("variorum.evaluation.muc4", "nations.tsv")}


@cache
def scope() -> frozenset[str]:
    """The countries whose incidents the task asks for, by code."""
    return frozenset(row[0] for row in read_table("variorum.evaluation.muc4", "scope.tsv"))


def nation(code: str) -> str | None:
    """The keys' name of a country by its ISO 3166-1 code."""
    name = _other_names().get(code) or country_name(code)
    return str(name).upper() if name else None


def place_of(scene: Scene, sentences: Sequence[Span]) -> str | None:
    """Country and place, as a response gives them: of the sentences, the country else of the whole report."""
    near = [
        p
        for start, end in sentences
        for p in scene.places
        if p.evidence and start <= p.evidence.start < end and p.evidence.start >= scene.body
    ]
    votes = Counter(scene.countries)
    for place in near:
        votes[str(place.country)] += 2
    if not votes:
        return None
    code = min(votes, key=lambda c: (c not in scope(), -votes[c], c))
    country = nation(code)
    for place in near:
        if place.country == code and place.level != "country":
            kind = _kind(scene.text, place)
            if kind:
                return f"{country}: {_name(place)} ({kind})"
    return country


def _kind(text: str, place: Place) -> str | None:
    """What a place is: as the words beside it call it, else a city if it is a town that something is said to be in."""
    if place.evidence is None:
        return None
    before = [
        w.lower() for w in _WORD.findall(text[max(0, place.evidence.start - 30) : place.evidence.start])
    ]
    after = [w.lower() for w in _WORD.findall(text[place.evidence.end : place.evidence.end + 20])]
    kinds = designated_levels()
    own = [w.lower() for w in _WORD.findall(place.evidence.quote)]
    beside: list[str] = [*own[-1:], *after[:1], *(before[-2:-1] if before[-1:] == ["of"] else [])]
    for word in beside:
        if word in kinds and word not in ("capital", "state", "republic"):
            return word.upper()
    located = bool(before) and before[-1] in words("locative")
    return "CITY" if place.level == "town" and located else None


def _name(place: Place) -> str:
    quote = place.evidence.quote if place.evidence else place.name
    parts = quote.split()
    if len(parts) > 1 and parts[-1].lower() in designated_levels() and parts[-1].lower() != "city":
        parts = parts[:-1]
    return " ".join(parts).upper()
