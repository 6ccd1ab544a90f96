"""The shelf: what each incident comes to now, made from the states that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SORTED_BY = ("first_day", "last_published", "contested", "reports")


def upgrade() -> None:
    """Make the table and fill it."""
    op.create_table(
        "shelf",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("last_published", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("precision", sa.Integer(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["state"], ["states.number"], name=op.f("fk_shelf_state")),
        sa.PrimaryKeyConstraint("incident", name=op.f("pk_shelf")),
        sqlite_with_rowid=False,
    )
    for column in SORTED_BY:
        op.create_index(f"ix_shelf_{column}", "shelf", [column, "incident"], unique=False)
    connection = op.get_bind()
    shelf = sa.table("shelf", *(sa.column(name) for name in COLUMNS))
    for rows in chunks(last_states(connection)):
        connection.execute(sa.insert(shelf), rows)


COLUMNS = (
    "incident",
    "state",
    "first_day",
    "last_day",
    "last_published",
    "country",
    "latitude",
    "longitude",
    "precision",
    "reports",
    "contested",
)


def last_states(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """The row of each incident that anything is known of, from its last state."""
    query = sa.text(
        "SELECT number, incident, first_day, last_day, body FROM states ORDER BY incident, known_on, number"
    )
    last: Any = None
    for row in connection.execute(query):
        if last is not None and last.incident != row.incident:
            yield from row_of(last)
        last = row
    if last is not None:
        yield from row_of(last)


def row_of(state: Any) -> Iterator[dict[str, Any]]:
    """The row of a state, if it is of anything."""
    body = json.loads(state.body)
    place = body.get("place") or {}
    if not body["reports"] and not body.get("earlier"):
        return
    yield {
        "incident": state.incident,
        "state": state.number,
        "first_day": state.first_day or "",
        "last_day": state.last_day or "",
        "last_published": body.get("last_published") or "",
        "country": place.get("country"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "precision": place.get("precision"),
        "reports": body["reports"],
        "contested": body.get("statuses", {}).get("contested", 0),
    }


def chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Some rows at a time."""
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == 500:
            yield part
            part = []
    if part:
        yield part
