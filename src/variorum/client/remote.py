"""A ledger over HTTP: the methods of `Ledger`, with the same types and the same errors."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from variorum.client.asking import Asking, error_of, in_path
from variorum.client.looking_up import RemoteLookup
from variorum.client.shapes import (
    Asker,
    ContentHash,
    Decided,
    DecisionRow,
    Job,
    LedgerStatus,
    New,
    NewDecision,
    Notice,
    OpenedIncident,
    Paged,
    Pile,
    query_of,
)
from variorum.ledger import (
    Added,
    Browsed,
    Decision,
    FiledReport,
    Finding,
    Hit,
    Linked,
    Opened,
    Order,
    Overview,
    Recorded,
    State,
    Wanted,
)
from variorum.model import Claim, Reading, Record, Report
from variorum.reconciling import IncidentChange
from variorum.reconciling.profiles import Tally

_ALL: Final = Wanted()
_TOGETHER: Final = 100
"""Reports that one request adds."""
_FIRST_LOOK, _LONGEST_LOOK = 0.05, 2.0
"""Seconds between two looks at a job: at first, and when it takes long."""


class RemoteLedger:
    """A ledger that a server has open. Use it in a `with` statement, or `close` it.

    Its methods are those of `Ledger`; what they raise is what the ledger raises there, besides server-unavailable,
    server-unknown (something else answers, or another version), no-token and not-allowed. `by` must be your own name.
    """

    def __init__(
        self, url: str, token: str | None = None, *, timeout: float = 60.0, retries: int = 3
    ) -> None:
        """`url` is where the reading room is served, `token` one made there; `timeout` is in seconds a request.

        Raises `SettingError` for what is no address.
        """
        self._server = Asking(url, token, timeout=timeout, retries=retries)
        self.lookup = RemoteLookup(self._server)
        """One thing by its id, and long lists a page at a time."""

    def close(self) -> None:
        """Give the connections back."""
        self._server.close()

    def __enter__(self) -> RemoteLedger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def me(self) -> Asker:
        """Who you are to the server, and what you may do."""
        found: Asker = self._server.get("/me", Asker)
        return found

    # what goes in

    def add(self, pile: Iterable[Report | Reading], *, by: str | None = None) -> Added:
        """File reports, and readings with theirs, as `Ledger.add` does: nothing is read there. See `read_and_add`.

        Raises the first error of what cannot be kept; the rest was filed.
        """
        return self._add(pile, by, read=False, link=False)

    def read_and_add(self, pile: Iterable[Report], *, by: str | None = None, link: bool = True) -> Added:
        """Let the server read reports, file them and put them to incidents. What it has a reading of is not read again."""
        return self._add(pile, by, read=True, link=link)

    def withdraw(self, report: str, *, by: str | None = None, why: str, on: date | None = None) -> bool:
        """Record that its publisher withdrew a report, on a day if that is known; whether that is new."""
        return self._notice(report, Notice(why=why, on=on, by=by))

    def replace(
        self, report: str, other: str, *, by: str | None = None, why: str, on: date | None = None
    ) -> bool:
        """Record that its publisher put another report in the place of one; whether that is new."""
        return self._notice(report, Notice(why=why, on=on, other=other, by=by))

    def decide(self, decision: Decision) -> str:
        """Record a decision; its id. The same one as the last on its subject is not recorded again."""
        return self.decide_once(decision)[0]

    def decide_once(self, decision: Decision, *, seen: Collection[str] | None = None) -> tuple[str, bool]:
        """The same: its id, and whether it is new. Raises `VariorumError` overtaken as `Ledger.decide_once` does."""
        told = {name: getattr(decision, name) for name in Decision.model_fields}
        said = NewDecision(**told, seen=None if seen is None else tuple(seen))
        decided: Decided = self._server.post("/decisions", Decided, said)
        return decided.id, decided.new

    def link(self) -> Linked:
        """Put every report that was read to an incident, by all that is known now, and bring lists up to date."""
        return Linked(**self._done("/link").result)

    def refresh(self) -> int:
        """Bring lists up to date with what was decided or withdrawn, without linking; how many states changed."""
        return self._done("/refresh").result["states"]

    # what comes out

    def incidents(
        self, wanted: Wanted = _ALL, *, as_of: date | None = None, recorded: datetime | None = None
    ) -> tuple[State, ...]:
        """The incidents known at a moment, by the days of their first reports."""
        query = {**query_of(wanted), **_moment(as_of, recorded)}
        found: Iterator[State] = self._server.every("/incidents", State, query)
        return tuple(sorted(found, key=lambda one: (one.first_published or date.max, one.incident)))

    def browse(
        self,
        wanted: Wanted = _ALL,
        *,
        order: Order = Order.DAY,
        after: str | None = None,
        limit: int = 50,
        as_of: date | None = None,
        recorded: datetime | None = None,
    ) -> Browsed:
        """Some of the incidents in an order, from behind a place in it that an earlier call gave; `limit` is at most 200."""
        query = {**query_of(wanted), **_moment(as_of, recorded), "sort": str(order), "cursor": after}
        page = self._server.get("/incidents", Paged[State], {**query, "limit": str(limit)})
        return Browsed(page.items, page.next)

    def overview(self, wanted: Wanted = _ALL) -> Overview:
        """How many incidents there are now as wanted, by month, by country and by point."""
        found: Overview = self._server.get("/overview", Overview, query_of(wanted))
        return found

    def search(
        self,
        words: str,
        wanted: Wanted = _ALL,
        *,
        as_of: date | None = None,
        recorded: datetime | None = None,
        limit: int = 50,
    ) -> tuple[Hit, ...]:
        """Reports with all these words, or "words in a row", whose incident is as wanted; those recorded last come first.

        `limit` is at most 200.
        """
        query = {**query_of(wanted), **_moment(as_of, recorded), "q": words, "limit": str(limit)}
        found: tuple[Hit, ...] = self._server.get("/search", Paged[Hit], query).items
        return found

    def dossier(
        self, incident: str, *, as_of: date | None = None, recorded: datetime | None = None
    ) -> Opened:
        """An incident laid out, decisions applied, with what stands no longer. Raises `VariorumError` unknown-incident."""
        query = _moment(as_of, recorded)
        found: OpenedIncident = self._server.get(f"/incidents/{in_path(incident)}", OpenedIncident, query)
        return found.opened()

    def tallies(
        self, incident: str, profiles: Sequence[str] = (), *, as_of: date | None = None
    ) -> dict[str, Tally]:
        """An incident's tolls by profiles; by all of them if none is named."""
        query = {**_moment(as_of, None), "profile": tuple(profiles)}
        path = f"/incidents/{in_path(incident)}/tallies"
        found: dict[str, Tally] = self._server.get(path, dict[str, Tally], query)
        return found

    def changes(self, before: date, after: date, wanted: Wanted = _ALL) -> Iterator[IncidentChange]:
        """What became known after one day and up to another, incident by incident."""
        query = {**query_of(wanted), "from": str(before), "to": str(after)}
        yield from self._server.every("/changes", IncidentChange, query)

    def readings(self, *, recorded: datetime | None = None) -> Iterator[Reading]:
        """The reading of each report that was recorded last, as it was read: no decision applied."""
        yield from self._server.every("/readings", Reading, _moment(None, recorded))

    def claims(
        self, *, source: str | None = None, report: str | None = None, recorded: datetime | None = None
    ) -> Iterator[Claim]:
        """The claims of the last reading of each report, decisions applied, report by report."""
        query = {"source": source, "report": report, **_moment(None, recorded)}
        yield from self._server.every("/claims", Claim, query)

    def versions(self, report: str) -> list[str]:
        """The reports that one publisher put under the address of a report, in time; the last one stands."""
        page = self._server.get(f"/reports/{in_path(report)}/versions", Paged[FiledReport])
        return [one.id for one in page.items]

    def decisions(self) -> list[Recorded]:
        """All decisions ever recorded, undone ones included, oldest first."""
        return [row.recorded() for row in self._server.every("/decisions", DecisionRow)][::-1]

    def count(self) -> dict[str, int]:
        """How many rows each table has."""
        return self.status().counts

    def export(
        self,
        name: str,
        wanted: Wanted = _ALL,
        *,
        as_of: date | None = None,
        recorded: datetime | None = None,
        profile: str | None = None,
        table: str | None = None,
        with_text: bool = False,
    ) -> Iterator[bytes]:
        """The incidents that are as wanted in a format of `variorum.exports`, as pieces of a file."""
        query = {
            **query_of(wanted),
            **_moment(as_of, recorded),
            "profile": profile,
            "table": table,
            "with-text": "true" if with_text else None,
        }
        yield from self._server.pieces(f"/exports/{in_path(name)}", query)

    # keeping it

    def status(self) -> LedgerStatus:
        """How much the ledger has, which readers read it, and what is worth knowing of its state."""
        found: LedgerStatus = self._server.get("/status", LedgerStatus)
        return found

    def verify(self) -> dict[str, int]:
        """Recompute every hash, offset and id; how much of each was checked. Raises `VariorumError` damaged."""
        return self._done("/verify").result

    def content_hash(self) -> str:
        """A hash of all that was recorded, without times and numbers."""
        found: ContentHash = self._server.get("/content-hash", ContentHash)
        return found.content_hash

    def check(self) -> list[Finding]:
        """What is worth knowing of the ledger's state and of where it runs."""
        return list(self.status().findings)

    def _add(self, pile: Iterable[Report | Reading], by: str | None, *, read: bool, link: bool) -> Added:
        several = list(pile)
        added = Added()
        for start in range(0, len(several), _TOGETHER):
            some = several[start : start + _TOGETHER]
            ends = start + _TOGETHER >= len(several)
            job = self._done(
                "/reports",
                Pile(
                    reports=tuple(one for one in some if isinstance(one, Report)),
                    readings=tuple(one for one in some if isinstance(one, Reading)),
                    read=read,
                    link=link and ends,
                    by=by,
                ),
            )
            if job.refused:
                raise error_of(job.refused[0])
            added += Added(**{name: job.result[name] for name in Added.model_fields})
        return added

    def _notice(self, report: str, said: Notice) -> bool:
        new: New = self._server.post(f"/reports/{in_path(report)}/notices", New, said)
        return new.new

    def _done(self, path: str, body: Record | None = None) -> Job:
        """The job that was asked for, when it has ended. Raises what it failed of."""
        job: Job = self._server.post(path, Job, body)
        wait = _FIRST_LOOK
        while job.ended is None:
            time.sleep(wait)
            wait = min(wait * 1.5, _LONGEST_LOOK)
            job = self._server.get(f"/jobs/{in_path(job.id)}", Job)
        if job.problem is not None:
            raise error_of(job.problem)
        return job


def _moment(as_of: date | None, recorded: datetime | None) -> dict[str, Any]:
    return {
        "as-of": None if as_of is None else str(as_of),
        "recorded": None if recorded is None else recorded.isoformat(),
    }
