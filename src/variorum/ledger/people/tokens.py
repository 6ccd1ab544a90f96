"""Tokens: what programs come in with. Each has a title, a scope and an end, and is shown once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update

from variorum.ledger.moments import stamp
from variorum.ledger.people.doors import hashed
from variorum.ledger.people.known import REACHES, Known, Role, Scope, Token
from variorum.ledger.people.rows import known_of, remember, row_of
from variorum.ledger.people.tables import people, tokens
from variorum.ledger.store import Store
from variorum.model import SettingError, VariorumError

BEGINS: Final = "variorum_"
"""How tokens begin, so that scanners of source code can tell one that was published by mistake."""
MOST_DAYS: Final = 366
_NOTED_EVERY: Final = timedelta(hours=1)
_LONGEST_TITLE: Final = 80


class Tokens:
    """The tokens of a ledger's people."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def make(self, name: str, title: str, scope: Scope, days: int, *, by: str) -> str:
        """A new token of somebody for so many days; it is told only here.

        Raises `SettingError` for a title or a number of days that cannot be, and for a scope beyond the person's role.
        """
        title = " ".join(title.split())
        if not 0 < len(title) <= _LONGEST_TITLE or not title.isprintable():
            raise SettingError("a token needs a title of 1 to 80 characters", remedy="say what it is for")
        if not 0 < days <= MOST_DAYS:
            raise SettingError(f"a token may last 1 to {MOST_DAYS} days", remedy="choose fewer days")
        secret = BEGINS + secrets.token_urlsafe(32)
        ends = stamp(self._store.now() + timedelta(days=days))
        with self._store.noting() as (connection, at):
            row = row_of(connection, name)
            if REACHES[scope] > Role[row["role"].upper()]:
                raise SettingError(
                    f"{row['name']} is {row['role']}: a token cannot do more than that",
                    where=scope,
                    remedy="choose a lesser scope",
                )
            told = {"person": row["number"], "title": title, "scope": scope, "made_at": at}
            connection.execute(insert(tokens).values(hash=hashed(secret), expires_at=ends, **told))
            remember(connection, at, by, "token-made", row["name"], f"{title} ({scope}, until {ends[:10]})")
        return secret

    def find(self, secret: str) -> tuple[Known, Role] | None:
        """Whose token this is and how far it reaches; None where there is none or it has ended."""
        now = self._store.now()
        query = (
            select(people, tokens.c.number.label("token"), tokens.c.scope, tokens.c.used_at)
            .join(people, people.c.number == tokens.c.person)
            .where(
                tokens.c.hash == hashed(secret),
                tokens.c.expires_at > stamp(now),
                people.c.removed_at.is_(None),
            )
        )
        with self._store.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        if (row["used_at"] or "") < stamp(now - _NOTED_EVERY):
            self._note(row["token"])
        known = known_of(row)
        return known, min(known.role, REACHES[Scope(row["scope"])])

    def of(self, person: int | None = None) -> list[Token]:
        """The tokens of somebody, or of all, that have not ended, oldest first."""
        query = (
            select(tokens, people.c.name.label("owner"))
            .join(people, people.c.number == tokens.c.person)
            .where(tokens.c.expires_at > stamp(self._store.now()), people.c.removed_at.is_(None))
            .order_by(tokens.c.number)
        )
        names = Token.model_fields.keys() - {"person"}
        with self._store.reading() as connection:
            rows = connection.execute(query if person is None else query.where(tokens.c.person == person))
            return [
                Token(person=row["owner"], **{name: row[name] for name in names}) for row in rows.mappings()
            ]

    def revoke(self, number: int, *, by: str, person: int | None = None) -> None:
        """End a token, of anybody or only of `person`. Raises `VariorumError` unknown-token."""
        with self._store.noting() as (connection, at):
            query = select(tokens.c.title, tokens.c.person, people.c.name).join(
                people, people.c.number == tokens.c.person
            )
            row = connection.execute(query.where(tokens.c.number == number)).first()
            if row is None or person not in (None, row.person):
                raise VariorumError(
                    "there is no such token",
                    where=str(number),
                    remedy="look at the list",
                    code="unknown-token",
                )
            connection.execute(delete(tokens).where(tokens.c.number == number))
            remember(connection, at, by, "token-revoked", row.name, row.title)

    def _note(self, number: int) -> None:
        try:
            with self._store.noting(patient=False) as (connection, at):
                connection.execute(update(tokens).where(tokens.c.number == number).values(used_at=at))
        except VariorumError:
            return
