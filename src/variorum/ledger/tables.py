"""The tables of a ledger. Rows are only ever added; `guards` makes the database itself refuse anything else.

Two times are kept apart: when something was published or said (`published`, `said`), and when this ledger learned of it (`recorded_at`, UTC in
ISO form with microseconds, so that text order is time order on every database).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

texts = Table(
    "texts",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)
"""Each text once, under its SHA-256."""

reports = Table(
    "reports",
    metadata,
    Column("id", String(23), primary_key=True),
    Column("name", Text, nullable=False),
    Column("hash", ForeignKey("texts.hash"), nullable=False, index=True),
    Column("publisher", Text),
    Column("url", Text, index=True),
    Column("title", Text),
    Column("published", String(10), index=True),
    Column("language", String(8)),
    Column("supersedes", ForeignKey("reports.id")),
    Column("withdrawn", Boolean, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Column("recorded_by", Text, nullable=False),
)
"""Sightings of texts: who published which text under which address and on which day. `name` is the caller's own id for
it; `supersedes` the report whose place it takes; `withdrawn` says that the publisher took it back."""

readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("type", Text),
    Column("first_day", String(10), index=True),
    Column("last_day", String(10)),
    Column("place", Text, index=True),
    Column("country", String(2), index=True),
    Column("body", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    UniqueConstraint("report", "reader"),
)
"""Generations of reading: what one version of the reader found in one report, besides claims. The newest counts."""

claims = Table(
    "claims",
    metadata,
    Column("reading", ForeignKey("readings.number"), primary_key=True),
    Column("id", String(22), primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False, index=True),
    Column("certainty", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("outcome", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("people", Text),
    Column("actor", Text, index=True),
    Column("said", String(10)),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("kind IN ('toll', 'responsibility', 'account')", name="kind"),
    CheckConstraint("start >= 0 AND stop > start", name="span"),
    CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="bounds"),
    CheckConstraint("kind <> 'toll' OR low IS NOT NULL OR high IS NOT NULL", name="number"),
)
"""Claims with their evidence. The database compares the quote with the text before it takes a row (`guards`)."""

memberships = Table(
    "memberships",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("incident", String(25), nullable=False, index=True),
    Column("link", Text),
    Column("recorded_at", String(27), nullable=False),
    Index("ix_memberships_report_number", "report", "number"),
)
"""Which incident a report belongs to, as linking had it from that time on. The newest row of a report counts."""

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(25), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("undoes", ForeignKey("decisions.id")),
    Column("recorded_at", String(27), nullable=False),
)
"""What reviewers decided. One that is undone stays, with the row that undoes it."""

RECORDS = (texts, reports, readings, claims, memberships, decisions)
"""All tables of records, in an order in which references point back only."""
