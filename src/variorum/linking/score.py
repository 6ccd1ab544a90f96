"""How likely two reports speak of one incident: a logistic model over their measures.

The weights are in `data/pair_weights.json`, learnt by `training/linking.py` from annotated reports.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "data" / "pair_weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by measure, the intercept, and the mean log-odds from which clusters are joined."""

    intercept: float
    weights: dict[str, float]
    threshold: float

    def log_odds(self, measures: Mapping[str, float]) -> float:
        """Log-odds that the two reports speak of one incident."""
        return self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in measures.items())

    def reasons(self, measures: Mapping[str, float], most: int = 5) -> tuple[tuple[str, float], ...]:
        """The measures that moved the score most, with what each added to the log-odds."""
        moved = ((name, round(self.weights.get(name, 0.0) * value, 3)) for name, value in measures.items())
        return tuple(sorted((m for m in moved if m[1]), key=lambda m: (-abs(m[1]), m[0]))[:most])


def probability(log_odds: float) -> float:
    """The probability that goes with log-odds."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


@cache
def load_model() -> Model:
    """The model as shipped."""
    stored = json.loads(_FILE.read_text(encoding="utf-8"))
    return Model(stored["intercept"], stored["weights"], stored["threshold"])
