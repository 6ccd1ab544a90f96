"""A tally's figures as formats with named columns need them, and who stands behind them."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.exports.case import Case
from variorum.model import REPORTER, Group, Outcome
from variorum.reconciling.profiles import Figure, Tally, numbers_in_words
from variorum.reconciling.wording import group_in_words, outcome_in_words

EVERYBODY = (Group.MIXED, Group.UNKNOWN)


def called(tally: Tally, column: str) -> Figure | None:
    """The figure that the profile's owner calls so."""
    return next((figure for figure in tally.figures if figure.column == column), None)


def counting(tally: Tally, outcome: Outcome, group: Group | None, line: str = "") -> Figure | None:
    """The figure for a group, or a part of it."""
    return next((figure for figure in tally.figures if key(figure) == (outcome, group, line)), None)


def of_everybody(tally: Tally, outcome: Outcome) -> Figure | None:
    """The figure for everybody: that for no group, else that for people of several kinds or of a kind nobody tells, if
    only one of them is given. Nothing is added up."""
    whole = counting(tally, outcome, None)
    if whole is not None:
        return whole
    found = [figure for group in EVERYBODY if (figure := counting(tally, outcome, group))]
    return found[0] if len(found) == 1 else None


def key(figure: Figure) -> tuple[Outcome, Group | None, str]:
    """Whom a figure counts."""
    return figure.outcome, figure.group, figure.line


def in_words(figure: Figure) -> str:
    """Whom and how many: `civilians killed (children): 3 to 5`."""
    who = "people" if figure.group is None else group_in_words(figure.group)
    line = f" ({figure.line})" if figure.line else ""
    return f"{who} {outcome_in_words((figure.outcome,))}{line}: {numbers_in_words(figure)}"


def name_of(figure: Figure) -> str:
    """A short name: what its owner calls it, else outcome, group and part."""
    line = f" ({figure.line})" if figure.line else ""
    return figure.column or f"{figure.outcome} {figure.group or 'all'}{line}"


def basis(tally: Tally, figures: Iterable[Figure]) -> str:
    """Profile and claims of some figures, for a column that has room for words."""
    told = [f"{name_of(figure)} from {' '.join(figure.claims)}" for figure in figures]
    return f"Variorum profile {tally.profile}; {'; '.join(told) if told else 'no figure'}"


def voices(case: Case, claims: Iterable[str]) -> tuple[str, ...]:
    """Who says so, by name and in order: parties, and for a report's own voice its publisher."""
    named = (_voice(case, claim) for claim in claims)
    return tuple(dict.fromkeys(named))


def _voice(case: Case, claim: str) -> str:
    party = case.claims[claim].source.party
    if party != REPORTER:
        return party
    report = case.first_report_with(claim)
    return report.publisher or f"report {report.id}"
