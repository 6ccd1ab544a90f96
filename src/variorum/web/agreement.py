"""Agreement between analysts who reviewed the same claims independently: Krippendorff's alpha.

Source: K. Krippendorff, Content Analysis, 4th edition (2018), chapter 12; worked out by the package `krippendorff`. All values
are taken as nominal: two figures are the same or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import krippendorff
import numpy as np

from variorum.ledger import Decision, Recorded
from variorum.model import Claim

ENOUGH = 30
"""Units below which alpha is told with a warning: a few more could make it another."""

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one thing that analysts decide."""

    what: str
    units: int
    """Claims on which two or more gave a value."""
    raters: int
    same: int
    """Units on which all gave the same value."""
    alpha: float | None
    """None where it cannot be told."""
    why: str = ""
    """Why it cannot be told, or is to be taken with care."""


def agreement(
    verdicts: Mapping[str, Mapping[str, Recorded]], read: Callable[[str], Claim]
) -> tuple[Agreement, ...]:
    """Agreement on the verdict, and on what the claim says where both hold that it is one.

    `verdicts` has for each claim the decision of each person, and `read` gives a claim as it was read.
    """
    given = {
        claim: {who: _values(one.decision, read(claim)) for who, one in people.items()}
        for claim, people in verdicts.items()
    }
    return tuple(_agreement(what, [_of(people, what) for people in given.values()]) for what in _FIELDS)


_FIELDS = ("verdict", "is a claim", "source", "outcome", "value", "group", "certainty", "who did it")


def _of(people: Mapping[str, Mapping[str, str]], what: str) -> dict[str, str]:
    return {who: values[what] for who, values in people.items() if what in values}


def _values(decision: Decision, read: Claim) -> dict[str, str]:
    """What a person's decision says of each field; nothing of those that the claim does not have."""
    told = {"verdict": str(decision.kind), "is a claim": "no" if decision.kind == "reject" else "yes"}
    if decision.kind == "reject":
        return told
    claim = decision.claim or read
    told |= {"source": claim.source.party, "certainty": claim.certainty.value}
    if claim.kind == "toll":
        told |= {
            "outcome": claim.outcome.value,
            "group": claim.group.value,
            "value": f"{claim.min}..{claim.max}{' about' if claim.approx else ''}",
        }
    if getattr(claim, "actor", None):
        told["who did it"] = str(getattr(claim, "actor", ""))
    return told


def _agreement(what: str, units: Iterable[Mapping[str, str]]) -> Agreement:
    paired = [values for values in units if len(values) >= _FEWEST]
    raters = len({who for values in paired for who in values})
    same = sum(len(set(values.values())) == 1 for values in paired)
    domain = sorted({value for values in paired for value in values.values()})
    if len(paired) < _FEWEST:
        return Agreement(what, len(paired), raters, same, None, "too few claims were reviewed by two")
    if len(domain) < _FEWEST:
        return Agreement(
            what, len(paired), raters, same, None, "all gave one and the same value, so chance cannot be told"
        )
    place = {value: number for number, value in enumerate(domain)}
    counts = np.zeros((len(paired), len(domain)), dtype=int)
    for row, values in enumerate(paired):
        for value in values.values():
            counts[row, place[value]] += 1
    alpha = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    care = f"few claims: take it with care below {ENOUGH}" if len(paired) < ENOUGH else ""
    return Agreement(what, len(paired), raters, same, alpha, care)
