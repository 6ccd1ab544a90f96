"""Arithmetic that does not come out: observations on what sources said, never corrections."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Observation, Question


def observations_on(questions: Sequence[Question]) -> tuple[Observation, ...]:
    """The observations on an incident's tolls."""
    return ()
