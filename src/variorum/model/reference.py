"""Reference incidents: what somebody else's data set has of an incident, to compare with."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from variorum.model.incident import Day, Place
from variorum.model.record import Record

Origin = Literal["ucdp-ged", "acled-shaped"]
"""Whose table it is, by its columns."""


class Reference(Record):
    """One row of a reference data set. What cannot be read of it is unknown; `row` has every cell as it came."""

    id: str = Field(min_length=1)
    origin: Origin
    where: str = Field(default="", description="file and line")
    day: Day | None = None
    place: Place | None = None
    parties: tuple[str, ...] = ()
    figures: dict[str, int] = Field(default={}, description="deaths by the data set's own names")
    sources: tuple[str, ...] = ()
    row: dict[str, str] = Field(default={}, description="every cell by the name of its column")
