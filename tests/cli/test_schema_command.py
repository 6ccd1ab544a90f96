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


def fits(invoke, name, value):
    Draft202012Validator(json.loads(invoke("schema", name).stdout)).validate(value)
    Draft202012Validator(json.loads(invoke("schema").stdout)).validate(value)


def first(done):
    return json.loads(done.stdout.splitlines()[0])


def test_what_is_written_of_one_report_fits_the_schemas(invoke):
    line = json.dumps({"id": "a", "text": TEXT, "published": "2025-03-15"})
    whole = first(invoke("read", "-", "--as", "json", stdin=line))
    fits(invoke, "kept", whole)
    fits(invoke, "report", whole["reading"]["report"])
    fits(invoke, "reading", whole["reading"])
    fits(invoke, "dossier", whole["dossiers"][0])
    fits(invoke, "claim", first(invoke("read", "-", "--as", "claims", stdin=line)))


def test_what_is_written_of_many_reports_fits_the_schemas(invoke, lines):
    fits(invoke, "linked", first(invoke("link", "-", "--as", "json", stdin=lines)))
    days = ("--from", "2031-05-06", "--to", "2031-05-08")
    fits(invoke, "change", first(invoke("diff", "-", *days, "--as", "json", stdin=lines)))
    whole = first(invoke("read", "-", "--as", "json", "--profile", "range", stdin=lines))
    fits(invoke, "incident", whole)
    fits(invoke, "tally", whole["tallies"]["range"])


def test_what_a_decision_must_have(invoke):
    decision = Draft202012Validator(json.loads(invoke("schema", "decision").stdout))
    assert decision.is_valid({"kind": "join", "reports": ["a", "b"], "by": "me", "on": "2031-05-21"})
    assert not decision.is_valid({"kind": "join", "reports": ["a", "b"], "by": "me"})
    assert not decision.is_valid({"kind": "mix", "reports": ["a", "b"], "by": "me", "on": "2031-05-21"})


def test_not_everything_fits(invoke):
    assert not Draft202012Validator(json.loads(invoke("schema").stdout)).is_valid({"colour": "red"})
