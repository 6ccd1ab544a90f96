"""Rows of a table as a table of pyarrow, pandas or polars, with the same columns and each of its own type.

| kind | pyarrow | pandas | polars |
| --- | --- | --- | --- |
| text | `string` | `string` | `String` |
| integer | `int64` | `Int64` | `Int64` |
| number | `float64` | `float64` | `Float64` |
| boolean | `bool` | `boolean` | `Boolean` |
| day | `date32` | `datetime64[s]` | `Date` |
| list | `list<string>` | `object`: tuples of `str` | `List(String)` |

A table without rows has the same columns and types. None of the three libraries is needed for another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from variorum.exports.as_json import encoded
from variorum.exports.cells import Cell
from variorum.exports.tables import Row, Table
from variorum.intake.extras import needed

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


def arrow_schema(table: Table) -> pyarrow.Schema:
    """Names and types of a table's columns. Raises `SettingError` missing-extra."""
    with needed("parquet", "a table of pyarrow"):
        import pyarrow
    kinds = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "day": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.schema([(column.name, kinds[column.kind]) for column in table.columns])


def arrow_table(table: Table, rows: Iterable[Row]) -> pyarrow.Table:
    """Rows as a table of pyarrow. Raises `SettingError` missing-extra."""
    schema = arrow_schema(table)
    import pyarrow

    return pyarrow.table(_by_column(table, rows), schema=schema)


def pandas_table(table: Table, rows: Iterable[Row]) -> pandas.DataFrame:
    """Rows as a data frame of pandas. Raises `SettingError` missing-extra."""
    with needed("pandas", "a data frame of pandas"):
        import pandas
    kinds = {
        "text": "string",
        "integer": "Int64",
        "number": "float64",
        "boolean": "boolean",
        "day": "datetime64[s]",
        "list": "object",
    }
    cells = _by_column(table, rows)
    return pandas.DataFrame(
        {column.name: pandas.Series(cells[column.name], dtype=kinds[column.kind]) for column in table.columns}
    )


def polars_table(table: Table, rows: Iterable[Row]) -> polars.DataFrame:
    """Rows as a data frame of polars. Raises `SettingError` missing-extra."""
    with needed("polars", "a data frame of polars"):
        import polars
    kinds = {
        "text": polars.String(),
        "integer": polars.Int64(),
        "number": polars.Float64(),
        "boolean": polars.Boolean(),
        "day": polars.Date(),
        "list": polars.List(polars.String()),
    }
    schema = {column.name: kinds[column.kind] for column in table.columns}
    return polars.DataFrame(_by_column(table, rows), schema=schema)


def _by_column(table: Table, rows: Iterable[Row]) -> dict[str, list[Any]]:
    columns: list[list[Cell]] = [[] for _ in table.columns]
    for row in rows:
        for cells, cell in zip(columns, row, strict=True):
            cells.append(_whole(cell))
    return dict(zip(table.header, columns, strict=True))


def _whole(cell: Cell) -> Cell:
    """The cell without halves of surrogate pairs, which these libraries do not take; as in JSON, they become "?"."""
    match cell:
        case str() if not cell.isascii():
            return encoded(cell).decode()
        case tuple() if not all(text.isascii() for text in cell):
            return tuple(encoded(text).decode() for text in cell)
        case _:
            return cell
