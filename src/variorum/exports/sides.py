"""Who stands against whom, for formats that have two columns for it. Where accounts differ, the columns stay empty.

Sides of a battle follow from kinds alone: forces of states on one, one armed group on the other; sides of the same kind
stand in the order in which reports name them, which no party's name decides. Who attacked
is taken only where the attacker says so itself or all who speak of it agree, and nobody is named beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.exports.case import Case
from variorum.model import STATE_KINDS, Certainty, IncidentType, Party, PartyKind, Question, Status

CIVILIANS = "Civilians"

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_HOLDS = frozenset({Certainty.STATED, Certainty.HEDGED, Certainty.UNVERIFIED})
_PAIR = 2


@dataclass(frozen=True)
class Sides:
    """`violence` is UCDP's type_of_violence: 1 state-based, 2 non-state, 3 one-sided; None where it cannot be told."""

    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    violence: int | None = None


def sides_of(case: Case) -> Sides:
    """The sides of an incident as far as its accounts leave them undisputed."""
    kind = case.summary.type
    if kind is IncidentType.BATTLE:
        return _fighting(case)
    attacker = undisputed_actor(case)
    a = (attacker,) if attacker else ()
    if kind is IncidentType.VIOLENCE_AGAINST_CIVILIANS:
        return Sides(a=a, b=(CIVILIANS,), violence=ONE_SIDED)
    return Sides(a=a)


def undisputed_actor(case: Case) -> str | None:
    """The only party of whom anybody says that it did it, if it says so itself or those who speak of it agree."""
    asked = [question for question in case.dossier.questions if question.kind == "responsibility"]
    named = [question for question in asked if _asserted(question)]
    if len(named) != 1 or _denied(named[0]):
        return None
    own = any(p.source == named[0].actor and p.standing.certainty in _HOLDS for p in named[0].positions)
    return named[0].actor if own or named[0].status is Status.AGREED else None


def _fighting(case: Case) -> Sides:
    parties = [case.parties[name] for name in case.summary.parties]
    states = [party for party in parties if party.kind in STATE_KINDS]
    groups = [party.name for party in parties if party.kind is PartyKind.ARMED_GROUP]
    if states and len(groups) == 1:
        return Sides(tuple(party.name for party in states), tuple(groups), STATE_BASED)
    if not states and len(groups) == _PAIR:
        return Sides((groups[0],), (groups[1],), NON_STATE)
    countries = _by_country(states)
    if not groups and len(countries) == _PAIR and None not in countries:
        a, b = countries.values()
        return Sides(a, b, STATE_BASED)
    return Sides()


def _by_country(parties: Sequence[Party]) -> Mapping[str | None, tuple[str, ...]]:
    found: dict[str | None, tuple[str, ...]] = {}
    for party in parties:
        found[party.country] = (*found.get(party.country, ()), party.name)
    return found


def _asserted(question: Question) -> bool:
    return any(position.standing.certainty in _HOLDS for position in question.positions)


def _denied(question: Question) -> bool:
    return any(position.standing.certainty is Certainty.DENIED for position in question.positions)
