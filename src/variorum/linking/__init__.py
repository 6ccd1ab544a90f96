"""Linking: many readings in, incidents with their reports out, and which report has its words from which.

Three relations are kept apart: *same text* (`find_copies`), *same incident* (`Linker`), *same origin*
(`origins_of`: who is behind a claim, however many reports carry it).
"""

from variorum.linking.copies import Copy, CopyGraph, Passage, find_copies
from variorum.linking.credits import Credit, find_credits
from variorum.linking.decisions import Decision
from variorum.linking.incidents import Link, LinkedIncident, Linker, link
from variorum.linking.mentions import incidents_of_claims
from variorum.linking.origins import Origin, origin_of, origins_of

__all__ = [
    "Copy",
    "CopyGraph",
    "Credit",
    "Decision",
    "Link",
    "LinkedIncident",
    "Linker",
    "Origin",
    "Passage",
    "find_copies",
    "find_credits",
    "incidents_of_claims",
    "link",
    "origin_of",
    "origins_of",
]
