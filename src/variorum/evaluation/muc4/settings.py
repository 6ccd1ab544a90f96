"""How sure is sure enough: the thresholds of template building, chosen on reports that the heads did not learn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml


@dataclass(frozen=True)
class Settings:
    """Thresholds of template building; all are probabilities."""

    entity: Mapping[str, float]  # by kind: of a filler
    relevant: float  # of the report
    template: float  # of a template's surest filler
    together: float  # of two fillers belonging to one incident
    alike: float  # of other words being the same filler
    instrument: float  # of an instrument's type that no words name
    effect: float  # of a target or victim having come to anything that is told


@cache
def shipped() -> Settings:
    """The thresholds that fit the shipped weights, from data/settings.yaml (written by training/muc_settings.py)."""
    told = yaml.safe_load(files(__package__).joinpath("data/settings.yaml").read_text(encoding="utf-8"))
    return Settings(**{**told, "entity": MappingProxyType(told["entity"])})
