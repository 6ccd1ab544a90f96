"""What the words around a figure say of its outcome: a second opinion beside the network's.

A log-linear model over classes of words ("killed", "dead", "funeral" are one class): which classes stand before, after and
inside the words for a quantity, how near, and across how many breaks. Words that begin with a capital are not looked at, so
that no name can matter. The classes are a plain lexicon, the weights were fitted by `training/outcomes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from variorum.reading.encoder.outputs import OUTCOMES
from variorum.reading.groups import group_evidence
from variorum.reading.people import read_table
from variorum.reading.quantities import Quantity

WEIGHT = 1.3
"""What this opinion weighs beside the network's, both in log-odds; chosen on reports held back."""
REACH = 110
"""Characters looked at on either side, within the sentence."""
WORDS, NEAR = 18, 14
"""Words looked at on either side, and those of which the distance counts."""
BESIDE = 5
"""Words on either side, before any break, in which a word is right beside a quantity."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[,:()]")
_STOP = re.compile(r"[.!?;](?=\s|$)|\n\s*\n")
_QUIET = frozenset(("number", "neg"))
"""Classes that tell no fate."""

Floats = npt.NDArray[np.float32]


@cache
def _classes() -> MappingProxyType[str, tuple[str, ...]]:
    """Word, as it is inflected, to its classes; loaded words have those of the plain words for them."""
    found: dict[str, list[str]] = {}
    for word, name in read_table("variorum.reading", "outcomes.tsv"):
        found.setdefault(word, []).append(name)
    for word, plain in read_table("variorum.reading.encoder", "loaded.tsv"):
        if plain in found:
            found[word] = found[plain]
    return MappingProxyType({word: tuple(names) for word, names in found.items()})


@cache
def _breaks() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("variorum.reading", "breaks.tsv"))


@cache
def _weights() -> MappingProxyType[str, Floats]:
    """Feature to what it adds to the log-odds of each outcome."""
    return MappingProxyType(
        {
            name: np.array([float(value) for value in values], dtype=np.float32)
            for name, *values in read_table("variorum.reading", "outcome_weights.tsv")
        }
    )


def spoken_for(text: str, quantities: Sequence[Quantity]) -> Floats:
    """What the words around each quantity add to each outcome's score; [quantities, outcomes], log-odds."""
    found = np.zeros((len(quantities), len(OUTCOMES)), dtype=np.float32)
    weights = _weights()
    for row, told in enumerate(features(text, quantities)):
        for name in sorted(told):
            if name in weights:
                found[row] += weights[name]
    return WEIGHT * found


def features(text: str, quantities: Sequence[Quantity]) -> Iterator[set[str]]:
    """The features of each quantity, given in the order of the text."""
    end, last = -REACH, ""
    for quantity in quantities:
        found, first = _features(text, quantity)
        if quantity.start - end < REACH and not _STOP.search(text, end, quantity.start):
            found.add(f"carried {last} {first}")
        end, last = quantity.end, first
        yield found


def _features(text: str, quantity: Quantity) -> tuple[set[str], str]:
    """The features of one quantity, and the class nearest to it that tells a fate."""
    before, after = _sides(text, quantity)
    found = {"always", f"kind {quantity.kind}"}
    first_before = _look(found, "before", before)
    first_after = _look(found, "after", after)
    found.add(f"between {first_before} {first_after}")
    within = [
        name for word in _words(text[quantity.start : quantity.end]) for name in _classes().get(word, ())
    ]
    found.update(f"inside {name}" for name in within)
    found.update(f"beside {name}" for name in within)
    for group in group_evidence(text[quantity.start : quantity.end]) or {}:
        found |= {f"group {group.value}", f"group {group.value} {first_after}"}
    return found, next((name for name in within if name not in _QUIET), first_after or first_before)


def _look(found: set[str], side: str, words: list[str]) -> str:
    """Adds the features of one side, its words told from the nearest on; gives the first class that tells a fate."""
    if not words:
        found.add(f"{side} nothing")
    first, breaks = "", 0
    for at, word in enumerate(words[:WORDS]):
        breaks += word in _breaks()
        for name in _classes().get(word, ()):
            if at < NEAR:
                found.add(f"{side} {_distance(at)} {name}")
            if at < BESIDE and not breaks:
                found.add(f"beside {name}")
            found.add(f"{side} over {min(breaks, 2)} {name}")
            if not first and name not in _QUIET:
                first = name
                found |= {f"{side} first {name}", f"{side} first over {min(breaks, 2)} {name}"}
    return first


def _distance(at: int) -> int:
    return 1 if at == 0 else 2 if at < 3 else 4 if at < 7 else 8


def _sides(text: str, quantity: Quantity) -> tuple[list[str], list[str]]:
    """The words of the sentence before the quantity, the nearest first, and those after it."""
    low = max(0, quantity.start - REACH)
    before = text[low : quantity.start]
    stops = list(_STOP.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    after = text[quantity.end : quantity.end + REACH]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    return _words(before)[::-1], _words(after)


def _words(text: str) -> list[str]:
    """Words and breaks; words with a capital, which may be names, are blank."""
    return [
        "" if word[0].isupper() else word.replace("’", "'")
        for word in (match.group() for match in _WORD.finditer(text))
    ]
