"""The ledger: what was reported and found, as of any day, with nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select

from variorum.ledger import adding, agencies, assigning, backing_up, deciding, facts, health, verifying
from variorum.ledger.browsing import Browsed, Order, Overview, browse, overview
from variorum.ledger.decisions import Decision, Decisions, Recorded
from variorum.ledger.feeds import Feeds
from variorum.ledger.filing import filed
from variorum.ledger.linker import KeptLinker, cache_file
from variorum.ledger.listing import ALL, Hit, Wanted, find_states, find_words
from variorum.ledger.lookup import Lookup
from variorum.ledger.measuring import Extent, extent
from variorum.ledger.moments import Moment
from variorum.ledger.notices import file_notice, versions
from variorum.ledger.opening import is_current, open_engine, shown
from variorum.ledger.people import People
from variorum.ledger.recall import each_reading, has_read, last_readings, unread
from variorum.ledger.reference_sets import (
    Imported,
    ReferenceSet,
    each_reference,
    find_set,
    find_sets,
    import_references,
)
from variorum.ledger.reviewed import Reviewed
from variorum.ledger.standing import Opened, homes, known_days, members, no_incident, open_incident
from variorum.ledger.states import State
from variorum.ledger.store import Store
from variorum.ledger.tables import RECORDS
from variorum.model import Claim, InputError, Reading, Report
from variorum.model.reference import Reference


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger(Reviewed):
    """A ledger that is open. Use it in a `with` statement, or `close` it.

    Views take `as_of`, to know only what was published up to a day, and `recorded`, to know only what this ledger had
    recorded by a time; None is no limit. All may raise `VariorumError` ledger-unavailable.
    """

    def __init__(self, store: Store, linker: KeptLinker) -> None:
        self._store, self._linker = store, linker
        self.feeds = Feeds(store)
        """How far watching came with each feed; no record."""
        self.people = People(store)
        self.lookup = Lookup(store)
        """One thing by its id, and long lists a page at a time."""

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        make: bool = True,
        clock: Callable[[], datetime] = _now,
        cache: Path | None = None,
    ) -> Ledger:
        """The ledger in a file of SQLite or at a URL of PostgreSQL; made if there is none, unless `make` is false.

        `cache` is a folder for what can be made anew; without it, the first `link` after opening takes in all readings again.
        Raises `SettingError` or `VariorumError` as `open_engine` does.
        """
        store = Store(open_engine(where, make=make), shown(where), clock)
        file = cache_file(str(store.engine.url), cache) if cache else None
        return cls(store, KeptLinker(file))

    @property
    def where(self) -> str:
        """Where it is, as it may be shown: without a password."""
        return self._store.where

    def close(self) -> None:
        """Give the database back."""
        self._store.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # what goes in

    def add(self, pile: Iterable[Report | Reading], *, by: str) -> adding.Added:
        """File reports, and readings with theirs, a batch at a time; what is there already is left as it is.

        Each gets the ledger's own id, which follows from its text and from who published it, where and when. Raises
        `EvidenceError` or `InputError` for a batch that cannot be kept: nothing of it is written.
        """
        return adding.add(self._store, pile, by)

    def hear(self, words: Iterable[agencies.Word], *, by: str) -> tuple[int, list[agencies.Word]]:
        """File what news agencies say of versions of their items, whose reports were added before.

        How many words were new, and those of reports that are not in the ledger: they are not written.
        """
        told = list(words)
        if not told:
            return 0, []
        with self._store.writing() as (connection, at):
            return agencies.file_words(connection, told, recorded_at=at, recorded_by=by)

    def withdraw(self, report: str, *, by: str, why: str, on: date | None = None) -> bool:
        """Record that its publisher withdrew a report, on a day if that is known; whether that is new."""
        return self._notice(report, None, by, why, on)

    def replace(self, report: str, other: str, *, by: str, why: str, on: date | None = None) -> bool:
        """Record that its publisher put another report in the place of one; whether that is new."""
        return self._notice(report, other, by, why, on)

    def decide(self, decision: Decision, *, seen: Collection[str] | None = None) -> str:
        """Record a decision; its id. It shows in dossiers at once, in lists after `refresh`, in links after `link`.

        `seen` are the ids of the decisions on the same record that it was made in sight of: if there are others by now,
        `Overtaken` is raised, which tells them, and nothing is written. None does not ask. Raises `VariorumError`
        unknown-subject or already-there, or `EvidenceError` for a claim by hand whose words are not in its report.
        """
        with self._store.deciding() as (connection, at):
            return deciding.record(connection, decision, at, seen)

    def decide_once(self, decision: Decision, *, seen: Collection[str] | None = None) -> tuple[str, bool]:
        """The same, for callers who may say it twice: its id, and whether it is new.

        It is not if it is the last one on its subject and holds.
        """
        with self._store.deciding() as (connection, at):
            return deciding.record_once(connection, decision, at, seen)

    def import_references(
        self,
        source: str | Path | Iterable[Reference | InputError],
        *,
        by: str,
        name: str | None = None,
        terms: str | None = None,
        notify: Callable[[InputError], None] = lambda note: None,
        refuse: Callable[[InputError], None] | None = None,
    ) -> Imported:
        """Keep a file of reference incidents, or references with their cells, as a set beside our own; never among them.

        A set that is there already (all its rows, the same name and terms where they are given) is left as it is. Without
        a name it has the file's. A row that cannot be kept is handed to `refuse` and the rest goes on; without `refuse` it
        is raised and there is no set. Raises `InputError` as `ReferenceFile` does, and empty if no row can be read.
        """
        return import_references(
            self._store, source, by=by, name=name, terms=terms, notify=notify, refuse=refuse
        )

    def link(self) -> assigning.Linked:
        """Put every report that was read to an incident, by all that is known now, and bring lists up to date."""
        return assigning.link(self._store, self._linker)

    def refresh(self) -> int:
        """Bring lists up to date with what was decided or withdrawn, without linking; how many states changed."""
        return assigning.refresh(self._store)

    # what comes out

    def incidents(
        self, wanted: Wanted = ALL, *, as_of: date | None = None, recorded: datetime | None = None
    ) -> tuple[State, ...]:
        """The incidents known at a moment, by the days of their first reports."""
        moment = Moment(as_of, recorded)
        with self._store.reading() as connection:
            return find_states(connection, wanted, moment)

    def browse(
        self,
        wanted: Wanted = ALL,
        *,
        order: Order = Order.DAY,
        after: str | None = None,
        limit: int = 50,
        as_of: date | None = None,
        recorded: datetime | None = None,
    ) -> Browsed:
        """Some of the incidents in an order, from behind a place in it that an earlier call gave.

        Takes about as long in a ledger of a hundred thousand incidents as in one of a hundred, but for earlier moments, which
        are always in the order of days. Raises `SettingError` bad-cursor where `after` is none.
        """
        with self._store.reading() as connection:
            return browse(connection, wanted, order, after, limit, Moment(as_of, recorded))

    def overview(self, wanted: Wanted = ALL) -> Overview:
        """How many incidents there are now as wanted, by day or month, by country and by point."""
        with self._store.reading() as connection:
            return overview(connection, wanted)

    def extent(
        self, wanted: Wanted = ALL, *, as_of: date | None = None, recorded: datetime | None = None
    ) -> Extent:
        """How many incidents, reports and claims `incidents` comes to."""
        with self._store.reading() as connection:
            return extent(connection, wanted, Moment(as_of, recorded))

    def search(
        self,
        words: str,
        wanted: Wanted = ALL,
        *,
        as_of: date | None = None,
        recorded: datetime | None = None,
        limit: int = 50,
    ) -> tuple[Hit, ...]:
        """Reports with all these words, or "words in a row", whose incident is as wanted; those recorded last come first."""
        moment = Moment(as_of, recorded)
        with self._store.reading() as connection:
            return find_words(connection, words, wanted, moment, limit)

    def dossier(
        self, incident: str, *, as_of: date | None = None, recorded: datetime | None = None
    ) -> Opened:
        """An incident laid out, decisions applied, with what stands no longer. Raises `VariorumError` unknown-incident."""
        moment = Moment(as_of, recorded)
        with self._store.reading() as connection:
            opened = open_incident(connection, members(connection, incident, moment), moment)
            if opened is None:
                raise no_incident(connection, incident, moment)
            return opened

    def known_days(self, incident: str, *, recorded: datetime | None = None) -> tuple[date, ...]:
        """The days on which more became known of an incident, earliest first. Raises `VariorumError` unknown-incident."""
        with self._store.reading() as connection:
            return known_days(connection, incident, Moment(None, recorded))

    def readings(self, *, recorded: datetime | None = None) -> Iterator[Reading]:
        """The reading of each report that was recorded last, as it was read: no decision applied."""
        moment = Moment(None, recorded)
        with self._store.reading() as connection:
            numbers = [row.number for row in connection.execute(last_readings(moment).order_by("number"))]
            yield from each_reading(connection, numbers)

    def claims(
        self, *, source: str | None = None, report: str | None = None, recorded: datetime | None = None
    ) -> Iterator[Claim]:
        """The claims of the last reading of each report, decisions applied, report by report."""
        moment = Moment(None, recorded)
        with self._store.reading() as connection:
            decided = Decisions(deciding.recall(connection, moment))
            only = None if report is None else [report]
            numbers = [
                row.number for row in connection.execute(last_readings(moment, only).order_by("number"))
            ]
            for reading in each_reading(connection, numbers):
                found = decided.claims(reading.report.id, reading.claims)
                yield from (one for one in found if source is None or one.source.party == source)

    def unread(self, reader: str) -> Iterator[Report]:
        """Reports that this version of the reader has not read, in the order in which they were recorded."""
        with self._store.reading() as connection:
            yield from unread(connection, reader)

    def has_read(self, report: Report, reader: str) -> bool:
        """Whether the ledger has the reading of a report, under whatever id, by this version of the reader."""
        with self._store.reading() as connection:
            return has_read(connection, filed(report).id, reader)

    def versions(self, report: str) -> list[str]:
        """The reports that one publisher put under the address of a report, in time; the last one stands."""
        with self._store.reading() as connection:
            return versions(connection, report)

    def incidents_of(self, reports: Iterable[str]) -> dict[str, str]:
        """The incident of each of these reports; those that belong to none yet are left out."""
        with self._store.reading() as connection:
            return {report: incident for report, (incident, _) in homes(connection, reports).items()}

    def decisions(self, *, recorded: datetime | None = None) -> list[Recorded]:
        """All decisions ever recorded, undone ones included, oldest first."""
        with self._store.reading() as connection:
            return deciding.recall(connection, Moment(None, recorded))

    def reference_sets(self, *, recorded: datetime | None = None) -> tuple[ReferenceSet, ...]:
        """Other people's data sets that were imported, in that order; of one name, the last is the newest."""
        with self._store.reading() as connection:
            return find_sets(connection, Moment(None, recorded))

    def reference_set(self, wanted: str, *, recorded: datetime | None = None) -> ReferenceSet:
        """The set of this id, else the last recorded of this name. Raises `VariorumError` unknown-set."""
        with self._store.reading() as connection:
            return find_set(connection, wanted, Moment(None, recorded))

    def references(self, set: str, *, recorded: datetime | None = None) -> Iterator[Reference]:
        """The incidents of a reference set in its order, by its id or name: of a name the set recorded last.

        Raises `VariorumError` unknown-set.
        """
        with self._store.reading() as connection:
            found = find_set(connection, set, Moment(None, recorded))
            yield from each_reference(connection, found)

    def count(self) -> dict[str, int]:
        """How many rows each table has."""
        with self._store.reading() as connection:
            counts = {table.name: select(func.count()).select_from(table) for table in RECORDS}
            return {name: connection.execute(query).scalar_one() for name, query in counts.items()}

    def version(self) -> str:
        """A name for what the ledger holds now: it changes with every row that is recorded, and is had at once."""
        with self._store.reading() as connection:
            return facts.version(connection)

    def facts(self) -> facts.Facts:
        """What the ledger comes to in numbers, and where something is lacking; seconds for a million claims."""
        with self._store.reading() as connection:
            return facts.facts(connection)

    # keeping it

    def verify(self) -> dict[str, int]:
        """Recompute every hash, offset and id, and look for the database's own rules; how much of each was checked.

        Raises `VariorumError` damaged with the first damage and where it is.
        """
        return verifying.verify(self._store)

    def content_hash(self) -> str:
        """A hash of all that was recorded, without times and numbers: equal for equal content, however it came in."""
        with self._store.reading() as connection:
            return verifying.content_hash(connection)

    def backup(self, target: str | Path) -> Path:
        """Write a copy as of now into a new file of SQLite, whichever database this one is in; others may write meanwhile."""
        return backing_up.backup(self._store, Path(target))

    def is_current(self) -> bool:
        """Whether the ledger can be reached and its tables are of this version's form."""
        with self._store.reading() as connection:
            return is_current(connection)

    def check(self) -> list[health.Finding]:
        """What is worth knowing of the ledger's state and of where it runs."""
        return health.findings(self._store)

    def _notice(self, report: str, other: str | None, by: str, why: str, on: date | None) -> bool:
        with self._store.writing() as (connection, at):
            return file_notice(
                connection, report, other=other, day=on, why=why, recorded_at=at, recorded_by=by
            )
