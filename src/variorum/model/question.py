"""Questions: what can be asked of an incident and answered differently."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from variorum.model.copies import CopyGraph
from variorum.model.incident import Incident
from variorum.model.link import Link
from variorum.model.origin import Origin
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
    known: date | None = Field(
        default=None, description="day of the first report that carries it; None if no such report has a day"
    )
    claims: tuple[str, ...] = Field(description="ids of the claims that give this answer, earliest first")
    reports: tuple[str, ...] = Field(default=(), description="ids of all reports that carry it: its reach")


class Position(Record):
    """One source's answers to a question, oldest first; the last one stands.

    A source that counts several parts of one group apart ("3 railway employees and 5 civilians") has one
    position for each, told apart by `line`; the empty line is the group as a whole. What a source denies, or
    says only under a condition, is a position of its own.
    """

    source: str
    outlet: str | None = Field(
        default=None, description="whose own voice it is, where the source is `reporter` and that is known"
    )
    line: str = Field(default="", description="the part of the group that is counted; empty for all of it")
    answers: tuple[Answer, ...] = Field(min_length=1)

    @property
    def standing(self) -> Answer:
        """The answer that stands: the newest."""
        return self.answers[-1]


class Support(Record):
    """An answer that stands somewhere, with all that it rests on: independent origins and reach, kept apart.

    Ten reports that quote one ministry are one origin with a reach of ten.
    """

    answer: str = Field(description="the answer in words")
    line: str = ""
    origins: tuple[Origin, ...] = Field(min_length=1)
    claims: tuple[str, ...] = Field(default=(), description="ids of the claims that give it")
    reports: tuple[str, ...]


class Question(Record):
    """A question with every source's position.

    `status` says how the positions stand to one another, never who is right.
    """

    id: str
    label: str
    kind: str = Field(description="toll, responsibility or account")
    outcome: Outcome | None = None
    group: Group | None = None
    combined: tuple[Outcome, ...] = Field(
        default=(),
        description="the outcomes that one figure covers together, where the question is about such figures",
    )
    actor: str | None = None
    status: Status
    reason: str = Field(description="the rule that gave the status, in words")
    positions: tuple[Position, ...]
    support: tuple[Support, ...] = Field(
        default=(), description="for each answer that some source stands by: who it rests on"
    )


class Observation(Record):
    """Arithmetic that does not come out: an observation on what sources said, never a correction of it."""

    kind: str = Field(
        description="`part exceeds another's whole`, `parts exceed whole`, `parts fall short of whole` or `more than were there`"
    )
    source: str
    words: str
    claims: tuple[str, ...]


class Dossier(Record):
    """One incident laid out: parties side by side, questions with positions, and every claim about it.

    Over one report or many. All tuples are in the order of days, then of the text, which ranks nobody; the
    reports' own voices come after the parties. `incident` is None for claims that a report ties to no
    incident it describes. A claim that several reports carry in the same text is one claim.
    """

    incident: str | None
    background: bool = False
    summary: Incident | None = Field(
        default=None, description="type, day, place and parties, each as most reports that tell it have it"
    )
    parties: tuple[str, ...]
    questions: tuple[Question, ...]
    observations: tuple[Observation, ...] = ()
    claims: tuple[str, ...] = Field(default=(), description="ids of all claims about the incident")
    reports: tuple[str, ...] = Field(default=(), description="ids of the reports it rests on, earliest first")
    links: tuple[Link, ...] = Field(default=(), description="why each report but the first speaks of it")
    copies: CopyGraph = Field(default=CopyGraph(), description="who has what from whom among the reports")
    as_of: date | None = Field(
        default=None, description="rests only on what was published up to this day; None is no limit"
    )
