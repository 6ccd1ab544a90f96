"""The group of the people a toll counts: what the words say to any reader first, the network for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from variorum.model import Group
from variorum.reading.encoder.outputs import GROUPS
from variorum.reading.groups import group_evidence
from variorum.reading.people import read_table
from variorum.reading.quantities import Quantity

FIRMNESS = 8.0
"""What full evidence of the lexicon adds to a group's log-probability; chosen on reports held back."""
FIRM = 0.5
ANYONE = 4.0
"""What a noun for people of any kind takes from the log-probability of the armed; chosen on reports held back."""
ARMED = [GROUPS.index(Group.SECURITY), GROUPS.index(Group.MILITANT)]
TELLING = 10
"""From this figure on, the same figure of the same noun is about the same people."""
_TAIL = re.compile(
    r"(?:\s+(?:of|from|belonging\s+to)\s+(?:[\w'’-]+\s*){1,5})|(?:\s+who\s+were\s+(?:[\w'’-]+\s*){1,4})"
)

_PREDICATE = re.compile(
    r"(?:\s+of\s+(?:them|whom|these|those))?\s+(?:were|was|are|is)\s+((?:(?!in\b|at\b|on\b|by\b|to\b|from\b|inside\b)[\w'’-]+\s*){1,3})"
)
_PART_TOLD = re.compile(
    r"(?:\s+(?!and\b|or\b)[\w'’-]+){0,4}(?:,|\s[—–-])?\s+(?:(?:many|most|some|several|half|a\s+majority|\w+)\s+of\s+(?:whom|them)|mostly|mainly|largely)"
    r"(?:\s+(?:were|are|being))?\s+((?:(?!in\b|at\b|on\b|by\b|to\b|from\b|inside\b)[\w'’-]+\s*){1,4})"
)
"""Words on a part of the people counted: "on board, many of whom were soldiers"."""
_AHEAD = re.compile(r"^\w*\s|[.,;:\n]|\b(?:the|an?|of|among|by|in)\s")
AHEAD = 40
"""Characters of the words for people that stand before their figure."""
_OWN = re.compile(r"\b(?:its|their|his|her|our|my)\b")
"""Whose people they are tells no group."""
_OF = re.compile(r"\b(\w{1,30})\s+of\s+\w{1,30}")
PHRASES = 5
_PART = re.compile(r"\s+of\s+(?:the|these|those)\s+")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Counted:
    """A toll to be given a group: its quantity and the network's raw scores."""

    quantity: Quantity
    scores: Floats


def choose_groups(text: str, tolls: Sequence[Counted]) -> list[Group]:
    """The group of each toll, given in the order of the text.

    Words that tell the group ("soldiers", "members of the Frontier Corps") outweigh the network. A noun that is told more
    fully elsewhere ("prisoners", "prisoners of war") means the same people. A quantity that leaves its noun out ("75
    wounded") counts the same sort of people as the last one before it that names them.
    """
    fuller = _fuller_phrases(text)
    chosen: list[Group] = []
    last: tuple[int, Group] | None = None
    for toll in tolls:
        quantity = toll.quantity
        evidence = (
            _telling(people_words(text, quantity))
            or _told_elsewhere(text, quantity, fuller)
            or _told_beside(text, quantity)
        )
        scores = _logged(toll.scores)
        for group, firmness in evidence.items():
            scores[GROUPS.index(group)] += FIRMNESS * firmness
        if not evidence and _says_anyone(text, quantity):
            scores[ARMED] -= ANYONE
        group = GROUPS[int(scores.argmax())]
        if (
            not evidence
            and last is not None
            and _leaves_out_noun(text, quantity)
            and "\n" not in text[last[0] : quantity.start].strip()
        ):
            group = last[1]
        last = (quantity.end, group)
        chosen.append(group)
    settled = _same_people(text, tolls, chosen)
    return [_with_part(text, toll.quantity, group) for toll, group in zip(tolls, settled, strict=True)]


def _same_people(text: str, tolls: Sequence[Counted], groups: list[Group]) -> list[Group]:
    """The groups, with one figure of one noun ("214 military hostages", later "214 hostages") in one group: that of the
    fuller words."""
    fullest: dict[tuple[int, str], tuple[int, Group]] = {}
    keys = [_people(text, toll.quantity) for toll in tolls]
    for key, toll, group in zip(keys, tolls, groups, strict=True):
        if key is not None:
            told = (len(people_words(text, toll.quantity)), group)
            fullest[key] = max(fullest.get(key, told), told, key=lambda pair: pair[0])
    return [fullest[key][1] if key is not None else group for key, group in zip(keys, groups, strict=True)]


def _people(text: str, quantity: Quantity) -> tuple[int, str] | None:
    """A figure and its noun, where the figure is too great to be the same by chance."""
    if quantity.minimum is None or quantity.minimum < TELLING or quantity.noun_start is None:
        return None
    noun = text[quantity.noun_start : quantity.noun_end].lower().split()
    return (quantity.minimum, noun[-1]) if noun else None


def people_words(text: str, quantity: Quantity) -> str:
    """The words for the people counted, with what follows their noun ("members" + "of the Frontier Corps").

    A noun before the figure is given with the words before it ("a military toll").
    """
    if quantity.noun_end is not None and quantity.noun_end <= quantity.start:
        return _AHEAD.split(text[max(0, quantity.noun_end - AHEAD) : quantity.noun_end])[-1]
    tail = _TAIL.match(text, quantity.end)
    words = _PART.sub(" ", _OWN.sub("the", text[quantity.start : quantity.end]), count=1)
    return words + (tail[0] if tail else "")


def _telling(words: str) -> dict[Group, float]:
    found = group_evidence(words) or {}
    return {group: firm for group, firm in found.items() if group is not Group.UNKNOWN and firm >= FIRM}


def _fuller_phrases(text: str) -> dict[str, list[str]]:
    """By noun, the first few phrases of the text that say more of it ("prisoners of war")."""
    found: dict[str, list[str]] = {}
    for match in _OF.finditer(text):
        phrases = found.setdefault(match[1].lower(), [])
        if len(phrases) < PHRASES:
            phrases.append(match[0])
    return found


def _told_elsewhere(text: str, quantity: Quantity, fuller: dict[str, list[str]]) -> dict[Group, float]:
    """What the text says of the same noun where it says more of it."""
    if quantity.noun_start is None or quantity.noun_end is None:
        return {}
    noun = text[quantity.noun_start : quantity.noun_end].lower().split()[-1:]
    if not noun or noun[0] in _words_for("elided"):
        return {}
    return next((told for phrase in fuller.get(noun[0], ()) if (told := _telling(phrase))), {})


def _says_anyone(text: str, quantity: Quantity) -> bool:
    """Whether the noun is one for people of any kind ("people", "bodies")."""
    if quantity.noun_start is None or quantity.noun_end is None:
        return False
    return text[quantity.noun_start : quantity.noun_end].lower().split()[-1:][0] in _words_for("anyone")


def _told_beside(text: str, quantity: Quantity) -> dict[Group, float]:
    """Of a figure without its noun, what its predicate says ("27 were soldiers")."""
    predicate = _PREDICATE.match(text, quantity.end) if _leaves_out_noun(text, quantity) else None
    return _telling(predicate[1]) if predicate else {}


def _with_part(text: str, quantity: Quantity, group: Group) -> Group:
    """The group, or `mixed` where a part is said to be of one kind that is not the whole's: "400 passengers, most of them
    soldiers", "214 hostages - mostly soldiers"."""
    told = _PART_TOLD.match(text, quantity.end)
    part = _telling(told[1]) if told else {}
    whole = _telling(people_words(text, quantity))
    return Group.MIXED if part and not part.keys() & whole.keys() and group is not Group.UNKNOWN else group


def _leaves_out_noun(text: str, quantity: Quantity) -> bool:
    words = text[quantity.start : quantity.end].lower().split()
    noun_stands_before = quantity.noun_end is not None and quantity.noun_end <= quantity.start
    return (
        quantity.noun_start is None
        or noun_stands_before
        or (bool(words) and words[-1] in _words_for("elided"))
    )


@cache
def _words_for(name: str) -> frozenset[str]:
    return frozenset(row[0] for row in read_table("variorum.reading", f"{name}.tsv"))


def _logged(scores: Floats) -> Floats:
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
