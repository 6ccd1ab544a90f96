"""What the heads for MUC-4 give out, in order: shared by training and template building.

The values are those of the answer keys (MUC-4 proceedings, 1992, appendix A); "" is a slot left empty.
"""

from __future__ import annotations

KINDS = ("PerpInd", "PerpOrg", "Target", "Victim", "Described", "Weapon")
"""Words that fill a slot, each tagged by itself; `Victim` are names, `Described` titles, roles and unnamed victims."""

ROLE_SLOTS = {
    "PerpInd": "perp_individual_id",
    "PerpOrg": "perp_organization_id",
    "Target": "phys_tgt_id",
    "Victim": "hum_tgt_name",
    "Described": "hum_tgt_description",
    "Weapon": "incident_instrument_id",
}

TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "HIJACKING", "FORCED WORK STOPPAGE")
STAGES = ("ACCOMPLISHED", "ATTEMPTED", "THREATENED")
CATEGORIES = ("", "TERRORIST ACT", "STATE-SPONSORED VIOLENCE")
INSTRUMENTS = (
    "GUN",
    "MACHINE GUN",
    "MORTAR",
    "HANDGUN",
    "RIFLE",
    "EXPLOSIVE",
    "BOMB",
    "VEHICLE BOMB",
    "DYNAMITE",
    "MINE",
    "AERIAL BOMB",
    "GRENADE",
    "MOLOTOV COCKTAIL",
    "PROJECTILE",
    "MISSILE",
    "ROCKET",
    "CUTTING DEVICE",
    "FIRE",
    "STONE",
    "TORTURE",
)
CONFIDENCES = (
    "REPORTED AS FACT",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "POSSIBLE",
    "ACQUITTED",
)
TARGET_TYPES = (
    "CIVILIAN RESIDENCE",
    "COMMERCIAL",
    "COMMUNICATIONS",
    "DIPLOMAT OFFICE OR RESIDENCE",
    "ENERGY",
    "FINANCIAL",
    "GOVERNMENT OFFICE OR RESIDENCE",
    "LAW ENFORCEMENT FACILITY",
    "POLITICAL FIGURE OFFICE OR RESIDENCE",
    "ORGANIZATION OFFICE",
    "TRANSPORT VEHICLE",
    "TRANSPORTATION FACILITY",
    "TRANSPORTATION ROUTE",
    "WATER",
    "OTHER",
)
TARGET_EFFECTS = (
    "",
    "DESTROYED",
    "SOME DAMAGE",
    "NO DAMAGE",
    "MONEY TAKEN FROM TARGET",
    "PROPERTY TAKEN FROM TARGET",
    "TARGET TAKEN",
)
VICTIM_TYPES = (
    "CIVILIAN",
    "DIPLOMAT",
    "GOVERNMENT OFFICIAL",
    "FORMER GOVERNMENT OFFICIAL",
    "ACTIVE MILITARY",
    "FORMER ACTIVE MILITARY",
    "LEGAL OR JUDICIAL",
    "POLITICAL FIGURE",
    "LAW ENFORCEMENT",
    "SECURITY GUARD",
)
VICTIM_EFFECTS = (
    "",
    "DEATH",
    "INJURY",
    "NO INJURY",
    "NO DEATH",
    "NO INJURY OR DEATH",
    "REGAINED FREEDOM",
    "ESCAPED",
    "RESIGNATION",
    "NO RESIGNATION",
)
NUMBERS = ("one", "several", "counted")
"""How many a victim or target is: 1, PLURAL, or a figure of the text."""

MENTION_OUTPUTS = {
    "type": TYPES,  # of the incidents it belongs to, each by itself
    "stage": STAGES,
    "category": CATEGORIES,
    "instrument": INSTRUMENTS,
    "confidence": CONFIDENCES,
    "target_type": TARGET_TYPES,
    "target_effect": TARGET_EFFECTS,
    "victim_type": VICTIM_TYPES,
    "victim_effect": VICTIM_EFFECTS,
    "number": NUMBERS,
    "foreign": ("foreign",),  # of another nation than the incident's country
}
"""Of each tagged span."""
SENTENCE_OUTPUTS = {"type": TYPES, "stage": STAGES, "category": CATEGORIES, "instrument": INSTRUMENTS}
"""Of each sentence; every value by itself, none for sentences that tell of no incident."""
WINDOW_OUTPUTS = {"relevant": ("report", "here")}
"""Of each window: the report has a template; words of one stand in this window."""
PAIR_WIDTH = 64
"""So many numbers for each tagged span whose products tell whether two belong to one incident, then as many that tell
whether two are the same filler."""
