"""JSON as exports write it: UTF-8, one form for one value, no character that some program takes for a line's end."""

from __future__ import annotations

import json
from typing import Any

_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}


def json_text(value: Any, *, indent: int | None = None) -> str:
    """JSON with keys in the order given. Numbers that JSON does not know are refused."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=_plain)
    for character, escaped in _LINE_ENDS.items():
        text = text.replace(character, escaped)
    return text


def json_line(value: Any) -> bytes:
    """One value on a line of its own."""
    return encoded(json_text(value) + "\n")


def encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which is no character, becomes a question mark."""
    return text.encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
