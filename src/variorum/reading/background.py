"""Whether a toll is background: of another incident, or of a war or a year as a whole.

A log-linear model over what the sentence of the toll and the one before it say of time and of other incidents, as a second
opinion beside the network's. The patterns are a plain lexicon, the weights were fitted by `training/background.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from variorum.model import Span
from variorum.reading.people import read_table
from variorum.reading.sentences import sentence_end, sentence_start

SHARE = 0.25
"""What the network's opinion weighs beside this one, both in log-odds; chosen on reports held back."""
LEAST = -0.9
"""Least sum of both for background; chosen on reports held back."""
REACH = 250
"""Most characters of a sentence that are looked at on either side."""
LEAD = 400
"""Characters in which a report tells its own incident."""
FAR = 3000
GREAT = 1000
"""From here on a toll is rarely that of one incident."""
_BEFORE = 0.7


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("variorum.reading", "background.tsv")
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in rows)


@cache
def _weights() -> Mapping[str, float]:
    rows = read_table("variorum.reading", "background_weights.tsv")
    return MappingProxyType({name: float(weight) for name, weight in rows})


def is_background(text: str, span: Span, figure: int, judged: float) -> bool:
    """Whether a toll at `span` with this figure is background; `judged` is the network's opinion in log-odds."""
    weights = _weights()
    told = sum(weights.get(name, 0.0) * value for name, value in features(text, span, figure).items())
    return SHARE * judged + told > LEAST


def features(text: str, span: Span, figure: int) -> dict[str, float]:
    """What is weighed: names and values of features."""
    start, end = span
    low = sentence_start(text, start, REACH)
    before = text[sentence_start(text, max(0, low - 2), REACH) : low]
    sentence = text[low : sentence_end(text, end, REACH)]
    found = {"always": 1.0, "far": min(1.0, start / FAR)}
    for name, pattern in _patterns():
        if pattern.search(sentence):
            found[name] = 1.0
        if pattern.search(before):
            found[f"before {name}"] = _BEFORE
    if start < LEAD:
        found["lead"] = 1.0
    if text.find("\n", max(0, start - FAR), start) < 0 and start < FAR:
        found["first paragraph"] = 1.0
    if figure >= GREAT:
        found["great"] = 1.0
    return found
