"""`variorum link`: reports linked to incidents, told in a list, as JSON, or as a layer for scorers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.cli.faults import Faults
from variorum.cli.incident_products import list_entry
from variorum.cli.names import LinkLayer, TextOrJson
from variorum.cli.outlets import outlet
from variorum.cli.pile import Pile
from variorum.cli.products import lines
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View
from variorum.model import Dossier, SettingError, guarded


@dataclass(frozen=True, slots=True)
class LinkCommand:
    """What to write of the incidents: a form, or a layer instead."""

    form: TextOrJson = TextOrJson.TEXT
    layer: LinkLayer | None = None
    view: View = PLAIN
    width: int | None = None

    def run(self, inputs: Inputs, output: Path | None, faults: Faults) -> None:
        """Read, link and write. Raises `SettingError` for options that make no sense together."""
        if self.form is TextOrJson.JSON and self.layer:
            raise SettingError(
                "a layer has a form of its own", where="--as", remedy="leave out --as or --layer"
            )
        with outlet(output) as out:
            if self.layer is LinkLayer.INCIDENTS and not self.view.as_of:
                out.put("", lines(_home_rows(self.view.homes(inputs.read(faults), faults))))
                return
            pile = self.view.link(inputs.read(faults), faults)
            dossiers = self.view.dossiers(pile, faults)
            out.put("", guarded(lambda: self._written(pile, dossiers), "writing it", "the reports together"))

    def _written(self, pile: Pile, dossiers: Sequence[Dossier]) -> str:
        if self.layer is not None:
            return lines(layer_rows(self.layer, pile, dossiers))
        if self.form is TextOrJson.JSON:
            return lines(_incident_rows(pile, dossiers))
        from variorum.dossier.listing_text import render_list

        entries = [list_entry(pile, dossier) for dossier in dossiers]
        return render_list(entries, width=self.width, colour=self.width is not None)


def layer_rows(layer: LinkLayer, pile: Pile, dossiers: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    """The rows of a layer over many reports, of what these dossiers know."""
    if layer is LinkLayer.COUNTS:
        return _count_rows(pile, dossiers)
    if layer is LinkLayer.POSITIONS:
        return _position_rows(dossiers)
    known = {report for dossier in dossiers for report in dossier.reports}
    return _home_rows({name: home for name, home in pile.homes.items() if name in known})


def _home_rows(homes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    return ({"id": report, "incident": incident} for report, incident in homes.items())


def _count_rows(pile: Pile, dossiers: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    from variorum.reconciling.counting import counts_of

    for dossier in dossiers:
        readings = [pile.readings[report] for report in pile.incident_of(dossier).reports]
        counts = counts_of(readings, frozenset(dossier.claims))
        yield {"incident": dossier.incident, "killed": counts.killed, "injured": counts.injured}


def _position_rows(dossiers: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    from variorum.evaluation.positions import position_rows

    for dossier in dossiers:
        yield from position_rows(dossier, dossier.incident or "")


def _incident_rows(pile: Pile, dossiers: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    for dossier in dossiers:
        incident = pile.incident_of(dossier)
        yield {"incident": incident.model_dump(mode="json"), "dossier": dossier.model_dump(mode="json")}
