"""Recalling: reports, readings and claims from their rows, as they were filed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from variorum.ledger.filing import chunks
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.tables import claims, readings, reports, texts
from variorum.model import Account, Claim, Evidence, Reading, Report, Responsibility, Source, Toll

_TYPES: dict[str, type[Toll] | type[Responsibility] | type[Account]] = {
    "toll": Toll,
    "responsibility": Responsibility,
    "account": Account,
}
_FIELDS: dict[str, dict[str, str]] = {
    "toll": {
        "outcome": "outcome",
        "min": "low",
        "max": "high",
        "approx": "approx",
        "group": "people",
        "who": "who",
        "actor": "actor",
    },
    "responsibility": {"actor": "actor", "stance": "stance"},
    "account": {"denies": "denies"},
}
"""Fields of each kind of claim, with their columns."""


def report_rows() -> Select[Any]:
    """All columns of reports, with their texts."""
    return select(*reports.c, texts.c.text).join(texts, texts.c.hash == reports.c.hash)


def report_of(row: Mapping[Any, Any]) -> Report:
    """A report from its row joined with its text."""
    names = ("id", "text", "publisher", "url", "title", "published", "language")
    return Report(**{name: row[name] for name in names})


def claim_of(row: Mapping[Any, Any], report: str, reader: str) -> Claim:
    """A claim from its row, of a report and of the reader of its reading."""
    kind = row["kind"]
    told: dict[str, Any] = {name: row[column] for name, column in _FIELDS[kind].items()}
    if row["combined"]:
        told["combined"] = tuple(json.loads(row["combined"]))
    return _TYPES[kind](
        id=row["id"],
        report=report,
        evidence=Evidence(start=row["start"], end=row["stop"], quote=row["quote"]),
        source=Source(
            party=row["source"],
            mention=row["mention"],
            mention_start=row["mention_start"],
            via=tuple(json.loads(row["via"])) if row["via"] else (),
        ),
        certainty=row["certainty"],
        background=row["background"],
        incident=row["incident"],
        said=row["said"],
        score=row["score"],
        reader=reader if row["reader"] is None else row["reader"],
        **told,
    )


def recall_reports(connection: Connection, wanted: Iterable[str]) -> dict[str, Report]:
    """Reports by their ids; those that are not there are left out."""
    found = {}
    for part in chunks(sorted(set(wanted))):
        for row in connection.execute(report_rows().where(reports.c.id.in_(part))):
            found[row.id] = report_of(row._mapping)
    return found


def recall_readings(
    connection: Connection, wanted: Iterable[str], moment: Moment = NOW
) -> dict[str, Reading]:
    """The reading of each report that was recorded last, by the ids of the reports."""
    found: dict[str, Reading] = {}
    for part in chunks(sorted(set(wanted))):
        numbers = [row.number for row in connection.execute(last_readings(moment, part))]
        found |= {reading.report.id: reading for reading in each_reading(connection, numbers)}
    return found


def reading_of(row: Mapping[Any, Any], found: Iterable[Claim], report: Report) -> Reading:
    """A reading as it was filed, of its row and its claims."""
    body = json.loads(row["body"])
    return Reading.model_validate({**body, "reader": row["reader"], "report": report, "claims": tuple(found)})


def last_readings(moment: Moment = NOW, only: Iterable[str] | None = None) -> Select[Any]:
    """Rows of the readings that count at a moment: of each report the one that was recorded last."""
    newest = select(func.max(readings.c.number)).where(readings.c.recorded_at <= moment.time)
    newest = newest.where(readings.c.report.in_(list(only))) if only is not None else newest
    return select(readings).where(readings.c.number.in_(newest.group_by(readings.c.report)))


def each_reading(connection: Connection, numbers: Iterable[int]) -> Iterator[Reading]:
    """Readings by their numbers, a few at a time, in the order of the numbers."""
    for part in chunks(numbers):
        rows = connection.execute(select(readings).where(readings.c.number.in_(part))).all()
        told = recall_reports(connection, [row.report for row in rows])
        said: dict[int, list[Claim]] = {}
        homes = {row.number: row for row in rows}
        query = select(claims).where(claims.c.reading.in_(part)).order_by(claims.c.number)
        for row in connection.execute(query).mappings():
            home = homes[row["reading"]]
            said.setdefault(home.number, []).append(claim_of(row, home.report, home.reader))
        for number in part:
            home = homes[number]
            yield reading_of(home._mapping, said.get(number, ()), told[home.report])


def unread(connection: Connection, reader: str) -> Iterator[Report]:
    """Reports that a reader has not read, in the order in which they were recorded."""
    done = select(readings.c.report).where(readings.c.reader == reader)
    rows = connection.execute(report_rows().where(reports.c.id.not_in(done)).order_by(reports.c.number))
    return (report_of(row._mapping) for row in rows)


def has_read(connection: Connection, report: str, reader: str) -> bool:
    """Whether there is a reading of a report by a reader."""
    query = select(readings.c.number).where(readings.c.report == report, readings.c.reader == reader)
    return connection.execute(query).first() is not None
