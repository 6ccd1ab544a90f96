"""Adding: reports and readings in batches, each written whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from variorum.ledger.filing import file_readings, file_reports, filed
from variorum.ledger.opening import Busy
from variorum.ledger.store import Store
from variorum.model import Reading, Record, Report

BATCH: Final = 200
"""Reports that are written at once: what is lost if the program dies, and read again."""

_TRIES: Final = 10


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
        for left in reversed(range(_TRIES)):
            try:
                added += _add_batch(store, batch, by)
                break
            except Busy:
                # Two writers with the same reports in another order wait for each other, and the database ends one.
                if not left:
                    raise
    return added


def _add_batch(store: Store, batch: list[Report | Reading], by: str) -> Added:
    named = [(filed(told), told.id) for one in batch for told in [_report_of(one)]]
    found = [
        _moved(one, report) for one, (report, _) in zip(batch, named, strict=True) if isinstance(one, Reading)
    ]
    with store.writing() as (connection, at):
        reports = file_reports(connection, named, recorded_at=at, recorded_by=by)
        readings, claims = file_readings(connection, found, recorded_at=at)
    return Added(reports=reports, readings=readings, claims=claims)


def _report_of(one: Report | Reading) -> Report:
    return one.report if isinstance(one, Reading) else one


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
