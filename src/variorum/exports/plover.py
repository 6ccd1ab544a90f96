"""`plover`: records after the PLOVER ontology of the Open Event Data Alliance, one JSON object a line.

One record tells of the incident: its type as a PLOVER event, and its tolls. One more tells of each claim by which a
party accuses another (`ACCUSE`) or threatens (`THREATEN`): PLOVER codes what actors do, and claiming is doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from variorum.exports.as_json import json_line
from variorum.exports.case import Case, point_of
from variorum.exports.codes import country, event_type
from variorum.exports.figures import of_everybody
from variorum.exports.options import Options
from variorum.exports.quoting import cut
from variorum.exports.sides import sides_of
from variorum.model import REPORTER, Certainty, Claim, Outcome, Report, Responsibility, Stance
from variorum.reconciling.profiles import Figure, Tally

SIZES: Mapping[str, Outcome] = {
    "dead": Outcome.KILLED,
    "injured": Outcome.INJURED,
    "arrested": Outcome.CAPTURED,
}
"""PLOVER's sizes and the outcomes that they count."""


def records(cases: Iterable[Case], options: Options) -> Iterator[dict[str, Any]]:
    """All records: of each case first the incident, then the claims that are events of their own."""
    for case in cases:
        yield _incident(case, options)
        for claim in case.claims.values():
            told = _speech(claim)
            if told is not None:
                yield _record(case, claim, told, options)


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The records as JSON Lines."""
    return (json_line(record) for record in records(cases, options))


def _incident(case: Case, options: Options) -> dict[str, Any]:
    kind, sides, tally = event_type(case.summary.type), sides_of(case), case.tally(options.profile)
    day = case.day
    exact = day if day and day.first == day.last else None
    return {
        "id": case.id,
        "date": exact.first if exact else None,
        "actor": [_actor(case, name) for name in sides.a],
        "recipient": [_actor(case, name) for name in sides.b],
        "event": [{"event": kind.plover, "mode": kind.mode or None}] if kind.plover else [],
        "event_loc": _where(case),
        "text_info": {},
        "size": _size(tally),
        "cite_info": [_cite(report) for report in case.reports.values()],
        "variorum": {
            "incident": case.id,
            "first_day": day and day.first,
            "last_day": day and day.last,
            "day_precision": day and day.precision,
            "profile": tally.profile,
            "figures": [_figure(figure) for figure in tally.figures],
        },
    }


def _record(case: Case, claim: Claim, told: tuple[str, str | None], options: Options) -> dict[str, Any]:
    event, recipient = told
    return {
        "id": f"{case.id}/{claim.id}",
        "date": claim.said,
        "actor": [_actor(case, claim.source.party)],
        "recipient": [_actor(case, recipient)] if recipient else [],
        "event": [{"event": event, "mode": None}],
        "event_loc": {},
        "text_info": {
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "text": cut(claim.evidence.quote, options.quote_words),
        },
        "size": {},
        "cite_info": [_cite(case.first_report_with(claim.id))],
        "variorum": {
            "incident": case.id,
            "claims": [claim.id],
            "certainty": claim.certainty.value,
            "via": list(claim.source.via),
        },
    }


def _speech(claim: Claim) -> tuple[str, str | None] | None:
    """The event that saying so is, and whom it is directed at; None if it is none. A report's own voice is no actor."""
    if claim.source.party == REPORTER:
        return None
    if claim.certainty is Certainty.THREATENED:
        return "THREATEN", None
    if isinstance(claim, Responsibility) and claim.stance is Stance.ACCUSES:
        return "ACCUSE", claim.actor
    return None


def _actor(case: Case, name: str) -> dict[str, Any]:
    party = case.parties.get(name)
    known = country(party.country) if party else None
    return {
        "name": name,
        "country": known.alpha3 if known else None,
        "kind": party.kind.value if party else None,
    }


def _where(case: Case) -> dict[str, Any]:
    place, point = case.place, point_of(case.place)
    if place is None:
        return {}
    known = country(place.country)
    return {
        "name": place.name,
        "admin1": place.admin1,
        "country": known.alpha3 if known else place.country,
        "lat": point and point[0],
        "lon": point and point[1],
        "precision": place.precision,
        "geonameid": place.geonameid,
    }


def _size(tally: Tally) -> dict[str, int]:
    """A number only where the profile comes to a single one; ranges are with the figures."""
    found = {}
    for name, outcome in SIZES.items():
        figure = of_everybody(tally, outcome)
        if figure is None:
            continue
        number = figure.best if figure.best is not None else figure.low if figure.low == figure.high else None
        if number is not None:
            found[name] = number
    return found


def _figure(figure: Figure) -> dict[str, Any]:
    return figure.model_dump(mode="json")


def _cite(report: Report) -> dict[str, Any]:
    return {
        "report": report.id,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "date": report.published,
        "sha256": report.content_hash,
    }
