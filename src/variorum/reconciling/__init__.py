"""Reconciling: one incident's claims into questions, every source's position on them, and how the
positions stand.

`reconcile` takes one report, `reconcile_incidents` many that were linked; `changes_between` compares two days.
Nothing here knows who is right: a status follows from intervals of numbers and from words, by the rules in
`statuses`, which treat all sources alike.
"""

from variorum.reconciling.changes import IncidentChange, PositionChange, StatusChange, changes_between
from variorum.reconciling.reconcile import reconcile, reconcile_incidents
from variorum.reconciling.wording import figure_in_words, group_in_words, outcome_in_words

__all__ = [
    "IncidentChange",
    "PositionChange",
    "StatusChange",
    "changes_between",
    "figure_in_words",
    "group_in_words",
    "outcome_in_words",
    "reconcile",
    "reconcile_incidents",
]
