"""Questions: what can be asked of an incident and answered differently."""

from __future__ import annotations

from pydantic import Field

from variorum.model.record import Record
from variorum.model.values import Certainty, Group, Outcome, Status


class Answer(Record):
    """One source's position at one moment: a number or a stance, with the claims that make it.

    `min`/`max` bound a number of people (None is open). `stance` is a word where the answer is no number:
    `responsible`; `over` or `ongoing` for the course of the incident; `rejects another account`. An answer
    whose certainty is `denied` says that it is not so.
    """

    min: int | None = None
    max: int | None = None
    approx: bool = False
    stance: str | None = None
    certainty: Certainty
    who: str | None = Field(default=None, description="the text's own words for the people counted")
    words: str = Field(description="the evidence of the newest claim")
    said: str | None = None
    superseded: bool = Field(default=False, description="the same source has given another answer since")
    claims: tuple[str, ...] = Field(description="ids of the claims that give this answer, in text order")


class Position(Record):
    """One source's answers to a question, oldest first; the last one stands.

    A source that counts several parts of one group apart ("3 railway employees and 5 civilians") has one
    position for each, told apart by `line`; the empty line is the group as a whole. What a source denies, or
    says only under a condition, is a position of its own.
    """

    source: str
    line: str = Field(default="", description="the part of the group that is counted; empty for all of it")
    answers: tuple[Answer, ...] = Field(min_length=1)

    @property
    def standing(self) -> Answer:
        """The answer that stands: the newest."""
        return self.answers[-1]


class Question(Record):
    """A question with every source's position.

    `status` says how the positions stand to one another, never who is right.
    """

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
    """One incident laid out: parties side by side, questions with positions, and every claim about it.

    All tuples are in the order of the text, which ranks nobody; the report's own voice comes after the
    parties. `incident` is None for claims that the report ties to no incident it describes.
    """

    incident: str | None
    background: bool = False
    parties: tuple[str, ...]
    questions: tuple[Question, ...]
    claims: tuple[str, ...] = Field(default=(), description="ids of all claims about the incident")
