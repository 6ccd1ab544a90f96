"""What every page needs besides its own matter: the ledger, who is asking, and the moment that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Annotated, cast

from fastapi import Depends, Query, Request

from variorum.ledger import Ledger
from variorum.web.working import Jobs


@dataclass(frozen=True, slots=True)
class Moment:
    """As of a day of publication, and as recorded at a time; None is no limit."""

    as_of: date | None = None
    recorded: datetime | None = None


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    READER = 1
    """See everything."""
    ANALYST = 2
    """Add reports and record decisions."""
    ADMIN = 3
    """Say who may come in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking; decisions are recorded under the name."""

    name: str
    role: Role


def asking_person(request: Request) -> Person:
    """Who is asking. Where nobody logs in that is whoever started the reading room, who may do everything."""
    return Person(request.app.state.settings.person, Role.ADMIN)


def open_ledger(request: Request) -> Ledger:
    """The ledger that is served."""
    return cast(Ledger, request.app.state.ledger)


def open_jobs(request: Request) -> Jobs:
    """The jobs of this server."""
    return cast(Jobs, request.app.state.jobs)


def asked_moment(
    as_of: Annotated[
        date | None, Query(alias="as-of", description="Know only what was published by this day.")
    ] = None,
    recorded: Annotated[
        datetime | None, Query(description="Know only what the ledger had recorded by this time, ISO 8601.")
    ] = None,
) -> Moment:
    """The moment that a request asks about."""
    return Moment(as_of, recorded)


AskingPerson = Annotated[Person, Depends(asking_person)]
OpenLedger = Annotated[Ledger, Depends(open_ledger)]
AskedMoment = Annotated[Moment, Depends(asked_moment)]
OpenJobs = Annotated[Jobs, Depends(open_jobs)]
