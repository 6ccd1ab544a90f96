"""Keys under which a report is filed, so that only reports with a key in common are ever compared.

A key is a rare word, a pair of names, a word of the title, a place in a stretch of time, or the day of the incident as
told with the area. Words are filed twice: as such, which finds a trial a year after the deed as long as the word
stays rare in the pile, and together with the fortnight of publication, which still works when millions of reports use
the word.

Keys are numbers of 63 bits, hashed from what they stand for: a hundred thousand reports have millions of them.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from variorum.linking.traits import Traits
from variorum.linking.words import weight_of

RARE_WORDS: Final = 30
NAME_PAIRS: Final = 20
TIMED_WORDS: Final = 12
TIMED_PAIRS: Final = 8
PLACES: Final = 2
AREAS: Final = 4
_RARE: Final = 4.5
_RARE_IN_TITLE: Final = 4.0
_RARE_PAIR: Final = 8.0
_FORTNIGHT: Final = 14
_BITS: Final = (1 << 63) - 1
_SPREAD: Final = 0x9E3779B97F4A7C15
"""An odd number that spreads the stretches of one key over all numbers (2**64 over the golden ratio; Knuth 1973, 6.4)."""


def keys_of(traits: Traits) -> frozenset[int]:
    """All keys of a report: some hundred at most, whatever its length."""
    values = traits.words.values
    rare = sorted((w for w in values if weight_of(w) >= _RARE), key=lambda w: (-values[w], w))
    words = [_key(f"word {w}") for w in rare[:RARE_WORDS]]
    ranked = sorted((-sum(map(weight_of, pair.split(" "))), pair) for pair in traits.pairs)
    pairs = [_key(f"pair {pair}") for value, pair in ranked[:NAME_PAIRS] if -value >= _RARE_PAIR]
    title = [_key(f"word {w}") for w in traits.title.values if weight_of(w) >= _RARE_IN_TITLE]
    keys = {*words, *pairs, *title, *_days(traits)}
    places = [_key(f"place {where.place}") for where in traits.wheres[:PLACES]]
    if traits.published is None:
        return frozenset(keys.union(places))
    timed = {*words[:TIMED_WORDS], *pairs[:TIMED_PAIRS], *title, *places}
    return frozenset(keys.union(timed_key(key, s) for s in _stretches(traits.published) for key in timed))


def _days(traits: Traits) -> list[int]:
    """The day on which it happened, if one is told, with each area: an inquiry years later still names both."""
    if traits.told is None or traits.told.first != traits.told.last:
        return []
    return [_key(f"day {traits.told.first} {area}") for area in sorted(traits.areas)[:AREAS]]


def is_timed(key: int) -> bool:
    """Whether a key holds for a stretch of time only."""
    return bool(key & 1)


def timed_key(key: int, stretch: int) -> int:
    """A key as it is in one stretch of time."""
    return (key + (stretch + 1) * _SPREAD) & _BITS | 1


@lru_cache(maxsize=1 << 16)
def _key(what: str) -> int:
    return int.from_bytes(blake2b(what.encode(), digest_size=8).digest(), "big") & _BITS & ~1


def _stretches(day: date) -> tuple[int, int]:
    """Two overlapping stretches of a fortnight: reports within a week of each other share at least one."""
    number = day.toordinal()
    return number // _FORTNIGHT * 2, (number + _FORTNIGHT // 2) // _FORTNIGHT * 2 + 1
