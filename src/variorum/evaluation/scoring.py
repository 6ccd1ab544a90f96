"""Scoring of any layer over single reports: annotated data and findings in, figures out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from variorum.evaluation.annotated import AnnotatedData, Row, checked_response, response_rows
from variorum.evaluation.attributions import score_attributions
from variorum.evaluation.claims import score_claims
from variorum.evaluation.dates import score_dates
from variorum.evaluation.figures import Scores
from variorum.evaluation.names import Names, load_aliases
from variorum.evaluation.places import score_places
from variorum.evaluation.shapes import Mark


def score_rows(data: AnnotatedData, rows: Iterable[Row]) -> Scores:
    """The scores of a layer's rows, as `LAYERS` makes them. A report without a row is one with nothing found.

    Raises `InputError` for rows of another shape or about other reports.
    """
    return _score(data, checked_response((("response", row) for row in rows), data))


def score_response(data: AnnotatedData, *response: str | Path) -> Scores:
    """The scores of files with a layer's rows, one a line. Raises `InputError` as `score_rows` does, and for the files."""
    return _score(data, checked_response(response_rows(response), data))


def _score(data: AnnotatedData, found: dict[str, list[Mark]]) -> Scores:
    if data.layer == "claims":
        return score_claims(data.documents, found, Names(load_aliases(data.aliases)))
    scorers = {"attributions": score_attributions, "dates": score_dates, "places": score_places}
    return scorers[data.layer](data.documents, found)
