"""Origins: whose word a claim rests on, however many reports carry it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from variorum.model.record import Record


class Origin(Record):
    """Whose word a claim rests on: a party, an outlet, or a report that names nobody."""

    kind: Literal["party", "outlet", "report"]
    name: str
    because: str = Field(description="the rule that told so, in words")
