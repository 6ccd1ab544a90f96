"""Answers: JSON of the package's types, with an entity tag that is its content, packed where that pays.

They are packed here and not by the middleware, which would leave the tag of what is not packed on what is.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from typing import Any, Final

from fastapi import Request, Response
from pydantic import TypeAdapter

from variorum.client.shapes import Paged

_WORTH_PACKING: Final = 1_000
_FASTEST: Final = 3
"""How hard to pack: harder takes twice as long for a tenth less."""


def answer(request: Request, shape: Any, value: Any, *, tag: str | None = None) -> Response:
    """A value as JSON, or 304 where the asker has it. `tag` is what tells it from others, if that is not its content."""
    return answer_bytes(request, _adapter(shape).dump_json(value), "application/json", tag=tag)


def answer_page(
    request: Request, shape: Any, items: Any, after: str | None, *, tag: str | None = None
) -> Response:
    """Some of a list, with a link to the next."""
    page = Paged[shape].model_construct(items=tuple(items), next=after)
    made = answer(request, Paged[shape], page, tag=tag)
    if after is not None:
        following = request.url.include_query_params(cursor=after)
        made.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return made


def answer_bytes(request: Request, body: bytes, media_type: str, *, tag: str | None = None) -> Response:
    """Bytes with their entity tag. What is packed is another representation, so its tag is another one (RFC 9110, 8.8.3.3)."""
    tag = tag or hashlib.sha256(body).hexdigest()[:32]
    packs = len(body) >= _WORTH_PACKING and _takes_gzip(request)
    headers = {
        "ETag": f'"{tag}{"-gzip" if packs else ""}"',
        "Cache-Control": "private, no-cache",
    }
    if packs:
        headers["Vary"] = "Accept-Encoding"  # the middleware puts it on what it could pack itself
    if _has(request, tag):
        return Response(None, 304, headers)
    if packs:
        body = gzip.compress(body, _FASTEST, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, 200, headers, media_type)


def _has(request: Request, tag: str) -> bool:
    """Whether the asker has this, packed or not (If-None-Match, RFC 9110, 13.1.2)."""
    told = request.headers.get("if-none-match", "")
    tags = {one.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for one in told.split(",")}
    return told.strip() == "*" or tag in tags


def _takes_gzip(request: Request) -> bool:
    """As the middleware asks, so that it never packs what is tagged here as not packed."""
    return "gzip" in request.headers.get("accept-encoding", "")


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
