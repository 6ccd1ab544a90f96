"""How surely a claim is put: the network's judgement, and hedges that it passes over."""

from __future__ import annotations

import re
from functools import cache

from variorum.model import Certainty, Span
from variorum.reading.people import read_table

NEAR = 45
"""Characters before and after a claim, in its sentence, within which a hedge is about it."""
REACH = 350
"""Most characters before and after a claim in which it may be called unverified."""


_CONDITION = re.compile(
    r"\bif\s+(?:[\w'’-]+\s+){0,5}?(?:verified|confirmed|true|correct|accurate|proven|proved|substantiated|borne\s+out)\b",
    re.IGNORECASE,
)
"""A condition on the truth of what is told."""


@cache
def _hedge() -> re.Pattern[str]:
    words = [row[0] for row in read_table("variorum.reading", "hedges.tsv")]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


@cache
def _doubt() -> re.Pattern[str]:
    patterns = [row[0] for row in read_table("variorum.reading", "unverified.tsv")]
    return re.compile("|".join(patterns), re.IGNORECASE)


def settled(text: str, span: Span, judged: Certainty) -> Certainty:
    """The certainty of a claim at `span`: what the network judged, but a plain statement with a hedge beside it is hedged,
    one in a sentence that begins with "if confirmed" conditional, and one of which its sentence or the next says that
    nobody could verify it is unverified."""
    if judged is not Certainty.STATED:
        return judged
    if _under_condition(text, span):
        return Certainty.CONDITIONAL
    if _unverified(text, span):
        return Certainty.UNVERIFIED
    start, end = _sentence(text, span)
    if _hedge().search(text, start, end):
        return Certainty.HEDGED
    return judged


def _under_condition(text: str, span: Span) -> bool:
    """Whether the claim's sentence begins with a condition on its truth."""
    low = max(0, span[0] - REACH)
    start = max(text.rfind(". ", low, span[0]) + 1, text.rfind("\n", low, span[0]) + 1, low)
    return _CONDITION.match(text[start : span[0]].lstrip()) is not None


def _unverified(text: str, span: Span) -> bool:
    """Whether the claim's sentence, or the next of its paragraph, says that the claim could not be verified."""
    low = max(0, span[0] - REACH)
    start = max(text.rfind(". ", low, span[0]), text.rfind("\n", low, span[0]), low - 1) + 1
    line = text.find("\n", span[1], span[1] + REACH)
    end = line if line >= 0 else min(len(text), span[1] + REACH)
    for _ in range(2):
        stop = text.find(". ", max(span[1], start), end)
        if _doubt().search(text, start, stop if stop >= 0 else end):
            return True
        if stop < 0:
            return False
        start = stop + 2
    return False


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, by full stops and line ends alone, as far as hedges are looked for."""
    low, high = max(0, span[0] - NEAR), min(len(text), span[1] + NEAR)
    start = max(text.rfind(". ", low, span[0]), text.rfind("\n", low, span[0]), low - 1) + 1
    stops = [at for at in (text.find(". ", span[1], high), text.find("\n", span[1], high)) if at >= 0]
    return start, min(stops, default=high)
