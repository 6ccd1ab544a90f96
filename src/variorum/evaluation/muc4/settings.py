"""How sure is sure enough: the thresholds of template building, chosen on reports that the heads did not learn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _least() -> Mapping[str, float]:
    return MappingProxyType(
        {
            "PerpInd": 0.45,
            "PerpOrg": 0.45,
            "Target": 0.45,
            "Victim": 0.45,
            "Described": 0.45,
            "Weapon": 0.45,
        }
    )


@dataclass(frozen=True)
class Settings:
    """Thresholds of template building; all are probabilities."""

    entity: Mapping[str, float] = field(default_factory=_least)  # by kind: of a filler
    relevant: float = 0.35  # of the report
    template: float = 0.5  # of a template's surest filler
    together: float = 0.5  # of two fillers belonging to one incident
    instrument: float = 0.4  # of an instrument's type that no words name
    category: float = 0.5
    effect: float = 0.4
