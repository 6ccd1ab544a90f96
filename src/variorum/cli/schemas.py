"""JSON Schema (draft 2020-12) of what the commands write."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from variorum.cli.names import SchemaName
from variorum.model import Claim, Dossier, Reading, Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"


_TYPES: dict[SchemaName, Any] = {
    SchemaName.REPORT: Report,
    SchemaName.READING: Reading,
    SchemaName.CLAIM: Claim,
    SchemaName.DOSSIER: Dossier,
}


def schema_of(name: SchemaName) -> dict[str, Any]:
    """The schema of one type's JSON form, as it is written."""
    return {"$schema": DIALECT, "title": name.value.capitalize()} | TypeAdapter(_TYPES[name]).json_schema(
        mode="serialization"
    )


def all_schemas() -> dict[str, Any]:
    """One schema that knows all the types under `$defs` and takes any of them."""
    keys: list[tuple[SchemaName, Any, TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(kind)) for name, kind in _TYPES.items()
    ]
    found, whole = TypeAdapter.json_schemas(keys, title="Variorum")
    choices = [found[(name, "serialization")] for name in _TYPES]
    return {"$schema": DIALECT} | whole | {"anyOf": choices}
