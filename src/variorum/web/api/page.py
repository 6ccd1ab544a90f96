"""The description of the API for people: a page, made on the server, with an example of each operation."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response

from variorum.web.api.describing import ADDRESS, described
from variorum.web.problems import STATUS
from variorum.web.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    told: tuple[tuple[str, ...], ...]
    """Paragraphs, of which every second piece is code."""
    scope: str
    parameters: tuple[tuple[str, bool, tuple[str, ...]], ...]
    """Name, whether it is needed, what it says."""
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    """Statuses that need a word."""
    example: str
    """A command line that asks it."""


@router.get("/api")
def api_page(request: Request) -> Response:
    """All operations, by what they are about."""
    document = described(request.app)
    groups = [
        (tag["name"], tag["description"], _operations(document, tag["name"], str(request.base_url)))
        for tag in document["tags"]
    ]
    codes = sorted(STATUS.items(), key=lambda one: (one[1], one[0]))
    return render(request, "api.html.j2", groups=groups, described=ADDRESS, codes=codes)


def _operations(document: dict[str, Any], tag: str, base: str) -> list[Operation]:
    return [
        Operation(
            name=one["operationId"],
            method=method.upper(),
            path=path,
            told=tuple(_pieces(part) for part in one["description"].split("\n\n")),
            scope=one["x-scope"],
            parameters=tuple(
                (p["name"], p["required"], _pieces(p["description"])) for p in one.get("parameters", ())
            ),
            answers=tuple(
                (status, _pieces(told["description"]))
                for status, told in one["responses"].items()
                if told["description"] != "Successful Response" and status != "default"
            ),
            example=command_line(method, path, one, base.rstrip("/")),
        )
        for path, methods in document["paths"].items()
        for method, one in methods.items()
        if tag in one["tags"]
    ]


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\n", " ").split("`"))


def command_line(method: str, path: str, operation: dict[str, Any], base: str) -> str:
    """How to ask an operation its example with curl."""
    query: list[tuple[str, str]] = []
    parts = ["curl"] if method == "get" else ["curl", "--request", method.upper()]
    for parameter in operation.get("parameters", ()):
        if "example" not in parameter:
            continue
        name, value = parameter["name"], parameter["example"]
        if parameter["in"] == "path":
            for form in (f"{{{name}}}", f"{{{name}:path}}"):
                path = path.replace(form, quote(str(value)))
        elif parameter["in"] == "header":
            parts += ["--header", f"{name}: {value}"]
        else:
            several = value if isinstance(value, list) else [value]
            query += [(name, str(one).lower() if isinstance(one, bool) else str(one)) for one in several]
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]["example"]
        parts += ["--json", json.dumps(body, ensure_ascii=False)]
    address = f"{base}{path}" + (f"?{urlencode(query)}" if query else "")
    return shlex.join([*parts, address])
