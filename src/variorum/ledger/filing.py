"""Filing: reports and readings into rows. Adding what is there already adds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from variorum.ledger.tables import claims, readings, reports, texts
from variorum.model import Claim, Reading, Report, content_id

Row = dict[str, Any]


def filed(report: Report) -> Report:
    """The report under the id that a ledger gives it: it follows from the text and from who published it, where and when.

    The same text under the same circumstances is the same report on every machine, whatever a caller calls it.
    """
    told = (report.content_hash, report.publisher, report.url, report.title, str(report.published))
    return report.model_copy(update={"id": content_id("report", *told)})


def file_reports(
    connection: Connection, pile: Iterable[tuple[Report, str]], *, recorded_at: str, recorded_by: str
) -> int:
    """Write reports (already under their ledger ids), each with its caller's name for it; how many were new."""
    rows = [(report, name) for report, name in pile]
    add_missing(connection, texts, [{"hash": r.content_hash, "text": r.text} for r, _ in rows])
    known = {row.url: row.id for row in _with_urls(connection, [r.url for r, _ in rows if r.url])}
    return add_missing(
        connection,
        reports,
        [
            {
                "id": report.id,
                "name": name,
                "hash": report.content_hash,
                "publisher": report.publisher,
                "url": report.url,
                "title": report.title,
                "published": str(report.published) if report.published else None,
                "language": report.language,
                "supersedes": _earlier(known, report),
                "withdrawn": False,
                "recorded_at": recorded_at,
                "recorded_by": recorded_by,
            }
            for report, name in rows
        ],
    )


def file_reading(connection: Connection, reading: Reading, *, recorded_at: str) -> bool:
    """Write one reading of a report that is there, with its claims; whether it was new. Raises `EvidenceError`."""
    reading.check()
    main = next((incident for incident in reading.incidents if not incident.background), None)
    row = {
        "report": reading.report.id,
        "reader": reading.reader,
        "type": main.type.value if main else None,
        "first_day": str(main.day.first) if main and main.day else None,
        "last_day": str(main.day.last) if main and main.day else None,
        "place": main.place.name if main and main.place else None,
        "country": main.place.country if main and main.place else None,
        "body": reading.model_dump_json(exclude={"report", "claims"}),
        "recorded_at": recorded_at,
    }
    if not add_missing(connection, readings, [row]):
        return False
    number = connection.execute(
        select(readings.c.number).where(
            readings.c.report == reading.report.id, readings.c.reader == reading.reader
        )
    ).scalar_one()
    if reading.claims:
        connection.execute(insert(claims), [_claim_row(claim, number, reading.report.id) for claim in reading.claims])
    return True


def read_back(row: Mapping[str, Any], bodies: Sequence[str], report: Report) -> Reading:
    """A reading as it was filed."""
    told = json.loads(row["body"])
    return Reading.model_validate({**told, "report": report, "claims": [json.loads(body) for body in bodies]})


def report_of(row: Mapping[str, Any]) -> Report:
    """A report from its row joined with its text."""
    names = ("id", "text", "publisher", "url", "title", "published", "language")
    return Report(**{name: row[name] for name in names})


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    """Add the rows that are not there yet; how many that were."""
    if not rows:
        return 0
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    key = next(iter(table.primary_key.columns))
    added = 0
    for row in rows:
        adding = dialect.insert(table).values(row).on_conflict_do_nothing().returning(key)
        added += connection.execute(adding).first() is not None
    return added


def _claim_row(claim: Claim, number: int, report: str) -> Row:
    told = claim.model_copy(update={"report": report})
    return {
        "reading": number,
        "id": claim.id,
        "report": report,
        "kind": claim.kind,
        "source": claim.source.party,
        "certainty": claim.certainty.value,
        "background": claim.background,
        "outcome": getattr(claim, "outcome", None),
        "low": getattr(claim, "min", None),
        "high": getattr(claim, "max", None),
        "people": getattr(claim, "group", None),
        "actor": getattr(claim, "actor", None),
        "said": claim.said,
        "start": claim.evidence.start,
        "stop": claim.evidence.end,
        "quote": claim.evidence.quote,
        "score": claim.score,
        "body": told.model_dump_json(),
    }


def _with_urls(connection: Connection, urls: Sequence[str]) -> Iterable[Any]:
    """Reports known under these addresses, the latest recorded last."""
    if not urls:
        return ()
    found = select(reports.c.id, reports.c.url).where(reports.c.url.in_(set(urls)))
    return connection.execute(found.order_by(reports.c.recorded_at, reports.c.id))


def _earlier(known: dict[str, str], report: Report) -> str | None:
    """The version that this one replaces: what stood last under its address, if it is another text."""
    if report.url is None:
        return None
    before = known.get(report.url)
    known[report.url] = report.id
    return before if before != report.id else None
