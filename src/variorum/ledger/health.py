"""What is worth knowing of a ledger's state and of where it runs."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Final, Literal

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, func, select, text

from variorum.ledger import guards
from variorum.ledger.assigning import unlinked
from variorum.ledger.store import Store
from variorum.ledger.tables import claims, feeds, readings, reports
from variorum.model import Record

_LITTLE: Final = 1 << 30
"""Bytes left on a disk below which there is little room."""


class Finding(Record):
    """One thing that was looked at."""

    what: str
    found: str
    state: Literal["good", "note", "bad"] = "good"


def findings(store: Store) -> list[Finding]:
    """All findings, in a fixed order."""
    found = [Finding(what="SQLite", found=sqlite3.sqlite_version)]
    with store.reading() as connection:
        found += [_database(connection), _form(connection), _guards(connection)]
        found += [*_contents(connection), *_feeds(connection)]
    if store.engine.dialect.name == "sqlite":
        found += _file(store)
    return found


def _database(connection: Connection) -> Finding:
    if connection.dialect.name == "postgresql":
        version = str(connection.execute(text("SHOW server_version")).scalar())
        old = int(version.split(".")[0].split()[0]) < 15
        return Finding(what="database", found=f"PostgreSQL {version}", state="bad" if old else "good")
    mode = str(connection.execute(text("PRAGMA journal_mode")).scalar())
    return Finding(
        what="database", found=f"SQLite, journal {mode}", state="good" if mode == "wal" else "note"
    )


def _form(connection: Connection) -> Finding:
    revision = MigrationContext.configure(connection).get_current_revision()
    return Finding(what="form of the tables", found=str(revision))


def _guards(connection: Connection) -> Finding:
    sqlite = connection.dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'" if sqlite else "SELECT tgname FROM pg_trigger"
    )
    missing = sorted(guards.names(connection.dialect.name) - set(connection.execute(text(query)).scalars()))
    if missing:
        return Finding(what="rules of the database", found=f"missing: {', '.join(missing)}", state="bad")
    return Finding(what="rules of the database", found="all there")


def _contents(connection: Connection) -> list[Finding]:
    def count(table: Table) -> int:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    unread = select(func.count()).select_from(reports).where(reports.c.id.not_in(select(readings.c.report)))
    left, unput = int(connection.execute(unread).scalar_one()), unlinked(connection)
    return [
        Finding(what="reports", found=f"{count(reports):,}"),
        Finding(what="claims", found=f"{count(claims):,}"),
        Finding(what="reports not read", found=f"{left:,}", state="note" if left else "good"),
        Finding(what="reports not linked", found=f"{unput:,}", state="note" if unput else "good"),
    ]


def _feeds(connection: Connection) -> list[Finding]:
    """The feeds that were ever watched, and which of them do not answer."""
    known = connection.execute(select(feeds).order_by(feeds.c.url)).all()
    if not known:
        return []
    silent = [
        Finding(
            what="feed",
            found=f"{row.url}: {'gone' if row.gone else f'failed {row.failures} times in a row'}",
            state="note",
        )
        for row in known
        if row.failures
    ]
    return [Finding(what="feeds watched", found=f"{len(known):,}"), *silent]


def _file(store: Store) -> list[Finding]:
    name = store.engine.url.database
    if not name or name == ":memory:":
        return []
    path = Path(name)
    beside = (path.with_name(f"{path.name}{end}") for end in ("", "-wal"))
    size = sum(one.stat().st_size for one in beside if one.exists())
    free = shutil.disk_usage(path.parent).free
    return [
        Finding(what="size of the file", found=f"{size / 1e6:,.1f} MB"),
        Finding(
            what="room on its disk", found=f"{free / 1e9:,.1f} GB", state="bad" if free < _LITTLE else "good"
        ),
    ]
