"""How likely two reports, or two clusters of them, speak of one incident: logistic models over their measures.

The weights are in `data/link_weights.json`, learnt by `training/linking.py` from annotated reports.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parent / "data" / "link_weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by measure, the intercept, and the log-odds from which two are taken for one."""

    intercept: float
    weights: dict[str, float]
    threshold: float

    def log_odds(self, measures: Mapping[str, float]) -> float:
        """Log-odds that the two speak of one incident."""
        return self.intercept + sum(self._part(name, measures) for name in measures)

    def reasons(
        self, measures: Mapping[str, float], kinds: Mapping[str, Iterable[str]], most: int = 5
    ) -> tuple[tuple[str, float], ...]:
        """The kinds of measures that moved the score most, with what each added to the log-odds."""
        added = {kind: sum(self._part(name, measures) for name in names) for kind, names in kinds.items()}
        moved = ((kind, round(value, 3)) for kind, value in added.items())
        return tuple(sorted((m for m in moved if m[1]), key=lambda m: (-abs(m[1]), m[0]))[:most])

    def _part(self, name: str, measures: Mapping[str, float]) -> float:
        return self.weights.get(name, 0.0) * measures.get(name, 0.0)


@dataclass(frozen=True, slots=True)
class Model:
    """What judges pairs of reports and, in a second look, clusters as wholes.

    The threshold of `pairs` is for the mean over all pairs across two clusters. No cluster reaches beyond what pairs of
    at least `reach`, in log-odds, connect.
    """

    pairs: Weights
    wholes: Weights
    reach: float


def probability(log_odds: float) -> float:
    """The probability that goes with log-odds."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


@cache
def load_model() -> Model:
    """The model as shipped."""
    stored = json.loads(_FILE.read_text(encoding="utf-8"))
    return Model(_weights(stored["pairs"]), _weights(stored["wholes"]), stored["reach"])


def _weights(stored: Mapping[str, Any]) -> Weights:
    return Weights(stored["intercept"], stored["weights"], stored["threshold"])
