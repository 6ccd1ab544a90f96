"""`variorum import` and `variorum references`: somebody else's data sets kept in a ledger, listed and handed back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.products import lines
from variorum.cli.progress import busy
from variorum.dossier.printable import one_line
from variorum.model import InputError, SettingError

if TYPE_CHECKING:
    from variorum.ledger import Imported, Ledger, ReferenceSet


@dataclass(frozen=True, slots=True)
class ImportCommand:
    """Who imports, and what is told of the files."""

    by: str
    name: str | None = None
    terms: str | None = None
    form: TextOrJson = TextOrJson.TEXT

    def check(self, files: Sequence[str]) -> None:
        """Raise `SettingError` for one name of many sets: only the last of a name counts."""
        if self.name is not None and len(files) > 1:
            raise SettingError("one name for many files", where="--name", remedy="import them one by one")

    def run(self, ledger: Ledger, files: Sequence[str], faults: Faults) -> Iterator[str]:
        """What each file came to, as text or as JSON; files and rows that cannot be read are told, and the rest goes on."""
        for file in files:
            try:
                with busy(f"importing {file}"):
                    made = ledger.import_references(
                        file,
                        by=self.by,
                        name=self.name,
                        terms=self.terms,
                        notify=faults.note,
                        refuse=faults.refuse,
                    )
            except InputError as error:
                faults.refuse(error)
                continue
            if self.form is TextOrJson.JSON:
                yield lines([{"path": file, **made.model_dump(mode="json")}])
            else:
                yield _in_words(file, made)


def sets_as(found: Sequence[ReferenceSet], form: TextOrJson) -> str:
    """Reference sets, one a line of JSON or one a block of text."""
    if form is TextOrJson.JSON:
        return lines(one.model_dump(mode="json") for one in found)
    blocks = "".join(_block(one) for one in found)
    return f"{blocks}{len(found):,} reference set{'' if len(found) == 1 else 's'}.\n"


def rows_as(ledger: Ledger, wanted: str, form: TextOrJson) -> Iterator[str]:
    """The incidents of a set: as CSV with the cells that came, or as JSON Lines with what was read from them too."""
    if form is TextOrJson.JSON:
        for one in ledger.references(wanted):
            yield one.model_dump_json() + "\n"
        return
    from variorum.exports.cells import csv_lines

    found = ledger.references(wanted)
    first = next(found)  # a set has a row
    rows = (tuple(one.row.values()) for one in found)
    for line in csv_lines(list(first.row), chain([tuple(first.row.values())], rows)):
        yield line.decode("utf-8")


def title_of(one: ReferenceSet) -> str:
    """A set in one line."""
    return one_line(f"{one.name} ({one.id}): {_what(one)}, imported {one.at[:10]}")


def _block(one: ReferenceSet) -> str:
    told = [f"{_what(one)} of {one.file} · imported {one.at[:10]} by {one.by}"]
    told += [f"terms: {one.terms}"] if one.terms else []
    return "\n  ".join(map(one_line, (one.name, *told, one.id))) + "\n\n"


def _what(one: ReferenceSet) -> str:
    refused = f", {one.refused:,} refused" if one.refused else ""
    return f"{one.origin}, {one.rows:,} row{'' if one.rows == 1 else 's'}{refused}"


def _in_words(file: str, made: Imported) -> str:
    kept = made.set
    told = f"known as {kept.name} ({kept.id})" if made.known else f"kept as {kept.name} ({kept.id})"
    new = f"; {made.new_rows:,} not in an earlier set" if not made.known else "; nothing added"
    return one_line(f"{file}: {told}, {_what(kept)}{new}") + "\n"
