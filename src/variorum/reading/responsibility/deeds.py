"""The grammar of deeds: which words of a sentence name a doer, and which words make them one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.reading.responsibility.mentions import ARTICLES, Mention
from variorum.reading.responsibility.words import Sentence

SKIP = 3
"""Most words between a doer and the verb, helpers apart."""
MARKS = frozenset(",;:()[]\"“”'‘’—–-")


@dataclass(frozen=True, slots=True)
class Match:
    """A doer and how it is found: the pattern's name, the stance the words alone take, the word that tells the deed."""

    actor: Mention
    pattern: str
    at: int


def matches_in(s: Sentence, mentions: Sequence[Mention]) -> Iterator[Match]:
    """Every actor that the words around it make the doer of a deed."""
    ends = {a.last: a for a in mentions}
    begins = {a.first: a for a in mentions}
    i = 0
    while i < len(s.words):
        kinds, last = s.kinds[i], s.last[i]
        if "claim" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "claim-by", i)
            elif (
                (last > i or deed_follows(s, last))
                and not is_passive(s, i)
                and (doer := subject_before(s, ends, i))
            ):
                yield Match(doer, "claim", i)
        if "deny" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "deny-by", i)
            elif deed_follows(s, last, deny=True) and (doer := subject_before(s, ends, i)):
                yield Match(doer, "deny", i)
        if "blame" in kinds and (doer := _after(s, begins, last)):
            yield Match(doer, "blame", i)
        if "blamed" in kinds and s.has(i - 1, "helper") and (doer := subject_before(s, ends, i)):
            yield Match(doer, "blamed", i)
        if "act" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "act-by", i)
            elif (doer := subject_before(s, ends, i)) is not None:
                yield Match(
                    doer, "passive" if last == i and is_passive(s, i) and not s.has(i, "state") else "act", i
                )
        if "deed" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "deed-by", i)
            elif (doer := _owner(s, ends, i)) is not None:
                yield Match(doer, "deed", i)
        if "made" in kinds and s.words[i] != "by" and (doer := _after(s, begins, last)):
            yield Match(doer, "made", i)
        i = last + 1


def subject_before(s: Sentence, ends: Mapping[int, Mention], i: int) -> Mention | None:
    """The subject of the verb at word i: the nearest actor before it, past helpers, arms and an apposition."""
    left, free = i - 1, SKIP
    while left >= 0:
        if left in ends and not (
            ends[left].owner and not s.has(left + 1, "means") and not s.has(left + 1, "force")
        ):
            return ends[left]
        if s.words[left] in (",", ")", "]"):
            opening = _opening(s, left)
            if opening is None:
                return None
            outer = _opening(s, opening) if s.words[opening] == "," else None
            nested = outer is not None and s.words[outer + 1] in ARTICLES
            left = (outer if nested and outer is not None else opening) - 1
            continue
        if s.words[left] in MARKS - {'"', "“", "”", "'", "-"}:
            return None
        if not (s.has(left, "helper") or s.has(left, "means") or s.words[left].endswith("ly")):
            free -= 1
            if free < 0:
                return None
        left -= 1
    return None


def _opening(s: Sentence, right: int) -> int | None:
    """Where an apposition that closes at word `right` opens, within twelve words."""
    opens = {",": (",",), ")": ("(",), "]": ("[",)}[s.words[right]]
    for left in range(right - 1, max(-1, right - 20), -1):
        if s.words[left] in opens:
            return left
    return None


def _after(s: Sentence, begins: Mapping[int, Mention], i: int) -> Mention | None:
    """The first actor in the few words behind word i."""
    for right in range(i + 1, min(len(s.words), i + 2 + SKIP)):
        if right in begins and not begins[right].pronoun:
            return begins[right]
        if s.words[right] in (";", ":", ",", "."):
            return None
    return None


def _by(s: Sentence, begins: Mapping[int, Mention], i: int) -> Mention | None:
    """The doer behind "by" within a few words of word i."""
    for right in range(i + 1, min(len(s.words), i + 9)):
        if s.words[right] == "by":
            return _after(s, begins, right) or begins.get(right + 1)
        if s.words[right] in (";", ":", ".", ",") or s.has(right, "act"):
            return None
    return None


def _owner(s: Sentence, ends: Mapping[int, Mention], i: int) -> Mention | None:
    """The actor right before a deed ("an air strike of X" is `_by`'s)."""
    for left in range(i - 1, max(-1, i - 4), -1):
        if left in ends:
            return ends[left]
        if (
            s.words[left] in MARKS - {'"', "“"}
            or s.has(left, "helper")
            or s.words[left] in ("and", "on", "against")
        ):
            return None
    return None


def deed_follows(s: Sentence, i: int, deny: bool = False) -> bool:
    """Whether a deed comes close behind word i, with no new clause between."""
    for right in range(i + 1, min(len(s.words), i + 7)):
        if s.words[right] in ("that", ".", ";", ":", "it", "they") or s.words[right].isdigit():
            return False
        if s.has(right, "deed") or (
            s.has(right, "act") and s.words[right].endswith(("ing", "ed", "d", "for"))
        ):
            return True
    return False


def is_passive(s: Sentence, i: int) -> bool:
    """Whether the verb at word i is passive, as far as its helpers tell."""
    left = i - 1
    while s.has(left, "helper"):
        if s.words[left] in ("was", "were", "been", "being", "be", "is", "are"):
            return s.words[i].endswith(("ed", "t", "n", "ck"))
        left -= 1
    return False


def is_negated(s: Sentence, match: Match) -> bool:
    """Whether a word such as "not" turns the deed round."""
    low, high = sorted((match.actor.first, match.at))
    return any(s.has(i, "not") for i in range(max(0, low - 2), high))


def is_denied(s: Sentence, match: Match) -> bool:
    """Whether a verb of refusing comes before the deed, in the same breath."""
    low = min(match.at, match.actor.first)
    for i in range(low - 1, max(-1, low - 14), -1):
        if s.has(i, "deny"):
            return True
        if s.words[i] in (";", "but", ":"):
            return False
    return False
