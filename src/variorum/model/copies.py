"""Copies and credits: which report has its words from which, and whom it names for them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from variorum.model.evidence import Evidence
from variorum.model.record import Record


class Credit(Record):
    """An outlet that a report names as where it has its words from."""

    report: str
    outlet: str = Field(description="the outlet's usual name where it is a known one, else as written")
    form: str = Field(description="`dateline`, `byline`, `copyright`, `told` or `reported`")
    evidence: Evidence


class Passage(Record):
    """The same words in two reports."""

    here: Evidence
    there: Evidence


class Copy(Record):
    """A report, or part of it, that another one has too. `report` has it from `other` where `direction` can be told.

    `revision` is a text that one publisher changed and published again.
    """

    report: str
    other: str
    kind: Literal["same text", "near text", "passage", "revision"]
    share: float = Field(ge=0, le=1, description="part of the report's words that the other has too")
    direction: Literal["credit", "time", "unknown"] = Field(
        description="what tells who has it from whom: a credit, the days of publication, or nothing"
    )
    passages: tuple[Passage, ...] = Field(min_length=1)


class CopyGraph(Record):
    """All copies and credits among some reports."""

    copies: tuple[Copy, ...] = ()
    credits: tuple[Credit, ...] = ()

    def sources_of(self, report: str) -> tuple[Copy, ...]:
        """From whom a report has its words, the largest part first; without those whose direction is unknown."""
        found = [c for c in self.copies if c.report == report and c.direction != "unknown"]
        return tuple(sorted(found, key=lambda c: (-c.share, c.other)))
