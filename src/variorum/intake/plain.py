"""Plain text files: the whole file is the report's text."""

from __future__ import annotations

import re
from datetime import date

from variorum.intake.decoding import decode
from variorum.intake.draft import Draft, Notify

_NEWLINES = re.compile("\r\n?")


def read_plain(
    data: bytes, *, where: str, notify: Notify, published: date | None, publisher: str | None
) -> Draft:
    """The draft of a plain text file. Of its characters only the newlines change: CR LF and CR become LF.

    A byte order mark is part of the encoding, not of the text.
    """
    text = _NEWLINES.sub("\n", decode(data, where=where, notify=notify))
    return Draft(where=where, text=text, published=published, publisher=publisher)
