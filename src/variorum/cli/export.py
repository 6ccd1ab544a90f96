"""`variorum export`: incidents handed over in the forms that others use."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.cli.cases import cases_of
from variorum.cli.faults import Faults
from variorum.cli.names import ExportFormat
from variorum.cli.outlets import replacing_bytes, told_where
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View
from variorum.model import Dossier, Reading

if TYPE_CHECKING:
    from variorum.ledger import Wanted


@dataclass(frozen=True, slots=True)
class ExportCommand:
    """Which format to write, and how."""

    form: ExportFormat
    table: str | None = None
    profile: str | None = None
    quote_words: int | None = None
    with_text: bool = False
    view: View = PLAIN
    wanted: Wanted | None = None
    recorded: datetime | None = None

    def run(self, inputs: Inputs, output: Path | None, faults: Faults) -> None:
        """Read, link, lay out and write. Raises `SettingError` for options that make no sense together, before anything
        is read, and for a place that cannot be written."""
        self._write(())  # names and options that nothing has are told before hours of reading
        with cases_of(inputs, self.view, faults, self.wanted, self.recorded) as cases:
            self._put(self._write(cases.pairs, cases.decisions), output)

    @staticmethod
    def _put(pieces: Iterator[bytes], output: Path | None) -> None:
        if output is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        _into_file(pieces, output)

    def _write(
        self, cases: Iterable[tuple[Dossier, Sequence[Reading]]], decisions: Sequence[Any] = ()
    ) -> Iterator[bytes]:
        from variorum.exports import QUOTE_WORDS, export

        return export(
            self.form.value,
            cases,
            profile=self.profile,
            quote_words=QUOTE_WORDS if self.quote_words is None else self.quote_words,
            with_text=self.with_text,
            table=self.table,
            decisions=decisions,
        )


def _into_file(pieces: Iterator[bytes], output: Path) -> None:
    with told_where(output), replacing_bytes(output) as stream:
        for piece in pieces:
            stream.write(piece)
