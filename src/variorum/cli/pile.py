"""Many readings linked: incidents, copies, and the dossiers of any day."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from variorum.cli.faults import Faults
from variorum.cli.progress import busy
from variorum.model import CopyGraph, Dossier, LinkedIncident, Reading, VariorumError, guarded

if TYPE_CHECKING:
    from variorum.linking import Decision

_TOGETHER = "the reports together"
"""Where a fault is that no single report has."""


@dataclass(frozen=True, slots=True)
class Pile:
    """Readings by the ids of their reports, with what linking makes of them."""

    readings: dict[str, Reading]
    incidents: tuple[LinkedIncident, ...]
    copies: CopyGraph
    _by_id: dict[str, LinkedIncident] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update((one.id, one) for one in self.incidents)

    def dossiers(self, as_of: date | None = None) -> tuple[Dossier, ...]:
        """A dossier for each incident, of what was known on a day; incidents without a report by then have none."""
        from variorum.reconciling import reconcile_incidents

        with busy(f"laying out {len(self.incidents):,} incidents"):
            return guarded(
                lambda: reconcile_incidents(self.readings.values(), self.incidents, self.copies, as_of=as_of),
                "reconciling",
                _TOGETHER,
            )

    @property
    def homes(self) -> dict[str, str]:
        """The incident of each report, in the order of the readings."""
        home = {report: one.id for one in self.incidents for report in one.reports}
        return {report: home[report] for report in self.readings}

    def incident_of(self, dossier: Dossier) -> LinkedIncident:
        """The linked incident of a dossier, with the reports that the dossier knows."""
        found = self._by_id[dossier.incident or ""]
        if dossier.as_of is None:
            return found
        known = set(dossier.reports)
        reports = tuple(report for report in found.reports if report in known)
        return found.model_copy(update={"reports": reports, "links": dossier.links})

    def readings_of(self, dossier: Dossier) -> list[Reading]:
        """The readings that a dossier rests on, in its order."""
        return [self.readings[report] for report in dossier.reports]


def link_readings(
    readings: Iterable[Reading], decisions: Sequence[Decision], one_incident: str | None, faults: Faults
) -> Pile:
    """The readings linked. With `one_incident` all are one incident of that name, whatever else was decided.

    Decisions that cannot be met, and those about reports that are not at hand, are told as notes.
    """
    from variorum.linking import Decision, Linker, find_copies

    by_report = {reading.report.id: reading for reading in readings}
    if one_incident is not None and len(by_report) > 1:
        last = max((r.report.published for r in by_report.values() if r.report.published), default=date.min)
        everything = Decision(kind="join", reports=tuple(by_report), by="--incident", on=last)
        decisions = (*decisions, everything)
    linker = Linker(decisions)
    with busy(f"linking {len(by_report):,} reports"):
        for reading in by_report.values():
            guarded(partial(linker.add, reading), "linking", reading.report.id)
        incidents = guarded(linker.incidents, "linking", _TOGETHER)
        reports = [reading.report for reading in by_report.values()]
        copies = guarded(lambda: find_copies(reports), "finding copies", _TOGETHER)
    if one_incident is not None:
        incidents = tuple(one.model_copy(update={"id": one_incident}) for one in incidents)
    _tell(decisions, linker.unmet, by_report, faults)
    return Pile(by_report, incidents, copies)


def homes_of(
    readings: Iterable[Reading], decisions: Sequence[Decision], one_incident: str | None, faults: Faults
) -> dict[str, str]:
    """The incident of each report, in the order of the readings, of which none is held in memory. Notes as above."""
    from variorum.linking import Linker

    linker, homes = Linker(decisions), {}
    for reading in readings:
        guarded(partial(linker.add, reading), "linking", reading.report.id)
        homes[reading.report.id] = one_incident or ""
    if one_incident is None:
        with busy(f"linking {len(homes):,} reports"):
            homes |= guarded(linker.partition, "linking", _TOGETHER)
        _tell(decisions, linker.unmet, homes, faults)
    return homes


def _tell(
    decisions: Iterable[Decision], unmet: Iterable[Decision], known: Container[str], faults: Faults
) -> None:
    for decision in unmet:
        faults.note(
            VariorumError(
                "not met: later decisions say otherwise, or the texts are the same",
                where=_name(decision),
                remedy="change or remove one of them",
                code="unmet-decision",
            )
        )
    for decision in decisions:
        missing = [name for name in (*decision.reports, *decision.others) if name not in known]
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            faults.note(
                VariorumError(
                    f"speaks of a report that is not at hand: {missing[0]!r}{more}",
                    where=_name(decision),
                    remedy="check the id; it is obeyed for the reports that are there",
                    code="idle-decision",
                )
            )


def _name(decision: Decision) -> str:
    return f"decision of {decision.on} by {decision.by} to {_VERBS[decision.kind]} {decision.reports[0]!r}"


_VERBS = {"join": "join", "split": "split off", "never": "never join"}
