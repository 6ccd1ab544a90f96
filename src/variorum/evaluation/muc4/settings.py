"""How sure is sure enough: the thresholds of template building, chosen on reports that the heads did not learn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _least() -> Mapping[str, float]:
    return MappingProxyType(
        {
            "PerpInd": 0.6,
            "PerpOrg": 0.8,
            "Target": 0.5,
            "Victim": 0.7,
            "Described": 0.7,
            "Weapon": 0.6,
        }
    )


@dataclass(frozen=True)
class Settings:
    """Thresholds of template building; all are probabilities."""

    entity: Mapping[str, float] = field(default_factory=_least)  # by kind: of a filler
    relevant: float = 0.3  # of the report
    template: float = 0.5  # of a template's surest filler
    together: float = 0.65  # of two fillers belonging to one incident
    alike: float = 0.7  # of other words being the same filler
    instrument: float = 0.4  # of an instrument's type that no words name
    effect: float = 0.4  # of a target or victim having come to anything that is told
