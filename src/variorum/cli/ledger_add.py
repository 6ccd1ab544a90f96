"""`variorum add`: reports read and filed in a ledger; what is there already is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from variorum.cli.batch import Input, read_all
from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.progress import busy, progress
from variorum.cli.session import Inputs
from variorum.intake import read_inputs
from variorum.model import Reading, Report, VariorumError

if TYPE_CHECKING:
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
    """Reports that were not read, since the ledger has their readings."""

    def run(self, ledger: Ledger, inputs: Inputs, faults: Faults) -> str:
        """What was added, in words or as JSON."""
        from variorum.ledger import Added

        added, linked = Added(), 0
        readings = self._read(ledger, inputs, faults)
        while batch := list(islice(readings, _TOGETHER)):
            added += ledger.add(batch, by=self.by)
        if self.link:
            with busy("linking"):
                linked = ledger.link().reports
        if self.form is TextOrJson.JSON:
            return json.dumps({**added.model_dump(), "known": self.known, "linked": linked}) + "\n"
        told = f"{added.reports:,} new reports, {added.readings:,} readings with {added.claims:,} claims"
        return f"{told}; {self.known:,} were read before; {linked:,} reports put to an incident.\n"

    def _read(self, ledger: Ledger, inputs: Inputs, faults: Faults) -> Iterator[Reading]:
        with progress(inputs.files) as advance:
            found = read_inputs(
                inputs.files, published=inputs.published, publisher=inputs.publisher, notify=faults.note
            )
            for result in read_all(self._new(ledger, found), inputs.parties, inputs.jobs):
                if isinstance(result, VariorumError):
                    faults.refuse(result)
                else:
                    yield result
                advance()

    def _new(self, ledger: Ledger, found: Iterable[Input]) -> Iterator[Input]:
        """What the ledger has no reading of by this version of the reader."""
        for one in found:
            if isinstance(one, Report):
                from variorum.reading import READER  # not before it is needed: it takes its time to load

                if ledger.has_read(one, READER):
                    self.known += 1
                    continue
            yield one
