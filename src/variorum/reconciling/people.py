"""Which part of a group a figure counts, by the text's own words for the people.

"Five children" and "twelve civilians" are a part and its whole, not rivals. The parts follow the roles of
Airwars' victim list where there is one (children, women, journalists, healthcare personnel, aid workers,
staff).
"""

from __future__ import annotations

import re
from functools import cache

from variorum.reconciling.lexicon import rows

WHOLE = ""
"""The line of a figure that counts the group as a whole."""

PART = "part"
"""The line of a smaller figure that a source gives for the same people, with no sign of a change over
time."""

PERSON = "a person"
"""The line of a figure of one that is no count: "a guard was killed", or a name."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GENERAL, _EMPTY, _ONE = "*", "-", "1"


@cache
def _roles() -> dict[str, str]:
    return {word: line for word, line in rows("people.tsv") if line not in (_GENERAL, _EMPTY, _ONE)}


@cache
def _listed(mark: str) -> frozenset[str]:
    return frozenset(word for word, line in rows("people.tsv") if line == mark)


def role_line(who: str | None) -> str:
    """The line that the words' roles name ("children and women"), or `WHOLE`."""
    found = {_roles()[word] for word in _words(who) if word in _roles()}
    return " and ".join(sorted(found)) or WHOLE


def telling_words(who: str | None) -> frozenset[str]:
    """The words for the people that say more than "people" or "civilians"; what they share makes two
    figures one."""
    return frozenset(word for word in _words(who) if word not in _listed(_GENERAL))


def counts_one(words: str) -> bool:
    """Whether the words count one ("one guard", "1 dead") and do not only speak of somebody ("a guard")."""
    return "1" in words.split() or any(m.group().lower() in _listed(_ONE) for m in _WORD.finditer(words))


def _words(who: str | None) -> tuple[str, ...]:
    words = (match.group().lower() for match in _WORD.finditer(who or ""))
    return tuple(word for word in words if word not in _listed(_EMPTY))
