"""Cells of CSV and spreadsheet files: safe to open in a spreadsheet program, the same bytes on every machine.

Text that a spreadsheet program could take for a formula gets an apostrophe before it, as OWASP's page on CSV injection
advises; so does such text that has one already, that taking one away gives back what was there. Numbers are written as
numbers, negative ones too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

Cell = str | int | float | bool | date | None | tuple[str, ...]
"""What a table holds: a tuple is a list of texts."""

SEPARATOR = "; "
"""Between the texts of a list in one cell."""

_FORMULA = re.compile(r"'*(?:[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it if it could be taken for a formula, and without control characters."""
    text = _CONTROL.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def day_of(text: str | None) -> date | None:
    """The day that an ISO date names; None for what names none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def flat(cell: Cell) -> str | int | float | None:
    """A cell's value as text or number: dates in ISO form, lists joined, text made harmless."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case None | int() | float():
            return cell
        case date():
            return cell.isoformat()
        case tuple():
            return harmless(SEPARATOR.join(cell)) if cell else None
        case str():
            return harmless(cell) or None


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """CSV after RFC 4180 in UTF-8, lines ended by a line feed, unknown cells empty."""
    yield _line(header)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Cell]) -> bytes:
    return (",".join(_written(flat(cell)) for cell in row) + "\n").encode("utf-8")


def _written(value: str | int | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value
    return repr(value)
