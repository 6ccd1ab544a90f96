"""How far watching came with each feed: how to ask it next, when, and which of its items were dealt with.

This stands in the ledger and not in a file beside it, so that it always fits what was filed: a ledger that is put back
from a backup asks for what it lacks, and two watchers of one ledger know of each other. It is no record: it may be
removed at any time, and all items are then taken to be new, which adds nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite

from variorum.intake import FeedItem, FeedState
from variorum.ledger.filing import chunks
from variorum.ledger.moments import stamp
from variorum.ledger.opening import spoken_errors
from variorum.ledger.store import Store
from variorum.ledger.tables import feed_items, feeds

_ASKING = 0x76617266  # the first half of the advisory locks of PostgreSQL under which feeds are asked


class Feeds:
    """What a ledger knows of feeds. All may raise `VariorumError` ledger-unavailable."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def state(self, feed: str) -> FeedState:
        """What is known of a feed; of one that was never asked, nothing."""
        with self._store.reading() as connection:
            row = connection.execute(select(feeds).where(feeds.c.url == feed)).first()
            had = (feed_items.c.feed == feed) & feed_items.c.state.is_not(None)
            query = select(feed_items.c.key, feed_items.c.state).where(had)
            rows = connection.execute(query.order_by(feed_items.c.seen_at, feed_items.c.key))
            state = FeedState(seen={row.key: row.state for row in rows})
        if row is not None:
            state.etag, state.last_modified = row.etag, row.last_modified
            state.due = datetime.fromisoformat(row.due) if row.due else None
            state.failures, state.gone = row.failures, row.gone
        return state

    def saw(self, feed: str, item: FeedItem) -> None:
        """Keep that an item was dealt with in its present state: what is to be kept of it is written."""
        with self._store.writing() as (connection, at):
            row = {"feed": feed, "key": item.key, "state": item.state, "failures": 0, "seen_at": at}
            _put(connection, feed_items, row)

    def missed(self, feed: str, item: FeedItem) -> int:
        """Keep that an item could not be had; how often that happened in a row."""
        with self._store.writing() as (connection, at):
            its = (feed_items.c.feed == feed) & (feed_items.c.key == item.key)
            row = connection.execute(select(feed_items).where(its)).first()
            failures = (row.failures if row else 0) + 1
            state = row.state if row else None
            told = {"feed": feed, "key": item.key, "state": state, "failures": failures, "seen_at": at}
            _put(connection, feed_items, told)
        return failures

    def keep(self, feed: str, state: FeedState) -> None:
        """Keep how to ask a feed next; items that its state has no longer are forgotten."""
        row = {
            "url": feed,
            "etag": state.etag,
            "last_modified": state.last_modified,
            "due": stamp(state.due) if state.due else None,
            "failures": state.failures,
            "gone": state.gone,
        }
        with self._store.writing() as (connection, _):
            _put(connection, feeds, row)
            known = connection.execute(select(feed_items.c.key).where(feed_items.c.feed == feed)).scalars()
            for part in chunks(key for key in known.all() if key not in state.seen):
                connection.execute(
                    delete(feed_items).where(feed_items.c.feed == feed, feed_items.c.key.in_(part))
                )

    @contextmanager
    def asking(self, feed: str) -> Iterator[bool]:
        """Keep a feed to oneself while it is asked; False where another watcher has it, who may be on another machine.

        The database lets go of it when the watcher ends, however it ends. A file knows no other watchers: two of them
        on one file ask for the same twice, which adds nothing twice.
        """
        if self._store.engine.dialect.name == "sqlite":
            yield True
            return
        key = {"kind": _ASKING, "feed": _number(feed)}
        with spoken_errors(self._store.where):
            connection = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with connection:
            with spoken_errors(self._store.where):
                ours = bool(
                    connection.execute(text("SELECT pg_try_advisory_lock(:kind, :feed)"), key).scalar()
                )
            try:
                yield ours
            finally:
                if ours:
                    with spoken_errors(self._store.where):
                        connection.execute(text("SELECT pg_advisory_unlock(:kind, :feed)"), key)


def _put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Write a row in the place of the one with its key, if there is one."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    keys = [column.name for column in table.primary_key.columns]
    others = {name: value for name, value in row.items() if name not in keys}
    connection.execute(
        dialect.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=others)
    )


def _number(feed: str) -> int:
    """A number of 32 bits for a feed; two feeds with one number wait for each other, no more."""
    return int.from_bytes(hashlib.sha256(feed.encode()).digest()[:4], signed=True)
