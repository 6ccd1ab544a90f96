"""The shelf: what each incident comes to now, one row each, for lists that are sorted, counted and drawn.

States answer what the ledger said at any moment; finding the last of each among all of them takes too long where there are
hundreds of thousands. The shelf is made from them, follows each that is written, and can be made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, delete, insert, select

from variorum.ledger.tables import shelf, states

if TYPE_CHECKING:
    from variorum.ledger.states import State

UNKNOWN: Final = ""
"""A day that is not known, as it stands on the shelf: before all days."""


def stand(connection: Connection, number: int, known_on: str, state: State) -> None:
    """Put a state that was just written on the shelf, unless its incident has one of a later day there."""
    query = (
        select(states.c.known_on)
        .join(shelf, shelf.c.state == states.c.number)
        .where(shelf.c.incident == state.incident)
    )
    there = connection.execute(query).scalar()
    if there is not None and there > known_on:
        return
    connection.execute(delete(shelf).where(shelf.c.incident == state.incident))
    if state.reports or state.earlier:
        connection.execute(insert(shelf), row_of(number, state))


def row_of(number: int, state: State) -> dict[str, Any]:
    """A state as it stands on the shelf."""
    place, day = state.place, state.day
    return {
        "incident": state.incident,
        "state": number,
        "first_day": str(day.first) if day else UNKNOWN,
        "last_day": str(day.last) if day else UNKNOWN,
        "last_published": str(state.last_published) if state.last_published else UNKNOWN,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision if place else None,
        "reports": state.reports,
        "contested": state.contested,
    }
