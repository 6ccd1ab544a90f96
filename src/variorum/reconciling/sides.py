"""Sides: which parties may be one body's voices, and which stand on opposed sides, by kind and country alone."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import STATE_KINDS, Party, PartyKind


class Sides:
    """The parties of an incident. A party that is not known, or of no known country, is on nobody's side."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._known = {party.name: party for party in parties}

    def one_state(self, one: str, two: str) -> bool:
        """Whether both are arms of one state."""
        first, second = self._known.get(one), self._known.get(two)
        if first is None or second is None or first.country is None:
            return False
        return first.country == second.country and {first.kind, second.kind} <= STATE_KINDS

    def opposed(self, one: str, two: str) -> bool:
        """Whether the two are an armed group and somebody else, or arms of two states."""
        first, second = self._known.get(one), self._known.get(two)
        if one == two or first is None or second is None:
            return False
        if PartyKind.ARMED_GROUP in (first.kind, second.kind):
            return True
        both_states = {first.kind, second.kind} <= STATE_KINDS
        return both_states and None not in (first.country, second.country) and first.country != second.country


def within(one: str, two: str) -> bool:
    """Whether one name stands within the other ("Norland", "Norland Army"), so that both may mean one party."""
    short, long = sorted((set(one.lower().split()), set(two.lower().split())), key=len)
    return short <= long
