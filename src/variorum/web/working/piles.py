"""What a program handed over: read where it is not, filed some at a time, and put to incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from variorum.client.shapes import Pile
from variorum.ledger import Added, Ledger, filed
from variorum.model import InputError, Reading, Report, VariorumError, guarded
from variorum.web.working.orders import Message, Outcome, PileOrder, Result, Stage
from variorum.web.working.process import trouble_of

_T = TypeVar("_T")

if TYPE_CHECKING:
    from variorum.reading import Reader

_TOGETHER: Final = 20
"""Reports that are filed at once: what is read again if the work is broken off."""


def checked(reader: Reader, report: Report) -> Reading:
    """The reading of a report, its evidence checked. Any failure is a `VariorumError`."""
    return guarded(partial(lambda one: reader.read(one).check(), report), "the reader", report.id)


def add_pile(
    ledger: Ledger,
    order: PileOrder,
    folder: Path,
    by: str,
    tell: Callable[[Message], None],
    check: Callable[[], None],
) -> dict[str, Any]:
    """Read, file and link a pile; how much was new. What cannot be read or kept is refused, and the rest goes on.

    `check` is called before each and raises what ends the work. What the ledger has a reading of, by the same reader, is
    not read again.
    """
    pile = Pile.model_validate_json((folder / order.files[0].file).read_bytes())
    tell(Stage(name="reading", expected=len(pile.reports) + len(pile.readings)))
    filing = _Filing(ledger, by, tell, check)
    new: Iterable[Report | Reading] = filing.read(pile.reports) if pile.read else pile.reports
    every: Iterator[Report | Reading] = chain(new, pile.readings)
    for batch in _batches(every):
        check()
        filing.file(batch)
    linked = 0
    if pile.link:
        tell(Stage(name="linking"))
        linked = guarded(ledger.link, "linking", "the ledger").reports
    return {**filing.added.model_dump(), "known": filing.known, "linked": linked}


class _Filing:
    """Files batches, and tells what became of each report."""

    def __init__(
        self, ledger: Ledger, by: str, tell: Callable[[Message], None], check: Callable[[], None]
    ) -> None:
        self._ledger, self._by, self._tell, self._check = ledger, by, tell, check
        self._read_here: set[str] = set()
        self.added, self.known = Added(), 0

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of those that are new."""
        from variorum.reading import READER, Reader

        reader = None
        for one in reports:
            self._check()
            name = filed(one).id
            if name in self._read_here or self._ledger.has_read(one, READER):
                self.known += 1
                self._say(one, Result.KNOWN)
                continue
            reader = reader or Reader.load()
            try:
                reading = checked(reader, one)
            except VariorumError as error:
                self._refuse(error, one)
                continue
            self._read_here.add(name)
            yield reading

    def file(self, batch: list[Report | Reading]) -> None:
        """File a batch; where one of it cannot be kept, that one is refused and the others are filed."""
        try:
            self.added += self._ledger.add(batch, by=self._by)
        except VariorumError as error:
            if not isinstance(error, InputError) and error.code != "evidence-mismatch":
                raise
            if len(batch) == 1:
                self._refuse(error, report_of(batch[0]))
                return
            for one in batch:
                self.file([one])
            return
        for one in batch:
            report = report_of(one)
            read_here = filed(report).id in self._read_here
            claims = len(one.claims) if isinstance(one, Reading) else 0
            self._say(report, Result.READ if read_here else Result.FILED, claims)

    def _refuse(self, error: VariorumError, report: Report) -> None:
        where = error.where or report.id
        trouble = trouble_of(error).model_copy(update={"where": where})
        self._tell(Outcome(where=where, result=Result.REFUSED, trouble=trouble))

    def _say(self, report: Report, result: Result, claims: int = 0) -> None:
        self._tell(
            Outcome(
                where=report.id,
                result=result,
                title=report.title,
                publisher=report.publisher,
                report=filed(report).id,
                claims=claims,
            )
        )


def report_of(one: Report | Reading) -> Report:
    """The report that was handed over, read or not."""
    return one if isinstance(one, Report) else one.report


def _batches(pile: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(pile)
    while batch := list(islice(rest, _TOGETHER)):
        yield batch
