"""Rows of a CSV file one by one: damage in one of them does not reach the next."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from variorum.intake.decoding import decode
from variorum.intake.draft import Notify
from variorum.intake.limits import MAX_BYTES, too_long
from variorum.model import InputError

_MARK = "\ufeff"
_GUARDED = re.compile(r"'(?='*(?:[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]))")
_REMEDY = "compare the line with the file's first line"


class Rows:
    """The rows of a stream. A row that cannot be read is an `InputError`, and reading goes on in the line after its first."""

    def __init__(self, stream: BinaryIO, name: str, notify: Notify) -> None:
        self._stream, self._name, self._notify = stream, name, notify
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._number = 0
        self._digest = hashlib.sha256()
        self.delimiter = ","

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes that were read so far."""
        return self._digest.hexdigest()

    def header(self) -> str:
        """The first line, without a byte order mark. Raises `InputError` empty, or what `decode` raises."""
        first = self._line()
        if first is None:
            raise InputError("an empty file", where=self._name, remedy="hand over the table", code="empty")
        text = decode(first[1], where=f"{self._name}:{first[0]}", notify=self._notify)
        return text.removeprefix(_MARK)

    def rows(self, columns: int) -> Iterator[tuple[str, list[str] | InputError]]:
        """Where each row is, and its cells or what is wrong. Blank lines are no rows."""
        while (first := self._line()) is not None:
            taken = [first]
            where = f"{self._name}:{first[0]}"
            try:
                cells = next(csv.reader(self._lines(taken), delimiter=self.delimiter, strict=True), [])
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != columns:
                    raise _bad(f"{len(cells)} cells where the first line has {columns}", where)
            except csv.Error as error:
                self._waiting.extendleft(reversed(taken[1:]))
                yield where, _bad(str(error), where)
            except InputError as error:
                self._waiting.extendleft(reversed(taken[1:]))
                yield where, error
            else:
                yield where, [unguarded(cell) for cell in cells]

    def _lines(self, taken: list[tuple[int, bytes]]) -> Iterator[str]:
        """The lines of a row as they are asked for; what was taken is known, to be given back."""
        yield self._text(taken[0])
        while (line := self._line()) is not None:
            taken.append(line)
            yield self._text(line)

    def _line(self) -> tuple[int, bytes] | None:
        if self._waiting:
            return self._waiting.popleft()
        data = self._stream.readline(MAX_BYTES + 1)
        if not data:
            return None
        self._number += 1
        self._digest.update(data)
        if len(data) > MAX_BYTES:
            raise too_long(f"{self._name}:{self._number}", f"more than {MAX_BYTES:,} bytes")
        return self._number, data

    def _text(self, line: tuple[int, bytes]) -> str:
        # The first line told that this is a table: what a later one begins with is no mark of another kind of file.
        try:
            return line[1].decode("utf-8")
        except UnicodeDecodeError:
            return decode(line[1], where=f"{self._name}:{line[0]}", notify=self._notify)


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet program from taking it for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _bad(what: str, where: str) -> InputError:
    return InputError(f"no whole row: {what}", where=where, remedy=_REMEDY, code="bad-row")
