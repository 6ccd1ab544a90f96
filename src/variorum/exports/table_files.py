"""The tables as CSV, JSON Lines, Parquet (extra `parquet`) and XLSX (extra `xlsx`).

One table is one file. All of them together are a zip archive of files, or in XLSX a sheet each.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from variorum.exports.archive import archive
from variorum.exports.as_json import json_line
from variorum.exports.case import Case
from variorum.exports.cells import csv_lines
from variorum.exports.dataframes import arrow_schema, arrow_table
from variorum.exports.extras import load
from variorum.exports.options import Options
from variorum.exports.spreadsheet import workbook
from variorum.exports.tables import TABLES, Table

Writer = Callable[[Table, Iterable[Case], Options], Iterator[bytes]]
_ROWS_AT_ONCE = 50_000


def as_csv(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """Tables as CSV."""
    return _one_or_all("csv", _csv, cases, options)


def as_jsonl(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """Tables as JSON Lines."""
    return _one_or_all("jsonl", jsonl, cases, options)


def as_parquet(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """Tables as Parquet, typed; lists are lists."""
    return _one_or_all("parquet", _parquet, cases, options)


def as_xlsx(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """Tables as sheets of one workbook."""
    one = TABLES[options.table] if options.table else None
    held = tuple(cases)
    yield workbook(
        (table.name, [table.header], table.rows(held, options))
        for table in ([one] if one else TABLES.values())
    )


def jsonl(table: Table, cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """One table as JSON Lines."""
    return (json_line(row) for row in table.as_objects(cases, options))


def _one_or_all(suffix: str, write: Writer, cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    one = TABLES[options.table] if options.table else None
    if one is not None:
        yield from write(one, cases, options)
    else:
        held = tuple(cases)
        yield archive((f"{table.name}.{suffix}", write(table, held, options)) for table in TABLES.values())


def _csv(table: Table, cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    return csv_lines(table.header, table.rows(cases, options))


def _parquet(table: Table, cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    parquet = load("pyarrow.parquet", "parquet")
    written = io.BytesIO()
    rows = table.rows(cases, options)
    with parquet.ParquetWriter(written, arrow_schema(table)) as writer:
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(arrow_table(table, batch))
    yield written.getvalue()
