"""A claim in a few plain words, for formats that have one field of text for it."""

from __future__ import annotations

from variorum.model import Account, Claim, Responsibility, Stance, Toll
from variorum.reconciling.wording import figure_in_words, group_in_words, outcome_in_words

_STANCES = {
    Stance.CLAIMS: "says that it did it ({actor})",
    Stance.ACCUSES: "says that {actor} did it",
    Stance.DENIES: "says that {actor} did not do it",
    Stance.REPORTS: "reports that {actor} did it",
}


def claim_in_words(claim: Claim, quote: str) -> str:
    """Who says what, how surely: `Norland Army: 23 militants killed (hedged)`. Accounts are told by their quote."""
    return f"{claim.source.party}: {_said(claim, quote)} ({claim.certainty.value})"


def _said(claim: Claim, quote: str) -> str:
    match claim:
        case Toll():
            outcomes = outcome_in_words(claim.combined or (claim.outcome,))
            number = figure_in_words(claim.min, claim.max, claim.approx)
            return f"{number} {group_in_words(claim.group)} {outcomes}"
        case Responsibility():
            return _STANCES[claim.stance].format(actor=claim.actor)
        case Account():
            return f"“{quote}”"
