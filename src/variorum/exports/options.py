"""What can be chosen about an export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.model import Record

QUOTE_WORDS = 25
"""So many words of a report are quoted in one place, unless told otherwise."""


@dataclass(frozen=True)
class Options:
    """`profile` settles tolls. `quote_words` limits each quote; `with_text` adds whole reports, which may be under
    copyright. `table` picks one table where a format has several. `decisions` go into the bundle as they are."""

    profile: str
    quote_words: int = QUOTE_WORDS
    with_text: bool = False
    table: str | None = None
    decisions: Sequence[Record | Mapping[str, Any]] = ()
