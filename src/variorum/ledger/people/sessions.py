"""Sessions: a secret in a browser's cookie, its hash here, an end after idleness and an end in any case."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from variorum.ledger.moments import stamp
from variorum.ledger.people.doors import hashed
from variorum.ledger.people.known import Known, Session
from variorum.ledger.people.rows import known_of
from variorum.ledger.people.tables import people, sessions
from variorum.ledger.store import Store
from variorum.model import VariorumError

IDLE: Final = timedelta(hours=12)
"""After so long without a request a session ends."""
LONGEST: Final = timedelta(days=7)
"""After so long it ends in any case."""
_NOTED_EVERY: Final = timedelta(minutes=5)
_SHOWN: Final = 200


class Sessions:
    """The sessions of a ledger's people."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, person: int, *, address: str = "", browser: str = "") -> str:
        """A new session of somebody; its secret, which is told only here."""
        with self._store.noting() as (connection, at):
            return begin(connection, person, at, address, browser)

    def find(self, secret: str) -> tuple[Known, int] | None:
        """Whose session a secret is of, and its number; None where there is none or it has ended."""
        now = self._store.now()
        query = (
            select(people, sessions.c.number.label("session"), sessions.c.seen_at)
            .join(people, people.c.number == sessions.c.person)
            .where(
                sessions.c.hash == hashed(secret),
                sessions.c.made_at > stamp(now - LONGEST),
                sessions.c.seen_at > stamp(now - IDLE),
                people.c.removed_at.is_(None),
            )
        )
        with self._store.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        if row["seen_at"] < stamp(now - _NOTED_EVERY):
            self._note(row["session"])
        return known_of(row), row["session"]

    def of(self, person: int) -> list[Session]:
        """The sessions of somebody that have not ended, last used first."""
        now = self._store.now()
        query = select(sessions).where(
            sessions.c.person == person,
            sessions.c.made_at > stamp(now - LONGEST),
            sessions.c.seen_at > stamp(now - IDLE),
        )
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(sessions.c.seen_at.desc())).mappings()
            names = Session.model_fields
            return [Session(**{name: row[name] for name in names}) for row in rows]

    def close(self, person: int, number: int) -> None:
        """End one session of somebody; there may be none."""
        with self._store.noting() as (connection, _):
            mine = (sessions.c.person == person, sessions.c.number == number)
            connection.execute(delete(sessions).where(*mine))

    def close_all(self, person: int, *, but: int | None = None) -> None:
        """End the sessions of somebody everywhere, but for one."""
        with self._store.noting() as (connection, _):
            end_all(connection, person, but)

    def _note(self, number: int) -> None:
        """Note that a session is in use. Where others are writing this can wait: nobody waits for it."""
        try:
            with self._store.noting(patient=False) as (connection, at):
                connection.execute(update(sessions).where(sessions.c.number == number).values(seen_at=at))
        except VariorumError:
            return


def begin(connection: Connection, person: int, at: str, address: str, browser: str) -> str:
    """Write a new session; sessions that have ended long ago go."""
    secret = secrets.token_urlsafe(32)
    ended = stamp(datetime.fromisoformat(at) - LONGEST)
    connection.execute(delete(sessions).where(sessions.c.made_at < ended))
    row = {"hash": hashed(secret), "person": person, "made_at": at, "seen_at": at}
    connection.execute(insert(sessions).values(**row, address=address, browser=browser[:_SHOWN]))
    return secret


def end_all(connection: Connection, person: int, but: int | None = None) -> None:
    """Remove the sessions of somebody, but for one."""
    ended = delete(sessions).where(sessions.c.person == person)
    connection.execute(ended if but is None else ended.where(sessions.c.number != but))
