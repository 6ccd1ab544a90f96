"""Reference incidents from UCDP GED and ACLED-shaped CSV, told apart and read by the names of their columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from variorum.intake.draft import Notify
from variorum.intake.tables import Rows, unguarded
from variorum.model import Day, InputError, Place, content_id
from variorum.model.reference import Origin, Reference

_DELIMITERS = (",", ";", "\t")
_UCDP = frozenset({"id", "date_start", "side_a", "side_b", "best"})
_ACLED = frozenset({"event_id_cnty", "event_date", "actor1", "fatalities"})
_UCDP_FIGURES = ("best", "high", "low", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_UCDP_NAMES = ("where_coordinates", "where_description", "adm_2", "adm_1", "country")
_ACLED_NAMES = ("location", "admin3", "admin2", "admin1", "country")
_DAY_PRECISION: Mapping[int, int] = {1: 1, 2: 3, 3: 4}
"""UCDP's date_prec by ACLED's time_precision (day, week, month): the vaguest that it can mean."""
_PLACE_PRECISION: Mapping[int, int] = {1: 1, 2: 3, 3: 4}
"""UCDP's where_prec by ACLED's geo_precision (town, part of a region, region), likewise."""
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?$")
_WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?$")
_T = TypeVar("_T")


class ReferenceFile:
    """A file of reference incidents, to be gone through once."""

    def __init__(self, path: str | Path, *, notify: Notify = lambda note: None) -> None:
        self._name, self._notify = str(path), notify
        self._hash = ""

    @property
    def hash(self) -> str:
        """SHA-256 of the file's bytes, once it was gone through."""
        return self._hash

    def __iter__(self) -> Iterator[Reference | InputError]:
        """The incidents in the file's order; in the place of a row that cannot be read, what is wrong with it.

        Raises `InputError` where nothing more can be read: no-such-file, unreadable-file, empty, not-a-reference,
        too-long, and those of encodings in the first line.
        """
        name = self._name
        try:
            with open(name, "rb") as stream:
                yield from self._read(Rows(stream, name, self._notify))
        except FileNotFoundError:
            raise InputError(
                "there is no such file", where=name, remedy="check the path", code="no-such-file"
            ) from None
        except OSError as error:
            what = f"cannot be read: {error.strerror or error}"
            raise InputError(what, where=name, remedy="check the path", code="unreadable-file") from error

    def _read(self, rows: Rows) -> Iterator[Reference | InputError]:
        table = _table(rows, self._name)
        seen: set[str] = set()
        for where, cells in rows.rows(len(table.columns)):
            if isinstance(cells, InputError):
                yield cells
                continue
            row = dict(zip(table.columns, cells, strict=True))
            found = reference_of(table.origin, row, where, notify=self._notify)
            if found.id in seen:
                self._notify(_note(f"the id {found.id!r} a second time", where, code="repeated-reference"))
            seen.add(found.id)
            yield found
        self._hash = rows.hash


def read_references(
    path: str | Path, *, notify: Notify = lambda note: None
) -> Iterator[Reference | InputError]:
    """The reference incidents of a file, in its order; in the place of what cannot be read, what is wrong with it.

    A cell that makes no sense is told as a note, bad-cell, and its value is unknown. Errors: bad-row and those of
    encodings, after which the next row follows; those that `ReferenceFile` raises, after which nothing does.
    """
    try:
        yield from ReferenceFile(path, notify=notify)
    except InputError as error:
        yield error


def reference_of(
    origin: Origin, row: dict[str, str], where: str, *, notify: Notify = lambda note: None
) -> Reference:
    """The incident that a row tells of, its cells by the names of their columns. Bad cells are told as notes."""
    return _Row(row, where, notify).read(origin)


def origin_of(columns: Sequence[str]) -> Origin | None:
    """Whose table has these columns; None if neither, or if two of them have one name, whatever their case."""
    lower = [column.strip().lower() for column in columns]
    if len(set(lower)) < len(lower):
        return None
    return "ucdp-ged" if _UCDP.issubset(lower) else "acled-shaped" if _ACLED.issubset(lower) else None


@dataclass(frozen=True)
class _Table:
    origin: Origin
    columns: tuple[str, ...]


def _table(rows: Rows, name: str) -> _Table:
    """What the first line tells; the delimiter is the one that gives columns which are known."""
    line = rows.header()
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        columns = tuple(unguarded(cell.strip()) for cell in cells)
        if origin := origin_of(columns):
            rows.delimiter = delimiter
            return _Table(origin, columns)
    raise not_a_reference(name)


def not_a_reference(where: str) -> InputError:
    """The error for columns that are no reference's."""
    return InputError(
        "neither UCDP GED nor ACLED-shaped by its first line, or with two columns of one name",
        where=where,
        remedy=f"the first line must have {', '.join(sorted(_UCDP))}, or {', '.join(sorted(_ACLED))}",
        code="not-a-reference",
    )


class _Row:
    """One row. What a cell does not tell, or tells badly, is None."""

    def __init__(self, row: dict[str, str], where: str, notify: Notify) -> None:
        self._row, self._where, self._notify = row, where, notify
        self._cells = {column.lower(): cell.strip() for column, cell in row.items()}

    def read(self, origin: Origin) -> Reference:
        ucdp = origin == "ucdp-ged"
        sides = ("side_a", "side_b") if ucdp else ("actor1", "actor2")
        sources = self._text("source_office" if ucdp else "source") or ""
        told = {one: self._number(one) for one in (_UCDP_FIGURES if ucdp else ("fatalities",))}
        return Reference(
            id=self._text("id" if ucdp else "event_id_cnty") or content_id("reference", self._row),
            origin=origin,
            where=self._where,
            day=self._ucdp_day() if ucdp else self._acled_day(),
            place=self._ucdp_place() if ucdp else self._acled_place(),
            parties=tuple(name for side in sides if (name := self._text(side))),
            figures={column: number for column, number in told.items() if number is not None},
            sources=tuple(one.strip() for one in sources.split(";") if one.strip()),
            row=self._row,
        )

    def _ucdp_day(self) -> Day | None:
        first, precision = self._as("date_start", _day), self._code("date_prec", 5)
        last = self._as("date_end", _day) or first
        if first is None or last is None:
            return None
        if first > last:
            self._bad("date_end", "before date_start")
            return None
        # Without its precision a day may be any day of those told.
        return Day(first=first, last=last, precision=precision or 5)

    def _acled_day(self) -> Day | None:
        day, code = self._as("event_date", _day), self._code("time_precision", 3)
        if day is None:
            return None
        return Day(first=day, last=day, precision=_DAY_PRECISION[code] if code else 5)

    def _ucdp_place(self) -> Place | None:
        return self._place(_UCDP_NAMES, self._text("adm_1"), self._code("where_prec", 7))

    def _acled_place(self) -> Place | None:
        code = self._code("geo_precision", 3)
        return self._place(_ACLED_NAMES, self._text("admin1"), _PLACE_PRECISION[code] if code else None)

    def _place(self, columns: tuple[str, ...], admin1: str | None, precision: int | None) -> Place | None:
        name = next((told for column in columns if (told := self._text(column))), None)
        if name is None:
            return None
        place = Place(name=name, admin1=admin1, precision=precision)
        north, east = self._as("latitude", _degrees), self._as("longitude", _degrees)
        if precision is None or north is None or east is None:
            return place
        try:
            return Place(name=name, admin1=admin1, precision=precision, latitude=north, longitude=east)
        except ValidationError:
            self._bad("latitude", "no point on the earth")
            return place

    def _text(self, column: str) -> str | None:
        return self._cells.get(column) or None

    def _number(self, column: str) -> int | None:
        return self._as(column, _count)

    def _code(self, column: str, most: int) -> int | None:
        code = self._number(column)
        if code is None or 1 <= code <= most:
            return code
        self._bad(column, f"no code from 1 to {most}")
        return None

    def _as(self, column: str, read: Callable[[str], _T]) -> _T | None:
        told = self._text(column)
        if told is None:
            return None
        try:
            return read(told)
        except ValueError:
            self._bad(column, f"{told[:40]!r} cannot be read")
            return None

    def _bad(self, column: str, what: str) -> None:
        self._notify(_note(f"{column}: {what}; taken as unknown", self._where, code="bad-cell"))


def _day(told: str) -> date:
    """A day in ISO form, with or without a time, or as `4 May 2031`."""
    if found := _ISO.match(told):
        return date.fromisoformat(found[1])
    return datetime.strptime(told, "%d %B %Y").date()


def _degrees(told: str) -> float:
    """Degrees; spreadsheets of some languages write a comma for the point."""
    return float(told.replace(",", "."))


def _count(told: str) -> int:
    if found := _WHOLE.match(told):
        return int(found[1])
    raise ValueError(told)


def _note(what: str, where: str, *, code: str) -> InputError:
    return InputError(what, where=where, remedy="check the cell", code=code)
