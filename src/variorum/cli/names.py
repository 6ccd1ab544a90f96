"""The words that options take. Kept apart so that `--help` needs nothing else."""

from __future__ import annotations

from enum import StrEnum


class ReaderName(StrEnum):
    """Who finds the claims: the encoder that is shipped, or a language model that the user names."""

    DEFAULT = "default"
    LLM = "llm"


class Form(StrEnum):
    """The forms of a dossier, of one report or of an incident."""

    DOSSIER = "dossier"
    JSON = "json"
    CLAIMS = "claims"
    HTML = "html"
    MARKDOWN = "markdown"


class Layer(StrEnum):
    """The layers of findings in one report, each in the shape of its benchmark's scorer."""

    CLAIMS = "claims"
    ATTRIBUTIONS = "attributions"
    DATES = "dates"
    PLACES = "places"


class Benchmark(StrEnum):
    """What `evaluate` scores, by the names that the benchmarks have among those who publish on them."""

    CASES = "cases"
    POSITIONS = "positions"
    ATTRIBUTION = "attribution"
    TIME = "time"
    PLACE = "place"
    LINKING = "linking"
    MUC4 = "muc4"


class LinkLayer(StrEnum):
    """The layers of findings over many reports, likewise."""

    INCIDENTS = "incidents"
    COUNTS = "counts"
    POSITIONS = "positions"


class TextOrJson(StrEnum):
    """For a person or for a program."""

    TEXT = "text"
    JSON = "json"


class ProfileName(StrEnum):
    """The profiles: whose rule settles conflicting tolls."""

    UCDP = "ucdp"
    ACLED = "acled"
    AIRWARS = "airwars"
    IBC = "ibc"
    GTD = "gtd"
    RANGE = "range"


class SchemaName(StrEnum):
    """What there is a schema of."""

    REPORT = "report"
    READING = "reading"
    CLAIM = "claim"
    DOSSIER = "dossier"
    KEPT = "kept"
    INCIDENT = "incident"
    LINKED = "linked"
    CHANGE = "change"
    TALLY = "tally"
    DECISION = "decision"


class ExportFormat(StrEnum):
    """The forms in which incidents are handed over."""

    UCDP_GED = "ucdp-ged"
    ACLED_SHAPED = "acled-shaped"
    AIRWARS_SHAPED = "airwars-shaped"
    PLOVER = "plover"
    HXL = "hxl"
    HXL_XLSX = "hxl-xlsx"
    GEOJSON = "geojson"
    FTM = "ftm"
    FTM_STATEMENTS = "ftm-statements"
    CLAIMS_JSONLD = "claims-jsonld"
    PROV = "prov"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"
    BUNDLE = "bundle"


class RoleName(StrEnum):
    """What somebody may do."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"
