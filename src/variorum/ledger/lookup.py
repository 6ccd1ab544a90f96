"""Looking up: one thing by its id, and long lists a page at a time, each in the order in which things were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Select, func, select

from variorum.ledger.deciding import recall_on
from variorum.ledger.decisions import ON_CLAIMS, Decision, Decisions, Recorded
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.notices import outdated, unknown
from variorum.ledger.recall import each_reading, recall_reports
from variorum.ledger.standing import homes
from variorum.ledger.store import Store
from variorum.ledger.tables import claims, decisions, readings, reports
from variorum.model import Claim, Reading, Record, Report, SettingError

T = TypeVar("T")

_READINGS: Final = 200
"""Readings that one page of claims looks into at most."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a long list, and where the next ones begin; None after the last."""

    items: tuple[T, ...]
    after: str | None


class FiledReport(Record):
    """A report as a ledger keeps it, without its text."""

    id: str
    name: str
    """What whoever added it calls it."""
    content_hash: str
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    language: str | None = None
    recorded_by: str
    recorded_at: datetime
    incident: str | None = None
    """The incident it is put to now; None before it is linked."""
    outdated: str | None = None
    """Why it stands no longer: changed, replaced or withdrawn."""
    outdated_by: str | None = None
    """The report that stands in its place."""


class ClaimInReport(Record):
    """A claim where it stands, as decided, with the words around its evidence."""

    claim: Claim
    report: str
    incident: str | None = None
    before: str
    """The words of the report that stand before its evidence."""
    after: str
    """Those that follow it."""
    was: Claim | None = None
    """The claim as it was read, where a decision says it otherwise."""
    rejected: bool = False


class Lookup:
    """What a ledger has, by id and page by page."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report(self, report: str) -> Report:
        """A report with its text. Raises `VariorumError` unknown-subject."""
        with self._store.reading() as connection:
            found = recall_reports(connection, [report]).get(report)
        if found is None:
            raise unknown(report)
        return found

    def filed(self, report: str) -> FiledReport:
        """What the ledger knows of a report besides its text. Raises `VariorumError` unknown-subject."""
        with self._store.reading() as connection:
            rows = connection.execute(select(reports).where(reports.c.id == report)).all()
            if not rows:
                raise unknown(report)
            return _filed(connection, rows)[0]

    def reports(self, *, after: str | None = None, limit: int = 50) -> Page[FiledReport]:
        """The next reports."""
        query = select(reports).where(reports.c.number > _number(after)).order_by(reports.c.number)
        with self._store.reading() as connection:
            rows = connection.execute(query.limit(limit + 1)).all()
            return Page(tuple(_filed(connection, rows[:limit])), _next(rows, limit))

    def readings(
        self, *, after: str | None = None, limit: int = 50, recorded: datetime | None = None
    ) -> Page[Reading]:
        """The next readings, of each report the one that was recorded last, as they were read."""
        with self._store.reading() as connection:
            numbers = _last(connection, _number(after), limit + 1, Moment(None, recorded))
            found = tuple(each_reading(connection, numbers[:limit]))
        return Page(found, str(numbers[limit - 1]) if len(numbers) > limit else None)

    def claims(
        self,
        *,
        source: str | None = None,
        report: str | None = None,
        after: str | None = None,
        limit: int = 50,
        recorded: datetime | None = None,
    ) -> Page[Claim]:
        """The next claims of the last reading of each report, decisions applied.

        A page may have fewer than `limit`, even none, and not be the last: it looks into so many readings only.
        """
        start, _, skipped = (after or "0").partition(".")
        first, skip = _number(start), _number(skipped or "0")
        moment = Moment(None, recorded)
        found: list[Claim] = []
        with self._store.reading() as connection:
            # The reading that an earlier page ended within is looked into again.
            numbers = _last(connection, first - 1 if skip else first, _READINGS + 1, moment, report)
            for some in _few(numbers[:_READINGS]):
                read = list(each_reading(connection, some))
                decided = _decided(connection, read, moment)
                for number, reading in zip(some, read, strict=True):
                    told = decided.claims(reading.report.id, reading.claims)
                    for index, claim in enumerate(told):
                        if (number == first and index < skip) or source not in (None, claim.source.party):
                            continue
                        if len(found) == limit:
                            return Page(tuple(found), f"{number}.{index}" if index else str(number - 1))
                        found.append(claim)
        return Page(tuple(found), str(numbers[_READINGS - 1]) if len(numbers) > _READINGS else None)

    def claim(self, claim: str, *, around: int = 240) -> tuple[ClaimInReport, ...]:
        """A claim by its id in each report that has it: the same words of several publishers are one claim.

        `around` is how many characters are shown on either side. Raises `VariorumError` unknown-subject.
        """
        with self._store.reading() as connection:
            wanted = sorted(_reports_with(connection, claim))
            numbers = _last(connection, 0, len(wanted), NOW, *wanted) if wanted else []
            found = []
            for reading in each_reading(connection, numbers):
                decided = _decided(connection, [reading], NOW)
                home = homes(connection, [reading.report.id]).get(reading.report.id)
                found += _occurrences(reading, decided, claim, home[0] if home else None, around)
        if not found:
            raise unknown(claim)
        return tuple(found)

    def decisions(self, *, before: str | None = None, limit: int = 50) -> Page[Recorded]:
        """Decisions, undone ones included, the last recorded first."""
        query = select(decisions).order_by(decisions.c.number.desc())
        if before is not None:
            query = query.where(decisions.c.number < _number(before))
        with self._store.reading() as connection:
            rows = connection.execute(query.limit(limit + 1)).all()
        return Page(tuple(_recorded(row) for row in rows[:limit]), _next(rows, limit))

    def decision(self, decision: str) -> Recorded:
        """A decision by its id. Raises `VariorumError` unknown-subject."""
        with self._store.reading() as connection:
            row = connection.execute(select(decisions).where(decisions.c.id == decision)).first()
        if row is None:
            raise unknown(decision)
        return _recorded(row)

    def decided_before(self, decision: Decision, last: str | None) -> set[str]:
        """The ids of what was decided on the same subject, or in the same way, up to one of the decisions; None is none.

        Raises `VariorumError` unknown-subject.
        """
        if last is None:
            return set()
        known = self.decision(last).number
        query = select(decisions.c.id).where(
            decisions.c.number <= known,
            (decisions.c.subject == decision.subject) | (decisions.c.kind == decision.kind),
        )
        with self._store.reading() as connection:
            return {last, *connection.execute(query).scalars()}

    def decisions_on(self, subject: str) -> tuple[Recorded, ...]:
        """All decisions ever recorded on a claim, party, report or decision, in their order."""
        with self._store.reading() as connection:
            query = select(decisions).where(decisions.c.subject == subject).order_by(decisions.c.number)
            return tuple(_recorded(row) for row in connection.execute(query))

    def readers(self) -> dict[str, int]:
        """How many readings each reader made."""
        query = select(readings.c.reader, func.count().label("number")).group_by(readings.c.reader)
        with self._store.reading() as connection:
            return {row.reader: row.number for row in connection.execute(query.order_by(readings.c.reader))}


def _filed(connection: Connection, rows: Iterable[Any]) -> list[FiledReport]:
    found = list(rows)
    names = [row.id for row in found]
    home, gone = homes(connection, names), outdated(connection, names)
    return [
        FiledReport(
            id=row.id,
            name=row.name,
            content_hash=row.hash,
            publisher=row.publisher,
            url=row.url,
            title=row.title,
            published=row.published,
            language=row.language,
            recorded_by=row.recorded_by,
            recorded_at=row.recorded_at,
            incident=home[row.id][0] if row.id in home else None,
            outdated=gone[row.id].why if row.id in gone else None,
            outdated_by=gone[row.id].by if row.id in gone else None,
        )
        for row in found
    ]


def _last(connection: Connection, after: int, limit: int, moment: Moment, *only: str | None) -> list[int]:
    """Numbers of the readings behind one that count at a moment, of some reports or of all."""
    later = readings.alias()
    newer = select(later.c.number).where(
        later.c.report == readings.c.report,
        later.c.number > readings.c.number,
        later.c.recorded_at <= moment.time,
    )
    query: Select[Any] = select(readings.c.number).where(
        readings.c.number > after, readings.c.recorded_at <= moment.time, ~newer.exists()
    )
    wanted = [one for one in only if one is not None]
    if wanted:
        query = query.where(readings.c.report.in_(wanted))
    return list(connection.execute(query.order_by(readings.c.number).limit(limit)).scalars())


def _few(numbers: list[int]) -> Iterator[list[int]]:
    """A few at first, for a page may be full of them; then more at once, which takes less time for each."""
    size, start = 5, 0
    while start < len(numbers):
        yield numbers[start : start + size]
        start, size = start + size, 50


def _decided(connection: Connection, found: list[Reading], moment: Moment) -> Decisions:
    ids = [claim.id for reading in found for claim in reading.claims]
    return Decisions(recall_on(connection, [one.report.id for one in found], ids, moment))


def _reports_with(connection: Connection, claim: str) -> set[str]:
    """The reports in which a claim was read, or to which one was added or corrected."""
    read = (
        select(readings.c.report)
        .join(claims, claims.c.reading == readings.c.number)
        .where(claims.c.id == claim)
    )
    found = set(connection.execute(read).scalars())
    by_hand = select(decisions.c.body).where(
        decisions.c.kind.in_(("add", "correct")), decisions.c.body.contains(claim, autoescape=True)
    )
    for body in connection.execute(by_hand).scalars():
        told = Decision.model_validate_json(body).claim
        if told is not None and told.id == claim:
            found.add(told.report)
    return found


def _occurrences(
    reading: Reading, decided: Decisions, wanted: str, incident: str | None, around: int
) -> list[ClaimInReport]:
    """The claim in one report: as decided, and as read where that differs."""
    text, report = reading.report.text, reading.report.id
    now = {claim.id: claim for claim in decided.claims(report, reading.claims)}
    read = {claim.id: claim for claim in reading.claims}
    claim = now.get(wanted)
    replaced = next(
        (
            one.decision.claim
            for one in reversed(decided.in_force)
            if one.decision.kind in ON_CLAIMS and one.decision.subject == wanted and one.decision.claim
        ),
        None,
    )
    rejected = claim is None and replaced is None
    told = claim or (now.get(replaced.id) if replaced else None) or replaced or read.get(wanted)
    if told is None:
        return []
    start, end = told.evidence.start, told.evidence.end
    was = read.get(wanted)
    return [
        ClaimInReport(
            claim=told,
            report=report,
            incident=incident,
            before=text[max(0, start - around) : start],
            after=text[end : end + around],
            was=was if was is not None and was != told else None,
            rejected=rejected,
        )
    ]


def _recorded(row: Any) -> Recorded:
    return Recorded(row.number, row.id, row.recorded_at, Decision.model_validate_json(row.body))


def _next(rows: Any, limit: int) -> str | None:
    return str(rows[limit - 1].number) if len(rows) > limit else None


def _number(cursor: str | None) -> int:
    """The number that a cursor stands for."""
    told = cursor or "0"
    if told.isascii() and told.isdigit() and len(told) <= 18:
        return int(told)
    raise SettingError(
        "this is no place in the list", where=told[:40], remedy="begin at its start", code="bad-cursor"
    )
