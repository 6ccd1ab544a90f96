"""What a format's reader hands on: a text and what its container says of it, not yet checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from variorum.intake.wire import Wire
from variorum.model import InputError

Notify = Callable[[InputError], None]
"""Called with a note: something the user should know of a report that is read all the same."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as found at `where` (file, or file:line). `language` is what the caller itself says it is.

    `wire` is what a news agency says of it; what it withholds or cancels may have no text.
    """

    where: str
    text: str
    id: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    language: str | None = None
    wire: Wire | None = None
