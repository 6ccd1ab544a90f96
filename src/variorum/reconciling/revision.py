"""Signs in a report's wording that a figure is an older or a newer one of the same source.

"The toll rose to 31 from 23" gives 31 as newer and 23 as older; without such a sign or two dates, two
figures of one source are not taken for a change over time.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.model import Evidence
from variorum.reconciling.lexicon import rows

OLDER, PLAIN, NEWER = -1, 0, 1
_REACH = 60
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    ages = {"older": OLDER, "newer": NEWER}
    return tuple(
        (re.compile(rf"\b{re.escape(cue)}\b".replace(r"\ ", r"\s+"), re.IGNORECASE), ages[age], int(gap))
        for cue, age, gap in rows("revision.tsv")
    )


def age_of(text: str, evidence: Evidence) -> int:
    """`OLDER`, `NEWER` or `PLAIN`, by the cue nearest before the figure in its sentence."""
    digits = re.search(r"\d", evidence.quote)
    figure = evidence.start + digits.start() if digits else evidence.end
    before = text[max(0, figure - _REACH) : figure]
    breaks = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[breaks[-1] :] if breaks else before
    best, age = -1, PLAIN
    for cue, value, gap in _cues():
        for match in cue.finditer(before):
            if len(before) - match.end() <= gap and match.end() > best:
                best, age = match.end(), value
    return age
