"""What the encoder is not shown: which party is which, and loaded words.

Neutrality by construction (DESIGN.md, rule 2): before the network sees a text, the names of parties and countries
give way to stand-ins in the order of their first mention, and loaded words to plain ones. Swapping two parties' names
therefore leaves the network's input, and so its output, exactly the same. Offsets stay those of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PARTIES = ("Alpha", "Beta", "Gamma", "Delta", "Sigma", "Omega", "Theta", "Kappa", "Lambda", "Zeta")
"""Stand-ins for parties; from the tenth on all share the last."""
COUNTRIES = (
    ("Norway", "Norwegian"),
    ("Sweden", "Swedish"),
    ("Denmark", "Danish"),
    ("Finland", "Finnish"),
    ("Portugal", "Portuguese"),
    ("Austria", "Austrian"),
    ("Belgium", "Belgian"),
    ("Ireland", "Irish"),
    ("Hungary", "Hungarian"),
    ("Iceland", "Icelandic"),
)
"""Stand-ins for countries and their adjectives, each one word piece."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: `key` is equal for names of the same party or country; `kind` is party, country or people."""

    start: int
    end: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mask:
    """Characters start..end are shown to the encoder as `word`."""

    start: int
    end: int
    word: str


@cache
def _loaded() -> tuple[re.Pattern[str], dict[str, str]]:
    """Loaded words and the plain ones shown in their place."""
    rows = (
        files("variorum.reading.encoder")
        .joinpath("data", "loaded.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    plain = dict(row.split("\t") for row in rows if row and not row.startswith("#"))
    return re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, plain), key=len, reverse=True)) + r")\b", re.IGNORECASE
    ), plain


def _like(word: str, shown: str) -> str:
    """`word` written as the text writes the word it stands for."""
    if shown.isupper() and len(shown) > 1:
        return word.upper()
    return word.capitalize() if shown[:1].isupper() else word


def masks_of(text: str, names: Iterable[Name]) -> tuple[Mask, ...]:
    """The masks of a text, in order and without overlap: names first, then loaded words between them."""
    pattern, plain = _loaded()
    chosen: list[Mask] = []
    numbers: dict[tuple[bool, str], int] = {}
    counts = {True: 0, False: 0}
    end = 0
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if name.start < end:
            continue
        party = name.kind == "party"
        if (party, name.key) not in numbers:
            numbers[party, name.key] = counts[party]
            counts[party] += 1
        number = numbers[party, name.key]
        if party:
            word = PARTIES[min(number, len(PARTIES) - 1)]
        else:
            word = COUNTRIES[min(number, len(COUNTRIES) - 1)][name.kind == "people"]
        chosen.append(Mask(name.start, name.end, word))
        end = name.end
    taken = [(m.start, m.end) for m in chosen]
    for match in pattern.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in _near(taken, match.start())):
            chosen.append(
                Mask(match.start(), match.end(), _like(plain[match.group().lower()], match.group()))
            )
    return tuple(sorted(chosen, key=lambda m: m.start))


def _near(taken: Sequence[tuple[int, int]], at: int) -> Sequence[tuple[int, int]]:
    """The few spans around an offset."""
    i = bisect_left(taken, (at, at))
    return taken[max(0, i - 1) : i + 2]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as the encoder sees it, and where a span of the text lies in it.

    Second opinions that count words or characters read it too, so that the length of a name changes nothing.
    """

    text: str
    stretches: tuple[tuple[int, int, int, int], ...]
    """(shown start, shown end, start, end) of each; those of a mask stand for the whole of the characters they hide."""
    hidden: frozenset[int]
    """Where the masked stretches start in the text."""

    @classmethod
    def of(cls, text: str, masks: Sequence[Mask]) -> Shown:
        """The text with these masks, in order and without overlap."""
        shown, stretches = apply(text, masks)
        return cls(shown, tuple(stretches), frozenset(mask.start for mask in masks))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters start..end of the text are shown; what is hidden is taken whole."""
        first, last = self._stretch(start), self._stretch(max(start, end - 1))
        begins = first[0] if first[2] in self.hidden else first[0] + start - first[2]
        ends = last[1] if last[2] in self.hidden else last[0] + end - last[2]
        return begins, max(begins, ends)

    def _stretch(self, at: int) -> tuple[int, int, int, int]:
        return self.stretches[max(0, bisect_right(self.stretches, at, key=lambda s: s[2]) - 1)]


def apply(text: str, masks: Sequence[Mask]) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The text as the encoder sees it, and where its stretches lie: (shown start, shown end, start, end).

    Stretches of a mask stand for the whole of the characters they hide; the others map one to one.
    """
    parts: list[str] = []
    stretches: list[tuple[int, int, int, int]] = []
    at = shown = 0
    for mask in masks:
        if mask.start > at:
            parts.append(text[at : mask.start])
            stretches.append((shown, shown + mask.start - at, at, mask.start))
            shown += mask.start - at
        parts.append(mask.word)
        stretches.append((shown, shown + len(mask.word), mask.start, mask.end))
        shown += len(mask.word)
        at = mask.end
    if at < len(text) or not stretches:
        parts.append(text[at:])
        stretches.append((shown, shown + len(text) - at, at, len(text)))
    return "".join(parts), stretches
