"""The tables of a ledger. Rows of records are only ever added; `guards` makes the database itself refuse anything else.

Two times are kept apart: when something was published or said (`published`, `said`, `known_on`), and when this ledger
learned of it (`recorded_at`, UTC in ISO form with microseconds, so that text order is time order on every database).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

texts = Table(
    "texts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
)
"""Each text once, under its SHA-256."""

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("hash", ForeignKey("texts.hash"), nullable=False),
    Column("publisher", Text),
    Column("url", Text, index=True),
    Column("title", Text),
    Column("published", Text),
    Column("language", Text),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Index("ix_reports_hash", "hash"),
)
"""Sightings of texts: who published which text under which address and on which day. `name` is the caller's own id."""

notices = Table(
    "notices",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("report", ForeignKey("reports.id"), nullable=False, index=True),
    Column("other", ForeignKey("reports.id")),
    Column("day", Text),
    Column("why", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    CheckConstraint("kind IN ('withdrawn', 'replaced')", name="kind"),
    CheckConstraint("(kind = 'replaced') = (other IS NOT NULL)", name="other"),
)
"""What publishers said of their own reports: that one is withdrawn, or that another stands in its place, from `day` on."""

wire = Table(
    "wire",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("item", Text, nullable=False, index=True),
    Column("report", ForeignKey("reports.id"), index=True),
    Column("body", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)
"""What agencies said of versions of their items, as it came; a row for the item itself and for each that it takes the
place of. `report` is the version's; none where an item is withheld or canceled."""

readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    UniqueConstraint("report", "reader"),
)
"""Generations of reading: what one version of the reader found in one report, besides claims. The last recorded counts."""

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("reading", ForeignKey("readings.number"), nullable=False, index=True),
    Column("id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("mention", Text),
    Column("mention_start", Integer),
    Column("via", Text),
    Column("certainty", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("incident", Text),
    Column("said", Text),
    Column("score", Float, nullable=False),
    Column("reader", Text),
    Column("outcome", Text),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("approx", Boolean),
    Column("people", Text),
    Column("who", Text),
    Column("actor", Text),
    Column("combined", Text),
    Column("stance", Text),
    Column("denies", Boolean),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    CheckConstraint("kind IN ('toll', 'responsibility', 'account')", name="kind"),
    CheckConstraint("start >= 0 AND stop > start", name="span"),
    CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="bounds"),
    CheckConstraint("kind <> 'toll' OR low IS NOT NULL OR high IS NOT NULL", name="number"),
    Index("ix_claims_score_number", "score", "number"),
)
"""Claims with their evidence. The database compares the quote with the text before it takes a row (`guards`)."""

memberships = Table(
    "memberships",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("incident", Text, nullable=False, index=True),
    Column("link", Text),
    Column("recorded_at", Text, nullable=False),
    Column("score", Float),
    Index("ix_memberships_report_number", "report", "number"),
    Index("ix_memberships_score_number", "score", "number"),
)
"""Which incident a report belongs to, as linking had it from that time on. The last row of a report counts. `score` is the
link's, where it was made by likeness and not by the same text or a decision."""

states = Table(
    "states",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("incident", Text, nullable=False),
    Column("known_on", Text, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("country", Text),
    Column("body", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Index("ix_states_incident_known_on_number", "incident", "known_on", "number"),
    Index("ix_states_first_day_last_day", "first_day", "last_day"),
)
"""What an incident came to by the reports known on a day, as derived at that time: one row for each day on which
something was published, and a new one where the derivation came out otherwise later."""

tags = Table(
    "tags",
    metadata,
    Column("state", ForeignKey("states.number"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Index("ix_tags_kind_value_state", "kind", "value", "state"),
    sqlite_with_rowid=False,
)
"""What a state can be found by: its parties, place, outcomes, statuses and type, in lower case."""

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Index("ix_decisions_subject_kind", "subject", "kind"),
    Index("ix_decisions_recorded_by_number", "recorded_by", "number"),
    Index("ix_decisions_recorded_at", "recorded_at"),
)
"""What reviewers decided. One that is undone stays, with the row that undoes it."""

concerns = Table(
    "concerns",
    metadata,
    Column("decision", ForeignKey("decisions.number"), primary_key=True),
    Column("record", Text, primary_key=True),
    Index("ix_concerns_record_decision", "record", "decision"),
    sqlite_with_rowid=False,
)
"""The records that a decision is about, by id or name: claims with their reports, reports, incidents, parties. What undoes
a decision is about it and all that it is about."""

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("reading", Integer, nullable=False),
    Column("decision", Integer, nullable=False),
    Column("notice", Integer, nullable=False),
    Column("report", Integer, nullable=False),
    Column("membership", Integer, nullable=False),
    Column("wire", Integer, nullable=False, server_default="0"),
    Column("recorded_at", Text, nullable=False),
)
"""Runs of linking, each with the last rows that it took into account: what comes after is still to be derived."""

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("due", Text),
    Column("failures", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
)
"""What is known of each watched feed: how to ask it next, and when. No record: rows change as the feed is asked."""

feed_items = Table(
    "feed_items",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("state", Text),
    Column("failures", Integer, nullable=False),
    Column("seen_at", Text, nullable=False),
)
"""The items of feeds that were dealt with, in the state in which they were; none where an item could not be had so far.
No records either."""

shelf = Table(
    "shelf",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("state", ForeignKey("states.number"), nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("last_published", Text, nullable=False),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", Integer),
    Column("reports", Integer, nullable=False),
    Column("contested", Integer, nullable=False),
    Index("ix_shelf_first_day", "first_day", "incident"),
    Index("ix_shelf_last_published", "last_published", "incident"),
    Index("ix_shelf_contested", "contested", "incident"),
    Index("ix_shelf_reports", "reports", "incident"),
    sqlite_with_rowid=False,
)
"""What each incident comes to now, ready to be sorted, counted and drawn. It is no record: it can be made anew from states.
A day that is not known is empty."""

CHANGING = (feeds, feed_items, shelf)
"""The tables that are no records: how far watching came, and what can be made anew from records."""

reference_rows = Table(
    "reference_rows",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("cells", Text, nullable=False),
)
"""Each row of somebody else's data once, under its SHA-256: its cells as they came, a list in JSON."""

reference_sets = Table(
    "reference_sets",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    Column("origin", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("file_hash", Text),
    Column("terms", Text),
    Column("size", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("content", Text, nullable=False, index=True),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    CheckConstraint("origin IN ('ucdp-ged', 'acled-shaped')", name="origin"),
)
"""Somebody else's data sets as they were imported. `content` is a hash over `header` and all rows; of one name, the last
recorded counts. Nothing of ours refers to them."""

reference_entries = Table(
    "reference_entries",
    metadata,
    Column("reference_set", ForeignKey("reference_sets.number"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False),
    Column("reference_row", ForeignKey("reference_rows.number"), nullable=False),
    sqlite_with_rowid=False,
)
"""Which rows a set has, in its order, and on which line of its file each begins."""

RECORDS = (
    texts,
    reports,
    notices,
    wire,
    readings,
    claims,
    memberships,
    states,
    tags,
    decisions,
    concerns,
    runs,
    reference_rows,
    reference_sets,
    reference_entries,
)
"""All tables of records, in an order in which references point back only."""
