"""What goes over HTTP: the package's own types, and what is put around them there.

Server and client share these shapes, so that neither can say what the other does not understand.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field

from variorum.ledger import Decision, Finding, Opened, Outdated, Recorded, Wanted
from variorum.model import Claim, Day, Dossier, IncidentType, Place, Reading, Record, Report
from variorum.reconciling.profiles import Tally

T = TypeVar("T")

NONE = "none"
"""What stands for the last decision on a subject where there is none."""


class Paged(Record, Generic[T]):
    """Some of a list. `next` is the `cursor` under which the rest begins; null after the last."""

    items: tuple[T, ...]
    next: str | None = None


class NotValid(Record):
    """One part of a request that cannot be."""

    where: str = Field(description="name of the parameter, or place in the body")
    what: str


class Problem(Record):
    """Why a request was not carried out (RFC 9457), and what helps."""

    type: str = Field(description="`about:blank`, or where this kind of problem is described")
    title: str
    status: int
    detail: str | None = None
    code: str | None = Field(default=None, description="as in the table of errors; programs go by this")
    where: str | None = Field(default=None, description="the place or the thing that is the matter")
    remedy: str | None = Field(default=None, description="what to do about it")
    kind: Literal["error", "input", "evidence", "setting"] | None = Field(
        default=None, description="which of the package's errors it is"
    )
    errors: tuple[NotValid, ...] = Field(default=(), description="all that is not valid in the request")


class DecisionRow(Decision):
    """A decision with the number, the id and the time under which it was recorded."""

    number: int
    id: str
    at: str

    @classmethod
    def of(cls, recorded: Recorded) -> DecisionRow:
        """The row of a decision."""
        told = {name: getattr(recorded.decision, name) for name in Decision.model_fields}
        return cls(number=recorded.number, id=recorded.id, at=recorded.at, **told)

    def recorded(self) -> Recorded:
        """The decision of the row."""
        told = {name: getattr(self, name) for name in Decision.model_fields}
        return Recorded(self.number, self.id, self.at, Decision(**told))


class EarlierReading(Record):
    """The reading of a report that stands no longer, and why."""

    why: Literal["changed", "replaced", "withdrawn"]
    by: str | None = Field(default=None, description="the report that stands in its place")
    since: str | None = None
    reason: str = ""
    reading: Reading


class ReportInDossier(Record):
    """A report in a dossier: its letter, why it is there, and the claims that its notes name."""

    siglum: str
    report: str
    score: float | None
    why: str
    notes: dict[str, str] = Field(description="the id of the claim behind each note")


class OpenedIncident(Record):
    """An incident laid out, as `variorum show --as json` writes it."""

    dossier: Dossier
    reports: tuple[ReportInDossier, ...] = ()
    places: dict[str, Any] = Field(default={}, description="a GeoJSON feature collection (RFC 7946)")
    readings: tuple[Reading, ...] = Field(
        default=(), description="empty with `readings=false`: they hold the texts of the reports"
    )
    tallies: dict[str, Tally] = Field(default={}, description="by the profiles that were asked for")
    earlier: tuple[EarlierReading, ...] = Field(
        default=(), description="readings of what stands no longer; empty with `readings=false`"
    )
    decisions: tuple[DecisionRow, ...] = Field(default=(), description="those in force that bear on it")

    def opened(self) -> Opened:
        """The same as a ledger hands it out."""
        return Opened(
            self.dossier,
            self.readings,
            tuple((e.reading, Outdated(e.why, e.by, e.since, e.reason)) for e in self.earlier),
            tuple(one.recorded() for one in self.decisions),
        )


class NewDecision(Record):
    """A decision to record. `by` need not be said: it is who asks."""

    kind: Literal["accept", "reject", "correct", "add", "join", "split", "never", "rename", "set", "undo"]
    subject: str = Field(default="", description="a claim, party, incident or decision by id or name")
    by: str | None = Field(default=None, min_length=1)
    why: str = Field(min_length=1, description="the reason; there is no decision without one")
    claim: Claim | None = Field(default=None, description="the claim as it is to be, to correct or add")
    name: str | None = Field(default=None, min_length=1, description="the other name, to rename")
    type: IncidentType | None = Field(default=None, description="the incident's type, to set")
    day: Day | None = Field(default=None, description="the incident's day, to set")
    place: Place | None = Field(default=None, description="the incident's place, to set")
    reports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    seen: tuple[str, ...] | None = Field(
        default=None,
        description="ids of the decisions on the same subject that it is made in sight of; if there are others, nothing is "
        "recorded",
    )


class Decided(Record):
    """A decision as it was recorded; `new` is false where the same one was the last on its subject already."""

    id: str
    new: bool


class Reason(Record):
    """Why something is undone."""

    why: str = Field(min_length=1)


class Pile(Record):
    """What is to be added. Reports are read by the server, unless `read` is false: then they are only filed."""

    reports: tuple[Report, ...] = Field(default=(), max_length=1000)
    readings: tuple[Reading, ...] = Field(default=(), max_length=1000, description="what was read elsewhere")
    read: bool = True
    link: bool = Field(default=True, description="put all to incidents when it is filed")
    by: str | None = Field(default=None, min_length=1)


class Notice(Record):
    """What a publisher let know of its report. `other` is the report in its place; without one it is withdrawn."""

    why: str = Field(min_length=1)
    on: date | None = None
    other: str | None = None
    by: str | None = Field(default=None, min_length=1)


class New(Record):
    """Whether what was said is new."""

    new: bool


class Job(Record):
    """Work that takes longer than a request: how far it is, and what came of it."""

    id: str
    kind: Literal["add", "link", "refresh", "verify"]
    by: str
    state: Literal["waiting", "running", "done", "failed"]
    begun: datetime
    ended: datetime | None = None
    total: int | None = Field(
        default=None, description="how many things there are to do, where that is known"
    )
    done: int = 0
    refused: tuple[Problem, ...] = Field(default=(), description="single things that could not be taken in")
    problem: Problem | None = Field(default=None, description="why it failed")
    result: dict[str, int] = Field(default={}, description="what came of it, in numbers")


class LedgerStatus(Record):
    """The state of a ledger and of what serves it."""

    version: str
    reader: str = Field(description="the reader that reads what is added here")
    counts: dict[str, int] = Field(description="rows of each table of records")
    readers: dict[str, int] = Field(description="readings by the reader that made them")
    findings: tuple[Finding, ...]


class Asker(Record):
    """Who is asking, and what they may do."""

    name: str
    role: str
    texts: bool = Field(description="whether they are given whole texts of reports")


class ContentHash(Record):
    """A hash of all that was recorded: equal for equal content, however it came in."""

    content_hash: str


def query_of(wanted: Wanted) -> dict[str, str]:
    """What is wanted, as it stands in an address."""
    named = ("since", "until", "party", "place", "country", "outcome", "status", "type")
    return {name: str(value) for name in named if (value := getattr(wanted, name)) is not None}
