"""Traits: what of a report tells which incident it speaks of.

What is compared is small and cheap: one pass over the text, and what the reading found already. All is optional. A
report without a day of publication, without places or without tolls still has words and names; what is missing says
nothing for or against a link.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from sys import intern
from typing import Final
from zlib import crc32

from variorum.linking.words import Word, weight_of, words_of
from variorum.model import Day, Incident, Outcome, Place, Reading, Report, Toll

_AGE: Final = re.compile(r"\b(\d{1,3})[- ]years?[- ]old|,\s(\d{1,2})(?=,\s|\.\s|;)|\baged?\s(\d{1,2})\b")
_STREET: Final = re.compile(
    r"\b(\d{2,5})\s+(?:block of\s+)?((?:[NSEW]\.?\s+|North |South |East |West )?(?:[A-Z][a-z]+|\d+(?:st|nd|rd|th))\b)"
)
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:”\"\n•])\s*[\"“'‘(\[]*$")
_LEAST: Final = 1.0
_NARROW: Final = 3
"""UCDP where_prec up to which a place says something of where it was: a second-order area."""
_HARMED: Final = (Outcome.KILLED, Outcome.INJURED)
_LEAD: Final = 600
"""Characters of the text that count as its lead: what happened is told there, background later."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Words with what each counts for, and the length of the whole."""

    values: dict[str, float]
    size: float

    def cosine(self, other: Vector, only: frozenset[str] | None = None) -> float:
        """Likeness from 0 to 1; `only` restricts it to these words. 0 where either is empty."""
        if not self.size or not other.size:
            return 0.0
        a, b = self.values, other.values
        if len(b) < len(a):
            a, b = b, a
        shared = a.keys() & b.keys() if only is None else a.keys() & b.keys() & only
        # In a fixed order: sums of floats depend on it, and sets of words have none.
        return sum(a[w] * b[w] for w in sorted(shared)) / (self.size * other.size)


@dataclass(frozen=True, slots=True)
class Where:
    """A place of the gazetteer that a report names: its id, degrees north and east, UCDP where_prec, share of mentions."""

    place: int
    latitude: float
    longitude: float
    precision: int
    share: float


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one report. Weights are as in `words`.

    `words` covers title and text, `lead` the title and the beginning; `names` holds words written with a
    capital inside a sentence, `named` the sum of their weights, `pairs` two such words in a row ("maria lopez").
    `lines` has, under a line's hash, which of the words `running` stand in it, from and to.
    `areas` are the first-order divisions of all places named. `days` are the
    single days that the text speaks of. Of the main incident as read there are its day `told`, the name of its
    place, folded (`site`), and the numbers of people harmed, as pairs of outcome and number (`tolls`).
    """

    key: str
    published: date | None
    publisher: str | None
    words: Vector
    lead: Vector
    title: Vector
    names: frozenset[str]
    named: float
    pairs: frozenset[str]
    ages: frozenset[int]
    streets: frozenset[str]
    figures: frozenset[str]
    lines: dict[int, tuple[int, int]]
    running: tuple[str, ...]
    days: frozenset[date] = frozenset()
    told: Day | None = None
    wheres: tuple[Where, ...] = ()
    areas: frozenset[str] = frozenset()
    site: str = ""
    tolls: frozenset[tuple[Outcome, int]] = frozenset()


def traits_of(reading: Reading) -> Traits:
    """The traits of one report, from its text and from what was read in it. Linear in the length of the text."""
    report = reading.report
    title = report.title or ""
    head, body = words_of(title), words_of(report.text)
    lead = [word for word in body if word.start < _LEAD]
    names, pairs = _names(report.text, body)
    main = _main(reading.incidents)
    return Traits(
        key=key_of(report),
        published=report.published,
        publisher=report.publisher.casefold() if report.publisher else None,
        words=_vector(word.key for word in (*head, *body)),
        lead=_vector(word.key for word in (*head, *lead)),
        title=_vector(word.key for word in head),
        names=names,
        named=sum(sorted(weight_of(name) for name in names)),
        pairs=pairs,
        ages=frozenset(int(a or b or c) for a, b, c in _AGE.findall(report.text)),
        streets=frozenset(f"{number} {name}".casefold() for number, name in _STREET.findall(report.text)),
        figures=frozenset(w.key for w in body if w.key[0].isdigit() and len(w.key) > 2),
        lines=_lines(report.text, body),
        running=tuple(word.key for word in body),
        days=frozenset(
            t.first for t in reading.times if t.first and t.first == t.last and t.type in ("DATE", "TIME")
        ),
        told=main.day if main else None,
        wheres=_wheres(reading.places),
        areas=frozenset(f"{p.country} {p.admin1}" for p in reading.places if p.country and p.admin1),
        site=" ".join(w.key for w in words_of(main.place.name)) if main and main.place else "",
        tolls=frozenset(_tolls(reading)),
    )


def key_of(report: Report) -> str:
    """What makes a report itself: its text, publisher, day and title. Ids given by callers do not count."""
    return "|".join((report.content_hash, report.publisher or "", str(report.published), report.title or ""))


def _vector(words: Iterable[str]) -> Vector:
    """Words with 1 + log(count) times their weight; those in nearly every report are left out."""
    values = {word: _value(weight_of(word), n) for word, n in Counter(words).items()}
    values = {word: value for word, value in values.items() if value >= _LEAST}
    return Vector(values, math.sqrt(sum(v * v for v in values.values())))


@cache
def _value(weight: float, count: int) -> float:
    # Cached so that equal values are one object: see `words_of`.
    return (1 + math.log(count)) * weight


def _names(text: str, words: tuple[Word, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Words with a capital inside a sentence, and neighbouring pairs of words with a capital."""
    names = set()
    pairs = set()
    before: Word | None = None
    for word in words:
        if not word.capital or word.key.isdigit():
            before = None
            continue
        if not _SENTENCE_START.search(text[max(0, word.start - 6) : word.start]):
            names.add(word.key)
        if before is not None and text[before.end : word.start] in (" ", " "):
            pairs.add(intern(f"{before.key} {word.key}"))
        before = word
    return frozenset(names), frozenset(pairs)


def _lines(text: str, words: tuple[Word, ...]) -> dict[int, tuple[int, int]]:
    """Which words stand in each line, under the line's hash: pages of one publisher share whole lines."""
    lines: dict[int, tuple[int, int]] = {}
    end, at = 0, 0
    for line in text.split("\n"):
        end += len(line) + 1
        start = at
        while at < len(words) and words[at].start < end:
            at += 1
        if at > start:
            lines[crc32(" ".join(w.key for w in words[start:at]).encode())] = (start, at)
    return lines


def _main(incidents: tuple[Incident, ...]) -> Incident | None:
    return next((incident for incident in incidents if not incident.background), None)


def _tolls(reading: Reading) -> Iterator[tuple[Outcome, int]]:
    """Numbers of people killed and injured in the main incident, by anyone's account; of an open range, its known end."""
    for claim in reading.claims:
        if isinstance(claim, Toll) and not claim.background and claim.outcome in _HARMED:
            number = claim.max if claim.min is None else claim.min
            if number is not None:
                yield claim.outcome, number


def _where(place: Place, share: float) -> Where | None:
    """A place of the gazetteer below the level of a country or first-order division; None of any other."""
    if place.geonameid is None or place.latitude is None or place.longitude is None:
        return None
    if place.precision is None or place.precision > _NARROW:
        return None
    return Where(place.geonameid, place.latitude, place.longitude, place.precision, share)


def _wheres(places: tuple[Place, ...]) -> tuple[Where, ...]:
    """The narrow places, the most mentioned first."""
    narrow = [where for where in (_where(place, 1.0) for place in places) if where]
    counts = Counter(where.place for where in narrow)
    known = {where.place: where for where in reversed(narrow)}
    ranked = sorted(counts, key=lambda number: (-counts[number], number))
    return tuple(replace(known[number], share=counts[number] / len(narrow)) for number in ranked)
