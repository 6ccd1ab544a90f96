"""Copies: which report has its words from which, with the words on both sides.

Reports are taken in the order of their days, so that each is compared with earlier ones only. The index of passages
keeps the first `HOLDERS` reports of each print: the hundredth outlet that carries a wire story is compared with
the first few, not with ninety-nine. Words that stand in reports of unrelated matters (menus, notices, an agency's
closing lines) are no copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rensa import RMinHashLSH

from variorum.linking.credits import find_credits, is_publisher
from variorum.linking.fingerprints import PERMUTATIONS, SURE, blocks, prints, shingles, sketch
from variorum.linking.words import Word, weight_of, words_of
from variorum.model import Copy, CopyGraph, Credit, Evidence, Passage, Report

HOLDERS: Final = 6
NEAR: Final = 0.5
"""Share of runs of three words, of all that two texts have, from which they are one text with edits."""
_BANDS: Final = 32
_RARE: Final = 4.5
_ENOUGH_REST: Final = 40
_FEW_SHARED: Final = 1

Words = tuple[str, ...]
Block = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Text:
    report: Report
    words: tuple[Word, ...]
    keys: Words
    prints: tuple[tuple[int, int], ...]

    def evidence(self, start: int, length: int) -> Evidence:
        return Evidence.of(self.report.text, self.words[start].start, self.words[start + length - 1].end)


@dataclass(frozen=True, slots=True)
class _Match:
    """Two texts with the blocks they share; `later` comes after `earlier` in the order of days."""

    later: _Text
    earlier: _Text
    blocks: tuple[Block, ...]


def find_copies(reports: Iterable[Report]) -> CopyGraph:
    """The graph of who has what from whom. The order of the reports is without effect."""
    texts = [_text(report) for report in sorted(reports, key=_rank)]
    matches = _matches(texts)
    furniture = {p for match in matches if _unrelated(match) for p in _prints_in(match)}
    credits = {text.report.id: find_credits(text.report) for text in texts}
    copies = (_copy(match, furniture, credits) for match in matches)
    found = sorted((c for c in copies if c), key=lambda c: (c.report, c.other))
    return CopyGraph(copies=tuple(found), credits=tuple(c for text in texts for c in credits[text.report.id]))


def _rank(report: Report) -> tuple[date, str, str]:
    return (report.published or date.max, report.content_hash, report.id)


def _text(report: Report) -> _Text:
    words = words_of(report.text)
    keys = tuple(word.key for word in words)
    return _Text(report, words, keys, tuple(prints(keys)))


def _matches(texts: Sequence[_Text]) -> list[_Match]:
    """Pairs of texts that share words, found by prints and, for whole texts with many small edits, by sketch."""
    holders: dict[int, list[tuple[int, int]]] = {}
    near = RMinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS, num_bands=_BANDS)
    found = []
    for number, text in enumerate(texts):
        seeds: dict[int, list[tuple[int, int]]] = {}
        for value, at in text.prints:
            for other, there in holders.get(value, ()):
                if other != number:
                    seeds.setdefault(other, []).append((at, there))
        minhash = sketch(text.keys)
        for other in sorted(near.query(minhash))[:HOLDERS]:
            if other not in seeds:
                seeds[other] = _short_seeds(text.keys, texts[other].keys)
        for other, pairs in sorted(seeds.items()):
            shared = blocks(text.keys, texts[other].keys, pairs)
            if shared:
                found.append(_Match(text, texts[other], tuple(shared)))
        near.insert(number, minhash)
        for value, at in text.prints:
            kept = holders.setdefault(value, [])
            if len(kept) < HOLDERS:
                kept.append((number, at))
    return found


def _short_seeds(a: Words, b: Words) -> list[tuple[int, int]]:
    """Where runs of three words that are in both begin."""
    places: dict[Words, int] = {}
    for j in range(len(b) - 2):
        places.setdefault(b[j : j + 3], j)
    return [(i, places[a[i : i + 3]]) for i in range(len(a) - 2) if a[i : i + 3] in places]


def _unrelated(match: _Match) -> bool:
    """Whether two texts speak of different matters outside the words they share."""
    a = _rest(match.later, [(i, n) for i, _, n in match.blocks])
    b = _rest(match.earlier, [(j, n) for _, j, n in match.blocks])
    if min(len(a), len(b)) < _ENOUGH_REST:
        return False
    rare = {word for word in set(a) & set(b) if weight_of(word) >= _RARE}
    return len(rare) <= _FEW_SHARED


def _rest(text: _Text, taken: Sequence[tuple[int, int]]) -> list[str]:
    inside = {k for start, length in taken for k in range(start, start + length)}
    return [key for k, key in enumerate(text.keys) if k not in inside]


def _prints_in(match: _Match) -> Iterable[int]:
    spans = [(i, i + n) for i, _, n in match.blocks]
    return (value for value, at in match.later.prints if any(a <= at < b for a, b in spans))


def _copy(match: _Match, furniture: set[int], credits: dict[str, tuple[Credit, ...]]) -> Copy | None:
    """The relation of two reports; None where all they share is furniture or too short to tell."""
    a, b = match.later, match.earlier
    kept = [block for block in match.blocks if not _is_furniture(a, block, furniture)]
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
    if not kept:
        return None
    swapped, direction = _direction(a, b, credits)
    if swapped:
        a, b, kept = b, a, sorted((j, i, n) for i, j, n in kept)
    passages = tuple(Passage(here=a.evidence(i, n), there=b.evidence(j, n)) for i, j, n in kept)
    share = min(1.0, sum(n for *_, n in kept) / len(a.keys))
    return Copy(
        report=a.report.id,
        other=b.report.id,
        kind=kind,
        share=round(share, 4),
        direction=direction,
        passages=passages,
    )


def _is_furniture(text: _Text, block: Block, furniture: set[int]) -> bool:
    inside = [value for value, at in text.prints if block[0] <= at < block[0] + block[2]]
    return bool(inside) and sum(value in furniture for value in inside) * 2 > len(inside)


def _alike(a: Words, b: Words) -> float:
    """Jaccard index of the runs of three words."""
    first, second = shingles(a), shingles(b)
    return len(first & second) / len(first | second)


def _direction(
    a: _Text, b: _Text, credits: dict[str, tuple[Credit, ...]]
) -> tuple[bool, Literal["credit", "time", "unknown"]]:
    """Whether b has it from a rather than a from b, and what tells so."""
    if any(is_publisher(c.outlet, b.report.publisher) for c in credits[a.report.id]):
        return False, "credit"
    if any(is_publisher(c.outlet, a.report.publisher) for c in credits[b.report.id]):
        return True, "credit"
    days = a.report.published, b.report.published
    return False, "time" if None not in days and days[0] != days[1] else "unknown"
