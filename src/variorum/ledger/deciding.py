"""Recording decisions, each checked against what it is about; and recalling them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from variorum.ledger.concerns import concerned, note_concerns, others_on, recorded_of
from variorum.ledger.decisions import ON_CLAIMS, ON_LINKS, Decision, Recorded
from variorum.ledger.filing import check_claim, check_storable, chunks, own_id, words_in
from variorum.ledger.moments import LAST_DAY, NOW, Moment
from variorum.ledger.notices import unknown
from variorum.ledger.recall import recall_reports
from variorum.ledger.tables import claims, decisions, memberships, readings, reports
from variorum.model import Claim, VariorumError, content_id


class Overtaken(VariorumError):
    """Somebody else decided on the same record meanwhile; nothing was written. `others` says who, what and why."""

    code = "overtaken"

    def __init__(self, others: tuple[Recorded, ...]) -> None:
        told = "; ".join(f"{one.decision.by} decided to {one.decision.kind}" for one in others)
        super().__init__(
            f"meanwhile {told}", where=others[0].id, remedy="look at that, and decide again if need be"
        )
        self.others = others


def record(
    connection: Connection, decision: Decision, recorded_at: str, seen: Collection[str] | None = None
) -> str:
    """Write a decision; its id. Raises `VariorumError` unknown-subject, already-there or unstorable-text, or `EvidenceError`.

    `seen` are the ids of the decisions on the same record that whoever decides knows of; None does not ask. Raises `Overtaken`
    if there are others.
    """
    check_storable(words_in(decision.model_dump()), "the decision")
    settled = _settled(connection, decision, seen)
    return _write(connection, settled, recorded_at)


def _write(connection: Connection, decision: Decision, recorded_at: str) -> str:
    body = decision.model_dump_json()
    same = select(func.count()).select_from(decisions)
    before = connection.execute(
        same.where(decisions.c.subject == filed_under(decision), decisions.c.body == body)
    ).scalar_one()
    name = decision_id(body, before)
    row = {
        "id": name,
        "kind": decision.kind,
        "subject": filed_under(decision),
        "body": body,
        "recorded_by": decision.by,
        "recorded_at": recorded_at,
    }
    number = connection.execute(insert(decisions).returning(decisions.c.number), row).scalar_one()
    homes = _homes(connection, decision.subject) if decision.kind in ON_CLAIMS else ()
    note_concerns(connection, number, decision, homes)
    return name


def record_once(
    connection: Connection, decision: Decision, recorded_at: str, seen: Collection[str] | None = None
) -> tuple[str, bool]:
    """Write a decision unless the last one on its subject is the same and holds; its id, and whether it is new.

    Takes `seen` and raises as `record` does.
    """
    check_storable(words_in(decision.model_dump()), "the decision")
    settled = _added_before(connection, decision) or _settled(connection, decision, None)
    on_it = decisions.c.subject == filed_under(settled)
    last = connection.execute(
        select(decisions).where(on_it).order_by(decisions.c.number.desc()).limit(1)
    ).first()
    if last is not None and last.body == settled.model_dump_json() and _holds(connection, last.id):
        return str(last.id), False
    return record(connection, decision, recorded_at, seen), True


def _added_before(connection: Connection, decision: Decision) -> Decision | None:
    """A decision to add a claim as it is kept, if that is what was added: then the claim is there, which is no fault."""
    if decision.kind != "add" or decision.claim is None:
        return None
    claim = _by_hand(connection, decision.claim, decision.by)
    kept = decision.model_copy(update={"claim": claim, "subject": claim.report})
    query = select(decisions.c.id).where(
        decisions.c.subject == claim.report, decisions.c.body == kept.model_dump_json()
    )
    return kept if connection.execute(query).first() else None


def _holds(connection: Connection, decision: str) -> bool:
    """Whether a decision is in force: the last word on it is not an undoing that is itself in force."""
    query = select(decisions.c.id).where(decisions.c.kind == "undo", decisions.c.subject == decision)
    return not any(_holds(connection, one) for one in connection.execute(query).scalars())


def filed_under(decision: Decision) -> str:
    """What a decision is looked up by: what is set of an incident, by its earliest report, which stays in it."""
    return decision.reports[0] if decision.kind == "set" else decision.subject


def decision_id(body: str, before: int) -> str:
    """The id of a decision that was recorded so many times before."""
    return content_id("decision", body, before)


def recall(connection: Connection, moment: Moment = NOW) -> list[Recorded]:
    """All decisions recorded up to a moment, undone ones included, oldest first."""
    return _found(connection, select(decisions), moment)


def recall_on(
    connection: Connection, reports_: Iterable[str], claims_: Iterable[str], moment: Moment = NOW
) -> list[Recorded]:
    """Those that bear on some reports and claims, and all that rename parties, with those that undo any; in their order."""
    found: dict[str, Recorded] = {}
    asked: set[str] = set()
    wanted = {*reports_, *claims_}
    new = _found(connection, select(decisions).where(decisions.c.kind == "rename"), moment)
    while new or wanted - asked:
        found |= {one.id: one for one in new}
        # What was added or corrected may have been decided upon in its turn, and any of them undone.
        wanted.update(one.id for one in new)
        wanted.update(one.decision.claim.id for one in new if one.decision.claim)
        subjects, new = sorted(wanted - asked), []
        asked.update(subjects)
        for part in chunks(subjects):
            new += _found(connection, select(decisions).where(decisions.c.subject.in_(part)), moment)
    return sorted(found.values(), key=lambda one: one.number)


def recall_on_links(connection: Connection) -> list[Recorded]:
    """Those that linking obeys, with those that undo any."""
    return _found(connection, select(decisions).where(decisions.c.kind.in_((*ON_LINKS, "undo"))), NOW)


def touched(connection: Connection, after: int, upto: int) -> tuple[set[str], set[str]]:
    """The reports, and the names of parties, that decisions with numbers above `after`, up to `upto`, bear on."""
    new = _found(
        connection, select(decisions).where(decisions.c.number > after, decisions.c.number <= upto), NOW
    )
    reports_: set[str] = set()
    names: set[str] = set()
    by_id: dict[str, Recorded] = {}
    if any(one.decision.kind == "undo" for one in new):
        by_id = {one.id: one for one in recall(connection)}
    for recorded in new:
        one = recorded
        while one.decision.kind == "undo":
            one = by_id[one.decision.subject]
        if one.decision.kind == "rename":
            names |= {one.decision.subject, one.decision.name or ""}
        reports_ |= {*one.decision.reports, *one.decision.others}
        if one.decision.claim is not None:
            reports_.add(one.decision.claim.report)
        if one.decision.kind in ON_CLAIMS:
            reports_ |= _homes(connection, one.decision.subject)
    return reports_, names


def _found(connection: Connection, query: Select[Any], moment: Moment) -> list[Recorded]:
    rows = connection.execute(
        query.where(decisions.c.recorded_at <= moment.time).order_by(decisions.c.number)
    )
    return [recorded_of(row) for row in rows]


def _overtaken(connection: Connection, decision: Decision, seen: Collection[str] | None) -> None:
    if seen is None:
        return
    others = tuple(one for one in others_on(connection, decision) if one.id not in seen)
    if others:
        raise Overtaken(others)


def _settled(connection: Connection, decision: Decision, seen: Collection[str] | None) -> Decision:
    """The decision as it is kept, after a check that what it is about is there and as it was seen."""
    if decision.kind == "undo":
        _need(
            connection.execute(select(decisions.c.id).where(decisions.c.id == decision.subject)).first(),
            decision,
        )
    if decision.kind in ON_LINKS:
        _all_known(connection, (*decision.reports, *decision.others))
    if decision.kind == "set":
        decision = decision.model_copy(update={"reports": (_first_report(connection, decision.subject),)})
    _overtaken(connection, decision, seen)
    if decision.kind == "set":
        return decision
    homes = _homes(connection, decision.subject) if decision.kind in ON_CLAIMS else set()
    if decision.kind in ON_CLAIMS:
        _need(homes, decision)
    if decision.claim is None:
        return decision
    claim = _by_hand(connection, decision.claim, decision.by)
    if decision.kind == "correct" and claim.report not in homes:
        raise unknown(f"{decision.subject} of {claim.report}")
    if decision.kind == "add" and claim.report in _homes(connection, claim.id):
        raise VariorumError(
            f"{claim.id} is there already",
            where=claim.report,
            remedy="accept it, or undo what rejects it",
            code="already-there",
        )
    subject = claim.report if decision.kind == "add" else decision.subject
    return decision.model_copy(update={"claim": claim, "subject": subject})


def _by_hand(connection: Connection, claim: Claim, by: str) -> Claim:
    """A claim as given by a person: under the id that follows from it, with its evidence checked."""
    report = recall_reports(connection, [claim.report]).get(claim.report)
    if report is None:
        raise unknown(claim.report)
    named = claim.model_copy(update={"reader": f"by hand: {by}", "id": own_id(claim, report.content_hash)})
    check_claim(named, report)
    return named


def _homes(connection: Connection, claim: str) -> set[str]:
    """The reports that have a claim of this id, read or by decision."""
    read = (
        select(readings.c.report)
        .join(claims, claims.c.reading == readings.c.number)
        .where(claims.c.id == claim)
    )
    found = set(connection.execute(read).scalars())
    for one in concerned(connection, [claim]):
        if one.decision.claim is not None and one.decision.claim.id == claim:
            found.add(one.decision.claim.report)
    return found


def _first_report(connection: Connection, incident: str) -> str:
    """The earliest report of an incident: what is set of the incident stays with it, whatever is linked to it later."""
    query = select(memberships.c.report).join(reports, reports.c.id == memberships.c.report)
    rows = query.where(memberships.c.incident == incident).order_by(
        func.coalesce(reports.c.published, LAST_DAY), reports.c.number
    )
    first = connection.execute(rows.limit(1)).scalar()
    if first is None:
        raise unknown(incident)
    return str(first)


def _all_known(connection: Connection, names: Iterable[str]) -> None:
    for name in names:
        if connection.execute(select(reports.c.id).where(reports.c.id == name)).first() is None:
            raise unknown(name)


def _need(found: object, decision: Decision) -> None:
    if not found:
        raise unknown(decision.subject)
