"""`variorum read`: one report's dossier, or the dossiers of the incidents that many tell of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from variorum.cli.faults import Faults
from variorum.cli.incident_products import incident_product, index_page
from variorum.cli.names import Form
from variorum.cli.outlets import Folder, Outlet, outlet
from variorum.cli.pile import Pile
from variorum.cli.products import product_of, products
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View
from variorum.model import SettingError, VariorumError

_INDEX = "index"
"""What the page that leads to the others is called."""


@dataclass(frozen=True, slots=True)
class ReadCommand:
    """What to write of the reports that are read."""

    form: Form
    separately: bool = False
    view: View = PLAIN
    width: int | None = None
    """Columns of the terminal that it is for, with colours; None if it is for none."""

    def run(self, inputs: Inputs, output: Path | None, faults: Faults) -> None:
        """Read and write. Raises `SettingError` for options that make no sense together."""
        self._check()
        one_by_one = self.separately or self.form is Form.CLAIMS
        with outlet(output, pages=self.form is Form.HTML) as out:
            readings = inputs.read(faults)
            write = product_of(self.form, self.width)
            if not one_by_one:
                several = list(readings)
                if len(several) > 1 or (several and not self.view.is_plain):
                    self._write_incidents(self.view.link(several, faults), out, faults)
                    return
                readings = iter(several)
            for made in products(readings, write, faults):
                out.put(*made)

    def _check(self) -> None:
        if (self.separately or self.form is Form.CLAIMS) and not self.view.is_plain:
            raise SettingError(
                "nothing is linked",
                where="--separately" if self.separately else "--as claims",
                remedy="leave out --decisions, --incident, --as-of and --profile, or choose another form",
            )
        if self.form is Form.HTML and self.view.profiles:
            raise SettingError(
                "not shown in HTML", where="--profile", remedy="choose dossier, markdown or json"
            )

    def _write_incidents(self, pile: Pile, out: Outlet, faults: Faults) -> None:
        dossiers = self.view.dossiers(pile, faults)
        out.expect(len(dossiers))
        write = incident_product(self.form, self.width, self.view.profiles)
        written = []
        for number, dossier in enumerate(dossiers):
            try:
                made = write(pile, dossier)
            except VariorumError as error:
                faults.refuse(error)
                continue
            if number:
                made = self._rule() + made
            out.put(dossier.incident or "incident", made)
            written.append(dossier)
        if isinstance(out, Folder) and not any(dossier.incident == _INDEX for dossier in written):
            out.put(_INDEX, index_page(pile, written))

    def _rule(self) -> str:
        """What stands between two incidents."""
        if self.form is Form.DOSSIER:
            return f"\n{'═' * min(self.width or 100, 100)}\n\n"
        return "\n---\n\n" if self.form is Form.MARKDOWN else ""
