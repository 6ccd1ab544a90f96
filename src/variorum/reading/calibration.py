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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from types import MappingProxyType

from variorum.model import Certainty, Group, Kind, Outcome, Stance
from variorum.reading.attribution import Said, covering
from variorum.reading.findings import Finding, Signals
from variorum.reading.parties import ResolvedParty
from variorum.reading.people import read_table

DATA = "calibration.tsv"
SUREST = 5.0
"""Log-odds beyond which a decision counts as no surer."""
LONG = 200
"""Characters of a long account, names hidden."""
FEW = 40
"""Findings before one among which those are looked for that reach into it."""
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


def weighed(
    finding: Finding,
    source: ResolvedParty | None,
    attributions: Sequence[Said],
    beside: Sequence[Finding],
) -> Weighed:
    """The features of a finding. `source` is the party that its source's words stand for, `attributions` are the report's
    in the order of their cues, `beside` the report's other findings with some of the same words."""
    signals = finding.signals or Signals()
    said = covering(attributions, finding.span)
    same = (
        said is not None
        and finding.source is not None
        and any(start < finding.source[1] and finding.source[0] < end for start, end in said.source)
    )
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
        "said": log_odds(said.score) if said else 0.0,
        "untold": float(said is None),
        "source as in the attribution": float(same),
        "another source in the attribution": float(
            said is not None and bool(said.source) and finding.source is not None and not same
        ),
        **{f"{kind} beside": float(any(one.kind is kind for one in beside)) for kind in Kind},
        **_of_kind(finding, signals),
    }
    return Weighed(finding.kind, MappingProxyType({name: value for name, value in values.items() if value}))


def log_odds(probability: float) -> float:
    """The log-odds of a probability, within `SUREST` either way."""
    if not 0 < probability < 1:
        return SUREST if probability >= 1 else -SUREST
    return max(-SUREST, min(SUREST, math.log(probability / (1 - probability))))


def in_reach(findings: Sequence[Finding], n: int) -> list[Finding]:
    """The findings that share words with the nth, of some in the order of their spans; of many before it the last `FEW`."""
    low, high = findings[n].span
    after = takewhile(lambda one: one.span[0] < high, findings[n + 1 :])
    return [*(one for one in findings[max(0, n - FEW) : n] if one.span[1] > low), *after]


def _of_kind(finding: Finding, signals: Signals) -> dict[str, float]:
    if finding.kind is Kind.TOLL:
        return {
            "group": log_odds(signals.group),
            "group unknown": float(finding.group is Group.UNKNOWN),
            "group mixed": float(finding.group is Group.MIXED),
            "killed or injured": float(finding.outcome in _HARM),
            "range": float(finding.minimum != finding.maximum),
            "without noun": float(finding.who is None),
        }
    if finding.kind is Kind.RESPONSIBILITY:
        return {f"stance {stance}": float(finding.stance is stance) for stance in Stance}
    return {"denies": float(finding.denies), "long": min(2.0, signals.extent / LONG)}


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: dict[str, dict[str, float]] = {kind: {} for kind in Kind}
    for kind, name, weight in read_table("variorum.reading", DATA):
        weights[kind][name] = float(weight)
    return MappingProxyType(weights)
