"""JSON Schema (draft 2020-12) of what the commands write, and of the decisions they take."""

from __future__ import annotations

from typing import Any

from pydantic import Field, TypeAdapter

from variorum.cli.names import SchemaName
from variorum.linking import Decision
from variorum.model import Claim, Dossier, LinkedIncident, Reading, Record, Report
from variorum.reconciling import IncidentChange
from variorum.reconciling.profiles import Tally

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Linked(Record):
    """A line of `variorum link --as json`: an incident with what links its reports, and its dossier."""

    incident: LinkedIncident
    dossier: Dossier


class ReportInIncident(Record):
    """A report in a line on an incident: its letter, why it is there, and the claims that its notes name."""

    siglum: str
    report: str
    score: float | None
    why: str
    notes: dict[str, str] = Field(description="the id of the claim behind each note")


class IncidentLine(Record):
    """A line of `variorum read --as json` on several reports: an incident with all that was read of it."""

    dossier: Dossier
    reports: tuple[ReportInIncident, ...]
    places: dict[str, Any] = Field(description="a GeoJSON feature collection (RFC 7946)")
    readings: tuple[Reading, ...]
    tallies: dict[str, Tally] = Field(default={}, description="by the profiles of --profile, by their names")


class Kept(Record):
    """A line of `variorum read --as json` on one report, or with --separately: it is taken in again as read already."""

    reading: Reading
    dossiers: tuple[Dossier, ...] = Field(description="of the report alone")


_TYPES: dict[SchemaName, Any] = {
    SchemaName.REPORT: Report,
    SchemaName.READING: Reading,
    SchemaName.CLAIM: Claim,
    SchemaName.DOSSIER: Dossier,
    SchemaName.KEPT: Kept,
    SchemaName.INCIDENT: IncidentLine,
    SchemaName.LINKED: Linked,
    SchemaName.CHANGE: IncidentChange,
    SchemaName.TALLY: Tally,
    SchemaName.DECISION: Decision,
}


def schema_of(name: SchemaName) -> dict[str, Any]:
    """The schema of one type's JSON form, as it is written."""
    adapter = TypeAdapter(_TYPES[name])
    # Decisions are written by people: what may be left out is not required.
    schema = adapter.json_schema(mode="validation" if name is SchemaName.DECISION else "serialization")
    return {"$schema": DIALECT, "title": name.value.capitalize()} | schema


def all_schemas() -> dict[str, Any]:
    """One schema that knows all the types under `$defs` and takes any of them."""
    keys: list[tuple[SchemaName, Any, TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(kind)) for name, kind in _TYPES.items()
    ]
    found, whole = TypeAdapter.json_schemas(keys, title="Variorum")
    choices = [found[(name, "serialization")] for name in _TYPES]
    return {"$schema": DIALECT} | whole | {"anyOf": choices}
