"""`variorum add`: reports read and filed in a ledger; what is there already is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from variorum.cli.batch import Input, read_all
from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.progress import busy, progress
from variorum.cli.session import Inputs
from variorum.intake import Arrival, Withdrawal, take_in
from variorum.model import InputError, Reading, Report, VariorumError

if TYPE_CHECKING:
    from variorum.intake import Wire
    from variorum.ledger import Ledger

_TOGETHER = 20
"""Reports that are filed at once: what is read again if the program is stopped."""


@dataclass(slots=True)
class AddCommand:
    """Files what can be read, then links it."""

    by: str
    link: bool = True
    form: TextOrJson = TextOrJson.TEXT
    known: int = 0
    """Reports that were not read, since the ledger has their readings or they came before in this run."""
    _taken: set[str] = field(default_factory=set)
    _heard: list[tuple[Wire, Report | None]] = field(default_factory=list)

    def run(self, ledger: Ledger, inputs: Inputs, faults: Faults) -> str:
        """What was added, in words or as JSON."""
        from variorum.ledger import Added

        added, linked, words = Added(), 0, 0
        readings = self._read(ledger, inputs, faults)
        more = True
        while more:
            batch = list(islice(readings, _TOGETHER))
            more = bool(batch)
            added += ledger.add(batch, by=self.by)
            # What is left is of reports that are still being read, or could not be.
            new, self._heard = ledger.hear(self._heard, by=self.by)
            words += new
        if self.link:
            with busy("linking"):
                linked = ledger.link().reports
        if self.form is TextOrJson.JSON:
            return (
                json.dumps({**added.model_dump(), "wire": words, "known": self.known, "linked": linked})
                + "\n"
            )
        told = f"{added.reports:,} new reports, {added.readings:,} readings with {added.claims:,} claims"
        if words:
            told += f", {words:,} new word{'s' * (words > 1)} of agencies on their items"
        return f"{told}; {self.known:,} were read before; {linked:,} reports put to an incident.\n"

    def _read(self, ledger: Ledger, inputs: Inputs, faults: Faults) -> Iterator[Reading]:
        with progress(inputs.files) as advance:
            found = take_in(
                inputs.files, published=inputs.published, publisher=inputs.publisher, notify=faults.note
            )
            for result in read_all(self._new(ledger, found), inputs.parties, inputs.jobs):
                if isinstance(result, VariorumError):
                    faults.refuse(result)
                else:
                    yield result
                advance()

    def _new(self, ledger: Ledger, found: Iterable[Arrival | Withdrawal | InputError]) -> Iterator[Input]:
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
                elif self._is_new(ledger, one.report):
                    yield one.report

    def _is_new(self, ledger: Ledger, report: Report) -> bool:
        from variorum.ledger import filed
        from variorum.reading import READER  # not before it is needed: it takes its time to load

        name = filed(report).id
        if name in self._taken or ledger.has_read(report, READER):
            self.known += 1
            return False
        self._taken.add(name)
        return True
