"""What a profile gives: figures by its owner's rule, each with the claims it used and the rule in words."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from variorum.model import Group, Outcome
from variorum.model.record import Record


class Method(StrEnum):
    """The ways to deal with disagreement between sources that the Standards for Casualty Recording name
    (Every Casualty, 2016, p. 25). The fifth, dialogue with the sources, is none that a program has."""

    PRIORITISE = "one source before others"
    RANGE = "a range"
    DEFER = "a category that defers"
    PENDING = "kept pending"


class Flag(StrEnum):
    """What somebody who uses a figure should know of it."""

    LOWEST = "lowest taken"
    NO_MAJORITY = "no majority"
    PROVISIONAL = "provisional"
    UNCONFIRMED = "rests on unconfirmed answers"
    NONE_TAKEN = "lowest is none"
    OPEN_UPWARDS = "open upwards"
    OPEN_DOWNWARDS = "open downwards"
    APPROXIMATE = "approximate"
    VAGUE = "vague word taken as a number"
    FROM_PARTS = "from parts"
    SUM = "sum"
    REST = "rest of a total"
    PARTS_EXCEED = "parts exceed whole"
    HARM_NOT_CONCEDED = "accepts the action, concedes no civilian harm"
    DENIED = "denied by itself"


DERIVED = frozenset({Flag.SUM, Flag.REST, Flag.FROM_PARTS, Flag.VAGUE})
"""Flags of figures that may hold a number which no claim holds: the rule makes it from those of the claims."""


class Figure(Record):
    """One figure of a profile: how many people, by which rule, from which claims.

    `low`, `best` and `high` are numbers of people. A profile that knows a minimum and a maximum fills `low` and
    `high`; one that knows a single figure fills `best`. What is None is not told.
    """

    outcome: Outcome
    group: Group | None = Field(default=None, description="the victims' group; None is everybody together")
    line: str = Field(default="", description="the part of the group that is counted; empty for all of it")
    column: str | None = Field(
        default=None, description="what the profile's owner calls it, if it has a name"
    )
    low: int | None = Field(default=None, ge=0)
    best: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)
    claims: tuple[str, ...] = Field(min_length=1, description="ids of the claims whose numbers it uses")
    origins: int = Field(
        ge=1, description="how many independent origins stand behind the answers it is made from"
    )
    rule: str = Field(description="the rule as it was applied to this figure, in words")
    method: Method | None = Field(
        default=None, description="how disagreement was dealt with; None where nobody disagrees"
    )
    flags: tuple[Flag, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Figure:
        told = [number for number in (self.low, self.best, self.high) if number is not None]
        if told != sorted(told):
            raise ValueError(f"low, best and high are out of order: {told}")
        return self


class Grade(Record):
    """How well a profile holds one belligerent's responsibility for harm to civilians to be supported.

    `grade` is None where no source stands by it. `conceded` is what the belligerent itself says of civilians harmed
    by an action that it accepts as its own.
    """

    belligerent: str
    grade: str | None
    conceded: tuple[Figure, ...] = ()
    claims: tuple[str, ...]
    origins: int = Field(ge=0, description="how many independent origins say that it did it")
    rule: str
    method: Method | None = None
    flags: tuple[Flag, ...] = ()


class Tally(Record):
    """One incident's tolls as a profile settles them. A view of the positions, never a position itself."""

    profile: str
    owner: str
    link: str = Field(description="where the owner tells the rule; a page of these documents for our own")
    incident: str | None
    figures: tuple[Figure, ...]
    grades: tuple[Grade, ...] = ()
    notes: tuple[str, ...] = Field(
        default=(), description="what the figures leave out, and disputes in words"
    )
