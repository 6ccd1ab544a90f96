"""Reliability: whether scores are the probabilities that they say they are, and how well they tell right from wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

BINS = 10

Judged = tuple[float, bool]
"""A score and whether what has it turned out right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Judged things of about one score: how many, their mean score, the share that is right; the bounds of the scores."""

    number: int
    score: float
    right: float
    least: float
    most: float
    chance: float
    """By how much the share would differ from the mean score, on the average, if the scores were true."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Figures on scores.

    `calibration_error` is the mean distance between a bin's mean score and its share right, over `BINS` bins of equally
    many in the order of their scores, weighed by their sizes (expected calibration error; Naeini et al., 2015).
    `chance_error` is what that error would be if every score were the true probability, on the average: of few things, chance
    alone makes a bin's share differ from its mean. `brier` is
    the mean squared distance of a score from 1 for right and 0 for wrong (Brier, 1950). `auc` is the probability that a
    right one has a higher score than a wrong one, ties half; None where all are right or all wrong.
    """

    number: int
    mean: float
    right: float
    calibration_error: float
    chance_error: float
    brier: float
    auc: float | None
    bins: tuple[Bin, ...]

    def as_json(self) -> dict[str, Any]:
        """All figures by name."""
        return asdict(self)


def reliability(judged: Sequence[Judged]) -> Reliability | None:
    """The figures of judged scores; None of none. Equal scores stay in the order given."""
    if not judged:
        return None
    ordered = sorted(judged, key=lambda one: one[0])
    number = len(ordered)
    cuts = [number * cut // BINS for cut in range(BINS + 1)]
    bins = tuple(_bin(ordered[low:high]) for low, high in pairwise(cuts) if high > low)
    return Reliability(
        number=number,
        mean=sum(score for score, _ in ordered) / number,
        right=sum(right for _, right in ordered) / number,
        calibration_error=sum(part.number * abs(part.score - part.right) for part in bins) / number,
        chance_error=sum(part.number * part.chance for part in bins) / number,
        brier=sum((score - right) ** 2 for score, right in ordered) / number,
        auc=_auc(ordered),
        bins=bins,
    )


def _bin(part: Sequence[Judged]) -> Bin:
    size = len(part)
    score, right = (sum(values) / size for values in zip(*part, strict=True))
    spread = math.sqrt(sum(one * (1 - one) for one, _ in part)) / size
    return Bin(size, score, right, part[0][0], part[-1][0], spread * math.sqrt(2 / math.pi))


def _auc(ordered: Sequence[Judged]) -> float | None:
    """By the ranks of the right ones, ties in the middle (Mann and Whitney, 1947)."""
    right = sum(right for _, right in ordered)
    wrong = len(ordered) - right
    if not right or not wrong:
        return None
    ranks, at = 0.0, 0
    while at < len(ordered):
        to = at
        while to < len(ordered) and ordered[to][0] == ordered[at][0]:
            to += 1
        ranks += (at + 1 + to) / 2 * sum(right for _, right in ordered[at:to])
        at = to
    return (ranks - right * (right + 1) / 2) / (right * wrong)
