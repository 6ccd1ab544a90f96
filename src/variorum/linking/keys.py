"""Keys under which a report is filed, so that only reports with a key in common are ever compared.

A key is a rare word, a pair of names, a word of the title, or a place in a stretch of time. Words are filed twice:
as such, which finds a trial a year after the deed as long as the word stays rare in the pile, and together
with the fortnight of publication, which still works when millions of reports use the word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from variorum.linking.traits import Traits
from variorum.linking.words import weight_of

RARE_WORDS: Final = 30
NAME_PAIRS: Final = 20
TIMED_WORDS: Final = 12
TIMED_PAIRS: Final = 8
PLACES: Final = 2
_RARE: Final = 4.5
_RARE_IN_TITLE: Final = 4.0
_RARE_PAIR: Final = 8.0
_FORTNIGHT: Final = 14
_TIMED: Final = "@"


def keys_of(traits: Traits) -> frozenset[str]:
    """All keys of a report: some hundred at most, whatever its length."""
    values = traits.words.values
    rare = sorted((w for w in values if weight_of(w) >= _RARE), key=lambda w: (-values[w], w))
    words = [f"word {w}" for w in rare[:RARE_WORDS]]
    ranked = sorted((-sum(map(weight_of, pair.split(" "))), pair) for pair in traits.pairs)
    pairs = [f"pair {pair}" for value, pair in ranked[:NAME_PAIRS] if -value >= _RARE_PAIR]
    title = [f"word {w}" for w in traits.title.values if weight_of(w) >= _RARE_IN_TITLE]
    keys = {*words, *pairs, *title}
    places = [f"place {where.place}" for where in traits.wheres[:PLACES]]
    if traits.published is None:
        return frozenset(keys.union(places))
    timed = (*words[:TIMED_WORDS], *pairs[:TIMED_PAIRS], *title, *places)
    return frozenset(keys | {f"{_TIMED}{s} {key}" for s in _stretches(traits.published) for key in timed})


def is_timed(key: str) -> bool:
    """Whether a key holds for a stretch of time only."""
    return key.startswith(_TIMED)


def _stretches(day: date) -> Iterator[str]:
    """Two overlapping stretches of a fortnight: reports within a week of each other share at least one."""
    number = day.toordinal()
    yield f"{number // _FORTNIGHT}a"
    yield f"{(number + _FORTNIGHT // 2) // _FORTNIGHT}b"
