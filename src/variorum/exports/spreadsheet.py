"""XLSX workbooks by openpyxl (extra `xlsx`), with the same bytes for the same cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from variorum.exports.archive import archive
from variorum.exports.cells import Cell, flat
from variorum.exports.extras import load
from variorum.model import SettingError

MOST_ROWS = 1_048_576
"""What a sheet can hold (ECMA-376 as programs implement it)."""

MOST_CHARACTERS = 32_767
_CUT = " […]"
_BEGINNING = datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

Sheet = tuple[str, Sequence[Sequence[str]], Iterable[Sequence[Cell]]]
"""Name, header rows, and rows of cells."""


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """A workbook. All text cells are typed as text, so that none is a formula. Raises `SettingError` if openpyxl is not
    installed, or a sheet would have more rows than a sheet can have."""
    openpyxl = load("openpyxl", "xlsx")
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "variorum"
    book.properties.created = _BEGINNING
    for name, header, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = f"A{len(header) + 1}"
        for line in header:
            sheet.append([_cell(sheet, title) for title in line])
        for number, row in enumerate(rows, len(header) + 1):
            if number > MOST_ROWS:
                raise SettingError(
                    f"{name} has more rows than a sheet can have ({MOST_ROWS:,})",
                    remedy="export it as parquet, csv or jsonl",
                )
            sheet.append([_cell(sheet, cell) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return _timeless(written)


def _cell(sheet: object, cell: Cell) -> object:
    value = flat(cell)
    if not isinstance(value, str):
        return value
    if len(value) > MOST_CHARACTERS:
        value = value[: MOST_CHARACTERS - len(_CUT)] + _CUT
    typed = load("openpyxl.cell", "xlsx").WriteOnlyCell(sheet, value)
    typed.data_type = "s"
    return typed


def _timeless(written: io.BytesIO) -> bytes:
    """The workbook without the moment of writing."""
    when = _BEGINNING.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(written) as packed:
        members = [(info.filename, packed.read(info)) for info in packed.infolist()]
    return archive((name, [_MODIFIED.sub(rb"\g<1>" + when + rb"\g<2>", data)]) for name, data in members)
