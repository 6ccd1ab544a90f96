"""The closed value sets. What each value means is told in docs/vocabulary.md."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a claim is about: a count of people, who did it, or anything else that is said to have happened."""

    TOLL = "toll"
    RESPONSIBILITY = "responsibility"
    ACCOUNT = "account"


class Certainty(StrEnum):
    """How surely the source puts the claim, by its own words."""

    STATED = "stated"
    HEDGED = "hedged"
    DENIED = "denied"
    CONDITIONAL = "conditional"
    THREATENED = "threatened"
    UNVERIFIED = "unverified"


class Outcome(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    INJURED = "injured"
    ABDUCTED = "abducted"
    MISSING = "missing"
    FREED = "freed"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    PRESENT = "present"


class Group(StrEnum):
    """Which people are counted."""

    CIVILIAN = "civilian"
    SECURITY = "security"
    MILITANT = "militant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """How a source stands to an actor's responsibility."""

    CLAIMS = "claims"
    ACCUSES = "accuses"
    DENIES = "denies"
    REPORTS = "reports"


class Status(StrEnum):
    """How the positions on one question stand to one another."""

    CONTESTED = "contested"
    REVISED = "revised"
    AGREED = "agreed"
    SINGLE = "single"


class PartyKind(StrEnum):
    """What sort of actor a party is. The order ranks nobody."""

    GOVERNMENT = "government"
    STATE_FORCE = "state force"
    POLICE = "police"
    ARMED_GROUP = "armed group"
    MEDICS = "medics"
    RESIDENTS = "residents"
    ORGANISATION = "organisation"
    INTERNATIONAL = "international organisation"
    MEDIA = "media"
    PERSON = "person"
    UNNAMED = "unnamed"
    REPORTER = "reporter"


STATE_KINDS = frozenset({PartyKind.GOVERNMENT, PartyKind.STATE_FORCE, PartyKind.POLICE})
"""The kinds of party that are arms of a state."""


class IncidentType(StrEnum):
    """What sort of incident, after the ACLED event types (Codebook, 2023), plus hostage-taking, which ACLED
    files under violence against civilians."""

    BATTLE = "battle"
    EXPLOSION = "explosion or remote violence"
    VIOLENCE_AGAINST_CIVILIANS = "violence against civilians"
    HOSTAGE_TAKING = "hostage-taking"
    RIOT = "riot"
    PROTEST = "protest"
    STRATEGIC = "strategic development"
    UNKNOWN = "unknown"
