"""Accounts whose verb makes the statement: demands, threats, refusals ("the group rejected this version of events").

The network's tagger looks for what was said and passes many of them over; the attribution around such a verb has its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from variorum.model import Span
from variorum.reading.attribution import Said
from variorum.reading.encoder.session import Encoded
from variorum.reading.people import read_table
from variorum.reading.spans import LEAST, Tagged

LONGEST = 350
"""Most characters of such an account."""


@cache
def _verbs() -> re.Pattern[str]:
    stems = [row[0] for row in read_table("variorum.reading", "speech_acts.tsv")]
    return re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)


def find_acts(encoded: Encoded, attributions: Sequence[Said], taken: Sequence[Span]) -> tuple[Tagged, ...]:
    """One account for each attribution by such a verb with a source, where nothing of `taken` lies in its words."""
    found = []
    for said in attributions:
        if not said.source or not _verbs().search(encoded.text, *said.cue):
            continue
        start = min(said.cue[0], said.content[0][0])
        end = max(said.cue[1], said.content[-1][1])
        pieces = encoded.pieces.inside(start, end)
        if len(pieces) < LEAST or end - start > LONGEST:
            continue
        if not any(a < end and start < b for a, b in taken):
            found.append(Tagged("account", pieces[0], pieces[-1], said.score))
    return tuple(found)
