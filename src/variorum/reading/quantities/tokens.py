"""Cuts a text into the words, numbers and marks the grammar of quantities works on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Every alternative is a single run or a bounded repetition, so that matching is linear on any input.
_TOKEN = re.compile(
    r"""
      (?P<number>\d{1,3}(?:[,\u00a0\u202f]\d{2,3}){1,5}(?![A-Za-z0-9_]|,\d)
          | \d{1,12}(?:\.\d{1,3})?(?![A-Za-z0-9_]|,\d\d\d|\.\d))
    | (?P<broken>â€\S)
    | (?P<initials>(?:[^\W\d_]\.){2,6})
    | (?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+){0,3}(?!\w))
    | (?P<blob>\w+)
    | (?P<possessive>['’]s\b)
    | (?P<gap>\n[^\S\n]*\n)
    | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
_PIECE = 60_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one piece of text, as parallel lists.

    `lower` holds the words in lower case; `kinds` one of number, initials, word, blob, possessive, gap, mark;
    `starts` and `ends` are offsets into the whole text.
    """

    raw: list[str]
    lower: list[str]
    kinds: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.raw)

    def word(self, index: int) -> str:
        """The lower-cased token at `index`, or the empty string outside the piece."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def kind(self, index: int) -> str:
        """The kind of the token at `index`, `gap` outside the piece."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else "gap"

    def touches(self, index: int) -> bool:
        """Whether the token at `index` follows the one before it without space."""
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cuts a long text where a paragraph, or failing that a word, ends, so that memory stays bounded."""
    start = 0
    while start < len(text):
        end = min(start + _PIECE, len(text))
        if end < len(text):
            paragraph = text.rfind("\n\n", start + _PIECE // 2, end)
            if paragraph > 0:
                end = paragraph
            else:
                space = max(
                    text.rfind(" ", start + _PIECE // 2, end), text.rfind("\n", start + _PIECE // 2, end)
                )
                end = space if space > 0 else end
        yield start, end
        start = end


def tokenise(text: str) -> Iterator[Tokens]:
    """Yields the tokens of `text` piece by piece; a piece ends with a paragraph wherever it can."""
    for start, end in _pieces(text):
        raw: list[str] = []
        kinds: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in _TOKEN.finditer(text, start, end):
            raw.append(match.group())
            # A quotation mark decoded by the wrong table is still a mark.
            kinds.append("mark" if match.lastgroup == "broken" else match.lastgroup or "mark")
            starts.append(match.start())
            ends.append(match.end())
        yield Tokens(raw, [word.lower().replace("’", "'") for word in raw], kinds, starts, ends)
