"""The tables of people and of what they come in with. Passwords, sessions and tokens are kept as hashes only."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from variorum.ledger.tables import metadata

people = Table(
    "people",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("must_change", Boolean, nullable=False),
    Column("subject", Text, unique=True),
    Column("made_at", Text, nullable=False),
    Column("removed_at", Text),
)
"""People. `key` is the name as it is compared; `subject` is who they are to an identity provider. A row stays when somebody
is removed: records bear the name, and nobody else may ever come in under it."""

sessions = Table(
    "sessions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("person", ForeignKey("people.number"), nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
)
"""Who is logged in: the SHA-256 of the secret in the browser's cookie."""

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("person", ForeignKey("people.number"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
)
"""What programs come in with: the SHA-256 of the token. One that is revoked is removed; the history keeps that."""

login_tries = Table(
    "login_tries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_login_tries_name_at", "name", "at"),
    Index("ix_login_tries_address_at", "address", "at"),
)
"""Logins that were tried of late and did not succeed; both are hashed, for people type passwords into the wrong field."""

people_history = Table(
    "people_history",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)
"""Who did what to whom. Rows are only ever added, and the database itself refuses anything else (`guards`)."""
