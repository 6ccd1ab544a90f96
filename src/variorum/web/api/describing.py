"""The description of the API for programs: OpenAPI 3.1 with examples, made from the operations themselves."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from variorum._version import __version__
from variorum.web.api.answers import answer_bytes
from variorum.web.api.routing import PREFIX
from variorum.web.problems import MEDIA_TYPE

router = APIRouter()

ADDRESS: Final = f"{PREFIX}/openapi.json"

_ABOUT: Final = """\
A ledger of contested incidents as JSON: every account kept apart, with its source, its certainty and its words.

* **Lists** have `items` and `next`. Give `next` back as `cursor` for the rest; it is null after the last. A `Link` with
  `rel="next"` says the same.
* **Moments**: `as-of` knows only what was published by a day, `recorded` only what the ledger had recorded by a time.
* **Entity tags** are strong. Send `If-None-Match`, and 304 says that what you have is still so; `If-Match` with a decision, and
  nothing is recorded if somebody decided meanwhile.
* **Problems** are `application/problem+json` (RFC 9457) with a `code` to go by and a `remedy`. A parameter that an operation
  does not have is refused, so that no misspelt filter is passed over in silence.
* **Who may**: `x-scope` of each operation says which scope its token needs.
"""

_TAGS: Final = {
    "incidents": "Lists of incidents, and everything about one.",
    "reports": "Reports, and what was read in them.",
    "decisions": "What reviewers decided, and deciding.",
    "work": "Adding, linking and verifying; each is a job that is asked after.",
    "ledger": "The ledger as a whole, and its exports.",
}


@router.get(ADDRESS, include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description."""
    body = json.dumps(described(request.app), ensure_ascii=False).encode()
    return answer_bytes(request, body, "application/json")


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application's API, made once."""
    if not hasattr(app.state, "description"):
        app.state.description = describe(app)
    found: dict[str, Any] = app.state.description
    return found


@cache
def examples() -> dict[str, dict[str, Any]]:
    """The example of each operation, by its name."""
    text = (files("variorum.web.api") / "data" / "examples.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return read


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application's API."""
    found = get_openapi(
        title="Variorum",
        version=__version__,
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": told} for name, told in _TAGS.items()],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/", "description": "where this is served"}],
    )
    schemes = found["components"].setdefault("securitySchemes", {})
    schemes["token"] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of yours, made on the page /me. Where nobody logs in none is needed.",
    }
    for path in found["paths"].values():
        for operation in path.values():
            _complete(operation)
    return _with_plain_names(found)


def _with_plain_names(document: dict[str, Any]) -> dict[str, Any]:
    """The same with lists named after what they are of, since generated clients call their types so."""
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        if name.startswith("Paged_"):
            of = name.removeprefix("Paged_").strip("_")
            plain = f"{'Claim' if of.startswith('Annotated') else of}Page"
            text = text.replace(f'schemas/{name}"', f'schemas/{plain}"').replace(
                f'"{name}": ', f'"{plain}": '
            )
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def _complete(operation: dict[str, Any]) -> None:
    """Put in the example, the scope, and problems as what they are."""
    example = examples()[operation["operationId"]]
    operation["x-scope"] = example["needs"]
    operation["security"] = [{"token": []}, {}]
    operation["summary"] = operation["description"].partition(".")[0]
    values = example.get("values", {})
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in values:
            parameter["example"] = values[parameter["name"]]
    if "body" in example:
        operation["requestBody"]["content"]["application/json"]["example"] = example["body"]
    refused = operation["responses"]["default"]
    refused["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
