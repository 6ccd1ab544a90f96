"""Reference sets: somebody else's data sets, kept cell by cell beside our records and never mixed with them.

A row is kept once, however many sets have it: a new release adds what is new in it, and the older one stays as it was.
What a row tells (day, place, parties, figures) is read from its cells whenever it is asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from variorum.intake.references import ReferenceFile, not_a_reference, origin_of, reference_of
from variorum.ledger.filing import AT_ONCE, Row, add_missing, check_storable
from variorum.ledger.moments import NOW, Moment
from variorum.ledger.store import Store
from variorum.ledger.tables import reference_entries, reference_rows, reference_sets
from variorum.model import InputError, Record, VariorumError, content_id
from variorum.model.reference import Origin, Reference

_STEP: Final = 1000
_LINE: Final = re.compile("[0-9]{1,9}")


class ReferenceSet(Record):
    """A data set as it was imported."""

    id: str
    name: str
    origin: Origin
    columns: tuple[str, ...]
    """In the order of the file."""
    file: str
    """Name of the file, without its folder."""
    file_hash: str | None = None
    """SHA-256 of the file's bytes; None if it was no file."""
    terms: str | None = None
    """Under which terms it may be used, as whoever imported it says."""
    rows: int
    refused: int = 0
    """Rows that could not be read and are not in it."""
    by: str
    at: str
    """When it was recorded, UTC."""


class Imported(Record):
    """What importing came to: the set, how many of its rows the ledger had in no other, whether it had the set before."""

    set: ReferenceSet
    new_rows: int = 0
    known: bool = False


class Pile:
    """The rows of a set as they are read: all of one header, each under its hash."""

    def __init__(self) -> None:
        self.header: tuple[str, ...] = ()
        self.origin: Origin | None = None
        self.refused = 0
        self.entries: list[tuple[int, str]] = []
        """Line and hash of each row, in order."""
        self._digest = hashlib.sha256()

    @property
    def content(self) -> str:
        """A hash over header and rows, in order."""
        return self._digest.hexdigest()

    def take(self, cells: Sequence[str], line: int) -> Row:
        """Count a row in; how it is kept."""
        body = _as_json(cells)
        name = hashlib.sha256(body.encode()).hexdigest()
        self.entries.append((line, name))
        self._digest.update(f"\n{line} {name}".encode())
        return {"hash": name, "cells": body}

    def begin(self, header: Sequence[str], where: str) -> None:
        """Take the columns that all rows have. Raises `InputError` not-a-reference, unstorable-text."""
        self.header, self.origin = tuple(header), origin_of(header)
        if self.origin is None:
            raise not_a_reference(where)
        check_storable((*header, where), "the first line")
        self._digest.update(_as_json(header).encode())


def import_references(
    store: Store,
    source: str | Path | Iterable[Reference | InputError],
    *,
    by: str,
    name: str | None,
    terms: str | None,
    notify: Callable[[InputError], None],
    refuse: Callable[[InputError], None] | None,
) -> Imported:
    """Keep all rows of a file, or of references, as one set; see `Ledger.import_references`."""
    file: ReferenceFile | None = None
    found: Iterable[Reference | InputError]
    if isinstance(source, str | Path):
        found = file = ReferenceFile(source, notify=notify)
        told = Path(source).name
    else:
        found, told = source, "rows"
    check_storable((name, terms, by, told), told)
    pile, new = Pile(), 0
    rows = _rows(found, pile, refuse, told)
    while batch := list(islice(rows, AT_ONCE)):
        batch.sort(key=itemgetter("hash"))  # in one order, so that two writers never wait for each other
        with store.writing() as (connection, _):
            new += add_missing(connection, reference_rows, reference_rows.c.hash, batch)
    if not pile.entries:
        raise InputError(
            "no row that can be read", where=told, remedy="hand over the whole table", code="empty"
        )
    row = {
        "name": name or Path(told).stem or told,
        "origin": pile.origin,
        "header": _as_json(pile.header),
        "file": told,
        "file_hash": file.hash if file is not None else None,
        "terms": terms or None,
        "size": len(pile.entries),
        "refused": pile.refused,
        "content": pile.content,
        "recorded_by": by,
    }
    with store.writing() as (connection, at):
        same = select(reference_sets).where(reference_sets.c.content == pile.content)
        if name:
            same = same.where(reference_sets.c.name == name)
        if terms:
            same = same.where(reference_sets.c.terms == terms)
        known = connection.execute(same.order_by(reference_sets.c.number).limit(1)).first()
        if known is None:
            known = _add_set(connection, {**row, "id": set_id(row), "recorded_at": at}, pile.entries)
            return Imported(set=_set_of(known), new_rows=new)
    return Imported(set=_set_of(known), known=True)


def set_id(row: Any) -> str:
    """The id that follows from what is told of a set, besides who recorded it and when."""
    parts = ("name", "origin", "header", "file", "file_hash", "terms", "size", "refused", "content")
    return content_id("references", *(row[part] for part in parts))


def find_sets(connection: Connection, moment: Moment = NOW) -> tuple[ReferenceSet, ...]:
    """All sets that were recorded up to a moment, in that order."""
    return tuple(_set_of(row) for row in connection.execute(_known(moment)))


def find_set(connection: Connection, wanted: str, moment: Moment = NOW) -> ReferenceSet:
    """The set of this id, else the last recorded of this name. Raises `VariorumError` unknown-set."""
    found = find_sets(connection, moment)
    by_id = [one for one in found if one.id == wanted]
    named = [one for one in found if one.name == wanted]
    if by_id or named:
        return (by_id or named)[-1]
    raise no_set(f"the ledger has no reference set {wanted!r}")


def no_set(what: str) -> VariorumError:
    """The error for a reference set that is not there."""
    return VariorumError(what, remedy="import one, or list those there are", code="unknown-set")


def each_reference(connection: Connection, wanted: ReferenceSet) -> Iterator[Reference]:
    """The incidents of a set in its order, each with all its cells."""
    for line, cells in connection.execute(entries_of(wanted.id)).yield_per(_STEP):
        row = dict(zip(wanted.columns, json.loads(cells), strict=True))
        yield reference_of(wanted.origin, row, f"{wanted.file}:{line}")


def entries_of(wanted: str) -> Select[Any]:
    """Line and cells of each row of the set of this id, in its order."""
    return (
        select(reference_entries.c.line, reference_rows.c.cells)
        .join(reference_rows, reference_rows.c.number == reference_entries.c.reference_row)
        .join(reference_sets, reference_sets.c.number == reference_entries.c.reference_set)
        .where(reference_sets.c.id == wanted)
        .order_by(reference_entries.c.ordinal)
    )


def _rows(
    found: Iterable[Reference | InputError],
    pile: Pile,
    refuse: Callable[[InputError], None] | None,
    where: str,
) -> Iterator[Row]:
    """The rows as they are to be kept. What cannot be is handed to `refuse`, or raised if there is none."""
    for one in found:
        if isinstance(one, Reference) and not pile.header:
            pile.begin(tuple(one.row), where)
        try:
            if isinstance(one, InputError):
                raise one
            yield pile.take(_cells(one, pile), _line(one, pile))
        except InputError as error:
            if refuse is None:
                raise
            refuse(error)
            pile.refused += 1


def _cells(one: Reference, pile: Pile) -> list[str]:
    if tuple(one.row) != pile.header:
        raise InputError(
            "other columns than the first row has",
            where=one.where,
            remedy="hand over the rows of one table at a time",
            code="bad-row",
        )
    check_storable(one.row.values(), one.where)
    return list(one.row.values())


def _line(one: Reference, pile: Pile) -> int:
    """The line that a row begins on; of what came from no file, its place."""
    last = one.where.rpartition(":")[2]
    return int(last) if _LINE.fullmatch(last) else len(pile.entries) + 1


def _add_set(connection: Connection, row: Row, entries: Sequence[tuple[int, str]]) -> Any:
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    adding = dialect.insert(reference_sets).on_conflict_do_nothing().returning(reference_sets.c.number)
    number = connection.execute(adding, row).scalar()
    if number is not None:  # else another writer was quicker
        for start in range(0, len(entries), AT_ONCE):
            part = entries[start : start + AT_ONCE]
            numbers = _numbers(connection, {name for _, name in part})
            made = [
                {"reference_set": number, "ordinal": place, "line": line, "reference_row": numbers[name]}
                for place, (line, name) in enumerate(part, start + 1)
            ]
            connection.execute(insert(reference_entries), made)
    return connection.execute(select(reference_sets).where(reference_sets.c.id == row["id"])).one()


def _numbers(connection: Connection, names: Collection[str]) -> dict[str, int]:
    query = select(reference_rows.c.hash, reference_rows.c.number)
    rows = connection.execute(query.where(reference_rows.c.hash.in_(sorted(names))))
    return {row.hash: row.number for row in rows}


def _known(moment: Moment) -> Select[Any]:
    query = select(reference_sets).where(reference_sets.c.recorded_at <= moment.time)
    return query.order_by(reference_sets.c.number)


def _set_of(row: Any) -> ReferenceSet:
    return ReferenceSet(
        id=row.id,
        name=row.name,
        origin=row.origin,
        columns=json.loads(row.header),
        file=row.file,
        file_hash=row.file_hash,
        terms=row.terms,
        rows=row.size,
        refused=row.refused,
        by=row.recorded_by,
        at=row.recorded_at,
    )


def _as_json(cells: Sequence[str]) -> str:
    return json.dumps(list(cells), ensure_ascii=False)
