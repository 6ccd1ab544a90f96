"""The description of the API: complete, true to what is answered, and with examples that can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import hypothesis
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.command_lines import asked
from tests.web.conftest import serving
from variorum.web import WebSettings, create_app
from variorum.web.api.describing import examples
from variorum.web.api.page import command_line

ASKED = ("get", "post")


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, one)
        for path, methods in document["paths"].items()
        for method, one in methods.items()
        if method in ASKED
    ]


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found = client.get("/api/v1/openapi.json")
    assert found.status_code == 200
    return dict(found.json())


def test_each_operation_is_told_with_an_example_and_a_scope(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    names = [one["operationId"] for _, _, one in operations(document)]
    assert len(names) == len(set(names))
    assert set(names) == set(examples())
    for _, method, one in operations(document):
        assert one["description"].strip()
        assert one["x-scope"] == ("read" if method == "get" else "decide")
        refused = one["responses"]["default"]["content"]
        assert refused == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        assert "422" not in one["responses"]
        for parameter in one.get("parameters", ()):
            assert parameter.get("description"), (one["operationId"], parameter["name"])


ELSEWHERE = {"undo": 404, "job": 404}
"""Examples of what is not there before it is made."""


def test_the_examples_can_be_asked_and_fit_their_description(
    client: TestClient, document: dict[str, Any]
) -> None:
    for path, method, one in operations(document):
        answer = asked(client, command_line(method, path, one, "http://localhost"))
        wanted = ELSEWHERE.get(one["operationId"], (200, 201, 202))
        assert answer.status_code in (wanted if isinstance(wanted, tuple) else (wanted,)), answer.text
        told = one["responses"].get(str(answer.status_code), one["responses"]["default"])
        if answer.headers["content-type"] == "application/octet-stream":
            assert answer.content
            continue
        schema = told["content"][answer.headers["content-type"]]["schema"]
        Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())
        if method == "get" and answer.status_code == 200 and "items" in answer.json():
            empty = {"list_jobs", "decisions_on", "list_decisions"}
            assert answer.json()["items"] or one["operationId"] in empty, one["operationId"]


def test_the_page_tells_every_operation(client: TestClient, document: dict[str, Any]) -> None:
    page = client.get("/api")
    assert page.status_code == 200
    told = set(re.findall(r'<article class="operation" id="(\w+)"', page.text))
    assert told == {one["operationId"] for _, _, one in operations(document)}
    assert len(page.content) < 150_000
    assert "curl &#39;" in page.text or "curl http" in page.text


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
)

EXAMPLES = 8
"""For each operation and way; scripts/fuzz_api.py tries as many as it is told."""


def test_whatever_is_asked_no_server_breaks(settings: WebSettings) -> None:
    """Schemathesis on every operation: what fits the description and what does not."""
    with serving(create_app(replace(settings, waiting=100_000))) as address:
        assert not list(faults_of(address, EXAMPLES))


def faults_of(address: str, examples: int) -> Iterator[str]:
    """What Schemathesis finds at a server."""
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            try:
                asking(operation, mode, examples)()
            except Unsatisfiable:  # an operation that takes nothing cannot be asked wrongly
                continue
            except Exception as error:
                yield f"{operation.label}, {mode.value}: {error}"


def asking(operation: Any, mode: GenerationMode, examples: int) -> Any:
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(mode))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=list(CHECKS))

    return ask
