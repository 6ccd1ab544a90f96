"""The words that tell what became of people where a report gives no figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from variorum.reconciling.lexicon import rows

KILLED, INJURED = "killed", "injured"
ATTEMPTED = "attempted"


@cache
def cues() -> Mapping[str, re.Pattern[str]]:
    """Each cue with its pattern."""
    forms: dict[str, list[str]] = defaultdict(list)
    for name, pattern in rows("counting_cues.tsv"):
        forms[name].append(pattern)
    return MappingProxyType({name: _whole_words("|".join(parts)) for name, parts in forms.items()})


def uses(cue: str, text: str) -> int:
    """How often a text uses a cue. What was only attempted ("attempted murder") is no word of death."""
    if cue == KILLED:
        text = cues()[ATTEMPTED].sub(" ", text)
    return sum(1 for _ in cues()[cue].finditer(text))


@cache
def counting_words(kind: str) -> Mapping[str, int]:
    """The words of a class of `counting_words.tsv` with their values, 0 where they have none."""
    return MappingProxyType(
        {
            word: 0 if value == "-" else int(value)
            for word, name, value in rows("counting_words.tsv")
            if name == kind
        }
    )


@cache
def any_of(kind: str) -> re.Pattern[str]:
    """A pattern for the words of a class."""
    return _whole_words("|".join(counting_words(kind)))


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
