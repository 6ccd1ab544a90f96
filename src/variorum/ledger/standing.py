"""Incidents of a moment: which reports belong to one, which of them stand, and the dossier they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, func, select

from variorum.ledger.agencies import Outdated
from variorum.ledger.deciding import recall_on
from variorum.ledger.decisions import Decisions, Recorded
from variorum.ledger.filing import chunks
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.notices import days_of_change, outdated
from variorum.ledger.recall import recall_readings
from variorum.ledger.tables import memberships, reports
from variorum.linking import Compared, find_copies
from variorum.model import Dossier, Incident, Link, LinkedIncident, Reading, Report, VariorumError
from variorum.reconciling import reconcile_incidents


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident as opened at a moment: its dossier, the readings it rests on, and what stands no longer."""

    dossier: Dossier
    readings: tuple[Reading, ...]
    """The readings of the reports that stand, in the dossier's order, decisions applied."""
    earlier: tuple[tuple[Reading, Outdated], ...] = ()
    """The readings of reports that another took the place of, or that were withdrawn, each with why."""
    decisions: tuple[Recorded, ...] = ()
    """The decisions in force that bear on it."""


@dataclass(slots=True)
class Members:
    """All that the ledger has of an incident, of whatever day, to be looked at as of any."""

    incident: str
    readings: dict[str, Reading]
    links: dict[str, Link]
    decisions: Decisions
    compared: Compared = field(default_factory=Compared)
    """Its texts compared: day after day they are the same."""
    _decided: dict[str, Reading] = field(default_factory=dict)

    def decided(self, report: str) -> Reading:
        """The reading of a report as decided."""
        if report not in self._decided:
            self._decided[report] = self.decisions.reading(self.readings[report])
        return self._decided[report]


def members(connection: Connection, incident: str, moment: Moment = NOW) -> Members:
    """The reports of an incident with their readings, as recorded up to a moment, whatever their days."""
    links = dict(_members(connection, incident, moment))
    readings = recall_readings(connection, links, moment)
    ids = [claim.id for reading in readings.values() for claim in reading.claims]
    decided = Decisions(recall_on(connection, links, ids, moment))
    return Members(incident, readings, {name: tie for name, tie in links.items() if tie}, decided)


def open_incident(connection: Connection, found: Members, moment: Moment = NOW) -> Opened | None:
    """The dossier of an incident as of a moment; None if none of its reports was known by then."""
    known = {name: one for name, one in found.readings.items() if moment.knows(_published(one.report))}
    if not known:
        return None
    gone = outdated(connection, known, moment)
    ordered = sorted((found.decided(name) for name in known), key=lambda one: one.report.place_in_time)
    stand = [one for one in ordered if one.report.id not in gone]
    links = tuple(found.links[one.report.id] for one in stand if one.report.id in found.links)
    settings = found.decisions.settings(found.readings)
    dossier = _dossier(found, stand, links, moment.as_of)
    if settings and dossier.summary is not None:
        dossier = dossier.model_copy(update={"summary": dossier.summary.model_copy(update=settings)})
    return Opened(
        dossier,
        tuple(stand),
        tuple((one, gone[one.report.id]) for one in ordered if one.report.id in gone),
        tuple(one for one in found.decisions.in_force if _bears_on(one, found)),
    )


def known_days(connection: Connection, incident: str, moment: Moment = NOW) -> tuple[date, ...]:
    """The days on which something was published on an incident, or was taken back, earliest first.

    Raises `VariorumError` unknown-incident.
    """
    names = [report for report, _ in _members(connection, incident, moment)]
    if not names:
        raise no_incident(connection, incident, moment)
    found: set[str] = set()
    for part in chunks(names):
        query = select(reports.c.published).where(reports.c.id.in_(part), reports.c.published.is_not(None))
        found.update(connection.execute(query).scalars())
    if found:
        found |= {day for day in days_of_change(connection, names) if day > min(found)}
    return tuple(date.fromisoformat(day) for day in sorted(found) if moment.knows(day))


def homes(
    connection: Connection, wanted: Iterable[str] | None = None, moment: Moment = NOW
) -> dict[str, tuple[str, str | None]]:
    """The incident of each report and its link as JSON, as recorded last; of all reports if none are named."""
    newest = select(func.max(memberships.c.number)).where(memberships.c.recorded_at <= moment.time)
    found: dict[str, tuple[str, str | None]] = {}
    for part in [None] if wanted is None else chunks(sorted(set(wanted))):
        some = newest if part is None else newest.where(memberships.c.report.in_(part))
        query = select(memberships.c.report, memberships.c.incident, memberships.c.link)
        query = query.where(memberships.c.number.in_(some.group_by(memberships.c.report)))
        found |= {report: (incident, link) for report, incident, link in connection.execute(query)}
    return found


def no_incident(connection: Connection, incident: str, moment: Moment) -> VariorumError:
    """The error for an incident that is not there at a moment; it says where its reports are now."""
    were = select(memberships.c.report).where(memberships.c.incident == incident)
    now = sorted({home for home, _ in homes(connection, connection.execute(were).scalars()).values()})
    if now and now != [incident]:
        remedy = f"its reports are now in {', '.join(now[:5])}"
    else:
        remedy = "choose a later day" if now else "list the incidents for their ids"
    known = f" known on {moment.as_of}" if moment.as_of and now == [incident] else ""
    return VariorumError(
        f"the ledger has no incident {incident!r}{known}", remedy=remedy, code="unknown-incident"
    )


def _members(connection: Connection, incident: str, moment: Moment) -> list[tuple[str, Link | None]]:
    were = select(memberships.c.report).where(memberships.c.incident == incident).distinct()
    current = homes(connection, connection.execute(were).scalars(), moment)
    return [
        (report, Link.model_validate_json(link) if link else None)
        for report, (home, link) in sorted(current.items())
        if home == incident
    ]


def _dossier(
    found: Members, stand: Sequence[Reading], links: tuple[Link, ...], as_of: date | None
) -> Dossier:
    incident = found.incident
    if not stand:  # all was withdrawn: the incident is still there, and nobody says anything of it any more
        return Dossier(
            incident=incident, summary=Incident(id=incident), parties=(), questions=(), as_of=as_of
        )
    linked = LinkedIncident(id=incident, reports=tuple(one.report.id for one in stand), links=links)
    copies = find_copies((one.report for one in stand), found.compared)
    (dossier,) = reconcile_incidents(stand, [linked], copies, as_of=as_of)
    return dossier


def _bears_on(one: Recorded, found: Members) -> bool:
    decision = one.decision
    if decision.kind == "rename":
        return any(
            decision.subject in (claim.source.party, getattr(claim, "actor", None))
            for reading in found.readings.values()
            for claim in reading.claims
        )
    if decision.kind == "set":
        return bool(found.readings.keys() & set(decision.reports))
    return True


def _published(report: Report) -> str | None:
    return str(report.published) if report.published else None
