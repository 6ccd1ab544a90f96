"""Findings: a figure under a condition stays with whoever gave it."""

from __future__ import annotations

from dataclasses import replace

from variorum.model import Certainty, Kind, Outcome, Span
from variorum.reading.findings import Finding, _credited


def toll(figure: int, source: Span | None, certainty: Certainty = Certainty.STATED) -> Finding:
    return Finding(
        Kind.TOLL, (0, 9), certainty, False, source, None, 0.9,
        outcome=Outcome.KILLED, minimum=figure, maximum=figure,
    )  # fmt: skip


def test_a_figure_under_a_condition_is_credited_to_whoever_gave_it() -> None:
    given, taken_up = toll(40, (3, 8)), toll(40, None, Certainty.CONDITIONAL)
    assert _credited((given, taken_up)) == (given, replace(taken_up, source=(3, 8)))


def test_other_figures_and_plain_statements_keep_their_own_voice() -> None:
    found = (toll(40, (3, 8)), toll(41, None, Certainty.CONDITIONAL), toll(40, None))
    assert _credited(found) == found
