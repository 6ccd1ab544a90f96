"""The word lists this stage uses, read once from `data/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The tab-separated rows of a file under `data/`, without blank lines and comments."""
    text = files("variorum.reconciling").joinpath("data", name).read_text("utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
