"""Errors and notes on standard error: one line each, as text or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, TextIO

from variorum.cli.names import TextOrJson
from variorum.model import VariorumError

_SHOWN = 3


class Faults:
    """Writes errors and notes as they come, and knows the exit status.

    Errors are all shown. Of notes with one code the first few are shown as text and the rest counted; as JSON
    all are shown.
    """

    def __init__(self, stream: TextIO, shape: TextOrJson = TextOrJson.TEXT) -> None:
        self._stream, self._shape = stream, shape
        self._notes: Counter[str] = Counter()
        self.refused = 0

    def refuse(self, error: VariorumError) -> None:
        """Tell of a report that was not read."""
        self.refused += 1
        self._write(error, "error")

    def note(self, note: VariorumError) -> None:
        """Tell of something about a report that is read all the same."""
        self._notes[note.code] += 1
        if self._shape is TextOrJson.JSON or self._notes[note.code] <= _SHOWN:
            self._write(note, "note")

    def tell(self, words: str, fields: dict[str, Any]) -> None:
        """Tell of the run as a whole: in words, or as one JSON object."""
        if self._shape is TextOrJson.JSON:
            words = json.dumps(fields) + "\n"
        self._stream.write("".join(f"{printable(line)}\n" for line in words.splitlines()))
        self._stream.flush()

    def forgive(self) -> None:
        """Let what was refused so far not bear on the exit status."""
        self.refused = 0

    def close(self) -> int:
        """Say how many notes were not shown; the exit status: 0 if all was read, else 1."""
        if self._shape is TextOrJson.TEXT:
            for code, number in sorted(self._notes.items()):
                if number > _SHOWN:
                    self._stream.write(f"note [{code}] {number - _SHOWN} more of these\n")
        return 1 if self.refused else 0

    def _write(self, error: VariorumError, level: str) -> None:
        if self._shape is TextOrJson.JSON:
            fields = {
                "level": level,
                "code": error.code,
                "where": error.where,
                "what": error.what,
                "remedy": error.remedy,
            }
            line = json.dumps(fields)
        else:
            line = ("note " if level == "note" else "") + printable(str(error))
        self._stream.write(line + "\n")
        self._stream.flush()


def printable(line: str) -> str:
    """The line with what would break it or steer the terminal as escapes: it quotes what others wrote."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in line
    )
