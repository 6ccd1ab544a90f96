"""What every page may be asked besides its own matter: as of which day, as recorded at which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, cast

from fastapi import Depends, Query, Request

from variorum.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Moment:
    """As of a day of publication, and as recorded at a time; None is no limit."""

    as_of: date | None = None
    recorded: datetime | None = None


def open_ledger(request: Request) -> Ledger:
    """The ledger that is served."""
    return cast(Ledger, request.app.state.ledger)


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


OpenLedger = Annotated[Ledger, Depends(open_ledger)]
AskedMoment = Annotated[Moment, Depends(asked_moment)]
