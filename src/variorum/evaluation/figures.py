"""Figures: what a scorer counts, and the precision, recall and F1 that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.evaluation.reliability import Reliability
    from variorum.evaluation.sides import Side


@dataclass(frozen=True, slots=True)
class Measure:
    """How many findings are right, of how many; and how many annotations there are to find.

    A measure that knows partial answers counts each as half a right one."""

    matched: float = 0
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

    `what` is the cause: "missed", "false alarm" or what differs, as closely as it is known; `key` and `found` are the two
    sides with their words, empty where there is none.
    """

    report: str
    what: str
    key: str = ""
    found: str = ""


@dataclass(slots=True)
class Scores:
    """All figures of one layer. `values` are single numbers, None where nothing could be measured.

    `groups` holds the measures of each case or source, `sides` the rows of each aspect, `reliability` the figures of scores by
    kind of claim.
    """

    layer: str
    reports: int = 0
    measures: Measures = field(default_factory=dict)
    values: dict[str, float | None] = field(default_factory=dict)
    groups: dict[str, Measures] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    sides: dict[str, list[Side]] = field(default_factory=dict)
    reliability: dict[str, Reliability] = field(default_factory=dict)

    def add(self, counted: Mapping[str, Measure], group: str = "") -> None:
        """Add the counts of one report, to the whole and to those of its group."""
        for measures in [self.measures] + ([self.groups.setdefault(group, {})] if group else []):
            for name, measure in counted.items():
                measures[name] = measures.get(name, Measure()) + measure

    def as_json(self) -> dict[str, Any]:
        """All figures; of the differences how often each cause is met."""
        return {
            "layer": self.layer,
            "reports": self.reports,
            "measures": _as_json(self.measures),
            "values": self.values,
            "groups": {group: _as_json(measures) for group, measures in self.groups.items()},
            "causes": dict(causes_of(self.differences)),
            "sides": {aspect: [row.as_json() for row in rows] for aspect, rows in self.sides.items()},
            "reliability": {name: one.as_json() for name, one in self.reliability.items()},
        }


def causes_of(differences: Iterable[Difference]) -> list[tuple[str, int]]:
    """How often each cause is met, commonest first."""
    number = Counter(difference.what for difference in differences)
    return sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))


def count(names: Iterable[str], found: int, key: int, matched: Mapping[str, int]) -> Measures:
    """Measures that share their numbers of findings and annotations."""
    return {name: Measure(matched.get(name, 0), found, key) for name in names}


def _as_json(measures: Measures) -> dict[str, dict[str, float]]:
    return {name: measure.as_json() for name, measure in measures.items()}
