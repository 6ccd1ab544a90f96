"""The score of a claim: how probable it is that it can be kept as it stands.

The network's own probabilities are each of one decision, and surer than they should be. Here they are weighed together, for
each kind of claim by a logistic regression whose weights stand in data/calibration.tsv. They come from annotated reports
that the network was not trained on (`training/calibration.py`). A claim can be kept as it stands if a careful annotator has
one with overlapping words that is equal in all that `variorum evaluate cases` compares: a toll in outcome, numbers, group,
source and certainty (L4), a word on responsibility in actor, stance and source (R2), an account in its words and source
(A2); and that is background, too, or is not, too.

Nothing is weighed that depends on who a party is: only how sure the decisions were, what sort of words they rest on, and
the values that no party enters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from variorum.model import Certainty, Group, Kind, Outcome, Stance
from variorum.reading.findings import Finding
from variorum.reading.parties import ResolvedParty
from variorum.reading.people import read_table

DATA = "calibration.tsv"
SUREST = 5.0
"""Log-odds beyond which a decision counts as no surer."""
FAR = 3000
"""Characters after which a claim stands late in its report."""
LONG = 200
"""Characters of a long account."""
_DESCRIBED = frozenset({"coreference", "inferred", "role-to-body"})
"""Ways of finding a party that the words name by something else than its name."""
_HARM = frozenset({Outcome.KILLED, Outcome.INJURED})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a claim's score rests on: names and values of features, weighed by the weights of its kind."""

    kind: Kind
    values: Mapping[str, float]


def chance(weighed: Weighed) -> float:
    """How probable it is that the claim can be kept as it stands, to four digits."""
    weights = _weights()[weighed.kind]
    told = sum(weights.get(name, 0.0) * value for name, value in weighed.values.items())
    return round(1 / (1 + math.exp(-told)), 4)


def weighed(text: str, finding: Finding, source: ResolvedParty | None) -> Weighed:
    """The features of a finding in its report's text; `source` is the party that its source's words stand for."""
    signals = finding.signals
    values = {
        "always": 1.0,
        "found": log_odds(finding.score),
        "certainty": log_odds(signals.certainty),
        "sourced or not": abs(log_odds(signals.sourced)),
        "source's words": log_odds(signals.source) if source else 0.0,
        "has source": float(source is not None),
        "source described": float(source is not None and source.how in _DESCRIBED),
        "background": float(finding.background),
        "not stated": float(finding.certainty is not Certainty.STATED),
        "place": min(1.0, finding.span[0] / FAR),
        **_of_kind(finding, len(text)),
    }
    return Weighed(finding.kind, MappingProxyType({name: value for name, value in values.items() if value}))


def log_odds(probability: float) -> float:
    """The log-odds of a probability, within `SUREST` either way."""
    if not 0 < probability < 1:
        return SUREST if probability >= 1 else -SUREST
    return max(-SUREST, min(SUREST, math.log(probability / (1 - probability))))


def _of_kind(finding: Finding, length: int) -> dict[str, float]:
    if finding.kind is Kind.TOLL:
        return {
            "group": log_odds(finding.signals.group),
            "group unknown": float(finding.group is Group.UNKNOWN),
            "group mixed": float(finding.group is Group.MIXED),
            "killed or injured": float(finding.outcome in _HARM),
            "few": float((finding.minimum or finding.maximum or 0) <= 1),
            "range": float(finding.minimum != finding.maximum),
            "without noun": float(finding.who is None),
        }
    if finding.kind is Kind.RESPONSIBILITY:
        return {f"stance {stance}": float(finding.stance is stance) for stance in Stance}
    extent = finding.span[1] - finding.span[0]
    return {"denies": float(finding.denies), "long": min(2.0, extent / LONG), "short report": float(length < FAR)}


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: dict[str, dict[str, float]] = {kind: {} for kind in Kind}
    for kind, name, weight in read_table("variorum.reading", DATA):
        weights[kind][name] = float(weight)
    return MappingProxyType(weights)
