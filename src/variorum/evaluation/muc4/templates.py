"""From tagged words, dates and places to templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from variorum.evaluation.muc4.entities import Entity, entities_in
from variorum.evaluation.muc4.incidents import Grouped, incidents_of
from variorum.evaluation.muc4.numbers import number_of, plural
from variorum.evaluation.muc4.outputs import (
    CATEGORIES,
    CONFIDENCES,
    INSTRUMENTS,
    NUMBERS,
    ROLE_SLOTS,
    STAGES,
    TARGET_EFFECTS,
    TARGET_TYPES,
    VICTIM_EFFECTS,
    VICTIM_TYPES,
)
from variorum.evaluation.muc4.settings import Settings, shipped
from variorum.evaluation.muc4.tagged import Floats, Tagged
from variorum.evaluation.muc4.where_when import Scene, day_of, place_of

Filler = dict[str, str]
Template = dict[str, object]
MAIN = 0.3
"""A sentence that names at least this share of what the fullest names tells of an incident's day and place."""
NO_INSTRUMENT = ("ARSON", "KIDNAPPING")
"""Types of incident without instruments; a kidnapping has no physical targets either."""


def templates_of(tagged: Tagged, scene: Scene, settings: Settings | None = None) -> list[Template]:
    """The templates of a report, in the order of its words."""
    settings = settings or shipped()
    if tagged.relevant < settings.relevant:
        return []
    entities = entities_in(tagged, settings.entity, settings.alike)
    if not entities:
        return []
    incidents = incidents_of(entities, settings.together)
    return [
        template_of(incident, tagged, scene, settings)
        for incident in incidents
        if max(e.score for e in incident.entities) >= settings.template
    ]


def template_of(incident: Grouped, tagged: Tagged, scene: Scene, settings: Settings) -> Template:
    """One incident's template."""
    told = [e for e in incident.entities if e.kind != "PerpOrg"] or list(incident.entities)
    lines = sentences_of(told)
    spans = [(tagged.sentences[n].start, tagged.sentences[n].end) for n in sentences_of(told, MAIN)]
    template: Template = {
        "incident_type": incident.type,
        "incident_stage_of_execution": _likeliest(STAGES, told, "stage"),
        "perp_incident_category": _likeliest(CATEGORIES, incident.entities, "category"),
        "incident_date": day_of(scene, spans),
        "incident_location": place_of(scene, spans),
    }
    of = {kind: [e for e in incident.entities if e.kind == kind] for kind in ROLE_SLOTS}
    for kind in ("PerpInd", "PerpOrg"):
        template[ROLE_SLOTS[kind]] = [e.name for e in of[kind]]
    template["perp_organization_confidence"] = [
        {"value": _best(CONFIDENCES, e.values["confidence"]), "ref": e.name} for e in of["PerpOrg"]
    ]
    if incident.type not in NO_INSTRUMENT:
        template |= _instruments(
            of["Weapon"], [tagged.sentences[n].values["instrument"] for n in lines], settings
        )
    if incident.type != "KIDNAPPING":
        template |= _hit(tagged.text, "phys_tgt", of["Target"], {}, settings)
    template |= _victims(tagged.text, of["Victim"], of["Described"], settings)
    return template


def sentences_of(entities: Sequence[Entity], share: float = 0.0) -> list[int]:
    """The sentences that name these entities, those that name most of them first, down to a share of the first's."""
    weight: dict[int, float] = {}
    for entity in entities:
        for mention in entity.mentions:
            weight[mention.sentence] = weight.get(mention.sentence, 0.0) + mention.score
    least = share * max(weight.values(), default=0.0)
    return sorted((n for n in weight if weight[n] >= least), key=lambda n: (-round(weight[n], 6), n))


def _best(known: tuple[str, ...], chances: Floats) -> str:
    return known[int(np.argmax(chances))]


def _likeliest(known: tuple[str, ...], entities: Sequence[Entity], output: str) -> str:
    return _best(known, np.sum([e.score * e.values[output] for e in entities], axis=0))


def _instruments(weapons: Sequence[Entity], told: Sequence[Floats], settings: Settings) -> Template:
    if weapons:
        return {
            "incident_instrument_id": [w.name for w in weapons],
            "incident_instrument_type": [
                {"value": _best(INSTRUMENTS, w.values["instrument"]), "ref": w.name} for w in weapons
            ],
        }
    chances = np.max(told, axis=0)
    return {
        "incident_instrument_type": [_best(INSTRUMENTS, chances)]
        if chances.max() >= settings.instrument
        else []
    }


def _hit(
    text: str, prefix: str, entities: Sequence[Entity], names: Mapping[str, str], settings: Settings
) -> Template:
    """What is said of each target or victim; names: by description, the name that it is said of."""
    head, types, effects = (
        ("target", TARGET_TYPES, TARGET_EFFECTS)
        if prefix == "phys_tgt"
        else ("victim", VICTIM_TYPES, VICTIM_EFFECTS)
    )
    said: dict[str, list[Filler]] = {"type": [], "number": [], "effect_of_incident": []}
    for entity in entities:
        if entity.name in names:
            continue
        said["type"].append({"value": _best(types, entity.values[f"{head}_type"]), "ref": entity.name})
        if entity.kind == "Victim":
            number = "1"
        else:
            mention = max(entity.mentions, key=lambda m: (m.score, -m.start))
            several = float(1 - entity.values["number"][NUMBERS.index("one")])
            if plural(text[mention.start : mention.end]):
                several = (1 + several) / 2
            number = number_of(text, mention.start, mention.end, several)
        said["number"].append({"value": number, "ref": entity.name})
        chances = entity.values[f"{head}_effect"]
        if 1 - chances[0] >= settings.effect:
            said["effect_of_incident"].append(
                {"value": effects[1 + int(np.argmax(chances[1:]))], "ref": entity.name}
            )
    found: Template = {f"{prefix}_{slot}": fillers for slot, fillers in said.items()}
    if prefix == "phys_tgt":
        found["phys_tgt_id"] = [e.name for e in entities]
    return found


def _victims(text: str, named: Sequence[Entity], described: Sequence[Entity], settings: Settings) -> Template:
    """Names, descriptions with the name that they stand beside, and what is said of each victim."""
    names: dict[str, str] = {}
    for entity in described:
        for victim in named:
            if any(
                _beside(text, d.start, d.end, v.start, v.end)
                for d in entity.mentions
                for v in victim.mentions
            ):
                names.setdefault(entity.name, victim.name)
    descriptions: list[Filler] = [
        {"value": e.name, "ref": names[e.name]} if e.name in names else {"value": e.name} for e in described
    ]
    return {
        "hum_tgt_name": [e.name for e in named],
        "hum_tgt_description": descriptions,
        **_hit(text, "hum_tgt", [*named, *described], names, settings),
    }


def _beside(text: str, start: int, end: int, other: int, until: int) -> bool:
    """Whether two spans stand beside each other with no more than a comma between them, or touch."""
    if start < until and other < end:
        return True
    between = text[end:other] if end <= other else text[until:start]
    return len(between) <= 6 and between.strip(" ,\n") in ("", "the", "a", "an", "[", "]")
