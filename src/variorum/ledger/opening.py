"""Opening a ledger: a file of SQLite by default, PostgreSQL by URL; its tables made or brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from variorum.intake.extras import needed
from variorum.model import EvidenceError, SettingError, VariorumError

_PATIENCE: Final = 60
"""Seconds that a writer waits for another one before it gives up."""

PATIENCE_PRAGMA: Final = f"busy_timeout = {_PATIENCE}000"

_PRAGMAS: Final = (
    PATIENCE_PRAGMA,
    "foreign_keys = ON",
    "synchronous = FULL",  # what was said to be written outlives a power cut
    "cache_size = -131072",  # KiB: the index of claims by their ids is hit all over by every batch
    "wal_autocheckpoint = 8192",  # pages: such pages are then written once for many batches
)

_AGAIN: Final = ("40001", "40P01")  # PostgreSQL: two transactions in each other's way, of which one was ended

_MIGRATING: Final = 0x76617269  # an advisory lock of PostgreSQL, so that two openings do not migrate at once


class Busy(VariorumError):
    """Another writer was in the way; nothing was written, and trying again may do."""

    code = "ledger-unavailable"


def open_engine(where: str | Path, *, make: bool = True) -> Engine:
    """The engine of a ledger, its tables up to date. With `make`, a new one is made where there is none.

    `where` is a path, or a URL that begins with `sqlite:` or `postgresql:`. Raises `SettingError` for another
    database, no-ledger where there is none to open, or one that a newer Variorum has written; `VariorumError`
    ledger-unavailable where it cannot be opened.
    """
    url = _url(where)
    place = shown(where)
    if url.get_backend_name() == "sqlite" and url.database:
        if not make and not Path(url.database).exists():
            raise _no_ledger(place)
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    with needed("postgres", "a ledger in PostgreSQL"):
        engine = create_engine(url, **_options(url))
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        with spoken_errors(place):
            _migrate(engine, place, make)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def spoken_errors(where: str) -> Iterator[None]:
    """Turn failures of the database into errors with a code and a remedy."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in _AGAIN:
            raise Busy(_reason(error), where=where, remedy="run it again") from error
        raise VariorumError(
            f"the ledger cannot be used: {_reason(error)}",
            where=where,
            remedy=_remedy(error),
            code="ledger-unavailable",
        ) from error
    except DBAPIError as error:
        reason, remedy = _reason(error), "nothing was written; the ledger is as it was"
        if "append-only" in reason:
            raise VariorumError(reason, where=where, remedy=remedy, code="append-only") from error
        if "evidence-mismatch" in reason:
            raise EvidenceError(reason, where=where, remedy=remedy) from error
        raise VariorumError(reason, where=where, remedy=remedy, code="ledger-refused") from error


def shown(where: str | Path) -> str:
    """A place as it may be shown: without a password."""
    try:
        return make_url(str(where)).render_as_string() if "://" in str(where) else str(where)
    except ArgumentError:
        return "the ledger's URL"


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in str(where):
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(str(where))
    except ArgumentError:
        raise SettingError(
            "not the URL of a database", where=shown(where), remedy="give a path or postgresql://…"
        ) from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return url
    raise SettingError(
        f"a ledger is not kept in {url.get_backend_name()}",
        where=shown(where),
        remedy="give a path or postgresql://…",
    )


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": _PATIENCE}}
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # SQLAlchemy, not the driver, says when a transaction begins, so that writers can ask for the lock at once.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    # A file that may only be read keeps the journal it has.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock when they begin: a reader that turns writer halfway could not wait for it."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_current(connection: Connection) -> bool:
    """Whether the tables are of this version's form: another program may have brought them to a newer one meanwhile."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "variorum.ledger:migrations")
    return config


def _migrate(engine: Engine, where: str, make: bool) -> None:
    config = _config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as looking:
        present = MigrationContext.configure(looking).get_current_revision()
    if present == newest:
        return
    if present is None and not make:
        raise _no_ledger(where)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise SettingError(
            f"the ledger is of a newer form, {present}",
            where=where,
            remedy="update Variorum, then open it again",
        )
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _no_ledger(where: str) -> SettingError:
    return SettingError(
        "there is no ledger",
        where=where,
        remedy="check the path, or make one with `variorum add`",
        code="no-ledger",
    )


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().split("\n")[0] or type(error.orig).__name__


def _remedy(error: DBAPIError) -> str:
    reason = str(error.orig).lower()
    if "full" in reason or "disk i/o" in reason or "no space" in reason:
        return "make room on the disk and run it again: what was written before is safe"
    if "readonly" in reason or "read-only" in reason or "permission" in reason:
        return "the ledger's file or folder must be writable"
    if "locked" in reason:
        return "another program has been writing for long; try again"
    return "check the path or URL, and that the database runs"
