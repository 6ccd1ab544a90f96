"""Figures, groups and outcomes in plain words, the same on every output."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Group, Outcome

_GROUPS = {
    Group.CIVILIAN: "civilians",
    Group.SECURITY: "members of the security forces",
    Group.MILITANT: "militants",
    Group.MIXED: "people",
    Group.UNKNOWN: "people",
}
_ROUND = 10
_OUTCOMES = {Outcome.ABDUCTED: "held or abducted", Outcome.FREED: "freed or escaped"}


def figure_in_words(low: int | None, high: int | None, approx: bool = False) -> str:
    """A figure as a reader would write it: 23, at least 20, at most 30, more than 400, 20 to 30, about 50,
    none."""
    about = "about " if approx else ""
    if low is not None and low == high:
        return "none" if low == 0 else f"{about}{low:,}"
    if low is None:
        return f"at most {about}{high:,}"
    if high is None and low > _ROUND and (low - 1) % _ROUND == 0:
        return f"{about}more than {low - 1:,}"  # the same number as "at least 401", easier to read
    if high is None:
        return f"at least {about}{low:,}"
    return f"{about}{low:,} to {high:,}"


def group_in_words(group: Group) -> str:
    """The people a group value stands for, as a plural."""
    return _GROUPS[group]


def outcome_in_words(outcomes: Sequence[Outcome]) -> str:
    """What happened to them: "killed", or "killed or injured" where one figure covers both."""
    return " or ".join(_OUTCOMES.get(outcome, outcome.value) for outcome in outcomes)
