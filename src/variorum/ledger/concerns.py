"""What decisions are about: noted with each, so that all that bear on a record are found without reading the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select

from variorum.ledger.decisions import ON_CLAIMS, ON_LINKS, Decision, Recorded, on_claim
from variorum.ledger.filing import chunks
from variorum.ledger.tables import concerns, decisions


def recorded_of(row: Any) -> Recorded:
    """A decision from its row."""
    return Recorded(row.number, row.id, row.recorded_at, Decision.model_validate_json(row.body))


def note_concerns(connection: Connection, number: int, decision: Decision, homes: Iterable[str]) -> None:
    """Note what a decision with this number is about; `homes` are the reports of the claim that it is on."""
    about = {
        decision.subject,
        *decision.reports,
        *decision.others,
        *homes,
        *((decision.claim.id, decision.claim.report) if decision.claim else ()),
        *((decision.name,) if decision.name else ()),
    }
    if decision.kind == "undo":
        undone = select(concerns.c.record).join(decisions, decisions.c.number == concerns.c.decision)
        about.update(connection.execute(undone.where(decisions.c.id == decision.subject)).scalars())
    connection.execute(
        insert(concerns), [{"decision": number, "record": one} for one in sorted(about - {""})]
    )


def concerned(connection: Connection, records: Iterable[str]) -> list[Recorded]:
    """All decisions about any of some records, undone ones included, in their order."""
    found: dict[int, Recorded] = {}
    for part in chunks(sorted(set(records))):
        about = select(concerns.c.decision).where(concerns.c.record.in_(part))
        for row in connection.execute(select(decisions).where(decisions.c.number.in_(about))):
            found[row.number] = recorded_of(row)
    return [found[number] for number in sorted(found)]


def on_claims(connection: Connection, claims: Iterable[str]) -> dict[str, list[Recorded]]:
    """The decisions on each of some claims: on what it was corrected from or to as well, with those that undo any."""
    wanted = list(claims)
    known: set[str] = set()
    found: list[Recorded] = []
    names = set(wanted)
    while names - known:
        known |= names
        found = concerned(connection, known)
        told = (one.decision for one in found if one.decision.kind in (*ON_CLAIMS, "add"))
        for decision in told:
            names |= {decision.subject} if decision.kind in ON_CLAIMS else set()
            names |= {decision.claim.id} if decision.claim else set()
    return {claim: on_claim(claim, found) for claim in wanted}


def others_on(connection: Connection, decision: Decision) -> list[Recorded]:
    """The decisions on the same record as one that is about to be recorded: what it should have been made in sight of.

    On a claim, all on that claim; for a claim that is added, those added from the same words; on links, those on the links of
    the same reports; else those of its kind on its subject. Each with what undoes it.
    """
    if decision.kind in ON_CLAIMS:
        return on_claims(connection, [decision.subject])[decision.subject]
    if decision.kind == "add":
        assert decision.claim is not None
        mine = decision.claim.evidence
        found = concerned(connection, [decision.claim.report])
        same = {
            one.id
            for one in found
            if one.decision.kind == "add"
            and one.decision.claim is not None
            and one.decision.claim.report == decision.claim.report
            and one.decision.claim.evidence.start < mine.end
            and mine.start < one.decision.claim.evidence.end
        }
    elif decision.kind in ON_LINKS:
        found = concerned(connection, {*decision.reports, *decision.others})
        same = {one.id for one in found if one.decision.kind in ON_LINKS}
    elif decision.kind == "set":
        found = concerned(connection, decision.reports)
        same = {one.id for one in found if one.decision.kind == "set"}
    else:
        found = concerned(connection, [decision.subject])
        same = {one.id for one in found if one.decision.kind == decision.kind}
    for one in found:
        if one.decision.kind == "undo" and one.decision.subject in same:
            same.add(one.id)
    return [one for one in found if one.id in same]
