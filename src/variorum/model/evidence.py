"""Evidence: the words of a report that a finding rests on."""

from __future__ import annotations

from pydantic import Field, model_validator

from variorum.model.errors import EvidenceError
from variorum.model.record import Record
from variorum.model.report import Report


class Evidence(Record):
    """Characters start..end (end exclusive) of a report's text, and the words there.

    Invariant, checked by `check`: `report.text[start:end] == quote`.
    """

    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _spans_its_quote(self) -> Evidence:
        if self.end - self.start != len(self.quote):
            raise ValueError(
                f"evidence {self.start}..{self.end} is not as long as its quote ({len(self.quote)})"
            )
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        """The evidence at start..end of a text."""
        return cls(start=start, end=end, quote=text[start:end])

    def check(self, report: Report) -> None:
        """Raise `EvidenceError` unless the quote stands in the report at these offsets."""
        if report.text[self.start : self.end] != self.quote:
            raise EvidenceError(
                f"the words {self.quote[:60]!r} are not at {self.start}..{self.end}",
                where=report.id,
                remedy="read the report again: its text is not the one this claim was found in",
            )
