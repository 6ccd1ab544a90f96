"""Backing up: a copy of a ledger as of one moment, in a file of SQLite, whichever database the ledger is in."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table, insert, select

from variorum.ledger.opening import open_engine, spoken_errors
from variorum.ledger.store import Store
from variorum.ledger.tables import CHANGING, RECORDS
from variorum.model import SettingError

_PAGES: Final = 4096
_ROWS: Final = 2000


def backup(store: Store, target: Path) -> Path:
    """Write the copy beside `target` and put it there once it is whole. Raises `SettingError` if something is there already."""
    if target.exists():
        raise SettingError("there is a file already", where=str(target), remedy="name a new one")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with spoken_errors(str(target)):
            if store.engine.dialect.name == "sqlite":
                _copy_file(store, unfinished)
            else:
                _copy_rows(store, unfinished)
        unfinished.replace(target)
    finally:
        for left in unfinished.parent.glob(f"{unfinished.name}*"):
            left.unlink()
    return target


def _copy_file(store: Store, target: Path) -> None:
    """By SQLite's own online backup: it begins again if the ledger is written meanwhile, and ends with a whole copy."""
    with store.engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        copy = sqlite3.connect(target)
        try:
            source.backup(copy, pages=_PAGES)
        finally:
            copy.close()


def _copy_rows(store: Store, target: Path) -> None:
    engine = open_engine(target)
    try:
        with store.reading() as source, engine.connect().execution_options(writes=True) as copy, copy.begin():
            for table in (*RECORDS, *CHANGING):
                _copy_table(source, copy, table)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def _copy_table(source: Connection, copy: Connection, table: Table) -> None:
    rows = source.execute(select(table).order_by(*table.primary_key.columns))
    for part in rows.yield_per(_ROWS).mappings().partitions():
        copy.execute(insert(table), [dict(row) for row in part])
