"""The tables: everything a dossier holds, in rows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from variorum.exports.tables.table import Column, Row, Table
from variorum.exports.tables.what_it_comes_to import (
    COPIES,
    FIGURES,
    INCIDENTS,
    LINKS,
    OBSERVATIONS,
    POSITIONS,
    QUESTIONS,
    SUPPORT,
)
from variorum.exports.tables.what_was_decided import DECISIONS
from variorum.exports.tables.what_was_said import CLAIMS, PARTIES, PLACES, REPORTS
from variorum.model import SettingError

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            REPORTS,
            CLAIMS,
            INCIDENTS,
            LINKS,
            COPIES,
            QUESTIONS,
            POSITIONS,
            SUPPORT,
            OBSERVATIONS,
            FIGURES,
            PARTIES,
            PLACES,
            DECISIONS,
        )
    }
)
"""Every table by its name."""


def table_called(name: str) -> Table:
    """The table of a name. Raises `SettingError` where there is none."""
    if name not in TABLES:
        raise SettingError(f"no table is called {name!r}", remedy=f"choose one of {', '.join(TABLES)}")
    return TABLES[name]


__all__ = ["TABLES", "Column", "Row", "Table", "table_called"]
