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
from variorum.exports.tables.what_was_said import CLAIMS, PARTIES, PLACES, REPORTS

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
        )
    }
)
"""Every table by its name."""

__all__ = ["TABLES", "Column", "Row", "Table"]
