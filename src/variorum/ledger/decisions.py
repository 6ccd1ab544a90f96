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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from variorum.linking import Decision as LinkDecision
from variorum.model import Claim, Day, IncidentType, Place, Reading, Record

Kind = Literal["accept", "reject", "correct", "add", "join", "split", "never", "rename", "set", "undo"]
ON_CLAIMS = ("accept", "reject", "correct")
ON_LINKS = ("join", "split", "never")


class Decision(Record):
    """One decision. `subject` is a claim, party, incident or decision by id or name; which, `kind` tells.

    `claim` is the whole claim as it is to be, for `correct` and `add`; its id is worked out anew when it is recorded. `name` is
    the other name for `rename`; `type`, `day` and `place` what is set; `reports` and `others` as in
    `variorum.linking.Decision`.
    """

    kind: Kind
    subject: str = ""
    by: str = Field(min_length=1, description="who decided")
    why: str = Field(min_length=1, description="the reason; there is no decision without one")
    claim: Claim | None = None
    name: str | None = Field(default=None, min_length=1)
    type: IncidentType | None = None
    day: Day | None = None
    place: Place | None = None
    reports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Decision:
        needs: dict[str, Any] = {
            "correct": self.claim,
            "add": self.claim,
            "rename": self.name,
            "set": self.type or self.day or self.place,
            "join": len({*self.reports, *self.others}) > 1,
            "split": self.reports and self.others,
            "never": self.reports and self.others,
        }
        if not needs.get(self.kind, True):
            raise ValueError(f"a decision to {self.kind} needs to say more")
        if self.kind not in ("add", *ON_LINKS) and not self.subject:
            raise ValueError(f"a decision to {self.kind} needs a subject")
        if self.kind == "rename" and self.name == self.subject:
            raise ValueError("a party is renamed to another name than its own")
        if self.kind in ("split", "never") and {*self.reports} & {*self.others}:
            raise ValueError("a report cannot be kept apart from itself")
        return self


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision with the number, the id and the time under which it was recorded."""

    number: int
    id: str
    at: str
    decision: Decision

    def on_links(self) -> LinkDecision | None:
        """The same as linking takes it; None where it is about something else."""
        decision = self.decision
        if decision.kind not in ("join", "split", "never"):
            return None
        on = date.fromisoformat(self.at[:10])
        return LinkDecision(
            kind=decision.kind,
            reports=decision.reports,
            others=decision.others,
            by=decision.by,
            on=on,
            why=decision.why,
        )


def in_force(recorded: Sequence[Recorded]) -> list[Recorded]:
    """Those that no decision in force undoes, in their order. An undoing may be undone too."""
    undone: set[str] = set()
    kept = []
    for one in reversed(recorded):
        if one.id in undone:
            continue
        if one.decision.kind == "undo":
            undone.add(one.decision.subject)
        else:
            kept.append(one)
    return kept[::-1]


def on_claim(claim: str, recorded: Sequence[Recorded]) -> list[Recorded]:
    """Those that bear on a claim, in their order: on what it was corrected from or to as well, and what undoes any."""
    names, found = {claim}, set[str]()
    before = -1
    while before != len(names) + len(found):
        before = len(names) + len(found)
        for one in recorded:
            decision = one.decision
            made = {decision.claim.id} if decision.claim else set()
            mine = decision.kind in (*ON_CLAIMS, "add") and names & {decision.subject, *made}
            if mine or (decision.kind == "undo" and decision.subject in found):
                found.add(one.id)
                names |= made | ({decision.subject} if decision.kind in ON_CLAIMS else set())
    return [one for one in recorded if one.id in found]


class Decisions:
    """Decisions in force, applied to what was read: the last on a subject counts."""

    def __init__(self, recorded: Sequence[Recorded] = ()) -> None:
        """`recorded` holds all that were recorded on the subjects at hand, undone ones included, in their order."""
        self.in_force = in_force(recorded)
        self._on_claim: dict[str, Decision] = {}
        self._names: dict[str, str] = {}
        self._added: dict[str, list[Claim]] = {}
        for one in self.in_force:
            decision = one.decision
            if decision.kind in ON_CLAIMS:
                self._on_claim[decision.subject] = decision
            elif decision.kind == "add" and decision.claim is not None:
                self._added.setdefault(decision.claim.report, []).append(decision.claim)
            elif decision.kind == "rename" and decision.name is not None:
                self._names[decision.subject] = decision.name

    def name(self, party: str) -> str:
        """The name a party bears by decision, following renamings of the new name too."""
        met = {party}
        while (following := self._names.get(party, party)) not in met:
            met.add(following)
            party = following
        return party

    def claims(self, report: str, read: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims of a report as decided: those that were read, then those that were added."""
        found: dict[str, Claim] = {}
        for claim in (*read, *self._added.get(report, ())):
            decided = self._decided(claim)
            if decided is not None:
                found.setdefault(decided.id, self._named(decided))
        return tuple(found.values())

    def reading(self, reading: Reading) -> Reading:
        """A reading as decided: its claims, and the names of parties wherever they stand."""
        claims = self.claims(reading.report.id, reading.claims)
        if not self._names:
            return reading if claims == reading.claims else reading.model_copy(update={"claims": claims})
        parties = {}
        for party in reading.parties:
            name = self.name(party.name)
            # Of two that are one by decision, the one that bore the name before tells kind and country.
            if name == party.name or name not in parties:
                parties[name] = party.model_copy(update={"name": name})
        return reading.model_copy(
            update={
                "claims": claims,
                "parties": tuple(parties.values()),
                "incidents": tuple(
                    one.model_copy(update={"parties": tuple(dict.fromkeys(map(self.name, one.parties)))})
                    for one in reading.incidents
                ),
                "attributions": tuple(
                    one.model_copy(update={"party": self.name(one.party)}) if one.party else one
                    for one in reading.attributions
                ),
            }
        )

    def settings(self, members: Iterable[str]) -> dict[str, Any]:
        """What was set of the incident that these reports speak of: type, day, place."""
        mine = set(members)
        found: dict[str, Any] = {}
        for one in self.in_force:
            decision = one.decision
            if decision.kind == "set" and mine.intersection(decision.reports[:1]):
                told = {"type": decision.type, "day": decision.day, "place": decision.place}
                found |= {name: value for name, value in told.items() if value is not None}
        return found

    def _decided(self, claim: Claim) -> Claim | None:
        """A claim as decided, following decisions on what it was corrected to; None if it was rejected."""
        met: set[str] = set()
        while claim.id not in met:
            met.add(claim.id)
            decision = self._on_claim.get(claim.id)
            if decision is None or decision.kind == "accept":
                return claim
            if decision.kind == "reject":
                return None
            if decision.claim is not None:
                claim = decision.claim
        return claim

    def _named(self, claim: Claim) -> Claim:
        if not self._names:
            return claim
        source = claim.source
        told = (self.name(source.party), tuple(map(self.name, source.via)))
        changed: dict[str, Any] = {}
        if told != (source.party, source.via):
            changed["source"] = source.model_copy(update={"party": told[0], "via": told[1]})
        actor = getattr(claim, "actor", None)
        if actor and self.name(actor) != actor:
            changed["actor"] = self.name(actor)
        return claim.model_copy(update=changed) if changed else claim
