"""What moved the score of a link, in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from variorum.model import Link

_DATA = "data/link_reasons.tsv"
_MOST = 3
"""How many reasons are put in words; the rest is in the JSON form."""


def reasons_in_words(link: Link) -> list[str]:
    """First what speaks for the link, then what speaks most against it."""
    words = _reasons()
    moved = [(name, added) for name, added in link.reasons if name in words][: _MOST + 1]
    speaking = [words[name][0] for name, added in moved if added > 0][:_MOST]
    against = [words[name][1] for name, added in moved if added < 0][:1]
    return [*([", ".join(speaking)] if speaking else []), *(f"against it: {one}" for one in against)]


@cache
def _reasons() -> Mapping[str, tuple[str, str]]:
    text = files("variorum.dossier").joinpath(_DATA).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: (speaking, against) for name, speaking, against in rows}
