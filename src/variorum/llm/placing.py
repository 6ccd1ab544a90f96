"""Where a model's quote stands: found word for word, and refused where that is nowhere or not one place."""

from __future__ import annotations

from variorum.llm.passages import Passage
from variorum.llm.reckoning import Reason, Refused
from variorum.model import Span

LONGEST = 600
"""Most characters of a quote: claims rest on words, not on pages."""
_MOST = 1000
_JOINS = frozenset(".,'’-–/:")
"""What may stand inside a number."""


def placed(text: str, passage: Passage, quote: str, before: str) -> Span | Refused:
    """Where the quote stands in the passage, or why it is refused.

    Words that stand there once are there. Where they stand several times, it is the one place that the words `before` lead up
    to; if there is none or more than one, the quote is ambiguous.
    """
    if len(quote) > LONGEST:
        return Refused(Reason.TOO_LONG, f"a quote of {len(quote):,} characters; {LONGEST} are allowed")
    found = _starts(text, quote, *passage.span)
    if not found:
        if text.find(quote, passage.context, passage.end) >= 0:
            return Refused(Reason.OUTSIDE_PASSAGE, "these words stand in the context, not in the passage")
        return Refused(Reason.NOT_IN_TEXT, "these words are not in the passage")
    whole = [at for at in found if is_whole(text, at, at + len(quote))]
    if not whole:
        return Refused(Reason.CUT_WORD, "the quote begins or ends inside a word or a number")
    if len(whole) > 1:
        lead = before.strip()
        whole = [at for at in whole if lead and text[passage.context : at].rstrip().endswith(lead)]
    if len(whole) != 1:
        return Refused(Reason.AMBIGUOUS_PLACE, "these words stand there several times")
    return whole[0], whole[0] + len(quote)


def nearest(text: str, words: str, low: int, high: int, to: Span) -> Span | None:
    """The words' place in low..high that is nearest to a span, the earlier of two; None if they do not stand there whole."""
    if not any(character.isalpha() for character in words) or len(words) > LONGEST:
        return None
    spans = [(at, at + len(words)) for at in _starts(text, words, low, high)]
    whole = [span for span in spans if is_whole(text, *span)]
    return min(whole, key=lambda span: (max(span[0] - to[1], to[0] - span[1], 0), span[0]), default=None)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether start..end begins and ends with whole words and whole numbers."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and behind a border belong to one word or number."""
    before, behind = text[at - 1 : at], text[at : at + 1]
    if not before or not behind:
        return False
    if before.isalnum() and behind.isalnum():
        return True
    if before in _JOINS and behind.isdigit() and at > 1:
        return text[at - 2].isdigit()
    if behind in _JOINS and before.isdigit():
        return text[at + 1 : at + 2].isdigit()
    return False


def _starts(text: str, words: str, low: int, high: int) -> list[int]:
    """Where the words begin within low..high, overlapping places included."""
    found: list[int] = []
    at = text.find(words, low, high)
    while at >= 0 and len(found) < _MOST:
        found.append(at)
        at = text.find(words, at + 1, high)
    return found
