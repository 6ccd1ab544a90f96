"""The database of an open ledger: transactions to write in and snapshots to read from, their failures in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, text

from variorum.ledger.moments import stamp
from variorum.ledger.opening import PATIENCE_PRAGMA, spoken_errors

# Advisory locks of PostgreSQL. Writers share the first; who must know that no writer is halfway takes it alone.
_WRITERS: Final = 0x76617277
_LINKERS: Final = 0x7661726C
_DECIDERS: Final = 0x76617264


class Store:
    """An engine, where it is, and the clock by which rows are dated."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], datetime]) -> None:
        self.engine, self.where, self._clock = engine, where, clock

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, str]]:
        """A transaction to write in, with the time that its rows bear."""
        with self._transaction(alone=False) as connection:
            # Asked for only now: on SQLite this transaction is the only one, so times follow the order of writing.
            yield connection, stamp(self._clock())

    @contextmanager
    def noting(self, *, patient: bool = True) -> Iterator[tuple[Connection, str]]:
        """A transaction for what is no record, with the time of now; linking need not wait for it.

        Without patience, another writer's lock is not waited for: `VariorumError` ledger-unavailable.
        """
        with (
            spoken_errors(self.where),
            self.engine.connect().execution_options(writes=True) as connection,
            nullcontext() if patient else _hurried(connection),
            connection.begin(),
        ):
            yield connection, stamp(self._clock())

    def now(self) -> datetime:
        """The time by the ledger's clock."""
        return self._clock()

    @contextmanager
    def deciding(self) -> Iterator[tuple[Connection, str]]:
        """The same for a decision: one at a time, so that each can be held against all that were recorded before it."""
        with self.writing() as (connection, at):
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _DECIDERS})
                at = stamp(self._clock())  # not of before the wait
            yield connection, at

    @contextmanager
    def barrier(self) -> Iterator[Connection]:
        """A transaction that no writer is beside: all numbers given out so far are in the tables, or never will be."""
        with self._transaction(alone=True) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot: all that is read within is of one moment, whatever others write."""
        with spoken_errors(self.where), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def linking(self) -> Iterator[None]:
        """Keep other runs of linking waiting. On SQLite there is one writer, who is the only one to link."""
        if self.engine.dialect.name == "sqlite":
            yield
            return
        with spoken_errors(self.where), self.engine.connect() as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LINKERS})
            yield

    @contextmanager
    def _transaction(self, *, alone: bool) -> Iterator[Connection]:
        with spoken_errors(self.where):
            connection = self.engine.connect().execution_options(writes=True)
            with connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
                    connection.execute(text(f"SELECT {lock}(:key)"), {"key": _WRITERS})
                yield connection


@contextmanager
def _hurried(connection: Connection) -> Iterator[None]:
    """On SQLite, do not wait for another writer; said to the driver, for SQLAlchemy would begin a transaction first."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA {PATIENCE_PRAGMA}")
