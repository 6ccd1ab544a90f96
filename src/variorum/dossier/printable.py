"""Text of unknown origin made fit to show: no control character of it reaches a terminal or a page."""

from __future__ import annotations

import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_PICTURES = 0x2400
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text with every control character as its picture (␛) or as �. One character stays one: offsets
    hold."""
    return _UNFIT.sub(lambda match: _picture(match.group()), text)


def one_line(text: str) -> str:
    """The text for a single line of plain output: white space as one space, no marks that turn the writing
    around."""
    return " ".join(printable(_DIRECTION.sub("", text)).split())


def _picture(character: str) -> str:
    if character == "\r":
        return " "
    return chr(_PICTURES + ord(character)) if ord(character) < 0x20 else _REPLACEMENT
