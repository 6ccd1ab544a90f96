"""`variorum export`: incidents handed over in the forms that others use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.cli.faults import Faults
from variorum.cli.names import ExportFormat
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View
from variorum.model import Dossier, Reading, SettingError

if TYPE_CHECKING:
    from variorum.ledger import Ledger, State


_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class ExportCommand:
    """Which format to write, and how."""

    form: ExportFormat
    table: str | None = None
    profile: str | None = None
    quote_words: int | None = None
    with_text: bool = False
    view: View = PLAIN

    def run(self, inputs: Inputs, output: Path | None, faults: Faults) -> None:
        """Read, link, lay out and write. Raises `SettingError` for options that make no sense together, before anything
        is read, and for a place that cannot be written."""
        self._write(())  # names and options that nothing has are told before hours of reading
        if (ledger := _ledger_of(inputs)) is None:
            pile = self.view.link(inputs.read(faults), faults)
            dossiers = self.view.dossiers(pile, faults)
            self._put(self._write((one, pile.readings_of(one)) for one in dossiers), output)
            return
        if self.view.decisions or self.view.incident:
            raise SettingError(
                "a ledger has decisions of its own", where=ledger, remedy="record them there: variorum decide"
            )
        from variorum.ledger import Ledger

        with Ledger.open(ledger, make=False) as opened:
            found = (opened.dossier(one.incident, as_of=self.view.as_of) for one in self._listed(opened))
            cases = ((one.dossier, one.readings) for one in found if one.readings)
            decided = [
                {"id": one.id, "at": one.at, **one.ruling.model_dump(mode="json")}
                for one in opened.decisions()
            ]
            self._put(self._write(cases, decided), output)

    def _listed(self, opened: Ledger) -> Sequence[State]:
        from variorum.ledger import Wanted

        return opened.incidents(Wanted(), as_of=self.view.as_of)

    @staticmethod
    def _put(pieces: Iterator[bytes], output: Path | None) -> None:
        if output is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        _into_file(pieces, output)

    def _write(
        self, cases: Iterable[tuple[Dossier, Sequence[Reading]]], decided: Sequence[Mapping[str, Any]] = ()
    ) -> Iterator[bytes]:
        from variorum.exports import QUOTE_WORDS, export

        return export(
            self.form.value,
            cases,
            profile=self.profile,
            quote_words=QUOTE_WORDS if self.quote_words is None else self.quote_words,
            with_text=self.with_text,
            table=self.table,
            decisions=decided or self.view.decisions,
        )


def _ledger_of(inputs: Inputs) -> str | None:
    """The ledger that is the only input, if it is one: a URL of PostgreSQL, or a file of SQLite."""
    if len(inputs.files) != 1:
        return None
    (name,) = inputs.files
    if name.startswith(("postgresql:", "postgres:", "sqlite:")):
        return name
    try:
        with open(name, "rb") as stream:
            return name if stream.read(len(_SQLITE)) == _SQLITE else None
    except OSError:
        return None


def _into_file(pieces: Iterator[bytes], output: Path) -> None:
    """Write beside the file, then take its place: what was there is not harmed by a run that breaks off."""
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
        os.replace(part, output)
    except OSError as error:
        raise SettingError(
            f"cannot be written: {error.strerror or error}",
            where=str(output),
            remedy="choose another --output",
        ) from error
