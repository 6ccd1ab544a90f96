"""Adding to the ledger: reports are read here, filed some at a time, and put to incidents."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from variorum.ledger import Added, Ledger, filed
from variorum.model import InputError, Reading, Report, VariorumError
from variorum.web.api.jobs import Progress

if TYPE_CHECKING:
    from variorum.reading import Reader

_log = logging.getLogger("variorum.web.api.filing")

_TOGETHER: Final = 20
"""Reports that are filed at once: what is read again if the server is stopped."""

T = TypeVar("T")


class KeptReader:
    """The reader, loaded when the first report needs it: that takes seconds, and its memory stays taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def read(self, report: Report) -> Reading:
        """The reading of a report, its evidence checked. Any failure is a `VariorumError`."""
        from variorum.reading import Reader

        try:
            with self._lock:
                self._reader = self._reader or Reader.load()
                return self._reader.read(report).check()
        except VariorumError:
            raise
        except Exception as error:
            _log.error("reading %s broke", report.id, exc_info=error)
            raise VariorumError(
                "the reader stumbled over it",
                where=report.id,
                remedy="report it, with the text if you may",
                code="reading-failed",
            ) from error


def add_reports(
    ledger: Ledger,
    pile: Sequence[Report | Reading],
    progress: Progress,
    *,
    by: str,
    reader: KeptReader | None,
    link: bool,
) -> dict[str, int]:
    """Read, file and link; how much was new. What cannot be read or kept is refused, and the rest goes on.

    Without a reader, reports are only filed. What the ledger has a reading of, by the same reader, is not read again.
    """
    from variorum.reading import READER

    progress.expect(len(pile))
    added, known = Added(), 0

    def read() -> Iterator[Report | Reading]:
        nonlocal known
        taken: set[str] = set()
        for one in pile:
            name = filed(one).id if isinstance(one, Report) else ""
            try:
                if isinstance(one, Reading) or reader is None:
                    yield one
                elif name in taken or ledger.has_read(one, READER):
                    known += 1
                else:
                    taken.add(name)
                    yield reader.read(one)
            except VariorumError as error:
                progress.refuse(error)
            progress.advance()

    for batch in _batches(read()):
        added += _file(ledger, batch, progress, by)
    linked = ledger.link().reports if link else 0
    return {**added.model_dump(), "known": known, "linked": linked}


def _file(ledger: Ledger, batch: list[Report | Reading], progress: Progress, by: str) -> Added:
    """File a batch; where one of it cannot be kept, that one is refused and the others are filed."""
    try:
        return ledger.add(batch, by=by)
    except VariorumError as error:
        if len(batch) == 1:
            progress.refuse(error)
            return Added()
        if not isinstance(error, InputError) and error.code != "evidence-mismatch":
            raise
        added = Added()
        for one in batch:
            added += _file(ledger, [one], progress, by)
        return added


def _batches(pile: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(pile)
    while batch := list(islice(rest, _TOGETHER)):
        yield batch
