"""`plover`: records after the PLOVER ontology of the Open Event Data Alliance, one JSON object a line.

One record tells of the incident: its type as a PLOVER event, and its tolls. It has an actor only where nobody disputes
who that was: PLOVER's events have a direction, and fighting has none. One more record tells of each claim by which a
party accuses another (`ACCUSE`): accusing is an event, whoever is right.
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
from variorum.exports.sides import undisputed_actor
from variorum.model import REPORTER, Certainty, Outcome, Report, Responsibility, Stance
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
            if isinstance(claim, Responsibility) and _accuses(claim):
                yield _accusation(case, claim, options)


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The records as JSON Lines."""
    return (json_line(record) for record in records(cases, options))


def _incident(case: Case, options: Options) -> dict[str, Any]:
    kind, actor, tally = event_type(case.summary.type), undisputed_actor(case), case.tally(options.profile)
    day = case.day
    exact = day if day and day.first == day.last else None
    return {
        "id": case.id,
        "date": exact.first if exact else None,
        "actor": [_actor(case, actor)] if actor else [],
        "recipient": [],
        "event": [{"event": kind.plover, "mode": kind.mode or None}] if kind.plover else [],
        "event_loc": _where(case),
        "text_info": {},
        "size": _size(tally),
        "cite_info": [_cite(report) for report in case.reports.values()],
        "variorum": {
            "incident": case.id,
            "first_day": day.first if day else None,
            "last_day": day.last if day else None,
            "day_precision": day.precision if day else None,
            "parties": [_actor(case, name) for name in case.summary.parties],
            "profile": tally.profile,
            "figures": [_figure(figure) for figure in tally.figures],
        },
    }


def _accusation(case: Case, claim: Responsibility, options: Options) -> dict[str, Any]:
    return {
        "id": f"{case.id}/{claim.id}",
        "date": claim.said,
        "actor": [_actor(case, claim.source.party)],
        "recipient": [_actor(case, claim.actor)],
        "event": [{"event": "ACCUSE", "mode": None}],
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


def _accuses(claim: Responsibility) -> bool:
    """Whether a party says that another one did it. A report's own voice is no actor; a threat has not been carried out."""
    return (
        claim.stance is Stance.ACCUSES
        and claim.source.party != REPORTER
        and claim.certainty not in (Certainty.CONDITIONAL, Certainty.THREATENED)
    )


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
