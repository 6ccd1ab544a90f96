"""A report: one published text."""

from __future__ import annotations

import hashlib
from datetime import date

from pydantic import Field, computed_field

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

    @computed_field  # type: ignore[prop-decorator]
    @property
    def content_hash(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
