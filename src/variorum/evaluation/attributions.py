"""Scoring of attributions: source, cue and content of who says what, in the manner of PolNeAR.

Everything is counted in words, so that quotation marks, commas and white space at the edge of a span neither help
nor hurt: a word is a run of letters and digits with the apostrophes and hyphens inside it; a span without any
stands for its punctuation marks. A report's attributions are aligned once: as many full matches as can be had, then
the highest sum of word F1 over the three roles. All measures are read off that alignment.

    FULL             cues share a word; source and content each have a word F1 of at least 0.5. Two absent
                     sources agree, an absent and a present one do not
    source+content   the same without the cue
    all exact        source, cue and content have the same words
    … exact          one role has the same words
    cue overlap      the cues share a word
    … half           a word F1 of at least 0.5
    … words          partial credit: words shared, of the words found and of those annotated

In a role's own measures only attributions that have the role count. The values are the recall of FULL by kind of
annotation: content direct (in quotation marks), mixed or indirect; source absent, a pronoun or other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from variorum.evaluation.alignment import Pair, assign
from variorum.evaluation.annotated import Annotated, words_at
from variorum.evaluation.figures import Difference, Measure, Measures, Scores
from variorum.evaluation.lexicon import pronouns
from variorum.evaluation.shapes import ROLES, Mark

_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_QUOTATION_MARKS = frozenset('"“”„‟«»')

Words = dict[str, frozenset[int]]
"""The words of each role, as their numbers in the text."""


def score_attributions(key: Iterable[Annotated], found: dict[str, list[Mark]]) -> Scores:
    """The scores of attributions found, by report id, against the annotations."""
    scores = Scores("attributions")
    recalled: dict[str, Measure] = {}
    for document in key:
        scores.reports += 1
        words = _WordsOf(document.text)
        marks = found.get(document.id, [])
        mine, theirs = ([words.of(mark) for mark in side] for side in (document.marks, marks))
        pairs = _align(mine, theirs)
        scores.add(_counted(mine, theirs, pairs))
        full = {i for i, j in pairs if _verdict(mine[i], theirs[j])["FULL"]}
        for number, mark in enumerate(document.marks):
            for kind in _kinds(document.text, mark):
                hit = Measure(number in full, 0, 1)
                recalled[kind] = recalled.get(kind, Measure()) + hit
        scores.differences += _differences(document, marks, dict(pairs), full)
    scores.values |= {f"FULL recall, {kind}": recalled[kind].recall for kind in sorted(recalled)}
    return scores


class _WordsOf:
    """The words of a text, and which of them a list of spans touches."""

    def __init__(self, text: str) -> None:
        self._at = [-1] * len(text)
        self._real: set[int] = set()
        for number, word in enumerate(_WORD.finditer(text)):
            self._at[word.start() : word.end()] = [number] * len(word[0])
            if word[0][0].isalnum() or word[0][0] == "_":
                self._real.add(number)

    def of(self, mark: Mark) -> Words:
        """The words of each role; the punctuation of a role that has none."""
        return {role: self._touched(mark[role]) for role in ROLES}

    def _touched(self, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
        touched = {number for start, end in spans for number in self._at[start:end]} - {-1}
        return frozenset(touched & self._real or touched)


def _f1(one: frozenset[int], two: frozenset[int]) -> float:
    """Word F1 of two roles; two absent ones agree."""
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 1.0


def _verdict(key: Words, found: Words) -> dict[str, bool]:
    """Which criteria a pair meets."""
    fit = {role: _f1(key[role], found[role]) for role in ROLES}
    share = bool(key["cue"] & found["cue"])
    claim = fit["source"] >= 0.5 and fit["content"] >= 0.5
    return {
        "FULL": claim and share,
        "source+content": claim,
        "all exact": all(value == 1.0 for value in fit.values()),
        "cue exact": bool(key["cue"]) and fit["cue"] == 1.0,
        "cue overlap": share,
        "source exact": bool(key["source"]) and fit["source"] == 1.0,
        "source half": bool(key["source"]) and fit["source"] >= 0.5,
        "content exact": bool(key["content"]) and fit["content"] == 1.0,
        "content half": bool(key["content"]) and fit["content"] >= 0.5,
    }


def _align(key: Sequence[Words], found: Sequence[Words]) -> list[Pair]:
    """The best pairs of attributions that share a word in any role."""
    gains = np.zeros((len(key), len(found)))
    most_alike = 3.0 * min(len(key), len(found)) + 1  # one full match outweighs all likeness there can be
    for i, mine in enumerate(key):
        for j, theirs in enumerate(found):
            if any(mine[role] & theirs[role] for role in ROLES):
                alike = sum(_f1(mine[role], theirs[role]) for role in ROLES)
                gains[i, j] = most_alike * _verdict(mine, theirs)["FULL"] + alike
    return assign(gains)


def _counted(key: Sequence[Words], found: Sequence[Words], pairs: Sequence[Pair]) -> Measures:
    hits: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for i, j in pairs:
        hits.update(name for name, holds in _verdict(key[i], found[j]).items() if holds)
        shared.update({role: len(key[i][role] & found[j][role]) for role in ROLES})
    measures: Measures = {}
    for name in _verdict(_NOTHING, _NOTHING):
        role = name.split()[0]
        sides = [sum(role not in ROLES or bool(mark[role]) for mark in side) for side in (found, key)]
        measures[name] = Measure(hits[name], *sides)
    for role in ROLES:
        sides = [sum(len(mark[role]) for mark in side) for side in (found, key)]
        measures[f"{role} words"] = Measure(shared[role], *sides)
    return measures


_NOTHING: Words = dict.fromkeys(ROLES, frozenset())


def _kinds(text: str, mark: Mark) -> list[str]:
    """The kinds of annotation by which recall is told."""
    kinds = [f"source {_kind_of_source(text, mark['source'])}"]
    return [*kinds, f"content {_kind_of_content(text, mark['content'])}"] if mark["content"] else kinds


def _kind_of_source(text: str, spans: Sequence[tuple[int, int]]) -> str:
    words = re.findall(r"\w+", " ".join(text[start:end] for start, end in spans).lower())
    if not words:
        return "absent"
    return "a pronoun" if len(words) == 1 and words[0] in pronouns() else "other"


def _kind_of_content(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """direct, mixed or indirect, by the quotation marks in and around it."""
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    inside = "".join(text[first:last] for first, last in spans)
    opening = {inside[:1], text[max(0, start - 1) : start]}
    closing = {inside.rstrip(" .,;:!?")[-1:], text[end : end + 1]}
    if opening & _QUOTATION_MARKS and closing & _QUOTATION_MARKS:
        return "direct"
    return "mixed" if _QUOTATION_MARKS.intersection(inside) else "indirect"


def _differences(
    document: Annotated, found: Sequence[Mark], partner: dict[int, int], full: set[int]
) -> Iterable[Difference]:
    def shown(mark: Mark) -> str:
        return " | ".join(" … ".join(words_at(document.text, *span) for span in mark[role]) for role in ROLES)

    for number, mark in enumerate(document.marks):
        if number not in partner:
            yield Difference(document.id, "missed", key=shown(mark))
        elif number not in full:
            yield Difference(document.id, "differs", shown(mark), shown(found[partner[number]]))
    for number in sorted(set(range(len(found))) - set(partner.values())):
        yield Difference(document.id, "false alarm", found=shown(found[number]))
