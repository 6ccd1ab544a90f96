"""Filing: reports and readings into rows. Adding what is there already adds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from variorum.ledger.tables import claims, readings, reports, texts
from variorum.model import Claim, InputError, Reading, Report, content_id, make_claim

Row = dict[str, Any]

AT_ONCE: Final = 500
"""Values that one question to the database names at most."""

_GREATEST: Final = 2**63 - 1


def filed(report: Report) -> Report:
    """The report under the id that a ledger gives it: it follows from the text and from who published it, where and when.

    The same text under the same circumstances is the same report on every machine, whatever a caller calls it.
    """
    told = (report.content_hash, report.publisher, report.url, report.title, str(report.published))
    return report.model_copy(update={"id": content_id("report", *told)})


def own_id(claim: Claim, content_hash: str) -> str:
    """The id that follows from what a claim says, in a text with this hash."""
    values = claim.model_dump(exclude={"id", "kind", "report", "evidence", "source"})
    return make_claim(
        claim.kind,
        report=claim.report,
        content_hash=content_hash,
        evidence=claim.evidence,
        source=claim.source,
        **values,
    ).id


def file_reports(
    connection: Connection, pile: Iterable[tuple[Report, str]], *, recorded_at: str, recorded_by: str
) -> int:
    """Write reports (already under their ledger ids), each with its caller's name for it; how many were new.

    Raises `InputError` unstorable-text for characters that no database takes.
    """
    rows = []
    found = {}
    for report, name in pile:
        row = {
            "id": report.id,
            "name": name,
            "hash": report.content_hash,
            "publisher": report.publisher,
            "url": report.url,
            "title": report.title,
            "published": str(report.published) if report.published else None,
            "language": report.language,
            "recorded_by": recorded_by,
            "recorded_at": recorded_at,
        }
        check_storable((*row.values(), report.text), name)
        rows.append(row)
        found[report.content_hash] = report.text
    add_missing(connection, texts, texts.c.hash, [{"hash": h, "text": text} for h, text in found.items()])
    return add_missing(connection, reports, reports.c.id, rows)


def file_readings(connection: Connection, pile: Sequence[Reading], *, recorded_at: str) -> tuple[int, int]:
    """Write readings of reports that are there, with their claims; how many readings and claims were new.

    Raises `EvidenceError` for words that are not in the text, `InputError` claim-id for an id that does not follow from the
    claim, unstorable-text or unstorable-number for what no database takes.
    """
    for reading in pile:
        _check(reading)
    known = set(_among(connection, readings.c.report, [one.report.id for one in pile], readings.c.reader))
    new = {(one.report.id, one.reader): one for one in pile if (one.report.id, one.reader) not in known}
    if not new:
        return 0, 0
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    adding = dialect.insert(readings).on_conflict_do_nothing().returning(readings.c.number)
    added, rows = 0, []
    for (report, reader), reading in new.items():
        row = {
            "report": report,
            "reader": reader,
            "body": reading.model_dump_json(exclude={"report", "claims", "reader"}),
            "recorded_at": recorded_at,
        }
        number = connection.execute(adding, row).scalar()
        if number is not None:  # else another writer was quicker
            added += 1
            rows += [_claim_row(claim, number, reader) for claim in reading.claims]
    if rows:
        connection.execute(insert(claims), rows)
    return added, len(rows)


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in lists that are short enough for one question."""
    rest = list(values)
    for start in range(0, len(rest), AT_ONCE):
        yield rest[start : start + AT_ONCE]


def check_claim(claim: Claim, report: Report) -> None:
    """Raise `EvidenceError` or `InputError` unless a claim can be kept of a report."""
    claim.evidence.check(report)
    if claim.id != own_id(claim, report.content_hash):
        raise InputError(
            f"the id of {claim.id} does not follow from what it says",
            where=report.id,
            remedy="make claims with `make_claim`",
            code="claim-id",
        )
    for value in (getattr(claim, "min", None), getattr(claim, "max", None)):
        if value is not None and value > _GREATEST:
            raise InputError(
                f"a figure of {len(str(value))} digits",
                where=report.id,
                remedy="mend it",
                code="unstorable-number",
            )
    check_storable(_claim_row(claim, 0, "").values(), report.id)


def _check(reading: Reading) -> None:
    reading.check()
    check_storable((reading.reader,), reading.report.id)
    for claim in reading.claims:
        check_claim(claim, reading.report)


def check_storable(values: Iterable[Any], where: str) -> None:
    """Raise `InputError` unstorable-text for characters that no database takes."""
    told = "".join(value for value in values if isinstance(value, str))
    if "\0" in told or not _is_sound(told):
        raise InputError(
            "a NUL or half of a surrogate pair",
            where=where,
            remedy="take the character out of the text or of what goes with it",
            code="unstorable-text",
        )


def words_in(value: Any) -> Iterator[str]:
    """All strings in nested dicts and lists, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from words_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from words_in(one)


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def add_missing(connection: Connection, table: Table, key: Column[Any], rows: Sequence[Row]) -> int:
    """Add the rows whose key is not there yet; how many that were."""
    known = {found for (found,) in _among(connection, key, [row[key.name] for row in rows])}
    new = [row for row in {row[key.name]: row for row in rows}.values() if row[key.name] not in known]
    if new:
        dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
        # Another writer may have added one since we looked: that is no fault.
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), new)
    return len(new)


def _among(
    connection: Connection, key: Column[Any], wanted: Iterable[str], *more: Column[Any]
) -> Iterator[Any]:
    for part in chunks(sorted(set(wanted))):
        yield from map(tuple, connection.execute(select(key, *more).where(key.in_(part))))


def _claim_row(claim: Claim, number: int, reader: str) -> Row:
    source = claim.source
    combined: tuple[str, ...] = getattr(claim, "combined", ())
    stance = getattr(claim, "stance", None)
    return {
        "reading": number,
        "id": claim.id,
        "kind": claim.kind,
        "source": source.party,
        "mention": source.mention,
        "mention_start": source.mention_start,
        "via": json.dumps(source.via, ensure_ascii=False) if source.via else None,
        "certainty": claim.certainty.value,
        "background": claim.background,
        "incident": claim.incident,
        "said": claim.said,
        "score": claim.score,
        "reader": None if claim.reader == reader else claim.reader,
        "outcome": claim.outcome.value if claim.kind == "toll" else None,
        "low": getattr(claim, "min", None),
        "high": getattr(claim, "max", None),
        "approx": getattr(claim, "approx", None),
        "people": claim.group.value if claim.kind == "toll" else None,
        "who": getattr(claim, "who", None),
        "actor": getattr(claim, "actor", None),
        "combined": json.dumps([str(one) for one in combined]) if combined else None,
        "stance": str(stance) if stance else None,
        "denies": getattr(claim, "denies", None),
        "start": claim.evidence.start,
        "stop": claim.evidence.end,
        "quote": claim.evidence.quote,
    }
