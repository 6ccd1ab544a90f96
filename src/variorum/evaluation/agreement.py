"""Agreement: the claims of one report, annotated and found, paired one to one, and how far each pair agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from variorum.evaluation.alignment import Pair, Span, assign, overlap
from variorum.evaluation.annotated import Annotated
from variorum.evaluation.names import Names
from variorum.evaluation.shapes import Mark

LEVELS = {
    "toll": ("toll L0", "toll L1", "toll L2", "toll L3", "toll L4"),
    "responsibility": ("responsibility R1", "responsibility R2"),
    "account": ("account A1", "account A2"),
}
"""The levels of agreement of each kind of claim; each includes those before it."""

_GROUPS_TAKEN_FOR_ONE_ANOTHER = ({"mixed", "unknown"}, {"civilian", "unknown"})


@dataclass(frozen=True, slots=True)
class Compared:
    """The claims of one kind in one report.

    `levels` holds for each pair (annotation, finding) whether it agrees at each of `LEVELS`; `left_out` are findings that
    are neither right nor wrong.
    """

    kind: str
    key: list[Mark]
    found: list[Mark]
    levels: dict[Pair, list[bool]]
    left_out: frozenset[int]

    def agreed(self, level: int) -> list[Pair]:
        """The pairs that agree at a level, by its number; -1 is the highest."""
        return [pair for pair, levels in self.levels.items() if levels[level]]


class Agreement:
    """Compares one report's claims. Those on background are compared with one another only, and only if asked for."""

    def __init__(
        self, document: Annotated, found: Sequence[Mark], names: Names, *, background: bool = False
    ) -> None:
        self.names = names
        self._key = [claim for claim in document.marks if bool(claim.get("background")) == background]
        self._found = [claim for claim in found if bool(claim.get("background")) == background]
        self._words = [word.span() for word in re.finditer(r"\w+", document.text)]
        self._touched: dict[Span, frozenset[int]] = {}

    def of(self, kind: str) -> Compared:
        """The claims of one kind, compared."""
        key = [claim for claim in self._key if claim["kind"] == kind]
        found = [claim for claim in self._found if claim["kind"] == kind]
        pairs = self._align(key, found)
        levels = {pair: self._levels(key[pair[0]], found[pair[1]]) for pair in pairs}
        return Compared(kind, key, found, levels, self._other_halves(key, found, pairs))

    def _align(self, key: Sequence[Mark], found: Sequence[Mark]) -> list[Pair]:
        """The pairs that agree most: levels weigh most, then source and certainty, then the words."""
        gains = np.zeros((len(key), len(found)))
        for i, mine in enumerate(key):
            for j, theirs in enumerate(found):
                if touch(mine, theirs):
                    beyond = self.names.same_source(mine, theirs) + _same("certainty", mine, theirs)
                    levels = sum(self._levels(mine, theirs))
                    gains[i, j] = 1 + 4 * levels + beyond + self._word_f1(mine, theirs)
        return assign(gains)

    def _levels(self, key: Mark, found: Mark) -> list[bool]:
        source = self.names.same_source(key, found)
        if key["kind"] == "responsibility":
            steps = [self.names.same_actor(key, found) and _same("stance", key, found), source]
        elif key["kind"] == "account":
            steps = [self._word_f1(key, found) >= 0.5, source]
        else:
            steps = [
                _same("outcome", key, found),
                _same("min", key, found) and _same("max", key, found),
                _same("group", key, found)
                or {key.get("group"), found.get("group")} in _GROUPS_TAKEN_FOR_ONE_ANOTHER,
                source,
                _same("certainty", key, found),
            ]
        return [all(steps[: number + 1]) for number in range(len(steps))]

    def _word_f1(self, key: Mark, found: Mark) -> float:
        mine, theirs = self._words_in(span_of(key)), self._words_in(span_of(found))
        return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0

    def _words_in(self, span: Span) -> frozenset[int]:
        """The numbers of the words that a span touches."""
        if span not in self._touched:
            touched = (number for number, word in enumerate(self._words) if overlap(word, span) > 0)
            self._touched[span] = frozenset(touched)
        return self._touched[span]

    def _other_halves(
        self, key: Sequence[Mark], found: Sequence[Mark], pairs: Sequence[Pair]
    ) -> frozenset[int]:
        """Unpaired findings that credit another party of a joint annotation with the same words."""
        joint = [key[i] for i, _ in pairs if key[i].get("joint")]
        paired = {j for _, j in pairs}
        return frozenset(
            j
            for j, claim in enumerate(found)
            if j not in paired
            and any(touch(mine, claim) and self.names.same_source(mine, claim) for mine in joint)
        )


def touch(one: Mark, two: Mark) -> bool:
    """Whether the words of two claims overlap."""
    located = one["start"] is not None and two["start"] is not None
    return located and overlap(span_of(one), span_of(two)) > 0


def span_of(claim: Mark) -> Span:
    """Where a claim's words are."""
    return claim["start"], claim["end"]


def _same(field: str, key: Mark, found: Mark) -> bool:
    return bool(key.get(field) == found.get(field))
