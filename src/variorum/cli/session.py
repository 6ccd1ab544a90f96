"""One run of a command: its inputs read, its errors told, its exit status."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from variorum.cli.batch import Input, Result, read_all
from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.progress import progress
from variorum.intake import parse_day, read_inputs
from variorum.model import InputError, Reading, Report, SettingError, VariorumError

if TYPE_CHECKING:
    from variorum.cli.llm_reading import ByModel


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to read, and how."""

    files: tuple[str, ...]
    published: date | None = None
    publisher: str | None = None
    parties: tuple[Path, ...] = ()
    jobs: int = 1
    model: ByModel | None = None
    """The language model that reads; None for the default reader."""

    def results(self, found: Iterable[Input]) -> Iterator[Result]:
        """The reading of each report, or why there is none, in order."""
        return self.model(found) if self.model else read_all(found, self.parties, self.jobs)

    def read(self, faults: Faults, number: int | None = None) -> Iterator[Reading]:
        """The readings of all reports, in order; what cannot be read is told and left out.

        `number` is how many reports there are, where that is known.
        """
        with progress(self.files, number) as advance:
            found = read_inputs(
                self.files, published=self.published, publisher=self.publisher, notify=faults.note
            )
            yield from self._told(found, faults, advance)

    def read_reports(self, reports: Sequence[Report], faults: Faults) -> Iterator[Reading]:
        """The same of reports that are at hand."""
        with progress((), len(reports)) as advance:
            yield from self._told(reports, faults, advance)

    def _told(self, found: Iterable[Input], faults: Faults, advance: Callable[[], None]) -> Iterator[Reading]:
        for result in self.results(found):
            if isinstance(result, VariorumError):
                faults.refuse(result)
            else:
                yield result
            advance()


def inputs(
    files: list[str],
    published: str | None = None,
    publisher: str | None = None,
    parties: list[Path] | None = None,
    jobs: int = 1,
    model: ByModel | None = None,
) -> Inputs:
    """The inputs that the options of a command name. Raises `SettingError` for a day that is none."""
    day = day_of(published, "--published")
    return Inputs(tuple(files), day, publisher, tuple(parties or ()), jobs, model)


def day_of(value: str | None, option: str) -> date | None:
    """The day that an option gives. Raises `SettingError` for what is none."""
    try:
        return None if value is None else parse_day(value, where=option)
    except InputError as error:
        raise SettingError(error.what, where=error.where, remedy=error.remedy, code=error.code) from None


@contextlib.contextmanager
def session(shape: TextOrJson = TextOrJson.TEXT) -> Iterator[Faults]:
    """Where to tell errors while a command works; leaves the program with the exit status that follows from them."""
    faults = Faults(sys.stderr, shape)
    try:
        yield faults
    except SettingError as error:
        faults.refuse(error)
        raise typer.Exit(2) from None
    except VariorumError as error:  # not one report's fault: the batch cannot go on
        faults.refuse(error)
    raise typer.Exit(faults.close())


def terminal_width(output: Path | None) -> int | None:
    """The terminal's columns, if the product will be seen on one and colours are not unwanted (NO_COLOR)."""
    seen = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return shutil.get_terminal_size((100, 40)).columns if seen else None
