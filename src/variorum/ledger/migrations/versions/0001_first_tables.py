"""The first tables, with the rules that the database keeps."""

from __future__ import annotations

from alembic import op

from variorum.ledger.guards import statements
from variorum.ledger.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, indexes and triggers."""
    bind = op.get_bind()
    metadata.create_all(bind)
    for statement in statements(bind.dialect.name):
        op.execute(statement)
