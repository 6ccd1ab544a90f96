"""The dossier of an incident: the accounts side by side, and what is opened in place on that page.

Every part that is opened in place has an address of its own: htmx puts it into the page, without script it is a page.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response

from variorum.dossier.citing import cite
from variorum.dossier.incident.chart import MOST, pictured
from variorum.dossier.incident.evidence import behind
from variorum.dossier.incident.stemma import narrow_stemma, wide_stemma
from variorum.dossier.page import web_address
from variorum.dossier.wording import CERTAINTY_MEANING, OUTDATED, STATUS_MEANING, STATUS_SIGNS
from variorum.model import Status, VariorumError
from variorum.reconciling.profiles import DEFAULT, PROFILES, numbers_in_words
from variorum.web.asking import AskedMoment, Moment, OpenLedger
from variorum.web.dossiers.addresses import Addresses
from variorum.web.dossiers.counting import counted_by
from variorum.web.dossiers.days import changed_on, stops
from variorum.web.dossiers.files import FILES
from variorum.web.dossiers.keeping import KeptDossiers, Shown
from variorum.web.dossiers.picking import pick
from variorum.web.dossiers.placing import place_map
from variorum.web.dossiers.sizes import Sizes, fitting_charts
from variorum.web.rendering import day_in_words, render

router = APIRouter()


def _kept_dossiers(request: Request) -> KeptDossiers:
    found: KeptDossiers = request.app.state.dossiers
    return found


OpenDossiers = Annotated[KeptDossiers, Depends(_kept_dossiers)]
AskedProfile = Annotated[str | None, Query(description="Count by this profile's rule.")]
AskedParties = Annotated[list[str] | None, Query(alias="party", description="Show these columns only.")]
AskedStatus = Annotated[str | None, Query(description="Show the questions of this status only.")]


@router.get("/incidents/{incident}")
def dossier(
    request: Request,
    incident: str,
    dossiers: OpenDossiers,
    ledger: OpenLedger,
    moment: AskedMoment,
    profile: AskedProfile = None,
    party: AskedParties = None,
    status: AskedStatus = None,
) -> Response:
    """One incident, decisions applied."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    layout, to = shown.layout, Addresses(incident, moment)
    days = ledger.known_days(incident, recorded=moment.recorded)
    here = next((stop.day for stop in stops(days, moment.as_of) if stop.here), None)
    return _rendered(
        request,
        "dossier/page.html.j2",
        shown,
        to,
        stops=stops(days, moment.as_of),
        news=changed_on(dossiers, incident, days, here, moment.recorded) if here else None,
        picked=pick(layout, party or (), _status(status)),
        counts={one: sum(row.status is one for row in layout.rows) for one in Status},
        tally=None
        if Sizes.of(layout).large and profile is None
        else counted_by(profile or DEFAULT, shown.opened.dossier, layout),
        profiles=PROFILES,
        asked_profile=profile,
        charts=fitting_charts(layout, to),
        **_stemma(shown, only_small=True),
    )


@router.get("/incidents/{incident}/claims/{claim}")
def claim(
    request: Request, incident: str, claim: str, dossiers: OpenDossiers, moment: AskedMoment
) -> Response:
    """What stands behind one claim: its words in their sentence, whose word it is, how far it reaches, how to cite it."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    found = behind(shown.layout, claim)
    if found is None:
        raise VariorumError(
            f"the incident has no {claim!r} at that moment",
            remedy="open the dossier as it is now: the claim may have been corrected, or its report taken back",
            code="unknown-subject",
        )
    citation = cite(found.first.note, found.first.lettered.report, moment.as_of, moment.recorded)
    return _part(request, "claim", shown, Addresses(incident, moment), behind=found, citation=citation)


@router.get("/incidents/{incident}/questions/{name}")
def question(
    request: Request, incident: str, name: str, dossiers: OpenDossiers, moment: AskedMoment
) -> Response:
    """All answers to one question, by column."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    row = next((one for one in shown.layout.rows if one.name == name), None)
    if row is None:
        raise HTTPException(404)
    return _part(request, "question", shown, Addresses(incident, moment), row=row)


@router.get("/incidents/{incident}/charts/{number}")
def chart(
    request: Request, incident: str, number: int, dossiers: OpenDossiers, moment: AskedMoment
) -> Response:
    """One figure over time, by source."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    if not 0 < number <= len(shown.layout.charts):
        raise HTTPException(404)
    to = Addresses(incident, moment)
    drawn = pictured(shown.layout.charts[number - 1], to.words)
    return _part(request, "chart", shown, to, one=drawn, number=number)


@router.get("/incidents/{incident}/copies")
def copies(request: Request, incident: str, dossiers: OpenDossiers, moment: AskedMoment) -> Response:
    """Who has what from whom."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    return _part(request, "copies", shown, Addresses(incident, moment), **_stemma(shown, only_small=False))


@router.get("/incidents/{incident}/statements")
def statements(
    request: Request, incident: str, dossiers: OpenDossiers, moment: AskedMoment, party: AskedParties = None
) -> Response:
    """What each source says besides the answers in the table; with `party`, only these sources."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    voices = [one for one in shown.layout.voices if not party or one.column.party in party]
    return _part(request, "statements", shown, Addresses(incident, moment), voices=voices)


@router.get("/incidents/{incident}/counted")
def counted(
    request: Request, incident: str, dossiers: OpenDossiers, moment: AskedMoment, profile: AskedProfile = None
) -> Response:
    """All figures by a profile."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    tally = counted_by(profile or DEFAULT, shown.opened.dossier, shown.layout)
    return _part(request, "counted_all", shown, Addresses(incident, moment), tally=tally)


@router.get("/incidents/{incident}/changes")
def changes(
    request: Request, incident: str, dossiers: OpenDossiers, ledger: OpenLedger, moment: AskedMoment
) -> Response:
    """What became known on each day, the earliest first."""
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    days = ledger.known_days(incident, recorded=moment.recorded)
    upto = [day for day in days if moment.as_of is None or day <= moment.as_of]
    return _part(
        request,
        "changes",
        shown,
        Addresses(incident, moment),
        days=[changed_on(dossiers, incident, days, day, moment.recorded) for day in upto],
        at=lambda day: Addresses(incident, Moment(day, moment.recorded)),
    )


@router.get("/incidents/{incident}/file.{form}")
def file(
    incident: str, form: str, dossiers: OpenDossiers, moment: AskedMoment, profile: AskedProfile = None
) -> Response:
    """The dossier as a file to keep: `html` (one file, with the texts), `md` or `json`, with the tolls by a profile."""
    made = FILES.get(form)
    if made is None:
        raise HTTPException(404)
    shown = dossiers.open(incident, moment.as_of, moment.recorded)
    upto = f"-{moment.as_of.isoformat()}" if moment.as_of else ""
    return Response(
        made.write(shown.opened, profile),
        media_type=made.media,
        headers={"Content-Disposition": f'attachment; filename="{shown.layout.id}{upto}.{form}"'},
    )


def _part(request: Request, name: str, shown: Shown, to: Addresses, **values: Any) -> Response:
    """A part of the page alone if htmx asks for it, else as a page."""
    alone = (
        request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers
    )
    made = _rendered(
        request,
        "dossier/part.html.j2" if not alone else f"dossier/{name}.html.j2",
        shown,
        to,
        part=name,
        **values,
    )
    made.headers["Vary"] = "HX-Request"
    return made


def _rendered(request: Request, template: str, shown: Shown, to: Addresses, **values: Any) -> Response:
    layout = shown.layout
    return render(
        request,
        template,
        shown=shown,
        layout=layout,
        opened=shown.opened,
        to=to,
        sizes=Sizes.of(layout),
        most_series=MOST,
        signs=STATUS_SIGNS,
        status_meaning=STATUS_MEANING,
        certainty_meaning=CERTAINTY_MEANING,
        outdated=OUTDATED,
        web_address=web_address,
        numbers_in_words=numbers_in_words,
        day_in_words=day_in_words,
        map_of=place_map,
        **values,
    )


def _stemma(shown: Shown, *, only_small: bool) -> dict[str, Any]:
    """The pictures of the stemma; None where there is nothing to draw, or too much for a page that holds more."""
    kinship = shown.layout.kinship
    reports = sum(len(family.leaves) for family in kinship.families)
    if not reports or (only_small and reports > Sizes.MOST_IN_STEMMA):
        return {"stemma": None}
    return {"stemma": (wide_stemma(kinship), narrow_stemma(kinship))}


def _status(asked: str | None) -> Status | None:
    """The status asked for; what is none asks for none."""
    return Status(asked) if asked in set(Status) else None
