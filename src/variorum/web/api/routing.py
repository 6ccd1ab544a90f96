"""How the routers of the API are made: one prefix, one way to refuse, names that clients can call functions by."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Depends

from variorum.client.shapes import Problem
from variorum.web.api.asking import only_known_names
from variorum.web.problems import MEDIA_TYPE

PREFIX: Final = "/api/v1"

_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    "default": {
        "description": "It was not carried out; the problem tells why and what helps.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "model": Problem,
    },
}

HAS_IT: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "What `If-None-Match` names is still so."}
}


def router_of(tag: str) -> APIRouter:
    """A router for one kind of thing."""
    return APIRouter(
        prefix=PREFIX,
        tags=[tag],
        dependencies=[Depends(only_known_names)],
        responses=_REFUSED,
        generate_unique_id_function=lambda route: route.name,
    )
