"""Linking: many readings in, incidents with their reports out, and which report has its words from which.

Three relations are kept apart: *same text* (copies), *same incident* (incidents), *same origin* (who is
behind a claim, however many reports carry it).
"""

from variorum.linking.decisions import Decision
from variorum.linking.incidents import Link, LinkedIncident, Linker, link

__all__ = ["Decision", "Link", "LinkedIncident", "Linker", "link"]
