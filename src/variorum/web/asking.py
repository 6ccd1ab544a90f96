"""What every page needs besides its own matter: the ledger, who is asking, and the moment that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Query, Request
from pydantic import BeforeValidator

from variorum.ledger import Ledger, Role
from variorum.model import VariorumError
from variorum.web.working import Jobs

__all__ = [
    "AskedMoment",
    "AskingPerson",
    "Moment",
    "OpenJobs",
    "OpenLedger",
    "Person",
    "Role",
    "asking_person",
    "open_ledger",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """As of a day of publication, and as recorded at a time; None is no limit."""

    as_of: date | None = None
    recorded: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking; decisions are recorded under the name."""

    name: str
    role: Role
    number: int | None = None
    """Their number in the ledger; None where nobody logs in."""
    session: int | None = None
    """The session of their browser; None where nobody logs in, and for a program with a token."""
    must_change: bool = False
    """Whether they must choose a password before anything else."""
    by_provider: bool = False
    """Whether an identity provider says who they are."""


def asking_person(request: Request) -> Person:
    """Who is asking, as `security.gate` found. Where nobody logs in that is whoever started the reading room.

    Raises 401 where nobody is known: on an address that is open to all.
    """
    person: Person | None = request.scope.get("person")
    if person is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return person


def open_ledger(request: Request) -> Ledger:
    """The ledger that is served."""
    return cast(Ledger, request.app.state.ledger)


def open_jobs(request: Request) -> Jobs:
    """The jobs of this server."""
    return cast(Jobs, request.app.state.jobs)


def may_have_texts(request: Request, person: Person) -> bool:
    """Whether somebody is given whole texts of reports."""
    return person.role >= Role[request.app.state.settings.texts_from.upper()]


def need_texts(request: Request, person: Person, instead: str) -> None:
    """Raise `VariorumError` text-withheld for who is not given whole texts."""
    if not may_have_texts(request, person):
        raise VariorumError("whole texts are not given to your role", remedy=instead, code="text-withheld")


_OR_NONE = BeforeValidator(lambda given: given or None)
"""What a form leaves empty is not asked for."""


def asked_moment(
    as_of: Annotated[
        date | None,
        _OR_NONE,
        Query(alias="as-of", description="Know only what was published by this day."),
    ] = None,
    recorded: Annotated[
        datetime | None,
        _OR_NONE,
        Query(description="Know only what the ledger had recorded by this time, ISO 8601."),
    ] = None,
) -> Moment:
    """The moment that a request asks about."""
    return Moment(as_of, recorded)


AskingPerson = Annotated[Person, Depends(asking_person)]
OpenLedger = Annotated[Ledger, Depends(open_ledger)]
AskedMoment = Annotated[Moment, Depends(asked_moment)]
OpenJobs = Annotated[Jobs, Depends(open_jobs)]
