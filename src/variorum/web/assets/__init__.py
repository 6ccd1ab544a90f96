"""Style sheets, scripts and pictures, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from variorum.dossier import style

router = APIRouter()
_LISTED = {".css", ".js", ".svg", ".png", ".ico", ".webmanifest"}
_OF_THE_DOSSIER = {"tokens.css", "pictures.css"}
"""What the pages share with the dossier as a file: one set of colours and types."""
_FOREVER = "public, max-age=31536000, immutable"


@router.get("/assets/{digest}/{name}", include_in_schema=False)
def asset(digest: str, name: str) -> Response:
    """One file. Raises 404 where there is none, or its content is another by now."""
    if name not in _names() or digest != _digest(name):
        raise HTTPException(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(_content(name), media_type=kind, headers={"Cache-Control": _FOREVER})


def asset_path(name: str) -> str:
    """The address of a file. Raises `KeyError` where there is none: a template's mistake."""
    if name not in _names():
        raise KeyError(name)
    return f"/assets/{_digest(name)}/{name}"


@cache
def _names() -> frozenset[str]:
    folder = files("variorum.web.assets")
    ours = {
        found.name for found in folder.iterdir() if any(found.name.endswith(ending) for ending in _LISTED)
    }
    return frozenset(ours | _OF_THE_DOSSIER)


@cache
def _content(name: str) -> bytes:
    if name in _OF_THE_DOSSIER:
        return style(name).encode()
    return files("variorum.web.assets").joinpath(name).read_bytes()


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:16]
