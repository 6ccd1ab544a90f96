"""One report as the ledger has it: its reading, what was decided on it, and the other reports that belong beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from variorum.intake import Wire
from variorum.ledger.agencies import Outdated
from variorum.ledger.concerns import concerned
from variorum.ledger.deciding import recall_on
from variorum.ledger.decisions import Decisions, Recorded, in_force
from variorum.ledger.notices import outdated, unknown, versions
from variorum.ledger.recall import recall_readings, recall_reports
from variorum.ledger.standing import homes
from variorum.ledger.tables import memberships, reports, wire
from variorum.model import Claim, Link, Reading, Report


@dataclass(frozen=True, slots=True)
class Leaf:
    """A report with all that the ledger has of it."""

    report: Report
    name: str
    """The id of whoever added it."""
    recorded_by: str
    recorded_at: str
    reading: Reading | None
    """As it was read last, no decision applied; None if nobody has read it yet."""
    claims: tuple[Claim, ...]
    """Decisions applied, in the order of the text."""
    rejected: tuple[Claim, ...]
    """Those that were read or added and are rejected."""
    decisions: tuple[Recorded, ...]
    """All about it and its claims, undone ones included, in their order."""
    incident: str | None
    link: Link | None
    beside: tuple[Report, ...]
    """The other reports of its incident, by their days."""
    versions: tuple[Report, ...]
    """All that its publisher put under its address, in time; itself among them."""
    same_text: tuple[Report, ...]
    """Other reports of the same text."""
    wire: tuple[tuple[Wire, str, str], ...]
    """What an agency said of it: the word, and by whom and when it was recorded."""
    outdated: Outdated | None
    """Why it stands no longer."""


def open_report(connection: Connection, name: str) -> Leaf:
    """A report as it is known now. Raises `VariorumError` unknown-subject."""
    row = connection.execute(select(reports).where(reports.c.id == name)).first()
    if row is None:
        raise unknown(name)
    reading = recall_readings(connection, [name]).get(name)
    read = reading.claims if reading else ()
    decided = Decisions(recall_on(connection, [name], [claim.id for claim in read]))
    shown = decided.claims(name, read)
    about = concerned(connection, [name])
    holding = {one.id for one in in_force(about)}
    added = (one.decision.claim for one in about if one.decision.kind == "add" and one.id in holding)
    refused = {one.decision.subject for one in about if one.decision.kind == "reject" and one.id in holding}
    kept = {claim.id for claim in shown}
    known = {claim.id: claim for claim in (*read, *(one for one in added if one is not None))}
    home, link = homes(connection, [name]).get(name, (None, None))
    under = versions(connection, name)
    same = connection.execute(select(reports.c.id).where(reports.c.hash == row.hash, reports.c.id != name))
    same_ids = list(same.scalars())
    members = _members(connection, home) if home else []
    told = recall_reports(connection, {name, *under, *same_ids, *members})
    return Leaf(
        report=told[name],
        name=row.name,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        reading=reading,
        claims=tuple(sorted(shown, key=_in_text)),
        rejected=tuple(claim for claim in known.values() if claim.id in refused and claim.id not in kept),
        decisions=tuple(about),
        incident=home,
        link=Link.model_validate_json(link) if link else None,
        beside=_in_time([told[one] for one in members if one != name]),
        versions=tuple(told[one] for one in under),
        same_text=_in_time([told[one] for one in same_ids]),
        wire=tuple(_words(connection, name)),
        outdated=outdated(connection, [name]).get(name),
    )


def reports_of(connection: Connection, incident: str) -> tuple[Report, ...]:
    """The reports that an incident has now, the earliest first; none if there is no such incident."""
    return _in_time(list(recall_reports(connection, _members(connection, incident)).values()))


def _members(connection: Connection, incident: str) -> list[str]:
    were = select(memberships.c.report).where(memberships.c.incident == incident).distinct()
    now = homes(connection, connection.execute(were).scalars())
    return [report for report, (home, _) in now.items() if home == incident]


def _words(connection: Connection, report: str) -> list[tuple[Wire, str, str]]:
    rows = connection.execute(select(wire).where(wire.c.report == report).order_by(wire.c.number))
    return [(Wire.model_validate(json.loads(row.body)), row.recorded_by, row.recorded_at) for row in rows]


def _in_time(found: list[Report]) -> tuple[Report, ...]:
    return tuple(sorted(found, key=lambda one: one.place_in_time))


def _in_text(claim: Claim) -> tuple[int, int, str]:
    return (claim.evidence.start, claim.evidence.end, claim.id)
