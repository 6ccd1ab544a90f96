"""`variorum compare`: incidents beside those of a reference data set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli.cases import cases_of
from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View
from variorum.model import InputError

if TYPE_CHECKING:
    from variorum.evaluation.comparing import Comparison
    from variorum.model.reference import Reference


@dataclass(frozen=True, slots=True)
class CompareCommand:
    """With what to compare, and how to write it."""

    reference: Path
    form: TextOrJson = TextOrJson.TEXT
    view: View = PLAIN

    def run(self, inputs: Inputs, faults: Faults) -> str:
        """The comparison as text or as one JSON object; rows that cannot be read are told and left out."""
        from variorum.evaluation.comparing import compare, ours_of
        from variorum.exports.case import cases_of as checked

        references = list(self._references(faults))
        with cases_of(inputs, self.view, faults) as cases:
            ours = [ours_of(case.dossier, case.id) for case in checked(cases.pairs)]
        found = compare(ours, references)
        return found.model_dump_json() + "\n" if self.form is TextOrJson.JSON else in_words(found)

    def _references(self, faults: Faults) -> Iterator[Reference]:
        from variorum.intake.references import read_references

        for one in read_references(self.reference, notify=faults.note):
            if isinstance(one, InputError):
                faults.refuse(one)
            else:
                yield one


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
