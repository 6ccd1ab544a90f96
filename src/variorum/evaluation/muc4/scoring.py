"""MUC-4 scores: templates aligned one to one, fillers graded, tallies summed (MUC-4 proceedings, 1992, appendix B)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from variorum.evaluation.alignment import assign
from variorum.evaluation.muc4.grading import HALF, RIGHT, bare, grade
from variorum.evaluation.muc4.slots import GROUPS, IDENTIFYING, slots
from variorum.evaluation.muc4.values import Filler, Template

NO_TEMPLATE = Template(dict.fromkeys(slots(), ()))


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of fillers, by what they turned out to be."""

    possible: int = 0
    actual: int = 0
    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    spurious: int = 0
    missing: int = 0
    noncommittal: int = 0  # empty on both sides

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def recall(self) -> float:
        """Share of what is wanted that is given, half for partial answers; 0 to 1."""
        return (self.correct + self.partial / 2) / self.possible if self.possible else 0.0

    @property
    def precision(self) -> float:
        """Share of what is given that is wanted, half for partial answers; 0 to 1."""
        return (self.correct + self.partial / 2) / self.actual if self.actual else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision; 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    return sum(tallies, Tally())


def score_slot(key: Template, slot: str, response: Template) -> Tally:
    """One slot of two aligned templates."""
    wanted, given = key.fillers[slot], [f.options[0] for f in response.fillers[slot]]
    if not given and all(filler.optional for filler in wanted):
        return Tally(noncommittal=1)
    grades = [[grade(key, slot, filler, answer) for answer in given] for filler in wanted]
    # Right before half right, then the better reference, then what is wanted before what may be left out.
    weights = [
        [value * 1000 + ref * 10 + (not filler.optional) if value else 0 for value, ref in row]
        for filler, row in zip(wanted, grades, strict=True)
    ]
    pairs = [(i, grades[i][j][0]) for i, j in assign(np.array(weights, dtype=float))]
    right, half = (sum(value == grade for _, value in pairs) for grade in (RIGHT, HALF))
    answered = {i for i, _ in pairs}
    left = [filler for i, filler in enumerate(wanted) if i not in answered]
    required, extra = sum(not filler.optional for filler in left), len(given) - len(pairs)
    wrong = min(extra, len(left))
    return Tally(
        possible=len(pairs) + max(required, wrong),
        actual=len(given),
        correct=right,
        partial=half,
        incorrect=wrong,
        spurious=extra - wrong,
        missing=max(0, required - wrong),
    )


def _score_pair(key: Template, response: Template) -> dict[str, Tally]:
    return {slot: score_slot(key, slot, response) for slot in slots()}


def _agree(key: Template, slot: str, response: Template) -> bool:
    return any(
        grade(key, slot, filler, answer.options[0])[0]
        for filler in key.fillers[slot]
        for answer in response.fillers[slot]
    )


def _share_a_word(key: Sequence[Filler], response: Sequence[Filler]) -> bool:
    given = {word for filler in response for word in bare(filler.options[0].value)}
    return any(given & set(bare(option.value)) for filler in key for option in filler.options)


def may_align(key: Template, response: Template) -> bool:
    """Whether two templates may be of one incident: by its type, and by who or what it is about."""
    if not _agree(key, "incident_type", response):
        return False
    if not any(key.fillers[slot] or response.fillers[slot] for slot in IDENTIFYING):
        return True
    return any(
        _agree(key, slot, response)
        or (slots()[slot].kind == "string" and _share_a_word(key.fillers[slot], response.fillers[slot]))
        for slot in IDENTIFYING
    )


def aligned(
    keys: Sequence[Template], responses: Sequence[Template]
) -> list[tuple[Template | None, Template | None]]:
    """Pairs of one report's templates, those of the best recall first; then what is left on either side, beside None."""
    scored = []
    for i, key in enumerate(keys):
        for j, response in enumerate(responses):
            if may_align(key, response):
                tally = total(_score_pair(key, response).values())
                scored.append((-round(100 * tally.recall) if tally.possible else -100, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [
        *((keys[i], responses[j]) for i, j in pairs.items()),
        *((key, None) for i, key in enumerate(keys) if i not in pairs),
        *((None, response) for j, response in enumerate(responses) if j not in pairs.values()),
    ]


def score_templates(
    keys: Mapping[str, Sequence[Mapping[str, Any]]], responses: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, Tally]:
    """Tallies by row of a score report, from each report's raw templates by its id.

    Rows: `template`, every slot, groups of slots, then sums with and without the templates left over; `ALL TEMPLATES`
    counts all. A report without a response counts as one without templates.
    """
    sums: dict[tuple[str, str], Tally] = {}
    filtering = Tally()

    def add(bucket: str, row: str, tally: Tally) -> None:
        sums[bucket, row] = sums.get((bucket, row), Tally()) + tally

    for report, raw in keys.items():
        wanted = [Template.of(t, response=False) for t in raw]
        given = [Template.of(t, response=True) for t in responses.get(report, ())]
        filtering += _filtered(wanted, given)
        for key, response in aligned(wanted, given):
            if response is None and key and key.optional:
                continue
            bucket = "matched" if key and response else "missing" if key else "spurious"
            add(bucket, "template", _TEMPLATE[bucket])
            for slot, tally in _score_pair(key or NO_TEMPLATE, response or NO_TEMPLATE).items():
                add(bucket, slot, tally)
    return _report(sums) | {"TEXT FILTERING": filtering}


_TEMPLATE = {
    "matched": Tally(possible=1, actual=1, correct=1),
    "missing": Tally(possible=1, missing=1),
    "spurious": Tally(actual=1, spurious=1),
}


def _filtered(wanted: Sequence[Template], given: Sequence[Template]) -> Tally:
    """Whether a report with templates was told from one without."""
    if any(not key.optional for key in wanted) or (wanted and given):
        found = int(bool(given))
        return Tally(possible=1, actual=found, correct=found, missing=1 - found)
    return _TEMPLATE["spurious"] if given else Tally()


def _report(sums: Mapping[tuple[str, str], Tally]) -> dict[str, Tally]:
    every = ("matched", "missing", "spurious")

    def over(buckets: Sequence[str], names: Iterable[str]) -> Tally:
        return total(sums.get((bucket, name), Tally()) for bucket in buckets for name in names)

    rows = {name: over(every, [name]) for name in ("template", *slots())}
    for group, prefix in GROUPS.items():
        rows[f"{group} TOTAL"] = over(every, [s for s in slots() if s.startswith(prefix)])
    rows["MATCHED/MISSING"] = over(("matched", "missing"), slots())
    rows["MATCHED/SPURIOUS"] = over(("matched", "spurious"), slots())
    rows["MATCHED ONLY"] = over(("matched",), slots())
    rows["ALL TEMPLATES"] = over(every, slots())
    for title, kind in (("SET FILLS ONLY", "set"), ("STRING FILLS ONLY", "string")):
        rows[title] = over(("matched", "missing"), [s.name for s in slots().values() if s.kind == kind])
    return rows
