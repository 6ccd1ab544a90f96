"""Questions: what can be asked of an incident and answered differently."""

from __future__ import annotations

from pydantic import Field

from variorum.model.record import Record
from variorum.model.values import Certainty, Group, Outcome, Status


class Answer(Record):
    """One source's position at one moment: a number or a stance, with the claims that make it."""

    min: int | None = None
    max: int | None = None
    approx: bool = False
    stance: str | None = None
    certainty: Certainty
    words: str = Field(description="the evidence of the newest claim")
    said: str | None = None
    claims: tuple[str, ...]


class Position(Record):
    """One source's answers to a question, oldest first; the last one stands."""

    source: str
    answers: tuple[Answer, ...]


class Question(Record):
    """A question with every source's position. `status` says how they stand to one another, never who is right."""

    id: str
    label: str
    kind: str = Field(description="toll, responsibility or account")
    outcome: Outcome | None = None
    group: Group | None = None
    actor: str | None = None
    status: Status
    reason: str = Field(description="the rule that gave the status, in words")
    positions: tuple[Position, ...]


class Dossier(Record):
    """One incident laid out: parties side by side, questions with positions, what was said when."""

    incident: str
    parties: tuple[str, ...]
    questions: tuple[Question, ...]
