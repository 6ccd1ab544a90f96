"""What incidents come to, day by day, kept as rows so that a list needs no dossier to be made.

A state says what the dossier of an incident came to by the reports known on a day. It is derived, by `link` or `refresh`,
from the records at that time; it is kept because it answers what the ledger said then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import Field
from sqlalchemy import Connection, insert, select

from variorum.ledger.moments import LAST_DAY, Moment
from variorum.ledger.notices import days_of_change
from variorum.ledger.shelf import stand
from variorum.ledger.standing import Members, Opened, members, open_incident
from variorum.ledger.tables import states, tags
from variorum.model import Day, IncidentType, Outcome, Place, Record, Status


class State(Record):
    """An incident in a list: what it comes to at a moment."""

    incident: str
    title: str | None = Field(default=None, description="of the first report that has one")
    type: IncidentType = IncidentType.UNKNOWN
    day: Day | None = None
    place: Place | None = None
    parties: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    statuses: dict[Status, int] = Field(default={}, description="how many questions have each status")
    reports: int = Field(description="how many reports stand")
    earlier: int = Field(default=0, description="how many were changed, replaced or withdrawn")
    claims: int = 0
    first_published: date | None = None
    last_published: date | None = None

    @property
    def contested(self) -> int:
        """How many questions are contested."""
        return self.statuses.get(Status.CONTESTED, 0)


def derive(connection: Connection, incidents: Iterable[str]) -> Iterator[tuple[str, str, State]]:
    """The states of incidents that differ from those kept, each with the incident and the day from which it holds."""
    for incident in sorted(incidents):
        found = members(connection, incident)
        kept = _kept(connection, incident)
        days = {*kept, *_days(found)}
        days |= {
            day for day in days_of_change(connection, found.readings) if min(days, default=LAST_DAY) < day
        }
        for day in sorted(days):
            state = _state(connection, found, day)
            if kept.get(day) != state:
                yield incident, day, state


def write(connection: Connection, found: Iterable[tuple[str, str, State]], recorded_at: str) -> int:
    """Write states; how many."""
    number = 0
    for incident, known_on, state in found:
        row = {
            "incident": incident,
            "known_on": known_on,
            "first_day": str(state.day.first) if state.day else None,
            "last_day": str(state.day.last) if state.day else None,
            "country": state.place.country if state.place else None,
            "body": state.model_dump_json(exclude_defaults=True),
            "recorded_at": recorded_at,
        }
        key = connection.execute(insert(states).returning(states.c.number), row).scalar_one()
        told = [{"state": key, "kind": kind, "value": value} for kind, value in sorted(_tags(state))]
        if told:
            connection.execute(insert(tags), told)
        stand(connection, key, known_on, state)
        number += 1
    return number


def state_of(incident: str, opened: Opened | None) -> State:
    """The state that a dossier comes to; None is one that nothing is known of."""
    if opened is None:
        return State(incident=incident, reports=0)
    dossier, summary = opened.dossier, opened.dossier.summary
    days = [one.report.published for one in opened.readings if one.report.published]
    statuses: dict[Status, int] = {}
    for question in dossier.questions:
        statuses[question.status] = statuses.get(question.status, 0) + 1
    mentioned = (actor for one in opened.readings for c in one.claims if (actor := getattr(c, "actor", None)))
    return State(
        incident=incident,
        title=next((one.report.title for one in opened.readings if one.report.title), None),
        type=summary.type if summary else IncidentType.UNKNOWN,
        day=summary.day if summary else None,
        place=summary.place if summary else None,
        parties=tuple(dict.fromkeys((*dossier.parties, *(summary.parties if summary else ()), *mentioned))),
        outcomes=tuple(dict.fromkeys(q.outcome for q in dossier.questions if q.outcome)),
        statuses=statuses,
        reports=len(opened.readings),
        earlier=len(opened.earlier),
        claims=len(dossier.claims),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
    )


def _state(connection: Connection, found: Members, day: str) -> State:
    moment = Moment(None if day == LAST_DAY else date.fromisoformat(day))
    return state_of(found.incident, open_incident(connection, found, moment))


def _days(found: Members) -> set[str]:
    """The days on which something of an incident was published; the last of days for what has none."""
    days = (reading.report.published for reading in found.readings.values())
    return {str(day) if day else LAST_DAY for day in days}


def _kept(connection: Connection, incident: str) -> dict[str, State]:
    query = (
        select(states.c.known_on, states.c.body)
        .where(states.c.incident == incident)
        .order_by(states.c.number)
    )
    return {day: State.model_validate_json(body) for day, body in connection.execute(query)}


def _tags(state: State) -> set[tuple[str, str]]:
    found = {("party", party.casefold()) for party in state.parties}
    found |= {("outcome", outcome.value) for outcome in state.outcomes}
    found |= {("status", status.value) for status in state.statuses}
    found.add(("type", state.type.value))
    if state.place is not None:
        names = (state.place.name, state.place.admin1, state.place.country)
        found |= {("place", name.casefold()) for name in names if name}
    return found
