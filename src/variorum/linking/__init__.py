"""Linking: many readings in, incidents with their reports out, and which report has its words from which.

Three relations are kept apart: *same text* (`CopyFinder`), *same incident* (`Linker`), *same origin*
(`origins_of`: who is behind a claim, however many reports carry it).
"""

from variorum.linking.copies import Compared, CopyFinder, find_copies
from variorum.linking.credits import find_credits
from variorum.linking.decisions import Decision
from variorum.linking.incidents import Linker, link
from variorum.linking.mentions import incidents_of_claims
from variorum.linking.origins import origin_of, origins_of
from variorum.linking.publishers import independent_publishers

__all__ = [
    "Compared",
    "CopyFinder",
    "Decision",
    "Linker",
    "find_copies",
    "find_credits",
    "incidents_of_claims",
    "independent_publishers",
    "link",
    "origin_of",
    "origins_of",
]
