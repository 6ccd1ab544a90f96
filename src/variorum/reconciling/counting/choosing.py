"""Which pair of figures the weights favour: a log-linear choice among the pairs that the reports support.

The weights were fitted by `training/counting.py` on incidents whose numbers a registry gives. Each belongs to a named
measure (see `measures`), so that it can be told what spoke for a pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from variorum.reconciling.counting.measures import Gathered, Pair, measures, pairs_to_weigh, words_of
from variorum.reconciling.lexicon import rows


@cache
def weights() -> Mapping[str, float]:
    """Each measure's weight, in log-odds."""
    return MappingProxyType({name: float(weight) for name, weight in rows("counting_weights.tsv")})


def choose(gathered: Gathered) -> Pair:
    """The pair with the greatest sum of weighted measures; of equals the smaller."""
    spoken = words_of(gathered)
    sums = {pair: weighed(measures(gathered, pair, spoken)) for pair in pairs_to_weigh(gathered)}
    return max(sorted(sums), key=lambda pair: sums[pair])


def weighed(found: Mapping[str, float]) -> float:
    """The sum of the measures, each times its weight."""
    return sum(weights().get(name, 0.0) * value for name, value in sorted(found.items()))
