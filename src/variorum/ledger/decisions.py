"""Decisions of reviewers on a ledger's claims, parties and incidents. Nothing is changed by them: views apply them.

| kind | what it says |
| --- | --- |
| `accept`, `reject` | this claim is as read, or is none |
| `correct` | this claim has other values than read |
| `add` | a claim that the reader did not find, with its evidence |
| `join`, `split`, `never` | which reports speak of one incident (`variorum.linking.Decision`) |
| `rename` | a party bears another name, or is the same as another |
| `set` | an incident's type, day or place |
| `undo` | a decision holds no longer |
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from variorum.linking import Decision as LinkDecision
from variorum.model import Claim, Day, IncidentType, Place, Record, content_id

Kind = Literal["accept", "reject", "correct", "add", "join", "split", "never", "rename", "set", "undo"]
_ON_CLAIMS = ("accept", "reject", "correct")
_ON_LINKS = ("join", "split", "never")


class Ruling(Record):
    """One recorded decision. `subject` is a claim, party, incident or decision by id or name; which, `kind` tells.

    `claim` is the whole claim as it is to be, for `correct` and `add`; `name` the other name for `rename`; `type`, `day`
    and `place` what is set; `reports` and `others` as in `variorum.linking.Decision`.
    """

    kind: Kind
    subject: str = ""
    by: str = Field(min_length=1)
    why: str = Field(min_length=1, description="the reason; there is no decision without one")
    claim: Claim | None = None
    name: str | None = Field(default=None, min_length=1)
    type: IncidentType | None = None
    day: Day | None = None
    place: Place | None = None
    reports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Ruling:
        needs: dict[str, Any] = {
            "correct": self.claim,
            "add": self.claim,
            "rename": self.name,
            "set": self.type or self.day or self.place,
            "join": self.reports,
            "split": self.reports and self.others,
            "never": self.reports and self.others,
        }
        if self.kind in needs and not needs[self.kind]:
            raise ValueError(f"a decision to {self.kind} needs to say more")
        if self.kind not in ("add", *_ON_LINKS) and not self.subject:
            raise ValueError(f"a decision to {self.kind} needs a subject")
        return self

    def id_at(self, recorded_at: str) -> str:
        """The id it is recorded under."""
        return content_id("decision", recorded_at, self.model_dump(mode="json"))

    def on_links(self, recorded_at: str) -> LinkDecision | None:
        """The same as linking takes it; None where it is about something else."""
        if self.kind not in _ON_LINKS:
            return None
        day = date.fromisoformat(recorded_at[:10])
        return LinkDecision(
            kind=self.kind, reports=self.reports, others=self.others, by=self.by, on=day, why=self.why
        )


class Rulings:
    """The decisions in force, in the order in which they were recorded: the last on a subject counts."""

    def __init__(self, recorded: list[tuple[str, str, Ruling]]) -> None:
        """`recorded` holds each decision with its id and its time."""
        undone = {ruling.subject for _, _, ruling in recorded if ruling.kind == "undo"}
        self.in_force = [item for item in recorded if item[0] not in undone and item[2].kind != "undo"]
        self._on_claim: dict[str, Ruling] = {}
        self._names: dict[str, str] = {}
        self._set: dict[str, list[Ruling]] = {}
        self.added: list[Claim] = []
        for _, _, ruling in self.in_force:
            if ruling.kind in _ON_CLAIMS:
                self._on_claim[ruling.subject] = ruling
            elif ruling.kind == "add" and ruling.claim is not None:
                self.added.append(ruling.claim)
            elif ruling.kind == "rename" and ruling.name is not None:
                self._names[ruling.subject] = ruling.name
            elif ruling.kind == "set":
                self._set.setdefault(ruling.subject, []).append(ruling)

    @property
    def on_links(self) -> list[LinkDecision]:
        """Those that linking obeys."""
        found = (ruling.on_links(at) for _, at, ruling in self.in_force)
        return [decision for decision in found if decision is not None]

    def claim(self, claim: Claim) -> Claim | None:
        """The claim as decided; None if it was rejected."""
        ruling = self._on_claim.get(claim.id)
        if ruling is not None and ruling.kind == "reject":
            return None
        if ruling is not None and ruling.kind == "correct" and ruling.claim is not None:
            claim = ruling.claim
        party = self.name(claim.source.party)
        changed: dict[str, Any] = {}
        if party != claim.source.party:
            changed["source"] = claim.source.model_copy(update={"party": party})
        actor = getattr(claim, "actor", None)
        if actor and self.name(actor) != actor:
            changed["actor"] = self.name(actor)
        return claim.model_copy(update=changed) if changed else claim

    def name(self, party: str) -> str:
        """The name a party bears by decision, following renamings of the new name too."""
        met = {party}
        while (party := self._names.get(party, party)) not in met:
            met.add(party)
        return party

    def settings(self, incident: str) -> dict[str, Any]:
        """What was set of an incident: type, day, place."""
        found: dict[str, Any] = {}
        for ruling in self._set.get(incident, ()):
            told = {"type": ruling.type, "day": ruling.day, "place": ruling.place}
            found |= {name: value for name, value in told.items() if value is not None}
        return found
