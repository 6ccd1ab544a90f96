"""Which reports stand: what publishers changed, replaced or took back is kept, and counts as their earlier words.

Another text that the same publisher put under the same address later takes a report's place, and so do a notice that
another report replaces it, one that it is withdrawn, and its agency's word (`agencies`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Select, insert, select

from variorum.ledger.agencies import Outdated, days_of_words, said_of
from variorum.ledger.filing import check_storable, chunks
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.tables import notices, reports
from variorum.model import VariorumError, content_id


def file_notice(
    connection: Connection,
    report: str,
    *,
    other: str | None,
    day: date | None,
    why: str,
    recorded_at: str,
    recorded_by: str,
) -> bool:
    """Write that a report is withdrawn, or replaced by another; whether that is new.

    Raises `VariorumError` unknown-subject or unstorable-text.
    """
    check_storable((report, other, why, recorded_by), "the notice")
    for name in (report, other):
        if name is not None:
            known = connection.execute(select(reports.c.id).where(reports.c.id == name)).first()
            if known is None:
                raise unknown(name)
    kind = "replaced" if other else "withdrawn"
    name = content_id("notice", kind, report, other, str(day), why)
    if connection.execute(select(notices.c.id).where(notices.c.id == name)).first():
        return False
    row = {
        "id": name,
        "kind": kind,
        "report": report,
        "other": other,
        "day": str(day) if day else None,
        "why": why,
        "recorded_by": recorded_by,
        "recorded_at": recorded_at,
    }
    connection.execute(insert(notices), row)
    return True


def outdated(connection: Connection, wanted: Iterable[str], moment: Moment = NOW) -> dict[str, Outdated]:
    """Those of some reports that stand no longer at a moment, with why."""
    names = sorted(set(wanted))
    found: dict[str, Outdated] = {}
    for part in chunks(names):
        found |= _changed(connection, part, moment)
        for name, said in said_of(connection, part, moment).items():
            # Which version of an item stands says its agency, not the order in which they came.
            if name in found and found[name].by in said.versions:
                del found[name]
            if said.outdated:
                found[name] = said.outdated
        told = (
            select(notices)
            .where(notices.c.report.in_(part), notices.c.recorded_at <= moment.time)
            .order_by(notices.c.number)
        )
        for row in connection.execute(told):
            # A notice without a day holds from the day on which the report itself was out.
            if row.day is None or row.day <= moment.day:
                found[row.report] = Outdated(row.kind, row.other, row.day, row.why)
    return found


def days_of_change(connection: Connection, wanted: Iterable[str]) -> set[str]:
    """The days on which something may have taken the place of some reports."""
    names = sorted(set(wanted))
    found = days_of_words(connection, names)
    for part in chunks(names):
        told = select(notices.c.day).where(notices.c.report.in_(part), notices.c.day.is_not(None))
        found.update(connection.execute(told).scalars())
        urls = _addresses(connection, part)
        if urls:
            found.update(row.published for row in _under(connection, urls, NOW) if row.published)
    return found


def with_versions(connection: Connection, wanted: Iterable[str]) -> set[str]:
    """Some reports, and all that stand under their addresses."""
    found = set(wanted)
    for part in chunks(sorted(found)):
        urls = _addresses(connection, part)
        if urls:
            found.update(row.id for row in _under(connection, urls, NOW))
    return found


def versions(connection: Connection, report: str, moment: Moment = NOW) -> list[str]:
    """The reports that one publisher put under the address of a report, in time; the last one stands."""
    row = connection.execute(select(reports).where(reports.c.id == report)).first()
    if row is None:
        raise unknown(report)
    if not _tells_a_report(row.url):
        return [report]
    return [one.id for one in _under(connection, [row.url], moment) if one.publisher == row.publisher]


def unknown(subject: str) -> VariorumError:
    """The error for what a ledger does not have."""
    return VariorumError(f"the ledger has no {subject!r}", remedy="check the id", code="unknown-subject")


def _changed(connection: Connection, names: list[str], moment: Moment) -> dict[str, Outdated]:
    urls = _addresses(connection, names)
    if not urls:
        return {}
    last: dict[tuple[str, str | None], Any] = {}
    known = list(_under(connection, urls, moment))
    for row in known:
        last[row.url, row.publisher] = row
    wanted, found = set(names), {}
    for row in known:
        newest = last[row.url, row.publisher]
        if row.id in wanted and newest.id != row.id:
            found[row.id] = Outdated("changed", newest.id, newest.published)
    return found


def _addresses(connection: Connection, names: list[str]) -> list[str]:
    query = select(reports.c.url).where(reports.c.id.in_(names)).distinct()
    return sorted(url for url in connection.execute(query).scalars() if _tells_a_report(url))


def _under(connection: Connection, urls: list[str], moment: Moment) -> list[Any]:
    """Reports under these addresses, by the day of publication or else of recording, then as they were recorded."""
    query: Select[Any] = select(reports).where(reports.c.url.in_(urls), reports.c.recorded_at <= moment.time)
    known = (row for row in connection.execute(query) if moment.knows(row.published))
    return sorted(known, key=lambda row: (row.published or row.recorded_at[:10], row.number))


def _tells_a_report(url: str | None) -> bool:
    """Whether an address is that of one report: the front page of a site is not."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return bool(parts.path.strip("/") or parts.query)
