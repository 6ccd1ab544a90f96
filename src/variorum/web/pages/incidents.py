"""The list of incidents: what to look at next, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup, escape

from variorum.dossier import DAY_PRECISION, printable, source_name
from variorum.dossier.mapping import Mark, draw_map
from variorum.exports.codes import country_name
from variorum.ledger import Hit, Ledger, Order, Overview, State, phrases
from variorum.model import IncidentType, Outcome, Status
from variorum.web.asking import AskedMoment, Moment, OpenLedger
from variorum.web.incident_query import AskedIncidents, IncidentQuery
from variorum.web.rendering import counted, render
from variorum.web.strip import draw_strip, end_of

router = APIRouter()

PAGE = 50
"""Incidents on a page, and reports among which words are found."""

ORDERS = {
    Order.DAY: "day of the incident",
    Order.REPORTED: "last report",
    Order.CONTESTED: "contested questions",
    Order.REPORTS: "number of reports",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is set, and the address of the page without it."""

    name: str
    words: str


@router.get("/")
def entrance() -> Response:
    """Lead to the list."""
    return RedirectResponse("/incidents", status_code=307)


@router.get("/incidents")
def incidents(request: Request, ledger: OpenLedger, moment: AskedMoment, query: AskedIncidents) -> Response:
    """The incidents known at a moment, or the reports with some words among theirs."""
    at: dict[str, Any] = {"as_of": moment.as_of, "recorded": moment.recorded}
    now = moment == Moment()
    hits: Sequence[Hit] = ()
    states: Sequence[State] = ()
    after = None
    if query.q:
        hits = ledger.search(query.q, query.wanted, limit=PAGE, **at)
    else:
        found = ledger.browse(query.wanted, order=query.sort, after=query.cursor, limit=PAGE, **at)
        states, after = found.states, found.after
    overview = ledger.overview(query.wanted) if now and not query.q else None
    return render(
        request,
        "incidents/list.html.j2",
        states=states,
        hits=hits,
        after=after,
        query=query,
        moment=moment,
        now=now,
        overview=overview,
        map=_map(overview, states),
        strip=draw_strip(overview.months, request) if overview else Markup(""),
        filters=_filters(query, moment),
        country_name=country_name,
        orders=ORDERS,
        page=PAGE,
        parties=sorted({party for state in states for party in state.parties}),
        party_name=source_name,
        found_words=_found_words,
        day_precision=DAY_PRECISION,
        month_end=lambda first: end_of(first, yearly=False),
        countries=_countries(overview, query),
        types=list(IncidentType),
        outcomes=list(Outcome),
        statuses=list(Status),
        empty=now and _is_empty(ledger, query, overview),
    )


def _found_words(excerpt: str, asked: str) -> Markup:
    """An excerpt with the words that were asked for marked in it."""
    told = printable(excerpt)
    wanted = [r"[\W_]+".join(map(re.escape, phrase)) for phrase in phrases(asked)]
    pieces = re.split(rf"(?<!\w)({'|'.join(wanted)})(?!\w)", told, flags=re.IGNORECASE) if wanted else [told]
    marked = (
        Markup("<mark>{}</mark>").format(piece) if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    )
    return Markup("").join(marked)


def _countries(overview: Overview | None, query: IncidentQuery) -> list[tuple[str, str]]:
    """Codes and names to choose from, by name."""
    codes = {code for code, _ in overview.countries} if overview else set()
    codes |= {query.country} if query.country else set()
    return sorted(((code, country_name(code) or code) for code in codes), key=lambda one: one[1])


def _is_empty(ledger: Ledger, query: IncidentQuery, overview: Overview | None) -> bool:
    """Whether the ledger has no incidents at all."""
    if query.q or (overview and overview.incidents):
        return False
    return not ledger.browse(limit=1).states


def _filters(query: IncidentQuery, moment: Moment) -> list[Filter]:
    """What is set, in words."""
    told = {
        "q": f"words: {query.q}" if query.q else None,
        "since": f"since {query.since}" if query.since else None,
        "until": f"until {query.until}" if query.until else None,
        "party": f"party: {query.party}" if query.party else None,
        "place": f"place: {query.place}" if query.place else None,
        "country": f"country: {country_name(query.country)}" if query.country else None,
        "outcome": f"outcome: {query.outcome}" if query.outcome else None,
        "status": f"status: {query.status}" if query.status else None,
        "type": f"type: {query.type}" if query.type else None,
        "as-of": f"as of {moment.as_of}" if moment.as_of else None,
        "recorded": f"as recorded by {moment.recorded}" if moment.recorded else None,
    }
    return [Filter(name, words) for name, words in told.items() if words]


def _map(overview: Overview | None, states: Sequence[State]) -> Markup:
    """All incidents that are wanted, or where those of an earlier moment are listed, these."""
    if overview is None:
        return draw_map([mark for state in states if (mark := _mark(state))], 640, 380)
    alone = {state.incident: state.title for state in states}
    marks = [
        Mark(
            spot.latitude,
            spot.longitude,
            spot.precision,
            (alone.get(spot.incident) or "one incident")
            if spot.incidents == 1
            else counted(spot.incidents, "incident"),
            f"/incidents/{spot.incident}" if spot.incidents == 1 else None,
            spot.incidents,
        )
        for spot in overview.spots
    ]
    return draw_map(marks, 640, 380)


def _mark(state: State) -> Mark | None:
    place = state.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    href = f"/incidents/{state.incident}"
    return Mark(place.latitude, place.longitude, place.precision, state.title or "Untitled", href)
