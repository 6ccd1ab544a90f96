"""Exports: dossiers out in the forms that others use. Each figure says by which profile and from which claims.

`export` writes a format of `FORMATS`; `rebuild` makes a bundle again, `damaged` checks one. `Tables` hands the tables over to
programs, of pandas, polars and pyarrow too.
"""

from variorum.exports.bundle import damaged, rebuild
from variorum.exports.formats import FORMATS, Format, export
from variorum.exports.held_tables import Tables
from variorum.exports.options import QUOTE_WORDS
from variorum.exports.tables import TABLES, Column, Table

__all__ = [
    "FORMATS",
    "QUOTE_WORDS",
    "TABLES",
    "Column",
    "Format",
    "Table",
    "Tables",
    "damaged",
    "export",
    "rebuild",
]
