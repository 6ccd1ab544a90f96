"""The words that options take. Kept apart so that `--help` needs nothing else."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """The forms of a single report's dossier."""

    DOSSIER = "dossier"
    JSON = "json"
    CLAIMS = "claims"
    HTML = "html"
    MARKDOWN = "markdown"


class Layer(StrEnum):
    """The layers of findings, each in the shape of its benchmark's scorer."""

    CLAIMS = "claims"
    ATTRIBUTIONS = "attributions"
    DATES = "dates"
    PLACES = "places"


class SchemaName(StrEnum):
    """What there is a schema of."""

    REPORT = "report"
    READING = "reading"
    CLAIM = "claim"
    DOSSIER = "dossier"


class ErrorShape(StrEnum):
    """How errors are written."""

    TEXT = "text"
    JSON = "json"
