"""Taking in: what comes in and is not in a ledger yet is read, a batch at a time, and filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from variorum.intake import Arrival, Wire, Withdrawal
from variorum.ledger.adding import Added
from variorum.ledger.book import Ledger
from variorum.ledger.filing import filed
from variorum.model import EvidenceError, InputError, Reading, Report, VariorumError

Input = Report | Reading | InputError
"""A report to read, one that was read already, or why there is none."""
Result = Reading | VariorumError

_TOGETHER = 20
"""Reports that are filed at once: what is read again if the program is stopped."""

_T = TypeVar("_T")


@dataclass(slots=True)
class Filing:
    """Files what comes in and is not in a ledger yet, with what agencies say of it. What cannot be filed is refused."""

    ledger: Ledger
    by: str
    refuse: Callable[[VariorumError], None]
    note: Callable[[Reading], None] | None = None
    """Called with each reading that is in the ledger now."""
    pass_by: Callable[[Report], None] | None = None
    """Called with each report that is not read, since it is known."""
    reader: str | None = None
    """The reader that reads, by its name; None for the default one."""
    added: Added = field(default_factory=Added)
    words: int = 0
    """New words of agencies on their items."""
    known: int = 0
    """Reports that were not read, since the ledger has their readings or they came before in this run."""
    _taken: set[str] = field(default_factory=set)
    _heard: list[tuple[Wire, Report | None]] = field(default_factory=list)

    def take(
        self,
        found: Iterable[Arrival | Withdrawal | InputError],
        read: Callable[[Iterable[Input]], Iterable[Result]],
    ) -> None:
        """File all that comes in, a batch at a time. `read` gives the readings of reports, in their order."""
        readings = self._sound(read(self._new(found)))
        more = True
        while more:
            batch = list(islice(readings, _TOGETHER))
            more = bool(batch)
            self._each(batch, self._add)
            told, self._heard = self._heard, []
            self._each(told, self._hear)

    def _add(self, batch: list[Reading]) -> None:
        self.added += self.ledger.add(batch, by=self.by)
        if self.note:
            for reading in batch:
                self.note(reading)

    def _hear(self, told: list[tuple[Wire, Report | None]]) -> None:
        new, left = self.ledger.hear(told, by=self.by)
        self.words += new
        self._heard += left  # of reports that are still being read, or could not be

    def _each(self, batch: list[_T], file: Callable[[list[_T]], None]) -> None:
        """File a batch; where one of it cannot be kept, that one is refused and the others are filed."""
        try:
            file(batch)
        except (InputError, EvidenceError) as error:
            if len(batch) == 1:
                self.refuse(error)
                return
            for one in batch:
                self._each([one], file)

    def _sound(self, results: Iterable[Result]) -> Iterator[Reading]:
        for result in results:
            if isinstance(result, VariorumError):
                self.refuse(result)
            else:
                yield result

    def _new(self, found: Iterable[Arrival | Withdrawal | InputError]) -> Iterator[Input]:
        """What the ledger has no reading of by this version of the reader. What agencies say is put aside."""
        for one in found:
            if isinstance(one, InputError):
                yield one
            elif isinstance(one, Withdrawal):
                self._heard.append((one.wire, None))
            else:
                if one.wire:
                    self._heard.append((one.wire, one.report))
                if one.reading:
                    yield one.reading
                elif self._is_new(one.report):
                    yield one.report

    def _is_new(self, report: Report) -> bool:
        if self.reader is None:
            from variorum.reading import READER  # not before it is needed: it takes its time to load

            self.reader = READER
        name = filed(report).id
        if name in self._taken or self.ledger.has_read(report, self.reader):
            self.known += 1
            if self.pass_by:
                self.pass_by(report)
            return False
        self._taken.add(name)
        return True
