"""The vocabulary as immutable types. Imports nothing else of Variorum."""

from variorum.model.claim import Account, Claim, Responsibility, Toll, make_claim
from variorum.model.copies import Copy, CopyGraph, Credit, Passage
from variorum.model.errors import EvidenceError, InputError, SettingError, VariorumError, guarded
from variorum.model.evidence import Evidence
from variorum.model.findings import Attribution, Reading, Span, Time
from variorum.model.incident import Day, Incident, Place
from variorum.model.link import Link, LinkedIncident
from variorum.model.origin import Origin
from variorum.model.party import REPORTER, Party, Source
from variorum.model.question import Answer, Dossier, Observation, Position, Question, Support
from variorum.model.record import Record, content_id
from variorum.model.report import Report
from variorum.model.values import (
    STATE_KINDS,
    Certainty,
    Group,
    IncidentType,
    Kind,
    Outcome,
    PartyKind,
    Stance,
    Status,
)

__all__ = [
    "REPORTER",
    "STATE_KINDS",
    "Account",
    "Answer",
    "Attribution",
    "Certainty",
    "Claim",
    "Copy",
    "CopyGraph",
    "Credit",
    "Day",
    "Dossier",
    "Evidence",
    "EvidenceError",
    "Group",
    "Incident",
    "IncidentType",
    "InputError",
    "Kind",
    "Link",
    "LinkedIncident",
    "Observation",
    "Origin",
    "Outcome",
    "Party",
    "PartyKind",
    "Passage",
    "Place",
    "Position",
    "Question",
    "Reading",
    "Record",
    "Report",
    "Responsibility",
    "SettingError",
    "Source",
    "Span",
    "Stance",
    "Status",
    "Support",
    "Time",
    "Toll",
    "VariorumError",
    "content_id",
    "guarded",
    "make_claim",
]
