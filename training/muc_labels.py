"""From MUC-4 reports and their answer keys to windows with labels.

A key gives strings, not places: every occurrence of a filler's alternatives in the report's body is labelled, the longer
ones first. What the key says of a filler (type, effect, number …) goes to each of its occurrences, what it says of an
incident to the sentences in which its victims, targets, perpetrators or weapons are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.corpora import Item, read_lines, with_marks
from variorum.evaluation.muc4.outputs import (
    CATEGORIES,
    CONFIDENCES,
    INSTRUMENTS,
    KINDS,
    NUMBERS,
    ROLE_SLOTS,
    STAGES,
    TARGET_EFFECTS,
    TARGET_TYPES,
    TYPES,
    VICTIM_EFFECTS,
    VICTIM_TYPES,
)
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.windows import Pieces, Window, pieces_of, sentences_of, windows_of

Places = list[int]
BODY = re.compile(r".*?--\s+(?:\[[^\]]+\]\s+)+", re.DOTALL)
FILLER_SLOTS = {
    "Weapon": {"instrument": ("incident_instrument_type", INSTRUMENTS)},
    "PerpOrg": {"confidence": ("perp_organization_confidence", CONFIDENCES)},
    "Target": {
        "target_type": ("phys_tgt_type", TARGET_TYPES),
        "target_effect": ("phys_tgt_effect_of_incident", TARGET_EFFECTS),
    },
    "Victim": {
        "victim_type": ("hum_tgt_type", VICTIM_TYPES),
        "victim_effect": ("hum_tgt_effect_of_incident", VICTIM_EFFECTS),
    },
}
FILLER_SLOTS["Described"] = FILLER_SLOTS["Victim"]
NUMBER_SLOTS = {"Target": "phys_tgt_number", "Victim": "hum_tgt_number", "Described": "hum_tgt_number"}
NATION_SLOTS = {
    "Target": "phys_tgt_foreign_nation",
    "Victim": "hum_tgt_foreign_nation",
    "Described": "hum_tgt_foreign_nation",
}


@dataclass(frozen=True)
class Entity:
    """A filler of one slot, in all the templates that have it."""

    kind: str
    names: tuple[str, ...]  # the alternatives, upper case
    templates: tuple[int, ...]
    values: dict[str, int]  # by head: the place of its value; those that the key leaves open are missing


@dataclass
class Mention:
    """An occurrence of an entity in a window."""

    kind: int
    places: Places  # of its pieces in the window
    entity: int
    templates: tuple[int, ...]
    types: list[float]  # by incident type
    values: dict[str, int] = field(default_factory=dict)


@dataclass
class Sentence:
    """A sentence in a window and what incidents it tells of; by value, each by itself."""

    places: Places
    types: list[float]
    stages: list[float]
    categories: list[float]
    instruments: list[float]


@dataclass
class MucItem(Item):
    """A window of a MUC-4 report."""

    report: str = ""
    roles: np.ndarray | None = None  # int [kinds, tokens]: 0 outside, 1 begins, 2 continues
    mentions: list[Mention] = field(default_factory=list)
    told: list[Sentence] = field(default_factory=list)
    relevant: tuple[float, float] = (0.0, 0.0)  # the report has a template; words of one are here


def alternatives(filler: dict) -> tuple[str, ...]:
    """The strings of a filler, without the outer quotes of some."""
    return tuple(
        re.sub(r"\s+", " ", a["value"].replace("\\", "").replace('"', " ")).strip() for a in filler["any"]
    )


def _said_of(template: dict, slot: str, names: tuple[str, ...]) -> list[dict]:
    """The first alternatives of the fillers of a slot that refer to one of these names."""
    found = []
    for filler in template[slot] or ():
        for option in filler["any"]:
            if set(option.get("ref") or ()) & set(names):
                found.append(option)
                break
    return found


def _values(template: dict, kind: str, names: tuple[str, ...]) -> dict[str, int]:
    values: dict[str, int] = {}
    for head, (slot, known) in FILLER_SLOTS.get(kind, {}).items():
        said = [x["value"] for x in _said_of(template, slot, names) if x["value"] in known]
        if said:
            values[head] = known.index(said[0])
        elif "" in known:
            values[head] = known.index("")
    if kind in NUMBER_SLOTS:
        said_number = _said_of(template, NUMBER_SLOTS[kind], names)
        if said_number:
            value = said_number[0]["value"]
            values["number"] = NUMBERS.index({"1": "one", "PLURAL": "several"}.get(value, "counted"))
        values["foreign"] = int(bool(_said_of(template, NATION_SLOTS[kind], names)))
    stage, category = (
        _first(template, "incident_stage_of_execution"),
        _first(template, "perp_incident_category"),
    )
    if stage in STAGES:
        values["stage"] = STAGES.index(stage)
    if category in CATEGORIES:
        values["category"] = CATEGORIES.index(category)
    return values


def _first(template: dict, slot: str) -> str:
    return next((f["any"][0]["value"] for f in template[slot] or ()), "")


def entities_of(templates: list[dict]) -> list[Entity]:
    """The fillers of all templates; those of a kind that share their names are one."""
    found: list[Entity] = []
    for number, template in enumerate(templates):
        for kind, slot in ROLE_SLOTS.items():
            for filler in template[slot] or ():
                names, values = alternatives(filler), _values(template, kind, alternatives(filler))
                for at, other in enumerate(found):
                    if other.kind == kind and (
                        set(names) <= set(other.names) or set(other.names) <= set(names)
                    ):
                        longer = max(names, other.names, key=len)
                        found[at] = Entity(kind, longer, (*other.templates, number), values | other.values)
                        break
                else:
                    found.append(Entity(kind, names, (number,), values))
    return found


def occurrences(text: str, name: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    """Where a string stands in a text from `begin` on, as words, whatever its case, line breaks and brackets."""
    words = re.findall(r"[^\s\[\]()\"]+", name)
    if not words:
        return
    gap = r"[\s\[\]()\"]+"
    pattern = rf"(?<!\w){gap.join(map(re.escape, words))}(?!\w)"
    for match in re.compile(pattern, re.IGNORECASE).finditer(text, begin):
        yield match.span()


def located(text: str, entities: list[Entity]) -> list[tuple[int, int, int]]:
    """(start, end, entity) of every occurrence; within one kind the longer string keeps its words."""
    match = BODY.match(text)
    begin = match.end() if match else 0
    found: list[tuple[int, int, int]] = []
    for kind in KINDS:
        names = [(n, i) for i, e in enumerate(entities) if e.kind == kind for n in e.names]
        taken: list[tuple[int, int, int]] = []
        for name, i in sorted(names, key=lambda x: (-len(x[0]), x)):
            for start, end in occurrences(text, name, begin):
                if not any(a < end and start < b and (e != i or (a, b) != (start, end)) for a, b, e in taken):
                    taken.append((start, end, i))
        found += sorted(set(taken))
    return found


def muc_items(report: dict) -> list[MucItem]:
    """The windows of a report of the answer keys, names masked as the reader masks them."""
    text = report["text_cased"]
    entities = entities_of(report["templates"])
    spans = located(text, entities)
    pieces = pieces_of(text, masks_of(text, names_in(text)))
    sentences = sentences_of(text, pieces)
    return [_item(window, report, entities, spans, pieces, sentences) for window in windows_of(text, pieces)]


def _item(
    window: Window,
    report: dict,
    entities: list[Entity],
    spans: Iterable[tuple[int, int, int]],
    pieces: Pieces,
    sentences: np.ndarray,
) -> MucItem:
    item = MucItem(*with_marks(pieces, sentences, window), report=report["id"])
    item.roles = np.zeros((len(KINDS), len(item.ids)), dtype=np.int64)
    templates = report["templates"]
    for start, end, i in spans:
        inside = pieces.inside(start, end)
        places = [p - window.first + 1 for p in inside if window.first <= p < window.last]
        if not places or len(places) < len(inside):
            continue
        entity = entities[i]
        kind = KINDS.index(entity.kind)
        item.roles[kind, places] = 2
        item.roles[kind, places[0]] = 1
        types = _marks(TYPES, [_first(templates[t], "incident_type") for t in entity.templates])
        item.mentions.append(Mention(kind, places, i, entity.templates, types, entity.values))
    item.told = list(_sentences(item, templates))
    item.relevant = (float(any(not t["optional"] for t in templates)), float(bool(item.mentions)))
    return item


def _marks(known: tuple[str, ...], values: Iterable[str]) -> list[float]:
    said = set(values)
    return [float(v in said and v != "") for v in known]


def _sentences(item: MucItem, templates: list[dict]) -> Iterator[Sentence]:
    """The sentences that tell of no incident or of known ones; those that name no more than an organization are left out."""
    lines = np.array(item.sentences[1:-1])
    for line in np.unique(lines):
        places = (np.flatnonzero(lines == line) + 1).tolist()
        here = [m for m in item.mentions if m.places[0] in places]
        told = [m for m in here if KINDS[m.kind] not in ("PerpOrg",)]
        if here and not told:
            continue
        # Who is named in several incidents tells less of which one a sentence is about than who is named in one.
        fewest = min((len(m.templates) for m in told), default=0)
        about = [templates[t] for m in told if len(m.templates) == fewest for t in m.templates]
        yield Sentence(
            places,
            _marks(TYPES, [_first(t, "incident_type") for t in about]),
            _marks(STAGES, [_first(t, "incident_stage_of_execution") for t in about]),
            _marks(CATEGORIES, [_first(t, "perp_incident_category") for t in about]),
            _marks(
                INSTRUMENTS,
                [f["any"][0]["value"] for t in about for f in t["incident_instrument_type"] or ()],
            ),
        )


def read_muc(path: Path) -> list[MucItem]:
    """The windows of all reports of a key file."""
    return [item for report in read_lines(path) for item in muc_items(report)]
