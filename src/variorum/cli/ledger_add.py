"""`variorum add`: reports read and filed in a ledger; what is there already is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.cli.batch import Input, Result
from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.progress import busy, progress
from variorum.cli.session import Inputs
from variorum.intake import take_in
from variorum.ledger import Added, Filing, Ledger

if TYPE_CHECKING:
    from variorum.intake import Fetches


@dataclass(frozen=True, slots=True)
class AddCommand:
    """Files what can be read, then links it."""

    by: str
    link: bool = True
    form: TextOrJson = TextOrJson.TEXT
    fetcher: Fetches | None = None

    def run(self, ledger: Ledger, inputs: Inputs, faults: Faults) -> str:
        """What was added, in words or as JSON."""
        reader = inputs.model.name if inputs.model else None
        filing = Filing(ledger, self.by, faults.refuse, reader=reader)
        with progress(inputs.files) as advance:

            def read(reports: Iterable[Input]) -> Iterator[Result]:
                for result in inputs.results(reports):
                    yield result
                    advance()

            found = take_in(
                inputs.files,
                published=inputs.published,
                publisher=inputs.publisher,
                notify=faults.note,
                fetcher=self.fetcher,
            )
            filing.take(found, read)
        linked = 0
        if self.link:
            with busy("linking"):
                linked = ledger.link().reports
        counts = {"wire": filing.words, "known": filing.known, "linked": linked}
        if self.form is TextOrJson.JSON:
            return json.dumps({**filing.added.model_dump(), **counts}) + "\n"
        told = f"{in_words(filing.added, filing.words)}; {filing.known:,} were read before"
        return f"{told}; {linked:,} reports put to an incident.\n"


def in_words(added: Added, words: int) -> str:
    """What is new: reports, readings, claims, words of agencies."""
    told = f"{added.reports:,} new reports, {added.readings:,} readings with {added.claims:,} claims"
    return f"{told}, {words:,} new word{'s' * (words > 1)} of agencies on their items" if words else told
