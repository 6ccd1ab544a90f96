"""A report: one published text."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from pydantic import Field, computed_field, model_validator

from variorum.model.record import Record


class Report(Record):
    """One published text. Offsets everywhere count Unicode code points of `text`, which never changes.

    `id` is the caller's own name for it, or is derived from the content. `published` is None when unknown:
    nothing is assumed in its place.
    """

    id: str = Field(min_length=1)
    text: str
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    language: str | None = Field(default=None, description="ISO 639-1 code")

    @model_validator(mode="before")
    @classmethod
    def _accepts_its_own_json(cls, values: Any) -> Any:
        """Take a report's JSON form back: its hash is left out, after a check that it is that of the text."""
        if not isinstance(values, dict) or "content_hash" not in values:
            return values
        rest = {name: value for name, value in values.items() if name != "content_hash"}
        text = rest.get("text")
        if isinstance(text, str) and values["content_hash"] != _hash_of(text):
            raise ValueError(
                "content_hash is not that of the text: the text was changed after the report was written"
            )
        return rest

    @property
    def place_in_time(self) -> tuple[date, str, str, str]:
        """What orders reports by their days; those without one come last, and of one day by what is printed on them."""
        return (self.published or date.max, self.publisher or "", self.title or "", self.id)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def content_hash(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal."""
        return _hash_of(self.text)


def _hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
