"""Which group the words for people speak for: civilian, security, militant, mixed or unknown.

The lexicon says what any reader knows of a noun ("soldiers", "worshippers"); it knows no party, and loaded
and neutral
words for the same people give the same value. Where it knows nothing it says so, and the encoder decides
alone.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from variorum.model.values import Group
from variorum.reading.people import PersonNoun, person_nouns, read_table

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+){0,4}|[,;()]")
_CONJUNCTIONS = frozenset(("and", "or", ",", ";", "(", ")", "including", "plus", "nor"))
_PREPOSITIONS = frozenset(
    (
        "of",
        "in",
        "at",
        "from",
        "with",
        "who",
        "whom",
        "that",
        "which",
        "for",
        "on",
        "by",
        "to",
        "aboard",
        "inside",
        "under",
        "belonging",
        "working",
        "serving",
        "wearing",
        "near",
        "among",
        "amongst",
        "were",
        "was",
        "killed",
        "are",
        "is",
        "had",
        "have",
    )
)
_FORCES = re.compile(r"\barmed\s+forces\b", re.IGNORECASE)
"""Two words that together mean an army."""
_AGED = re.compile(
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)-(year|month)-olds?$"
)
_FIRM, _ADULT = 0.9, 18
_KNOWN = 0.3


@cache
def _beside(place: str) -> MappingProxyType[str, tuple[Group, float]]:
    rows = read_table("variorum.reading", "groups.tsv")
    return MappingProxyType(
        {word: (Group(group), float(weight)) for word, where, group, weight in rows if where == place}
    )


def group_evidence(words: str) -> dict[Group, float] | None:
    """What the words for people ("five members of the Frontier Corps") say of their group.

    Gives each group that the words speak for a firmness between 0 and 1, or None when the lexicon does not
    know them.
    `mixed` is given when the words name people of several groups. Passengers and hostages are civilians
    unless the words
    say that they are soldiers or police; arrested suspects, and "people" without more, are unknown.
    """
    tokens = [
        match.group().lower().replace("’", "'") for match in _WORD.finditer(_FORCES.sub("army", words[:400]))
    ]
    found: dict[Group, float] = {}
    for part in _conjuncts(tokens):
        evidence = _conjunct(part)
        if evidence is not None:
            group, weight = evidence
            found[group] = max(found.get(group, 0.0), weight)
    if not found:
        return None
    sides = [
        group for group in (Group.CIVILIAN, Group.SECURITY, Group.MILITANT) if found.get(group, 0.0) >= 0.5
    ]
    if (
        Group.UNKNOWN in found
        and sides
        and sides[0] is not Group.CIVILIAN
        and len(sides) == 1
        and _is_total(tokens)
    ):
        # "12 people, two of them soldiers": a total over several kinds.
        return {Group.MIXED: 0.7}
    if len(sides) > 1:
        return {Group.MIXED: min(found[group] for group in sides)}
    return found


def _is_total(tokens: list[str]) -> bool:
    return any(token in ("people", "persons", "others", "dead") for token in tokens)


def _conjuncts(tokens: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token in _CONJUNCTIONS:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _noun(token: str) -> PersonNoun | None:
    nouns = person_nouns()
    found = nouns.get(token)
    if found is None and token.endswith("'s"):
        found = nouns.get(token[:-2])
    if found is None and "-" in token:
        found = nouns.get(token.rsplit("-", 1)[1])
    return found


def _conjunct(tokens: list[str]) -> tuple[Group, float] | None:
    """The group that one noun phrase speaks for: its head if firm, else a modifier, else its complement,
    else its head."""
    cut = next((at for at, token in enumerate(tokens) if token in _PREPOSITIONS and at > 0), len(tokens))
    phrase, rest = tokens[:cut], tokens[cut:]
    head_at = next((at for at in range(len(phrase) - 1, -1, -1) if _noun(phrase[at]) is not None), None)
    head = _noun(phrase[head_at]) if head_at is not None else None
    if head is not None and head.group == Group.UNKNOWN and rest[:1] == ["of"]:
        # "the bodies of 12 soldiers", "members of the force": what stands after "of" says who they are.
        inner = _conjunct(rest[1:])
        if inner is not None and inner[0] is not Group.UNKNOWN:
            return inner
    if head is not None and head.weight >= _FIRM:
        return Group(head.group), head.weight
    modifiers = phrase[:head_at] if head_at is not None else phrase
    beside = [_beside("modifier")[token] for token in modifiers if token in _beside("modifier")]
    if beside:
        return max(beside, key=lambda evidence: evidence[1])
    minor = _minor(phrase)
    if minor is not None:
        return minor
    if head is None or head.weight < _FIRM:
        complement = [_beside("complement")[token] for token in rest if token in _beside("complement")]
        if complement and (head is None or head.weight <= _KNOWN + 0.2):
            return complement[0]
    return (Group(head.group), head.weight) if head is not None else None


def _minor(phrase: list[str]) -> tuple[Group, float] | None:
    """A child told of by age ("the 3-year-old") is a civilian."""
    for token in phrase:
        match = _AGED.match(token)
        if match and (not match.group(1).isdigit() or int(match.group(1)) < _ADULT):
            return Group.CIVILIAN, _FIRM
    return None
