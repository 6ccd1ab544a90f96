"""The type of an incident, after the ACLED event types, from the words that tell it and the people harmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from variorum.model import Claim, Group, IncidentType, Outcome, Toll
from variorum.reading.incidents.page import Trigger
from variorum.reading.incidents.scene import Scene

_WORTH = {"event": 1.0, "means": 0.4, "harm": 0.0}
_MOST = 6.0
"""Most that one type can gain from words alone, so that a long text does not drown its first sentences."""
_ENOUGH = 0.8


def type_of_main(scene: Scene, claims: Sequence[Claim]) -> IncidentType:
    """The type of the main incident: every trigger speaks for its type, the louder the nearer to the head."""
    scores = dict.fromkeys(IncidentType, 0.0)
    for sentence in scene.page.sentences:
        weight = 0.3 + scene.position(sentence) + (0.3 if sentence.number in scene.main else 0.0)
        if sentence.number in scene.background and sentence.number not in scene.main:
            weight = 0.1
        elif sentence.number in scene.back:
            weight *= 0.5
        for type_, worth in _worth(scene.page.triggers_in(sentence)).items():
            scores[type_] += weight * worth
    for type_, score in scores.items():
        scores[type_] = min(_MOST, score)
    for type_, worth in _harmed([c for c in claims if not c.background]).items():
        scores[type_] += worth
    return _best(scores)


def type_within(triggers: Iterable[Trigger], claims: Sequence[Claim]) -> IncidentType:
    """The type of a background incident, from the triggers of its sentences and its claims."""
    scores = dict.fromkeys(IncidentType, 0.0)
    for type_, worth in _worth(triggers).items():
        scores[type_] += worth
    for type_, worth in _harmed(claims).items():
        scores[type_] += worth * 0.6
    return _best(scores)


def _worth(triggers: Iterable[Trigger]) -> dict[IncidentType, float]:
    """What a sentence's triggers say of each type; a word repeated says it once."""
    found: dict[IncidentType, float] = {}
    for words, type_, role in {(t.entry.words, t.entry.type, t.entry.role) for t in triggers}:
        if words:
            found[type_] = found.get(type_, 0.0) + _WORTH[role]
    return {type_: min(2.0, worth) for type_, worth in found.items()}


def _harmed(claims: Sequence[Claim]) -> dict[IncidentType, float]:
    """What the people harmed say of the type: soldiers and fighters of a battle, civilians of violence."""
    killed = {
        c.group for c in claims if isinstance(c, Toll) and c.outcome in (Outcome.KILLED, Outcome.INJURED)
    }
    taken = any(isinstance(c, Toll) and c.outcome is Outcome.ABDUCTED for c in claims)
    found: dict[IncidentType, float] = {}
    if Group.SECURITY in killed and Group.MILITANT in killed:
        found[IncidentType.BATTLE] = 1.5
    elif Group.SECURITY in killed or Group.MILITANT in killed:
        found[IncidentType.BATTLE] = 0.8
    if Group.CIVILIAN in killed:
        found[IncidentType.VIOLENCE_AGAINST_CIVILIANS] = 1.0
    if taken:
        found[IncidentType.HOSTAGE_TAKING] = 2.0
    return found


def _best(scores: dict[IncidentType, float]) -> IncidentType:
    del scores[IncidentType.UNKNOWN]
    best = max(scores, key=lambda type_: scores[type_])
    return best if scores[best] >= _ENOUGH else IncidentType.UNKNOWN
