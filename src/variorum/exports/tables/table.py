"""What a table is: a name, columns of a kind each in a fixed order, and a function from a case to rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from variorum.exports.case import Case
from variorum.exports.cells import Cell
from variorum.exports.options import Options

Kind = Literal["text", "integer", "number", "boolean", "day", "list"]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A column: its name, what kind of values it has, and what they mean. Any cell may be empty: unknown, or none."""

    name: str
    kind: Kind
    about: str


def _nothing(case: Case, options: Options) -> Iterable[Row]:
    return ()


def _nothing_beside(options: Options) -> Iterable[Row]:
    return ()


@dataclass(frozen=True)
class Table:
    """A table. `key` names the columns that no two rows have alike; they are never all empty.

    `rows_of` gives the rows of one case; `rows_beside` those that belong to no case, which come first.
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows_of: Callable[[Case, Options], Iterable[Row]] = _nothing
    rows_beside: Callable[[Options], Iterable[Row]] = _nothing_beside

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def rows(self, cases: Iterable[Case], options: Options) -> Iterator[Row]:
        """The rows of all cases, in their order; what two cases share, such as a report, comes once."""
        seen: set[Row] = set()
        yield from self.unseen(self.rows_beside(options), seen)
        for case in cases:
            yield from self.unseen(self.rows_of(case, options), seen)

    def unseen(self, rows: Iterable[Row], seen: set[Row]) -> Iterator[Row]:
        """Those rows whose key is not among those seen; it is then."""
        at = [self.header.index(name) for name in self.key]
        for row in rows:
            key = tuple(row[index] for index in at)
            if key not in seen:
                seen.add(key)
                yield row

    def as_objects(self, cases: Iterable[Case], options: Options) -> Iterator[dict[str, Any]]:
        """The rows as objects by column, of which JSON can be made."""
        return (self.as_object(row) for row in self.rows(cases, options))

    def as_object(self, row: Row) -> dict[str, Any]:
        """A row by column: lists as lists, days as `date`, unknown as None."""
        cells = (list(cell) if isinstance(cell, tuple) else cell for cell in row)
        return dict(zip(self.header, cells, strict=True))

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a row."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "description": self.about,
            "type": "object",
            "properties": {column.name: _property(column) for column in self.columns},
            "required": list(self.header),
            "additionalProperties": False,
        }


def columns(*told: tuple[str, Kind, str]) -> tuple[Column, ...]:
    """Columns from name, kind and meaning."""
    return tuple(Column(*one) for one in told)


def _property(column: Column) -> dict[str, Any]:
    about = {"description": column.about}
    match column.kind:
        case "list":
            return {"type": "array", "items": {"type": "string"}, **about}
        case "day":
            return {"type": ["string", "null"], "format": "date", **about}
        case "text":
            return {"type": ["string", "null"], **about}
        case _:
            return {"type": [column.kind, "null"], **about}
