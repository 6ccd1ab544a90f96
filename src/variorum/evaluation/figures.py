"""Figures: what a scorer counts, and the precision, recall and F1 that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """How many findings are right, of how many; and how many annotations there are to find."""

    matched: int = 0
    found: int = 0
    key: int = 0

    @property
    def precision(self) -> float:
        """Share of the findings that are right; 0 where nothing was found."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotations that were found; 0 where there are none."""
        return self.matched / self.key if self.key else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Measure) -> Measure:
        return Measure(self.matched + other.matched, self.found + other.found, self.key + other.key)

    def as_json(self) -> dict[str, float]:
        """All six figures by name."""
        return {
            "p": self.precision,
            "r": self.recall,
            "f1": self.f1,
            "matched": self.matched,
            "found": self.found,
            "key": self.key,
        }


Measures = dict[str, Measure]
"""Measures by name, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the findings are not what the annotations are.

    `what` is "missed", "false alarm" or names what differs; `key` and `found` are the two sides with their
    words, empty where there is none.
    """

    report: str
    what: str
    key: str = ""
    found: str = ""


@dataclass(slots=True)
class Scores:
    """All figures of one layer. `values` are single numbers, None where nothing could be measured."""

    layer: str
    reports: int = 0
    measures: Measures = field(default_factory=dict)
    values: dict[str, float | None] = field(default_factory=dict)
    groups: dict[str, Measures] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def add(self, counted: Mapping[str, Measure], group: str = "") -> None:
        """Add the counts of one report, to the whole and to those of its group."""
        for measures in [self.measures] + ([self.groups.setdefault(group, {})] if group else []):
            for name, measure in counted.items():
                measures[name] = measures.get(name, Measure()) + measure

    def as_json(self) -> dict[str, Any]:
        """All figures, without the differences."""
        return {
            "layer": self.layer,
            "reports": self.reports,
            "measures": _as_json(self.measures),
            "values": self.values,
            "groups": {group: _as_json(measures) for group, measures in self.groups.items()},
        }


def count(names: Iterable[str], found: int, key: int, matched: Mapping[str, int]) -> Measures:
    """Measures that share their numbers of findings and annotations."""
    return {name: Measure(matched.get(name, 0), found, key) for name in names}


def _as_json(measures: Measures) -> dict[str, dict[str, float]]:
    return {name: measure.as_json() for name, measure in measures.items()}
