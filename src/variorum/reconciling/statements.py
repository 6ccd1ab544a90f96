"""Statements: claims of one incident with what the reports they stand in add to them.

A claim is made in one report. When it was said, how far it reached and whose own voice it is follow from the
reports that carry it, and from who has it from whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from variorum.linking import origin_of
from variorum.model import REPORTER, Claim, CopyGraph, Origin, Reading, Report
from variorum.reconciling.order import text_order
from variorum.reconciling.revision import OLDER, age_of

UNDATED = ""
"""The day of a statement in a report without a day: it comes before all others and is replaced by none."""

_NOW = "9"
"""A day after all days: what a report that stands alone says of now."""


@dataclass(frozen=True)
class Statement:
    """A claim with its place in the order of days (`number`), its moment, its reach and its origin.

    `day` is when it was said, in ISO form, as far as that is known: the day that the report tells, else the day of the
    first report that carries the words. `age` tells older from newer figures within one report by the wording.
    """

    claim: Claim
    number: int
    day: str
    age: int
    known: date | None
    reports: tuple[str, ...]
    origin: Origin

    @property
    def source(self) -> str:
        """The party behind it."""
        return self.claim.source.party

    @property
    def outlet(self) -> str | None:
        """Whose own voice it is, if it is a report's."""
        return self.origin.name if self.source == REPORTER and self.origin.kind == "outlet" else None

    @property
    def moment(self) -> tuple[str, int]:
        """What orders a source's statements in time."""
        return (self.day, self.age)


def in_order_of_days(readings: Iterable[Reading]) -> list[Reading]:
    """Readings by the days of their reports; those without a day last, in an order of their own."""
    return sorted(readings, key=lambda reading: reading.report.place_in_time)


def statements_of(
    readings: Sequence[Reading], copies: CopyGraph, claims: Mapping[str, Sequence[Claim]]
) -> list[Statement]:
    """The statements that some claims make, in order. `readings` are in the order of days; `claims` are those of each
    report that count, by its id.

    The same claim in the same text is one statement, however many reports carry it.
    """
    reports = {reading.report.id: reading.report for reading in readings}
    alone = len({report.content_hash for report in reports.values()}) == 1
    found: dict[str, Statement] = {}
    for reading in readings:
        report = reading.report
        for claim in text_order(claims.get(report.id, ())):
            if claim.id in found:
                met = found[claim.id]
                found[claim.id] = replace(met, reports=(*met.reports, report.id))
                continue
            found[claim.id] = _statement(claim, len(found), reports, copies, alone=alone)
    return _older_before_newer(list(found.values()))


def _statement(
    claim: Claim, number: int, reports: Mapping[str, Report], copies: CopyGraph, *, alone: bool
) -> Statement:
    report = reports[claim.report]
    known = _first_day(claim, report, reports, copies)
    unknown = _NOW if alone else UNDATED
    # What a report that stands alone says without a day is its newest, whenever the report came out.
    plain = unknown if alone or known is None else known.isoformat()
    return Statement(
        claim=claim,
        number=number,
        day=claim.said or plain,
        age=age_of(report.text, claim.evidence),
        known=known,
        reports=(report.id,),
        origin=origin_of(claim, reports, copies),
    )


def _first_day(claim: Claim, report: Report, reports: Mapping[str, Report], copies: CopyGraph) -> date | None:
    """The day on which the words were first published: that of the report they were taken from, if they were."""
    days = [report.published] if report.published else []
    for copy in copies.sources_of(report.id):
        other = reports.get(copy.other)
        if other is None or other.published is None:
            continue
        if any(
            passage.here.start <= claim.evidence.start and claim.evidence.end <= passage.here.end
            for passage in copy.passages
        ):
            days.append(other.published)
    return min(days, default=None)


def _older_before_newer(statements: Sequence[Statement]) -> list[Statement]:
    """A figure that its report calls the older one is no newer than what the same source says beside it."""
    first: dict[tuple[str, str], str] = {}
    for one in statements:
        key = (one.source, one.claim.report)
        first[key] = min(first.get(key, one.day), one.day)
    return [
        replace(one, day=first[one.source, one.claim.report])
        if one.age == OLDER and one.claim.said is None
        else one
        for one in statements
    ]
