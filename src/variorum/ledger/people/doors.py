"""Throttling: how often a login may be tried, by name and by address, however many processes serve."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from variorum.ledger.moments import stamp
from variorum.ledger.people.tables import login_tries
from variorum.ledger.store import Store
from variorum.model import VariorumError

WINDOW: Final = timedelta(minutes=15)
"""How long a try counts."""
OF_ONE_NAME: Final = 50
OF_ONE_ADDRESS: Final = 30
OF_BOTH: Final = 5
"""Tries in the window. Few from one address with one name; of a name from everywhere so many more that a stranger cannot
easily keep somebody out, and yet too few to guess by."""


class Throttled(VariorumError):
    """Too many logins were tried."""

    def __init__(self) -> None:
        minutes = int(WINDOW.total_seconds() // 60)
        super().__init__(
            "too many logins were tried",
            remedy=f"wait {minutes} minutes and try again, or ask an admin for a new password",
            code="login-throttled",
        )


def count_try(store: Store, name: str, address: str, now: Callable[[], datetime]) -> None:
    """Count a try before it is looked at. Raises `Throttled` where there were too many.

    It is written down first and counted in a transaction after: of tries at once each sees those before it.
    """
    by, at = hashed(name), hashed(network(address))
    since = stamp(now() - WINDOW)
    with store.noting() as (connection, time):
        connection.execute(delete(login_tries).where(login_tries.c.at < since))
        connection.execute(insert(login_tries).values(name=by, address=at, at=time))
    with store.reading() as connection:
        mine, theirs = login_tries.c.name == by, login_tries.c.address == at
        counts = [_count(connection, since, one) for one in (and_(mine, theirs), mine, theirs)]
    if any(count > most for count, most in zip(counts, (OF_BOTH, OF_ONE_NAME, OF_ONE_ADDRESS), strict=True)):
        raise Throttled


def forget_tries(connection: Connection, name: str, address: str) -> None:
    """After a login that succeeded: what was tried from there under that name counts no more."""
    mine = and_(login_tries.c.name == hashed(name), login_tries.c.address == hashed(network(address)))
    connection.execute(delete(login_tries).where(mine))


def hashed(word: str) -> str:
    """The SHA-256 of a word, as hexadecimal digits."""
    return hashlib.sha256(word.encode()).hexdigest()


def network(address: str) -> str:
    """What one household has: an address of IPv4, and of IPv6 its first 64 bits."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _count(connection: Connection, since: str, which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(login_tries).where(login_tries.c.at >= since, which)
    return int(connection.execute(query).scalar_one())
