"""What can be chosen about an export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.model import Record, SettingError
from variorum.reconciling.profiles import PROFILES

QUOTE_WORDS = 25
"""So many words of a report are quoted in one place, unless told otherwise."""


@dataclass(frozen=True)
class Options:
    """`profile` settles tolls. `quote_words` limits each quote; `with_text` adds whole reports, which may be under
    copyright. `table` picks one table where a format has several. `decisions` are those of reviewers, as they are.

    Raises `SettingError` for a profile that nothing is called, and for fewer words than none.
    """

    profile: str
    quote_words: int = QUOTE_WORDS
    with_text: bool = False
    table: str | None = None
    decisions: Sequence[Record | Mapping[str, Any]] = ()

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise SettingError(
                f"no profile is called {self.profile!r}", remedy=f"choose one of {', '.join(PROFILES)}"
            )
        if self.quote_words < 0:
            raise SettingError(f"no quote has {self.quote_words} words", remedy="give 0 or more")
