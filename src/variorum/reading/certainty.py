"""How surely a claim is put: the network's judgement, and hedges that it passes over."""

from __future__ import annotations

import re
from functools import cache

from variorum.model import Certainty, Span
from variorum.reading.people import read_table
from variorum.reading.sentences import sentence_end, sentence_start

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
    if _hedge().search(text, sentence_start(text, span[0], NEAR), sentence_end(text, span[1], NEAR)):
        return Certainty.HEDGED
    return judged


def _under_condition(text: str, span: Span) -> bool:
    """Whether the claim's sentence begins with a condition on its truth."""
    start = sentence_start(text, span[0], REACH)
    return _CONDITION.match(text[start : span[0]].lstrip()) is not None


def _unverified(text: str, span: Span) -> bool:
    """Whether the claim's sentence, or the next of its paragraph, says that the claim could not be verified."""
    start = sentence_start(text, span[0], REACH)
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
