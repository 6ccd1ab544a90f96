"""The people who may come in: adding, changing and removing them, and logging in."""

from __future__ import annotations

import unicodedata
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from variorum.ledger.people.doors import count_try, forget_tries
from variorum.ledger.people.known import Happening, Known, Role
from variorum.ledger.people.passwords import check_new, fits, hashed, is_outdated, made_up
from variorum.ledger.people.rows import key_of, known_of, remember, row_of
from variorum.ledger.people.sessions import Sessions, begin, end_all
from variorum.ledger.people.tables import people, people_history, tokens
from variorum.ledger.people.tokens import Tokens
from variorum.ledger.store import Store
from variorum.model import SettingError, VariorumError

_LONGEST_NAME: Final = 60


class People:
    """Who may come in to a ledger. Times are by the ledger's clock; all may raise `VariorumError` ledger-unavailable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.sessions, self.tokens = Sessions(store), Tokens(store)

    # who there is

    def are_there(self) -> bool:
        """Whether anybody may come in, so that all must log in."""
        with self._store.reading() as connection:
            return connection.execute(select(people.c.number).where(_present()).limit(1)).first() is not None

    def all(self) -> list[Known]:
        """Everybody, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(people).where(_present()).order_by(people.c.key)).mappings()
            return [known_of(row) for row in rows]

    def find(self, name: str) -> Known:
        """Somebody by name. Raises `VariorumError` unknown-person."""
        with self._store.reading() as connection:
            return known_of(row_of(connection, name))

    def history(self, limit: int = 200) -> list[Happening]:
        """Who did what to whom, the last first."""
        query = select(people_history).order_by(people_history.c.number.desc()).limit(limit)
        with self._store.reading() as connection:
            names = Happening.model_fields
            rows = connection.execute(query).mappings()
            return [Happening(**{name: row[name] for name in names}) for row in rows]

    # what is done to them

    def add(self, name: str, role: Role, password: str | None = None, *, by: str) -> str | None:
        """Let somebody in. Without a password one is made up and returned; it must be replaced at the first login.

        Raises `SettingError` name-taken, weak-password, or for a name that is none.
        """
        name = proper_name(name)
        if password is not None:
            check_new(password, name)
        told = made_up() if password is None else password
        kept = hashed(told)
        with self._store.noting() as (connection, at):
            insert_person(connection, name, role, at, by, password=kept, must_change=password is None)
        return told if password is None else None

    def set_role(self, name: str, role: Role, *, by: str) -> None:
        """Give somebody another role; it counts from their next request on. Raises `SettingError` last-admin."""
        with self._store.noting() as (connection, at):
            row = row_of(connection, name)
            if row["role"] != role.word:
                change_role(connection, row["number"], row["name"], Role[row["role"].upper()], role, at, by)

    def set_password(
        self, name: str, password: str | None = None, *, by: str, keep: int | None = None
    ) -> str | None:
        """Give somebody a new password, and end their sessions but for `keep`. Without one it is made up, as in `add`."""
        known = self.find(name)
        if known.by_provider:
            raise SettingError(
                "an identity provider says who this is", where=name, remedy="change the password there"
            )
        if password is not None:
            check_new(password, known.name)
        told = made_up() if password is None else password
        kept = hashed(told)
        with self._store.noting() as (connection, at):
            changed = {"password": kept, "must_change": password is None}
            connection.execute(update(people).where(people.c.number == known.number).values(**changed))
            end_all(connection, known.number, keep)
            remember(connection, at, by, "password-set" if password else "password-reset", known.name)
        return told if password is None else None

    def remove(self, name: str, *, by: str) -> None:
        """Let somebody in no more: sessions and tokens end, the name stays theirs. Raises `SettingError` last-admin."""
        with self._store.noting() as (connection, at):
            row = row_of(connection, name)
            _keep_an_admin(connection, row["number"])
            gone = {"removed_at": at, "password": None}
            connection.execute(update(people).where(people.c.number == row["number"]).values(**gone))
            end_all(connection, row["number"])
            connection.execute(delete(tokens).where(tokens.c.person == row["number"]))
            remember(connection, at, by, "removed", row["name"])

    # coming in

    def log_in(self, name: str, password: str, *, address: str = "", browser: str = "") -> str:
        """The secret of a new session. Raises `Throttled`, and `VariorumError` login-refused for a wrong name or password.

        An unknown name takes as long to refuse as a wrong password.
        """
        count_try(self._store, key_of(name), address, self._store.now)
        with self._store.reading() as connection:
            query = select(people).where(people.c.key == key_of(name), _present())
            row = connection.execute(query).mappings().first()
        kept = row["password"] if row else None
        if not fits(password, kept) or row is None or kept is None:
            raise VariorumError(
                "the name or the password is not right",
                remedy="check both and try again",
                code="login-refused",
            )
        renewed = hashed(password) if is_outdated(kept) else kept
        with self._store.noting() as (connection, at):
            # Somebody may have been removed, or the password reset, while it was checked.
            mine = (people.c.number == row["number"], people.c.password == kept, _present())
            if not connection.execute(update(people).where(*mine).values(password=renewed)).rowcount:
                raise VariorumError(
                    "the password was changed meanwhile", remedy="try again", code="login-refused"
                )
            forget_tries(connection, key_of(name), address)
            return begin(connection, row["number"], at, address, browser)

    def is_password(self, name: str, password: str, *, address: str = "") -> bool:
        """Whether this is somebody's password; counted as a login is. Raises `Throttled`."""
        count_try(self._store, key_of(name), address, self._store.now)
        with self._store.reading() as connection:
            kept = row_of(connection, name)["password"]
        if not fits(password, kept):
            return False
        with self._store.noting() as (connection, _):
            forget_tries(connection, key_of(name), address)
        return True

    def log_in_by_provider(
        self, subject: str, name: str, role: Role, *, address: str = "", browser: str = ""
    ) -> str:
        """The secret of a new session of whom an identity provider vouches for; made or given another role if need be.

        Nobody is ever found by name here: who is known by a password is not taken over by a provider's word. Raises
        `SettingError` name-taken then, and `VariorumError` login-refused for somebody who was removed.
        """
        with self._store.noting() as (connection, at):
            row = connection.execute(select(people).where(people.c.subject == subject)).mappings().first()
            if row is None:
                insert_person(connection, proper_name(name), role, at, "identity provider", subject=subject)
                row = connection.execute(select(people).where(people.c.subject == subject)).mappings().one()
            elif row["removed_at"] is not None:
                raise VariorumError(
                    "you may come in here no more", remedy="ask an admin", code="login-refused"
                )
            elif row["role"] != role.word:
                was = Role[row["role"].upper()]
                change_role(connection, row["number"], row["name"], was, role, at, "identity provider")
            return begin(connection, row["number"], at, address, browser)


def insert_person(
    connection: Connection,
    name: str,
    role: Role,
    at: str,
    by: str,
    *,
    password: str | None = None,
    must_change: bool = False,
    subject: str | None = None,
) -> None:
    """Write somebody down. Raises `SettingError` name-taken."""
    row = {"name": name, "key": key_of(name), "role": role.word, "password": password, "subject": subject}
    try:
        connection.execute(insert(people).values(**row, must_change=must_change, made_at=at))
    except IntegrityError:
        raise SettingError(
            "this name is taken, or was: what was recorded bears it",
            where=name,
            remedy="choose another name",
            code="name-taken",
        ) from None
    remember(connection, at, by, "added", name, role.word)


def change_role(
    connection: Connection, number: int, name: str, was: Role, role: Role, at: str, by: str
) -> None:
    """Write another role down. Raises `SettingError` last-admin."""
    if role is not Role.ADMIN:
        _keep_an_admin(connection, number)
    connection.execute(update(people).where(people.c.number == number).values(role=role.word))
    remember(connection, at, by, "role", name, f"{was.word} → {role.word}")


def proper_name(name: str) -> str:
    """A name as it is kept. Raises `SettingError` for one that is none."""
    told = " ".join(unicodedata.normalize("NFC", name).split())
    if not 0 < len(told) <= _LONGEST_NAME or not told.isprintable():
        raise SettingError("a name has 1 to 60 characters that can be printed", remedy="choose another name")
    return told


def _present() -> ColumnElement[bool]:
    return people.c.removed_at.is_(None)


def _keep_an_admin(connection: Connection, leaving: int) -> None:
    """Raise `SettingError` where nobody else could say who may come in. Two at once wait for each other."""
    rows = select(people.c.number).where(people.c.role == Role.ADMIN.word, _present()).with_for_update()
    if set(connection.execute(rows).scalars()) == {leaving}:
        raise SettingError(
            "this is the last admin: nobody could let anybody in any more",
            remedy="make somebody else an admin first",
            code="last-admin",
        )
