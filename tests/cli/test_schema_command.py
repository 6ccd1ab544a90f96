from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from variorum.cli.names import SchemaName

TEXT = "The 5 people were killed in Quetta on 2025-03-14 when a bomb exploded, police said."


@pytest.mark.parametrize("name", list(SchemaName))
def test_schema_is_one(invoke, name):
    done = invoke("schema", name)
    assert done.returncode == 0
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_what_is_written_fits_the_schemas(invoke):
    line = json.dumps({"id": "a", "text": TEXT, "published": "2025-03-15"})
    whole = json.loads(invoke("read", "-", "--as", "json", stdin=line).stdout)
    claim = json.loads(invoke("read", "-", "--as", "claims", stdin=line).stdout)
    everything = Draft202012Validator(json.loads(invoke("schema").stdout))
    parts = {
        "report": whole["reading"]["report"],
        "reading": whole["reading"],
        "claim": claim,
        "dossier": whole["dossiers"][0],
    }
    for name, value in parts.items():
        Draft202012Validator(json.loads(invoke("schema", name).stdout)).validate(value)
        everything.validate(value)
    assert not everything.is_valid({"colour": "red"})
