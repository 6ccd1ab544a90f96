"""Layers: what a reading found, as rows of the shapes that the benchmarks' scorers read.

    claims         one row a claim: {"report", "kind", "start", "end", "source", "certainty", ...}
    attributions   one row a report: {"id", "attributions": [{"source": [[s, e]], "cue": [], "content": []}]}
    dates          one row a report: {"id", "timexes": [{"start", "end", "type", "value"}]}
    places         one row a report: {"id", "toponyms": [{"start", "end", "lat", "lon", "geonameid"}]}

Offsets count characters (Unicode code points) of the report's text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from variorum.model import Claim, Reading, Responsibility, Span, Toll

Row = dict[str, Any]


def claim_rows(reading: Reading) -> Iterator[Row]:
    """One row for each claim, in the order of the reading."""
    for claim in reading.claims:
        yield _claim_row(claim)


def attribution_rows(reading: Reading) -> Iterator[Row]:
    """One row: the report's attributions, each role a list of spans, empty where the role is absent."""
    yield {
        "id": reading.report.id,
        "attributions": [
            {"source": _spans(found.source), "cue": _spans(found.cue), "content": _spans(found.content)}
            for found in reading.attributions
        ],
    }


def date_rows(reading: Reading) -> Iterator[Row]:
    """One row: the report's time expressions with TIMEX3 type and value (null where the value is unknown)."""
    yield {
        "id": reading.report.id,
        "timexes": [
            {"start": time.evidence.start, "end": time.evidence.end, "type": time.type, "value": time.value}
            for time in reading.times
        ],
    }


def place_rows(reading: Reading) -> Iterator[Row]:
    """One row: the places that stand in the report's words; coordinates are null where unresolved."""
    yield {
        "id": reading.report.id,
        "toponyms": [
            {
                "start": place.evidence.start,
                "end": place.evidence.end,
                "geonameid": place.geonameid,
                "lat": place.latitude,
                "lon": place.longitude,
            }
            for place in reading.places
            if place.evidence is not None
        ],
    }


LAYERS: dict[str, Callable[[Reading], Iterator[Row]]] = {
    "claims": claim_rows,
    "attributions": attribution_rows,
    "dates": date_rows,
    "places": place_rows,
}
"""The rows of each layer, by its name."""


def _claim_row(claim: Claim) -> Row:
    row: Row = {
        "report": claim.report,
        "kind": claim.kind,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "quote": claim.evidence.quote,
        "source": claim.source.party,
        "certainty": str(claim.certainty),
        "background": claim.background,
        "score": claim.score,
    }
    if claim.source.via:
        row["via"] = list(claim.source.via)
    if isinstance(claim, Toll):
        row |= {
            "outcome": str(claim.outcome),
            "min": claim.min,
            "max": claim.max,
            "approx": claim.approx,
            "group": str(claim.group),
        }
        optional = {
            "who": claim.who,
            "actor": claim.actor,
            "combined": [str(outcome) for outcome in claim.combined],
        }
        return row | {name: value for name, value in optional.items() if value}
    if isinstance(claim, Responsibility):
        return row | {"actor": claim.actor, "stance": str(claim.stance)}
    return row | {"denies": claim.denies}


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(span) for span in spans]
