"""What news agencies said of their items: which version stands, by all that is known and not by what came last.

Of one item, what is canceled takes every version back for good, late ones too; a usable version that replaces another
stands in its place; what is withheld suspends the versions before it until a usable one replaces it. The words are kept
as they came; what follows from them is worked out when it is asked for (docs/fetching.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from variorum.intake import Wire, WireStatus
from variorum.ledger.filing import add_missing, check_storable, chunks, filed
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.tables import reports, wire
from variorum.model import Report, content_id

Word = tuple[Wire, Report | None]
"""What an agency says of one version, with its report; None where it withholds or cancels the item."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """Why a report stands no longer: `changed` and `replaced` name the report that stands in its place."""

    why: Literal["changed", "replaced", "withdrawn"]
    by: str | None = None
    since: str | None = None
    """The day on which its publisher let it know, where that is told."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What follows for one report: why it stands no longer, if so, and all reports of its items."""

    outdated: Outdated | None
    versions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Heard:
    item: str
    wire: Wire
    report: str | None
    published: str | None


def file_words(
    connection: Connection, words: Sequence[Word], *, recorded_at: str, recorded_by: str
) -> tuple[int, list[Word]]:
    """Write what agencies said; how many rows were new, and the words whose report is not in the ledger (not written).

    Raises `InputError` unstorable-text.
    """
    names = {filed(report).id for _, report in words if report}
    there: set[str] = set()
    for part in chunks(sorted(names)):
        there.update(connection.execute(select(reports.c.id).where(reports.c.id.in_(part))).scalars())
    rows, left = [], []
    for said, report in words:
        name = filed(report).id if report else None
        if name is not None and name not in there:
            left.append((said, report))
            continue
        body = said.model_dump_json()
        for item in dict.fromkeys((said.item, *said.supersedes)):
            check_storable((item, body), said.item)
            row = {"id": word_id(item, name, body), "item": item, "report": name, "body": body}
            rows.append({**row, "recorded_by": recorded_by, "recorded_at": recorded_at})
    # In one order for all writers, so that two with the same words do not wait for each other.
    return add_missing(connection, wire, wire.c.id, sorted(rows, key=lambda row: str(row["id"]))), left


def word_id(item: str, report: str | None, body: str) -> str:
    """The id of a row, which follows from what it says."""
    return content_id("wire", item, report, body)


def said_of(connection: Connection, wanted: Iterable[str], moment: Moment = NOW) -> dict[str, Said]:
    """What agencies said, as known at a moment, of those of some reports that are versions of their items."""
    found: dict[str, Said] = {}
    for part in chunks(sorted(set(wanted))):
        about = _heard(connection, _items(connection, part), moment)
        own: dict[str, list[_Heard]] = defaultdict(list)
        for one in (one for words in about.values() for one in words):
            if one.report is not None and one.report in part and one.wire.item == one.item:
                own[one.report].append(one)
        for report, versions in own.items():
            results = [_fate(one, about[one.item]) for one in versions]
            stands = None in results
            ranked = sorted((one for one in results if one), key=lambda one: (one.why, one.by or ""))
            known = {other.report for one in versions for other in about[one.item] if other.report}
            found[report] = Said(None if stands else ranked[0], frozenset(known))
    return found


def days_of_words(connection: Connection, wanted: Iterable[str]) -> set[str]:
    """The days on which an agency's word may have changed what stands of some reports."""
    return {
        day
        for part in chunks(sorted(set(wanted)))
        for words in _heard(connection, _items(connection, part), NOW).values()
        for day in (_day(one) for one in words)
        if day
    }


def spoken_of(connection: Connection, after: int, upto: int) -> set[str]:
    """The reports of items of which something was recorded in these rows."""
    new = select(wire.c.item).where(wire.c.number > after, wire.c.number <= upto).distinct()
    query = select(wire.c.report).where(wire.c.item.in_(new), wire.c.report.is_not(None))
    return set(connection.execute(query).scalars())


def _fate(one: _Heard, words: list[_Heard]) -> Outdated | None:
    """What the words on an item make of one of its versions; None if it stands."""
    same = [other for other in words if other.wire.item == one.item]
    for other in same:
        if other.wire.status is WireStatus.CANCELED:
            return Outdated("withdrawn", None, _day(other), _reason("its agency canceled it", other.wire))
    later = [
        other
        for other in words
        if other.wire.status is WireStatus.USABLE and other.wire.replaces(one.wire) and other.report
    ]
    last = [other for other in later if not any(more.wire.replaces(other.wire) for more in later)]
    if last and any(other.report != one.report for other in last):
        newest = min((other for other in last if other.report != one.report), key=lambda o: str(o.report))
        return Outdated(
            "replaced", newest.report, _day(newest), _reason("its agency replaced it", newest.wire)
        )
    for other in same:
        if other.wire.status is WireStatus.WITHHELD and not one.wire.replaces(other.wire):
            told = "its agency withholds it until a usable version follows"
            return Outdated("withdrawn", None, _day(other), _reason(told, other.wire))
    return None


def _reason(told: str, said: Wire) -> str:
    return f"{told}: {said.note}" if said.note else told


def _day(one: _Heard) -> str | None:
    """The day from which a word holds: that of its report, else that on which it was issued."""
    return one.published or (str(one.wire.issued.date()) if one.wire.issued else None)


def _items(connection: Connection, names: list[str]) -> list[str]:
    query = select(wire.c.item).where(wire.c.report.in_(names)).distinct()
    return sorted(connection.execute(query).scalars())


def _heard(connection: Connection, items: list[str], moment: Moment) -> dict[str, list[_Heard]]:
    """All words on some items, as known at a moment."""
    found: dict[str, list[_Heard]] = defaultdict(list)
    for part in chunks(items):
        query = select(wire.c.item, wire.c.body, wire.c.report, reports.c.published)
        query = query.outerjoin(reports, reports.c.id == wire.c.report)
        query = query.where(wire.c.item.in_(part), wire.c.recorded_at <= moment.time).order_by(wire.c.number)
        for row in connection.execute(query):
            one = _Heard(row.item, Wire.model_validate_json(row.body), row.report, row.published)
            day = _day(one)
            # A word without a day holds from the day on which the report itself was out.
            if day is None or day <= moment.day:
                found[row.item].append(one)
    return found
