"""What is asked of a job, how far it is, and what it says of each report."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from variorum.model import Record


class Kept(Record):
    """A file that was handed over."""

    name: str
    """What it was called where it came from; it is shown, and no file here is called so."""
    file: str
    """What it is called in the job's folder."""


class AddOrder(Record):
    """Reports to be read, filed and linked."""

    kind: Literal["add"] = "add"
    files: tuple[Kept, ...] = ()
    addresses: tuple[str, ...] = ()
    published: date | None = None
    publisher: str | None = None


class PileOrder(Record):
    """Reports and readings that a program handed over, as one file of `client.shapes.Pile`."""

    kind: Literal["pile"] = "pile"
    files: tuple[Kept, ...] = ()


class LinkOrder(Record):
    """Every report to be put to an incident by all that is known now."""

    kind: Literal["link"] = "link"


class RefreshOrder(Record):
    """Lists to be brought up to date, without linking."""

    kind: Literal["refresh"] = "refresh"


class VerifyOrder(Record):
    """Every hash, offset and id of the ledger to be worked out anew."""

    kind: Literal["verify"] = "verify"


Order = Annotated[AddOrder | PileOrder | LinkOrder | RefreshOrder | VerifyOrder, Field(discriminator="kind")]


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    WORKING = "working"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    """By somebody. What was filed before stays."""
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes by itself."""
        return self in (JobState.DONE, JobState.STOPPED, JobState.FAILED)


class Result(StrEnum):
    """What became of something that was handed over."""

    READ = "read"
    FILED = "filed"
    """Kept as it was handed over: read already, or not to be read."""
    KNOWN = "known"
    """The ledger had its reading already."""
    WITHDRAWN = "withdrawn"
    """Its agency has withheld or canceled it; that word is kept."""
    REFUSED = "refused"


class Trouble(Record):
    """Why something did not come about."""

    code: str
    what: str
    where: str = ""
    remedy: str = ""
    kind: str | None = None
    """Of error, for programs: `input`, `evidence` and so on."""


class Outcome(Record):
    """What became of one report."""

    where: str
    result: Result
    title: str | None = None
    publisher: str | None = None
    report: str | None = None
    claims: int = 0
    trouble: Trouble | None = None
    notes: tuple[Trouble, ...] = ()
    """What is worth knowing though it was read."""

    @property
    def key(self) -> tuple[str, str | None]:
        """What it is known by when a job goes on after a stop."""
        return self.where, self.report or (self.trouble.code if self.trouble else None)


class Job(Record):
    """A piece of work, and how far it is."""

    id: str
    order: Order
    by: str
    made: datetime
    began: datetime | None = None
    ended: datetime | None = None
    state: JobState = JobState.WAITING
    stage: str = ""
    """What is being done, in a word: reading, linking, checking."""
    expected: int | None = None
    """How many reports there are, where that can be told."""
    counts: dict[str, int] = Field(default={})
    """Outcomes by their results, and `claims`."""
    again: bool = False
    """Whether it goes on after a stop of the server, or was tried again."""
    trouble: Trouble | None = None
    found: dict[str, Any] = Field(default={})
    """What it came to in the end."""

    @property
    def told(self) -> int:
        """How many reports have an outcome."""
        return sum(self.counts.get(result, 0) for result in Result)


class Stage(Record):
    """A job begins to do something else."""

    name: str
    expected: int | None = None


class Ended(Record):
    """A job's worker is through with it."""

    state: JobState
    trouble: Trouble | None = None
    found: dict[str, Any] = Field(default={})


Message = Stage | Outcome | Ended
