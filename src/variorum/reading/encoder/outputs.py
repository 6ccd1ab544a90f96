"""What each head gives out, in order: shared by training and reading."""

from __future__ import annotations

from variorum.model import Certainty, Group, Outcome, Stance

OUTCOMES = tuple(Outcome)
GROUPS = tuple(Group)
CERTAINTIES = tuple(Certainty)
STANCES = tuple(Stance)
NAME_LABELS = ("person", "organisation", "place", "nationality")
QUANTITY_KINDS = ("exact", "range", "open", "vague", "zero", "indefinite", "definite")
SPAN_KINDS = ("account", "responsibility", "unnumbered")
"""Spans the network finds by itself; `unnumbered` is a toll without a figure ("the driver, Ali, was shot dead")."""
UNNUMBERED_VALUES = ((0, 0), (1, 1), (2, 2), (3, None))
"""What an unnumbered toll counts."""

TOLL_OUTPUTS = {
    "outcome": len(OUTCOMES),
    "combined": 1,
    "group": len(GROUPS),
    "certainty": len(CERTAINTIES),
    "background": 1,
    "has_source": 1,
    "has_actor": 1,
}
TOLL_FEATURES = len(QUANTITY_KINDS) + len(GROUPS) + 1
"""Of a quantity: its kind, what the lexicon says of the group, and its size (log10 of the bound plus one, over four)."""
SPAN_OUTPUTS = {
    "stance": len(STANCES),
    "certainty": len(CERTAINTIES),
    "background": 1,
    "denies": 1,
    "has_source": 1,
    "has_actor": 1,
    "outcome": len(OUTCOMES),
    "group": len(GROUPS),
    "value": len(UNNUMBERED_VALUES),
}
