"""Two texts side by side: the words they share, and what that makes of one report for the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from variorum.linking.credits import is_publisher
from variorum.linking.fingerprints import SURE, blocks, shingles
from variorum.linking.words import Word, weight_of
from variorum.model import Copy, Credit, Evidence, Passage, Report

NEAR: Final = 0.5
"""Share of runs of three words, of all that two texts have, from which they are one text with edits."""
ENOUGH: Final = 20
"""Words in the reports' own voice that two must share before it is a passage, where neither credits the other: a dozen
words on a place or a charge are alike in all who had them from the police."""
LATE: Final = 3
"""Days by which a credited report may carry a later date than the one that credits it: time zones, days of last change. One
that is later still is not what was credited, and tells no direction."""
_RARE: Final = 4.5
_ENOUGH_REST: Final = 40
_FEW_SHARED: Final = 1

_CONTACT: Final = re.compile(r"\b\d{3}[-.]\d{4}\b|\b\d{3}-[A-Z]{4}\b|\bwww\.|\.(?:com|org|net)\b|@")
_MARK: Final = re.compile(r"[“”\"\n]|''|``")

Words = tuple[str, ...]
Block = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A report taken apart: its words, their folded forms, its prints with the word at which each begins, its credits.

    `quotations` are the characters at which quotation marks open and close, by turns.
    """

    report: Report
    words: tuple[Word, ...]
    keys: Words
    prints: tuple[tuple[int, int], ...]
    credits: tuple[Credit, ...]
    quotations: tuple[int, ...]

    def quoted(self, word: int) -> bool:
        """Whether a word stands inside quotation marks."""
        start = self.words[word].start
        place = bisect_right(self.quotations, start) - 1
        # Quotations stand as begin, end, begin, end …
        return place >= 0 and place % 2 == 0

    def evidence(self, start: int, length: int) -> Evidence:
        """The words from `start` on as evidence."""
        return Evidence.of(self.report.text, self.words[start].start, self.words[start + length - 1].end)


@dataclass(frozen=True, slots=True)
class Match:
    """Two texts with the blocks they share; `later` comes after `earlier` in the order of days."""

    later: Text
    earlier: Text
    blocks: tuple[Block, ...]


def quotations(text: str) -> tuple[int, ...]:
    """Where quotation marks open and close, by turns. What is still open at the end of a paragraph ends there: the next
    one, as newspapers set it, opens with a mark of its own."""
    found: list[int] = []
    for mark in _MARK.finditer(text):
        inside = len(found) % 2 == 1
        sign = mark.group()
        if sign == "\n" or sign == "”":
            if inside:
                found.append(mark.start())
        elif sign == "“":
            if not inside:
                found.append(mark.end())
        else:
            found.append(mark.start() if inside else mark.end())
    return (*found, len(text)) if len(found) % 2 else tuple(found)


def match(later: Text, earlier: Text) -> Match | None:
    """What two texts share; None where it is less than `RUN` words in a row."""
    there: dict[int, list[int]] = {}
    for value, at in earlier.prints:
        there.setdefault(value, []).append(at)
    seeds = [(at, other) for value, at in later.prints for other in there.get(value, ())]
    shared = blocks(later.keys, earlier.keys, seeds or _short_seeds(later.keys, earlier.keys))
    return Match(later, earlier, tuple(shared)) if shared else None


def unrelated(found: Match) -> bool:
    """Whether two texts speak of different matters outside the words they share."""
    a = _rest(found.later, [(i, n) for i, _, n in found.blocks])
    b = _rest(found.earlier, [(j, n) for _, j, n in found.blocks])
    if min(len(a), len(b)) < _ENOUGH_REST:
        return False
    rare = {word for word in set(a) & set(b) if weight_of(word) >= _RARE}
    return len(rare) <= _FEW_SHARED


def prints_in(found: Match) -> Iterable[int]:
    """The prints that begin in the words two texts share."""
    spans = [(i, i + n) for i, _, n in found.blocks]
    return (value for value, at in found.later.prints if any(a <= at < b for a, b in spans))


def copy_of(found: Match, furniture: Container[int]) -> Copy | None:
    """The relation of two reports; None where all they share is furniture or too short to tell."""
    a, b = found.later, found.earlier
    kept = [block for block in found.blocks if not _is_furniture(a, block, furniture)]
    share = sum(n for *_, n in kept) / max(1, len(a.keys))
    alike = _alike(a.keys, b.keys) if share >= 1 / 3 else 0.0
    own = a.report.publisher is not None and a.report.publisher == b.report.publisher
    kind: Literal["same text", "near text", "passage", "revision"]
    if a.keys == b.keys:
        kind = "same text"
    elif alike >= NEAR:
        kind = "revision" if own else "near text"
    elif own:
        return None
    else:
        kind = "passage"
        kept = [block for block in kept if block[2] >= SURE]
    swapped, direction = _direction(a, b)
    if kind == "passage" and direction != "credit":
        kept = [block for block in kept if _own_words(a, b, block) >= SURE]
        if _told_alike(a, b, kept) < ENOUGH:
            return None
    if not kept:
        return None
    if swapped:
        a, b, kept = b, a, sorted((j, i, n) for i, j, n in kept)
    passages = tuple(Passage(here=a.evidence(i, n), there=b.evidence(j, n)) for i, j, n in kept)
    return Copy(
        report=a.report.id,
        other=b.report.id,
        kind=kind,
        share=round(min(1.0, sum(n for *_, n in kept) / len(a.keys)), 4),
        direction=direction,
        passages=passages,
    )


def _short_seeds(a: Words, b: Words) -> list[tuple[int, int]]:
    """Where runs of three words that are in both begin."""
    places: dict[Words, int] = {}
    for j in range(len(b) - 2):
        places.setdefault(b[j : j + 3], j)
    return [(i, places[a[i : i + 3]]) for i in range(len(a) - 2) if a[i : i + 3] in places]


def _rest(text: Text, taken: Sequence[tuple[int, int]]) -> list[str]:
    inside = {k for start, length in taken for k in range(start, start + length)}
    return [key for k, key in enumerate(text.keys) if k not in inside]


def _is_furniture(text: Text, block: Block, furniture: Container[int]) -> bool:
    inside = [value for value, at in text.prints if block[0] <= at < block[0] + block[2]]
    return bool(inside) and sum(value in furniture for value in inside) * 2 > len(inside)


def _told_alike(a: Text, b: Text, kept: Sequence[Block]) -> int:
    """Words in their own voice that two reports share, each once however often either repeats it.

    Short blocks with a telephone number or an address say where to turn to, which all have from one notice.
    """
    once = {(j, n): (i, j, n) for i, j, n in kept}.values()
    return sum(
        _own_words(a, b, block)
        for block in once
        if block[2] >= 2 * ENOUGH or not _CONTACT.search(a.evidence(block[0], block[2]).quote)
    )


def _own_words(a: Text, b: Text, block: Block) -> int:
    """How many words of a block stand outside quotation marks, on the side that has fewer.

    That two reports quote the same words of a speaker does not tell that either has them from the other, unless it says so.
    """
    i, j, n = block
    return min(sum(not text.quoted(at) for at in range(start, start + n)) for text, start in ((a, i), (b, j)))


def _alike(a: Words, b: Words) -> float:
    """Jaccard index of the runs of three words."""
    first, second = shingles(a), shingles(b)
    return len(first & second) / len(first | second)


def _direction(a: Text, b: Text) -> tuple[bool, Literal["credit", "time", "unknown"]]:
    """Whether b has it from a rather than a from b, and what tells so."""
    days = a.report.published, b.report.published
    apart = (days[0] - days[1]).days if days[0] and days[1] else 0
    if _credits(a, b) and apart >= -LATE:
        return False, "credit"
    if _credits(b, a):
        return (True, "credit") if apart <= LATE else (False, "unknown")
    return False, "time" if apart and not _credits(a, b) else "unknown"


def _credits(text: Text, other: Text) -> bool:
    return any(is_publisher(credit.outlet, other.report.publisher) for credit in text.credits)
