"""Words beside a figure that speak for an outcome ("executing all 214", "12 dead"), as a second opinion to the network."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from variorum.model import Outcome
from variorum.reading.encoder.outputs import OUTCOMES
from variorum.reading.people import read_table
from variorum.reading.quantities import Quantity

WEIGHT = 2.5
"""What a word beside the figure adds to an outcome's score (log-odds); chosen on reports held back."""
_BEFORE = 30
_AFTER = 45
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.;:!?\n]|,\s|\b(?:and|but|while|as|when|after|who|which|that)\b")

Floats = npt.NDArray[np.float32]


@cache
def _lexicon() -> dict[str, int]:
    plain = {
        word: OUTCOMES.index(Outcome(outcome))
        for word, outcome in read_table("variorum.reading", "outcomes.tsv")
    }
    loaded = read_table("variorum.reading.encoder", "loaded.tsv")
    return plain | {word: plain[same] for word, same in loaded if same in plain}


def spoken_for(text: str, quantity: Quantity) -> Floats:
    """What the words right beside a quantity add to each outcome's score."""
    lexicon = _lexicon()
    before = text[max(0, quantity.start - _BEFORE) : quantity.start]
    breaks = list(_BREAK.finditer(before))
    before = before[breaks[-1].end() :] if breaks else before
    after = text[quantity.end : quantity.end + _AFTER]
    broken = _BREAK.search(after)
    after = after[: broken.start()] if broken else after
    near = [*_WORD.findall(before.lower())[-3:], *_WORD.findall(text[quantity.start : quantity.end].lower())]
    near += _WORD.findall(after.lower())[:5]
    found = np.zeros(len(OUTCOMES), dtype=np.float32)
    for word in near:
        if word in lexicon:
            found[lexicon[word]] = WEIGHT
    return found
