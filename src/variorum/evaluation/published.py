"""What others reached on the same development data, from data/published.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from variorum.evaluation.figures import Measure, Scores


@dataclass(frozen=True, slots=True)
class Published:
    """A system's figures by the names of ours; `groups` are the sources of the data that they hold for, none for all."""

    system: str
    source: str
    figures: dict[str, float]
    groups: tuple[str, ...] = ()


def published(benchmark: str) -> list[Published]:
    """The systems with figures on a benchmark, in the order of the file; none for a benchmark without."""
    return [
        Published(row["system"], row["source"], row["figures"], tuple(row.get("groups", ())))
        for row in _data().get(benchmark, ())
    ]


def own(scores: Scores, name: str, groups: tuple[str, ...] = ()) -> float | None:
    """Our figure of that name: a value, or the F1 of a measure, over these groups of the data; None where there is none."""
    if not groups:
        return scores.values.get(name) if name in scores.values else _f1(scores.measures.get(name))
    known = [scores.groups[group][name] for group in groups if name in scores.groups.get(group, {})]
    return _f1(sum(known, Measure())) if known else None


def _f1(measure: Measure | None) -> float | None:
    return None if measure is None else measure.f1


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath("data/published.yaml").read_text(encoding="utf-8")
    )
    return found
