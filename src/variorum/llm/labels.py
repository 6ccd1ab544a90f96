"""What a model is shown: labels for the names of parties and countries, plain words for loaded ones, and the way back.

A model has heard of the parties before. It is not told which they are: their names give way to labels in the order of their
first mention, so that the same report with two names swapped is the same question, and gets the same answer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from variorum.model import Span
from variorum.reading.encoder.masking import Mask, Name, Shown, masks_of
from variorum.reading.people import read_table

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report's text as a model is shown it. All offsets are of `text` unless they are said to be the report's."""

    text: str
    shown: Shown

    def in_report(self, start: int, end: int) -> Span | None:
        """Where characters start..end stand in the report; None where they begin or end inside a label."""
        first, last = self._stretch(start), self._stretch(end - 1)
        if first[2] in self.shown.hidden:
            if start != first[0]:
                return None
            begins = first[2]
        else:
            begins = first[2] + start - first[0]
        if last[2] in self.shown.hidden:
            return (begins, last[3]) if end == last[1] else None
        return begins, last[2] + end - last[0]

    def _stretch(self, at: int) -> tuple[int, int, int, int]:
        stretches = self.shown.stretches
        return stretches[max(0, bisect_right(stretches, at, key=lambda s: s[0]) - 1)]


def sheet_of(text: str, names: Sequence[Name], *, backward: bool = False) -> Sheet:
    """The text with labels in the place of `names`; `backward` gives the same labels to the parties in the other order."""
    by_place = {(name.start, name.end): name for name in names}
    masks = masks_of(text, names)
    covered = [by_place[mask.start, mask.end] for mask in masks if (mask.start, mask.end) in by_place]
    other = frozenset(_WORD.findall(_without(text, covered).lower()))
    parties = _labels("party", covered, other, backward)
    lands = _labels("country", covered, other, backward)
    shown_as = [
        Mask(mask.start, mask.end, _label(by_place.get((mask.start, mask.end)), mask, parties, lands))
        for mask in masks
    ]
    shown = Shown.of(text, shown_as)
    return Sheet(shown.text, shown)


def _label(
    name: Name | None, mask: Mask, parties: dict[str, tuple[str, str]], lands: dict[str, tuple[str, str]]
) -> str:
    if name is None:
        return mask.word  # a loaded word, and the plain one for it
    if name.kind == "party":
        return parties[name.key][0]
    return lands[name.key][name.kind == "people"]


def _without(text: str, names: Sequence[Name]) -> str:
    parts, at = [], 0
    for name in names:
        parts.append(text[at : name.start])
        at = name.end
    return " ".join([*parts, text[at:]])


def _labels(
    kind: str, names: Sequence[Name], other: frozenset[str], backward: bool
) -> dict[str, tuple[str, str]]:
    """A label for each party or country, by key. Words that the report uses for something else are no labels."""
    keys = list(dict.fromkeys(name.key for name in names if (name.kind == "party") == (kind == "party")))
    words = (pair for pair in _endless(kind) if not other & {pair[0].lower(), pair[1].lower()})
    chosen = [next(words) for _ in keys]
    return dict(zip(keys, reversed(chosen) if backward else chosen, strict=True))


def _endless(kind: str) -> Iterator[tuple[str, str]]:
    """Labels and their adjectives: those of the list, then all pairs of them, and so on."""
    listed = _listed(kind)
    yield from listed
    size = 2
    while True:
        for parts in product(listed, repeat=size):
            stem = "".join(part[0].lower() for part in parts[:-1])
            yield (stem + parts[-1][0].lower()).capitalize(), (stem + parts[-1][1].lower()).capitalize()
        size += 1


@cache
def _listed(kind: str) -> tuple[tuple[str, str], ...]:
    rows = read_table("variorum.llm", "labels.tsv")
    return tuple((word, adjective) for of, word, adjective in rows if of == kind)
