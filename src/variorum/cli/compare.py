"""`variorum compare`: incidents beside those of a reference data set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli.cases import cases_of, ledger_of
from variorum.cli.faults import Faults
from variorum.cli.ledger_import import title_of
from variorum.cli.names import TextOrJson
from variorum.cli.products import lines
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View
from variorum.model import InputError, SettingError

if TYPE_CHECKING:
    from variorum.evaluation.comparing import Comparison, Ours
    from variorum.ledger import Ledger, ReferenceSet
    from variorum.model.reference import Reference


@dataclass(frozen=True, slots=True)
class CompareCommand:
    """With what to compare, a file or what the ledger keeps, and how to write it."""

    reference: Path | None = None
    wanted: str | None = None
    form: TextOrJson = TextOrJson.TEXT
    view: View = PLAIN

    def run(self, inputs: Inputs, faults: Faults) -> str:
        """The comparisons as text or as JSON, one object for each; rows that cannot be read are told and left out.

        Raises `SettingError` where there is nothing to compare with, `VariorumError` unknown-set.
        """
        from variorum.evaluation.comparing import compare

        if self.reference is not None:
            if self.wanted is not None:
                raise SettingError("a file and a set", where="--with and --set", remedy="choose one of them")
            references = list(self._read(self.reference, faults))
            return self._written(compare(self._ours(inputs, faults), references))
        ledger = ledger_of(inputs)
        if ledger is None:
            raise SettingError(
                "nothing to compare with",
                where="compare",
                remedy="give --with, or one ledger that has reference sets",
            )
        return self._with_sets(ledger, inputs, faults)

    def _with_sets(self, ledger: str, inputs: Inputs, faults: Faults) -> str:
        from variorum.evaluation.comparing import compare
        from variorum.ledger import Ledger

        with Ledger.open(ledger, make=False) as opened:
            sets = self._sets(opened)
            ours = self._ours(inputs, faults)
            made = (self._written(compare(ours, list(opened.references(one.id))), one) for one in sets)
            return ("" if self.form is TextOrJson.JSON else "\n").join(made)

    def _sets(self, ledger: Ledger) -> Sequence[ReferenceSet]:
        """The set that is wanted; else the last recorded of each name."""
        if self.wanted is not None:
            return [ledger.reference_set(self.wanted)]
        found = {one.name: one for one in ledger.reference_sets()}
        if not found:
            raise SettingError(
                "the ledger has no reference sets",
                where="compare",
                remedy="give --with, or import one: variorum import",
            )
        return list(found.values())

    def _ours(self, inputs: Inputs, faults: Faults) -> Sequence[Ours]:
        from variorum.evaluation.comparing import ours_of
        from variorum.exports.case import cases_of as checked

        with cases_of(inputs, self.view, faults) as cases:
            return [ours_of(case.dossier, case.id) for case in checked(cases.pairs)]

    def _read(self, file: Path, faults: Faults) -> Iterator[Reference]:
        from variorum.intake.references import read_references

        for one in read_references(file, notify=faults.note):
            if isinstance(one, InputError):
                faults.refuse(one)
            else:
                yield one

    def _written(self, found: Comparison, of: ReferenceSet | None = None) -> str:
        if self.form is TextOrJson.TEXT:
            return (f"{title_of(of)}\n" if of else "") + in_words(found)
        if of is None:
            return found.model_dump_json() + "\n"
        told = of.model_dump(mode="json", exclude={"columns"})
        return lines([{"set": told, **found.model_dump(mode="json")}])


def in_words(found: Comparison) -> str:
    """A comparison as lines for a person."""
    lines = [
        f"{len(found.matched)} matched, {len(found.only_ours)} only here, {len(found.only_reference)} only in the reference"
    ]
    for pair in found.matched:
        lines += ["", f"{pair.ours} = {pair.reference} ({pair.where}), agreement {pair.agreement:.2f} of 3"]
        lines += [
            f"  {point.what} {point.stand}: here {point.ours or 'not told'}; reference {point.theirs or 'not told'}"
            for point in pair.points
        ]
    for title, names in (
        ("only here", found.only_ours),
        ("only in the reference", found.only_reference),
    ):
        if names:
            lines += ["", f"{title}:", *(f"  {name}" for name in names)]
    text = "\n".join(lines)
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text) + "\n"
