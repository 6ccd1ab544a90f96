"""How large a single report may be. News reports stay far below; what lies above is something else."""

from __future__ import annotations

from typing import BinaryIO

from variorum.model import InputError

MAX_BYTES = 8_000_000
"""Most bytes of one file, or of one line of JSON Lines: room for a page full of markup around one report."""

MAX_CHARACTERS = 1_000_000
"""Most characters of one report's text, about 170,000 words."""

MAX_DEPTH = 100
"""Most quotations open inside one another within a paragraph."""


def read_all(stream: BinaryIO, where: str) -> bytes:
    """All bytes of a stream. Raises `too-long` after reading no more than the limit, however much follows."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_long(where, f"more than {MAX_BYTES:,} bytes")
    return data


def too_long(where: str, size: str) -> InputError:
    """The error for something that is too large to be one report."""
    return InputError(
        f"{size} is too long for one report",
        where=where,
        remedy="split it into single reports, one a file or one a line of JSON Lines",
        code="too-long",
    )
