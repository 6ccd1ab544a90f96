"""Claims: one assertion by one source in one report, with its evidence."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from variorum.model.evidence import Evidence
from variorum.model.party import Source
from variorum.model.record import Record, content_id
from variorum.model.values import Certainty, Group, Outcome, Stance


class _Claim(Record):
    """What every claim has. `score` is how probable it is that the claim can be kept as it stands: that a careful person would
    have one of the same values there (`reading/calibration.py` says how it is come by)."""

    id: str = Field(pattern=r"^claim-[0-9a-f]{16}$")
    report: str
    evidence: Evidence
    source: Source
    certainty: Certainty
    background: bool = Field(default=False, description="about another incident than the report's main one")
    incident: str | None = Field(default=None, description="id of the incident it is about")
    said: str | None = Field(
        default=None, description="ISO day on which the source said it, if the report tells"
    )
    score: float = Field(default=1.0, ge=0, le=1)
    reader: str = Field(default="", description="name and version of the reader that found it")


class Toll(_Claim):
    """A count of people and what happened to them. An open bound is None: at least 20 is 20..None."""

    kind: Literal["toll"] = "toll"
    outcome: Outcome
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    approx: bool = False
    group: Group
    who: str | None = Field(default=None, description="the text's own words for the people")
    actor: str | None = Field(default=None, description="party that did it to them, when the claim says so")
    combined: tuple[Outcome, ...] = Field(default=(), description="outcomes a single figure covers together")

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Toll:
        if self.min is None and self.max is None:
            raise ValueError("a toll needs a number: min and max cannot both be open")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is greater than max {self.max}")
        return self


class Responsibility(_Claim):
    """Who did it, as a source has it."""

    kind: Literal["responsibility"] = "responsibility"
    actor: str = Field(min_length=1)
    stance: Stance


class Account(_Claim):
    """An attributed statement about what happened that is neither a toll nor about responsibility."""

    kind: Literal["account"] = "account"
    denies: bool = Field(default=False, description="its point is that another party's account is false")


Claim = Annotated[Toll | Responsibility | Account, Field(discriminator="kind")]

_TYPES: dict[str, type[Toll] | type[Responsibility] | type[Account]] = {
    "toll": Toll,
    "responsibility": Responsibility,
    "account": Account,
}


def make_claim(
    kind: str, *, report: str, content_hash: str, evidence: Evidence, source: Source, **values: Any
) -> Claim:
    """A claim whose id follows from the report's text, the evidence, the source and what is claimed.

    The score, the reader and links to incidents do not enter the id: the same assertion read by a better reader keeps it.
    """
    told = {
        name: values.get(name) for name in ("outcome", "min", "max", "group", "actor", "stance", "denies")
    }
    core = {name: value for name, value in told.items() if value is not None and value is not False}
    name = content_id("claim", content_hash, kind, evidence.start, evidence.end, source.party, core)
    return _TYPES[kind](id=name, report=report, evidence=evidence, source=source, **values)
