"""From rows to what is told of them, and the history of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from variorum.ledger.people.known import Known, Role
from variorum.ledger.people.tables import people, people_history
from variorum.model import VariorumError


def known_of(row: Mapping[Any, Any]) -> Known:
    """Somebody, from a row of `people`."""
    return Known(
        number=row["number"],
        name=row["name"],
        role=Role[row["role"].upper()],
        must_change=row["must_change"],
        by_provider=row["subject"] is not None,
        made_at=row["made_at"],
    )


def key_of(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().split())


def row_of(connection: Connection, name: str) -> RowMapping:
    """The row of somebody who may come in. Raises `VariorumError` unknown-person."""
    query = select(people).where(people.c.key == key_of(name), people.c.removed_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise VariorumError(
            "nobody of this name may come in", where=name, remedy="look at the list", code="unknown-person"
        )
    return row


def remember(connection: Connection, at: str, by: str, kind: str, person: str, detail: str = "") -> None:
    """Write down who did what."""
    row = {"kind": kind, "person": person, "detail": detail, "recorded_by": by, "recorded_at": at}
    connection.execute(insert(people_history).values(**row))
