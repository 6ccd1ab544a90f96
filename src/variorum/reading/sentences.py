"""Where sentences begin and end, by full stops and line ends alone, for what looks a little way around a claim."""

from __future__ import annotations


def sentence_start(text: str, at: int, reach: int) -> int:
    """Where the sentence around an offset starts, at most `reach` characters back."""
    low = max(0, at - reach)
    return max(text.rfind(". ", low, at), text.rfind("\n", low, at), low - 1) + 1


def sentence_end(text: str, at: int, reach: int) -> int:
    """Where the sentence around an offset ends, at most `reach` characters on."""
    high = min(len(text), at + reach)
    return min((i for i in (text.find(". ", at, high), text.find("\n", at, high)) if i >= 0), default=high)
