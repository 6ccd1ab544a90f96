"""Incidents of one report: the main one and those in the background, with type, day, place and parties.

What happened when is kept apart from who said it when: a day that belongs to the telling dates a claim
and no incident.
"""

from variorum.reading.incidents.finding import find_incidents
from variorum.reading.incidents.saying import day_said

__all__ = ["day_said", "find_incidents"]
