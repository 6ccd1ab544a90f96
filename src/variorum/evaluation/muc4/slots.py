"""The slots of a MUC-4 template and their values, as the scoring needs them (MUC-4 proceedings, 1992, appendices A and B)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.reading.people import read_table


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot: what kind of value it has, and the slots whose fillers its values refer to."""

    name: str
    kind: str  # set, string, number, date or location
    refers_to: tuple[str, ...]


@cache
def slots() -> dict[str, Slot]:
    """All slots by name, in the order of a template."""
    rows = read_table("variorum.evaluation.muc4", "slots.tsv")
    return {name: Slot(name, kind, tuple(refers.split())) for name, kind, refers in rows}


@cache
def broader() -> dict[str, dict[str, frozenset[str]]]:
    """By slot and general value, the specific values that it earns half the credit for."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for slot, general, specific in read_table("variorum.evaluation.muc4", "broader.tsv"):
        found.setdefault(slot, {})[general] = frozenset(specific.split("; "))
    return found


IDENTIFYING = (
    "phys_tgt_id",
    "phys_tgt_type",
    "hum_tgt_name",
    "hum_tgt_description",
    "hum_tgt_type",
    "perp_individual_id",
    "perp_organization_id",
)
"""Two templates may be aligned only if one of these agrees at least in part, or all are empty in both."""
GROUPS = {
    "INCIDENT": "incident_",
    "PERPETRATOR": "perp_",
    "PHYSICAL TARGET": "phys_tgt_",
    "HUMAN TARGET": "hum_tgt_",
}
"""Slots summed together in a score report, by the beginning of their names."""
ROLES = {
    "PerpInd": "perp_individual_id",
    "PerpOrg": "perp_organization_id",
    "Target": "phys_tgt_id",
    "Victim": "hum_tgt_name",
    "Weapon": "incident_instrument_id",
}
"""The slots of the role-filler entity measure."""
