"""Scoring of claims: what is said to have happened to how many, who did it, and what else is said of it.

Within a report, findings and annotations of the same kind whose words overlap are paired one to one so that they
agree as much as possible. A pair counts at a level when

    toll L0             the outcome is equal
    toll L1             and both bounds are
    toll L2             and the group is (`unknown` passes for `mixed` and for `civilian`, and they for it)
    toll L3             and the source is
    toll L4             and the certainty is
    responsibility R1   actor and stance are equal
    responsibility R2   and the source is
    account A1          the two spans have a word F1 of at least 0.5
    account A2          and the source is equal

Source accuracy is the share of the tolls matched at L1 that have the right source. Claims about background are left
out on both sides. Where an annotation has `joint` sources, any of them is right, and further findings with the same
words for the others are neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from variorum.evaluation.alignment import Pair, Span, assign, overlap
from variorum.evaluation.annotated import Annotated, words_at
from variorum.evaluation.figures import Difference, Measures, Scores, count
from variorum.evaluation.names import Names
from variorum.evaluation.shapes import Mark

LEVELS = {
    "toll": ("toll L0", "toll L1", "toll L2", "toll L3", "toll L4"),
    "responsibility": ("responsibility R1", "responsibility R2"),
    "account": ("account A1", "account A2"),
}
_WHAT = {
    "toll": ("outcome", "number", "group", "source", "certainty"),
    "responsibility": ("actor or stance", "source"),
    "account": ("words", "source"),
}
_GROUPS_TAKEN_FOR_ONE_ANOTHER = ({"mixed", "unknown"}, {"civilian", "unknown"})


def score_claims(key: Iterable[Annotated], found: dict[str, list[Mark]], names: Names) -> Scores:
    """The scores of claims found, by report id, against the annotations; `names` tells which sources are one."""
    scores = Scores("claims")
    counted = right = 0
    for document in key:
        scores.reports += 1
        comparison = _Comparison(document, found.get(document.id, []), names)
        for kind in LEVELS:
            measures, differences = comparison.of(kind)
            scores.add(measures, document.group)
            scores.differences += differences
        counted += comparison.counted
        right += comparison.right
    scores.values["source accuracy"] = right / counted if counted else None
    return scores


class _Comparison:
    """One report's claims, annotated and found. `counted` tolls agree at L1, `right` of them in the source."""

    def __init__(self, document: Annotated, found: Sequence[Mark], names: Names) -> None:
        self._document, self._names = document, names
        self._key = [claim for claim in document.marks if not claim.get("background")]
        self._found = [claim for claim in found if not claim.get("background")]
        self._words = [word.span() for word in re.finditer(r"\w+", document.text)]
        self._touched: dict[Span, frozenset[int]] = {}
        self.counted = self.right = 0

    def of(self, kind: str) -> tuple[Measures, list[Difference]]:
        """The measures and differences of one kind of claim."""
        key = [claim for claim in self._key if claim["kind"] == kind]
        found = [claim for claim in self._found if claim["kind"] == kind]
        pairs = self._align(key, found)
        left_out = self._other_halves(key, found, pairs)
        levels = {pair: self._agreement(key[pair[0]], found[pair[1]]) for pair in pairs}
        matched = {
            name: sum(agreed[number] for agreed in levels.values())
            for number, name in enumerate(LEVELS[kind])
        }
        if kind == "toll":
            for (i, j), agreed in levels.items():
                self.counted += agreed[1]
                self.right += agreed[1] and self._names.same_source(key[i], found[j])
        measures = count(LEVELS[kind], len(found) - len(left_out), len(key), matched)
        return measures, list(self._differences(kind, key, found, levels, left_out))

    def _align(self, key: Sequence[Mark], found: Sequence[Mark]) -> list[Pair]:
        """The pairs that agree most: levels weigh most, then source and certainty, then the words."""
        gains = np.zeros((len(key), len(found)))
        for i, mine in enumerate(key):
            for j, theirs in enumerate(found):
                if _touch(mine, theirs):
                    beyond = self._names.same_source(mine, theirs) + _same("certainty", mine, theirs)
                    levels = sum(self._agreement(mine, theirs))
                    gains[i, j] = 1 + 4 * levels + beyond + self._word_f1(mine, theirs)
        return assign(gains)

    def _agreement(self, key: Mark, found: Mark) -> list[bool]:
        """Whether two claims of a kind agree at each of its levels; each level includes those before it."""
        source = self._names.same_source(key, found)
        if key["kind"] == "responsibility":
            steps = [self._names.same_actor(key, found) and _same("stance", key, found), source]
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
        mine, theirs = self._words_in(_span(key)), self._words_in(_span(found))
        return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0

    def _words_in(self, span: Span) -> frozenset[int]:
        """The numbers of the words that a span touches."""
        if span not in self._touched:
            touched = (number for number, word in enumerate(self._words) if overlap(word, span) > 0)
            self._touched[span] = frozenset(touched)
        return self._touched[span]

    def _other_halves(self, key: Sequence[Mark], found: Sequence[Mark], pairs: Sequence[Pair]) -> set[int]:
        """Unpaired findings that credit another party of a joint annotation with the same words."""
        joint = [key[i] for i, _ in pairs if key[i].get("joint")]
        paired = {j for _, j in pairs}
        return {
            j
            for j, claim in enumerate(found)
            if j not in paired
            and any(_touch(mine, claim) and self._names.same_source(mine, claim) for mine in joint)
        }

    def _differences(
        self,
        kind: str,
        key: Sequence[Mark],
        found: Sequence[Mark],
        levels: dict[Pair, list[bool]],
        left_out: set[int],
    ) -> Iterable[Difference]:
        partner = dict(levels.keys())
        for i, claim in enumerate(key):
            if i not in partner:
                yield Difference(self._document.id, f"{kind} missed", key=self._shown(claim))
                continue
            agreed = levels[i, partner[i]]
            if not all(agreed):
                what = f"{kind} differs in {_WHAT[kind][agreed.index(False)]}"
                yield Difference(self._document.id, what, self._shown(claim), self._shown(found[partner[i]]))
        for j in sorted(set(range(len(found))) - set(partner.values()) - left_out):
            yield Difference(self._document.id, f"{kind} false alarm", found=self._shown(found[j]))

    def _shown(self, claim: Mark) -> str:
        values = {
            "toll": ("outcome", "min", "max", "group"),
            "responsibility": ("stance", "actor"),
            "account": (),
        }[claim["kind"]]
        told = [str(claim.get(field)) for field in ("source", *values, "certainty")]
        words = (
            words_at(self._document.text, *_span(claim)) if claim["start"] is not None else "not in the text"
        )
        return f"{' '.join(told)} «{words}»"


def _touch(one: Mark, two: Mark) -> bool:
    located = one["start"] is not None and two["start"] is not None
    return located and overlap(_span(one), _span(two)) > 0


def _same(field: str, key: Mark, found: Mark) -> bool:
    return bool(key.get(field) == found.get(field))


def _span(claim: Mark) -> Span:
    return claim["start"], claim["end"]
