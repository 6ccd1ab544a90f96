"""Sides: whether claims of one kind of party, or of one certainty, are read worse than the others.

Each annotated claim counts for the kind of its source, of its actor (responsibility) and for its certainty; so does each
finding. Kinds are those that Variorum gives to the parties' names. A claim is right at the highest level of its kind.
The test is plain: reports are drawn with replacement `DRAWS` times, and each time the share found of one row is compared with
that of all other rows together. Where the middle 95 in 100 differences are all on one side of 0, the row is read worse,
or better, than the others by more than chance; of twenty rows one will be so by chance alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.evaluation.agreement import Compared
from variorum.evaluation.shapes import Mark
from variorum.model import REPORTER, PartyKind
from variorum.reading.parties import resolve_parties

DRAWS = 2000
FEWEST = 10
"""Rows with fewer annotations are not compared: nothing could be told."""
_ASPECTS = ("kind of source", "kind of actor", "certainty")


_Counts = NDArray[np.int64]
"""What a row counts in one report: annotations, those found as they are, findings, those that are right."""


@dataclass(frozen=True, slots=True)
class Side:
    """One row. `beyond` is how much greater the share found is than all other rows', with the bounds of 95 in 100 draws."""

    name: str
    annotated: int
    found: int
    told: int
    right: int
    beyond: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def recall(self) -> float:
        """Share of the annotations that were found as they are; 0 where there are none."""
        return self.found / self.annotated if self.annotated else 0.0

    @property
    def precision(self) -> float:
        """Share of the findings that are right; 0 where there are none."""
        return self.right / self.told if self.told else 0.0

    @property
    def stands_out(self) -> bool:
        """Whether chance hardly explains the difference."""
        return self.least is not None and self.most is not None and (self.least > 0 or self.most < 0)

    def as_json(self) -> dict[str, Any]:
        """All figures by name."""
        return asdict(self) | {
            "recall": self.recall,
            "precision": self.precision,
            "stands_out": self.stands_out,
        }


class Sides:
    """Counts by kind of source, kind of actor and certainty, report by report."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, dict[str, _Counts]]] = {aspect: {} for aspect in _ASPECTS}
        self._reports: dict[str, None] = {}

    def add(self, report: str, compared: Compared) -> None:
        """Count the claims of one kind in one report."""
        self._reports.setdefault(report)
        right = compared.agreed(-1)
        mine, theirs = {i for i, _ in right}, {j for _, j in right}
        for i, claim in enumerate(compared.key):
            self._count(report, claim, [1, i in mine, 0, 0])
        for j, claim in enumerate(compared.found):
            if j not in compared.left_out:
                self._count(report, claim, [0, 0, 1, j in theirs])

    def tables(self) -> dict[str, list[Side]]:
        """The rows of each aspect, those with most annotations first."""
        return {aspect: self._rows(rows) for aspect, rows in self._counts.items() if rows}

    def _count(self, report: str, claim: Mark, counted: list[int]) -> None:
        for aspect, name in _aspects(claim):
            row = self._counts[aspect].setdefault(name, {})
            row[report] = row.get(report, np.zeros(4, dtype=np.int64)) + np.array(counted, dtype=np.int64)

    def _rows(self, rows: dict[str, dict[str, _Counts]]) -> list[Side]:
        names, none = sorted(rows), np.zeros(4, dtype=np.int64)
        counts = np.array([[rows[name].get(report, none) for report in self._reports] for name in names])
        drawn = np.random.default_rng(DRAWS).multinomial(
            len(self._reports), np.full(len(self._reports), 1 / len(self._reports)), size=DRAWS
        )
        annotated, found = (drawn @ counts[:, :, which].T for which in (0, 1))
        told = []
        for n, name in enumerate(names):
            total = counts[n].sum(axis=0)
            others = counts.sum(axis=(0, 1)) - total
            row = Side(name, *(int(value) for value in total))
            if min(total[0], others[0]) >= FEWEST:
                shares = _share(found[:, n], annotated[:, n])
                rest = _share(found.sum(axis=1) - found[:, n], annotated.sum(axis=1) - annotated[:, n])
                least, most = np.nanpercentile(shares - rest, [2.5, 97.5])
                beyond = row.recall - float(others[1] / others[0])
                row = replace(row, beyond=beyond, least=float(least), most=float(most))
            told.append(row)
        return sorted(told, key=lambda row: (-row.annotated, row.name))


def _share(part: _Counts, whole: _Counts) -> NDArray[np.float64]:
    """Shares; unknown (NaN) where a draw has nothing of the kind."""
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def _aspects(claim: Mark) -> Iterator[tuple[str, str]]:
    yield "kind of source", kind_of(str(claim.get("source")))
    if claim.get("actor") and claim["kind"] == "responsibility":
        yield "kind of actor", kind_of(str(claim["actor"]))
    yield "certainty", str(claim.get("certainty"))


@lru_cache(maxsize=10_000)
def kind_of(name: str) -> str:
    """The kind of party that a name stands for."""
    if name == REPORTER:
        return str(PartyKind.REPORTER)
    return str(resolve_parties(name, [(0, len(name))])[0].kind)
