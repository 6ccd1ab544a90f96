"""What is done in the process that works: reports read, filed and linked; the ledger verified."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from variorum.intake import Arrival, Fetched, Fetcher, FetchError, Fetches, Withdrawal, take_in
from variorum.intake.fetching import Conditions
from variorum.ledger import Filing, Ledger, filed
from variorum.ledger.taking_in import Input
from variorum.ledger.taking_in import Result as Read
from variorum.model import InputError, Reading, Report, SettingError, VariorumError, guarded
from variorum.web.working.orders import (
    AddOrder,
    Ended,
    JobState,
    Kept,
    LinkOrder,
    Message,
    Order,
    Outcome,
    PileOrder,
    RefreshOrder,
    Result,
    Stage,
    VerifyOrder,
)
from variorum.web.working.piles import add_pile, checked
from variorum.web.working.process import Plan, trouble_of

_LINES = {".jsonl", ".ndjson"}
_SINGLE = {".txt", ".text", ".md", ".html", ".htm", ".xhtml"}
_SLICE = 0.25


class Stopped(BaseException):
    """Somebody wants the work to end. No `Exception`, so that nothing which survives failures survives this."""


def work_on(
    ledger: Ledger,
    plan: Plan,
    order: Order,
    by: str,
    folder: Path,
    tell: Callable[[Message], None],
    is_stopped: Callable[[], bool],
) -> Ended:
    """Do what is asked. Raises `VariorumError` where it cannot go on."""

    def check() -> None:
        if is_stopped():
            raise Stopped

    try:
        match order:
            case AddOrder():
                found = _Adding(ledger, order, folder, by, tell, check).run(plan)
            case PileOrder():
                found = add_pile(ledger, order, folder, by, tell, check)
            case LinkOrder():
                tell(Stage(name="linking"))
                found = guarded(ledger.link, "linking", "the ledger").model_dump()
            case RefreshOrder():
                tell(Stage(name="linking"))
                found = {"states": guarded(ledger.refresh, "linking", "the ledger")}
            case VerifyOrder():
                tell(Stage(name="checking"))
                found = _verified(ledger)
        return Ended(state=JobState.DONE, found=found)
    except Stopped:
        return Ended(state=JobState.STOPPED)


def _verified(ledger: Ledger) -> dict[str, Any]:
    return {"checked": guarded(ledger.verify, "verifying", "the ledger"), "hash": ledger.content_hash()}


class _Adding:
    """One pile of reports, from what was handed over to the incidents."""

    def __init__(
        self,
        ledger: Ledger,
        order: AddOrder,
        folder: Path,
        by: str,
        tell: Callable[[Message], None],
        check: Callable[[], None],
    ) -> None:
        self._order, self._folder, self._tell, self._check = order, folder, tell, check
        self._ledger = ledger
        self._filing = Filing(ledger, by, refuse=self._refuse, note=self._filed, pass_by=self._known)
        self._where: dict[str, str] = {}
        self._notes: list[VariorumError] = []
        self._noted: dict[str, list[VariorumError]] = {}

    def run(self, plan: Plan) -> dict[str, Any]:
        """Read, file and link; how much was new."""
        self._tell(Stage(name="reading", expected=expected(self._order, self._folder)))
        inputs = [str(self._folder / one.file) for one in self._order.files]
        found = take_in(
            [*inputs, *self._order.addresses],
            published=self._order.published,
            publisher=self._order.publisher,
            notify=self._notes.append,
            fetcher=fetcher_of(plan, self._check),
        )
        try:
            self._filing.take(self._marked(found), self._read)
        except Stopped:  # what was filed so far belongs somewhere all the same
            if self._filing.added.readings:
                self._link()
            raise
        linked = self._link()
        return {**self._filing.added.model_dump(), "words": self._filing.words, "linked": linked}

    def _link(self) -> int:
        self._tell(Stage(name="linking"))
        return guarded(self._ledger.link, "linking", "the ledger").reports

    def _read(self, inputs: Iterable[Input]) -> Iterator[Read]:
        reader = None
        for one in inputs:
            self._check()
            if not isinstance(one, Report):
                yield one
                continue
            if reader is None:
                from variorum.reading import Reader

                reader = Reader.load()
            try:
                yield checked(reader, one)
            except SettingError:
                raise
            except VariorumError as error:
                yield error

    def _marked(
        self, found: Iterator[Arrival | Withdrawal | InputError]
    ) -> Iterator[Arrival | Withdrawal | InputError]:
        """The same, with what is to be told of each remembered."""
        for one in found:
            self._check()
            if isinstance(one, Arrival):
                name = filed(one.report).id
                self._where[name] = self._where[one.report.id] = self._shown(one.where)
                self._noted[name], self._notes[:] = list(self._notes), []
            elif isinstance(one, Withdrawal):
                self._tell(Outcome(where=self._shown(one.where), result=Result.WITHDRAWN, title=one.title))
            yield one

    def _filed(self, reading: Reading) -> None:
        self._told(filed(reading.report), Result.READ, len(reading.claims))

    def _known(self, report: Report) -> None:
        self._told(filed(report), Result.KNOWN, 0)

    def _told(self, report: Report, result: Result, claims: int) -> None:
        self._tell(
            Outcome(
                where=self._where.get(report.id, ""),
                result=result,
                title=report.title,
                publisher=report.publisher,
                report=report.id,
                claims=claims,
                notes=tuple(trouble_of(note) for note in self._noted.pop(report.id, ())),
            )
        )

    def _refuse(self, error: VariorumError) -> None:
        where = self._where.get(error.where) or self._shown(error.where)
        trouble = trouble_of(error).model_copy(update={"where": where})
        self._tell(Outcome(where=where, result=Result.REFUSED, trouble=trouble))

    def _shown(self, where: str) -> str:
        """A place under the name that its file had where it came from."""
        for one in self._order.files:
            path = str(self._folder / one.file)
            if where.startswith(path):
                return one.name + where[len(path) :]
        return where


class _Unfetched:
    """Fetches nothing."""

    def fetch(self, url: str, conditions: Conditions | None = None) -> Fetched:
        """Raises `FetchError` fetch-off."""
        raise FetchError(
            "nothing is fetched here",
            where=url,
            remedy="save the page and hand over the file, or start the reading room with --fetch",
            code="fetch-off",
        )


def fetcher_of(plan: Plan, check: Callable[[], None]) -> Fetches:
    """What fetches, as planned; its waits end when the work is to stop."""

    def sleep(seconds: float) -> None:
        while seconds > 0:
            check()
            time.sleep(min(seconds, _SLICE))
            seconds -= _SLICE

    return Fetcher(plan.fetching, sleep=sleep) if plan.fetching else _Unfetched()


def expected(order: AddOrder, folder: Path) -> int | None:
    """How many reports there are, where that can be told beforehand."""
    if order.addresses:
        return None
    numbers = [_number(folder, one) for one in order.files]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _number(folder: Path, one: Kept) -> int | None:
    path = folder / one.file
    if path.suffix in _SINGLE:
        return 1
    if path.suffix not in _LINES:
        return None
    with path.open("rb") as stream:
        return sum(1 for line in stream if line.strip())
