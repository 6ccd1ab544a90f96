"""Incidents: lists of them, counts, and everything about one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from variorum.client.shapes import OpenedIncident, Paged
from variorum.ledger import Ledger, Opened, Overview, State
from variorum.model import Claim, CopyGraph, Dossier, SettingError, VariorumError
from variorum.reconciling import IncidentChange, changes_between
from variorum.reconciling.profiles import PROFILES, Tally, apply
from variorum.web.api.answers import answer, answer_page
from variorum.web.api.asking import Limit, sound
from variorum.web.api.incident_shape import opened_incident
from variorum.web.api.routing import HAS_IT, router_of
from variorum.web.asking import AskedMoment, AskingPerson, Moment, OpenLedger, need_texts
from variorum.web.incident_query import AskedIncidents

router: APIRouter = router_of("incidents")

IncidentId = Annotated[str, Path(max_length=200, description="The id of an incident, as listed.")]
AskedProfiles = Annotated[
    list[str] | None,
    Query(alias="profile", max_length=20, description="Profiles to settle tolls by; `/profiles` lists them."),
]
FromDay = Annotated[date, Query(alias="from", description="The earlier day.")]
ToDay = Annotated[date, Query(alias="to", description="The later day.")]


@router.get("/incidents", response_model=Paged[State], responses=HAS_IT)
def list_incidents(
    request: Request, ledger: OpenLedger, asked: AskedIncidents, moment: AskedMoment, limit: Limit = 50
) -> Response:
    """The incidents that are as wanted, in the order of `sort`, the greatest or latest first.

    Those of an earlier moment (`as-of`, `recorded`) are always in the order of days.
    """
    found = ledger.browse(
        asked.wanted,
        order=asked.sort,
        after=asked.cursor,
        limit=limit,
        as_of=moment.as_of,
        recorded=moment.recorded,
    )
    return answer_page(request, State, found.states, found.after)


@router.get("/overview", response_model=Overview, responses=HAS_IT)
def overview(request: Request, ledger: OpenLedger, asked: AskedIncidents) -> Response:
    """How many incidents there are as wanted, by month, by country and by point; `sort` and `cursor` change nothing."""
    return answer(request, Overview, ledger.overview(asked.wanted))


@router.get("/incidents/{incident}", response_model=OpenedIncident, responses=HAS_IT)
def open_incident(
    request: Request,
    incident: IncidentId,
    ledger: OpenLedger,
    person: AskingPerson,
    moment: AskedMoment,
    profile: AskedProfiles = None,
    readings: Annotated[
        bool, Query(description="Whether to give the readings too, which hold the texts of the reports.")
    ] = True,
) -> Response:
    """The dossier of an incident: every account of it apart, as known at a moment, with decisions applied."""
    if readings:
        need_texts(request, person, "ask with readings=false")
    profiles = _known(profile)
    opened = _opened(ledger, incident, moment)
    return answer(request, OpenedIncident, opened_incident(opened, profiles, readings=readings))


@router.get("/incidents/{incident}/claims", response_model=Paged[Claim], responses=HAS_IT)
def claims_of_incident(
    request: Request, incident: IncidentId, ledger: OpenLedger, moment: AskedMoment
) -> Response:
    """The claims of the reports that stand, with the words that are their evidence; all of them on one page."""
    opened = _opened(ledger, incident, moment)
    return answer_page(request, Claim, [one for reading in opened.readings for one in reading.claims], None)


@router.get("/incidents/{incident}/copies", response_model=CopyGraph, responses=HAS_IT)
def copies_of_incident(
    request: Request, incident: IncidentId, ledger: OpenLedger, moment: AskedMoment
) -> Response:
    """Which of its reports have their words from which, and whom they name for them."""
    return answer(request, CopyGraph, _opened(ledger, incident, moment).dossier.copies)


@router.get("/incidents/{incident}/tallies", response_model=dict[str, Tally], responses=HAS_IT)
def tallies_of_incident(
    request: Request,
    incident: IncidentId,
    ledger: OpenLedger,
    moment: AskedMoment,
    profile: AskedProfiles = None,
) -> Response:
    """Its tolls by profiles, each figure with the rule and the claims it used; by all of them if none is named."""
    names = _known(profile) or tuple(PROFILES)
    dossier = _opened(ledger, incident, moment).dossier
    return answer(request, dict[str, Tally], {name: apply(name, dossier) for name in names})


@router.get("/incidents/{incident}/changes", response_model=Paged[IncidentChange], responses=HAS_IT)
def changes_of_incident(
    request: Request, incident: IncidentId, ledger: OpenLedger, before: FromDay, after: ToDay
) -> Response:
    """What became known of it after one day and up to another: one change, or none."""
    _in_order(before, after)
    found = _changes(ledger, [incident], before, after)
    if not found:
        _opened(ledger, incident, Moment())  # an incident that is not there has no changes either
    return answer_page(request, IncidentChange, found, None)


@router.get("/changes", response_model=Paged[IncidentChange], responses=HAS_IT)
def list_changes(
    request: Request,
    ledger: OpenLedger,
    asked: AskedIncidents,
    before: FromDay,
    after: ToDay,
    limit: Limit = 50,
) -> Response:
    """What became known after one day and up to another, of the incidents that are as wanted on the later day.

    `limit` counts the incidents that are looked at: a page may tell of fewer, even of none, and not be the last.
    """
    _in_order(before, after)
    found = ledger.browse(asked.wanted, after=asked.cursor, limit=limit, as_of=after)
    changes = _changes(ledger, [state.incident for state in found.states], before, after)
    return answer_page(request, IncidentChange, changes, found.after)


def _opened(ledger: Ledger, incident: str, moment: Moment) -> Opened:
    return ledger.dossier(sound(incident), as_of=moment.as_of, recorded=moment.recorded)


def _known(profiles: list[str] | None) -> tuple[str, ...]:
    """The profiles asked for, each once. Raises `SettingError` for a name that none has."""
    for name in profiles or ():
        if name not in PROFILES:
            raise SettingError(
                "no profile is called that", where=name[:60], remedy=f"choose one of {', '.join(PROFILES)}"
            )
    return tuple(dict.fromkeys(profiles or ()))


def _in_order(before: date, after: date) -> None:
    if before >= after:
        raise SettingError(
            f"{before} does not come before {after}", where="from", remedy="give the earlier day first"
        )


def _changes(ledger: Ledger, incidents: list[str], before: date, after: date) -> tuple[IncidentChange, ...]:
    return changes_between(_known_on(ledger, incidents, before), _known_on(ledger, incidents, after))


def _known_on(ledger: Ledger, incidents: list[str], day: date) -> list[Dossier]:
    found = []
    for incident in incidents:
        try:
            found.append(_opened(ledger, incident, Moment(day)).dossier)
        except VariorumError as error:
            if error.code != "unknown-incident":
                raise
    return found
