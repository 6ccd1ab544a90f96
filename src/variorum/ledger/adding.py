"""Adding: reports and readings in batches, each written whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from variorum.ledger.filing import file_readings, file_reports, filed
from variorum.ledger.store import Store
from variorum.model import Reading, Record, Report

BATCH: Final = 200
"""Reports that are written at once: what is lost if the program dies, and read again."""


class Added(Record):
    """How much of what was added was new."""

    reports: int = 0
    readings: int = 0
    claims: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            reports=self.reports + other.reports,
            readings=self.readings + other.readings,
            claims=self.claims + other.claims,
        )


def add(store: Store, pile: Iterable[Report | Reading], by: str) -> Added:
    """File all of a pile, batch after batch; how much was new."""
    added = Added()
    for batch in _batches(pile):
        named = [
            (filed(one.report), one.report.id) if isinstance(one, Reading) else (filed(one), one.id)
            for one in batch
        ]
        found = [
            _moved(one, report)
            for one, (report, _) in zip(batch, named, strict=True)
            if isinstance(one, Reading)
        ]
        with store.writing() as (connection, at):
            reports = file_reports(connection, named, recorded_at=at, recorded_by=by)
            readings, claims = file_readings(connection, found, recorded_at=at)
        added += Added(reports=reports, readings=readings, claims=claims)
    return added


def _moved(reading: Reading, report: Report) -> Reading:
    """A reading of the report under its ledger id."""
    claims = tuple(claim.model_copy(update={"report": report.id}) for claim in reading.claims)
    return reading.model_copy(update={"report": report, "claims": claims})


def _batches(pile: Iterable[Report | Reading]) -> Iterator[list[Report | Reading]]:
    batch: list[Report | Reading] = []
    for one in pile:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
