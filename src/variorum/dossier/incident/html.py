"""The dossier of an incident as one self-contained HTML file, under the same rules as that of one report.

Ids: `#w-B3` is where note 3 of report B stands in its text, `#n-B3` where it is used first, `#r-B` the report. Nothing
on the page grows with the square of the reports, and what is long is folded in `<details>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.dossier.incident.chart import MOST, pictured
from variorum.dossier.incident.edition import LetteredReport
from variorum.dossier.incident.layout import IncidentLayout, lay_out_incident
from variorum.dossier.incident.stemma import narrow_stemma, wide_stemma
from variorum.dossier.incident.table import counted
from variorum.dossier.page import page, web_address
from variorum.dossier.paragraphs import Piece, paragraphs
from variorum.model import Dossier, Reading

_MOST_MARKS = 12
"""How many reports with the same words are shown unfolded beside a quotation."""


@dataclass(frozen=True)
class _Text:
    lettered: LetteredReport
    paragraphs: list[list[Piece]]


def render_incident_html(dossier: Dossier, readings: Sequence[Reading]) -> str:
    """A page with the dossier of an incident and the full texts of its reports."""
    layout = lay_out_incident(dossier, readings)
    families = bool(layout.kinship.families)
    return page(
        "incident.html.j2",
        "pictures.css",
        "incident.css",
        layout=layout,
        contents=_contents(layout),
        by_siglum={lettered.siglum: lettered for lettered in layout.reports},
        address={lettered.siglum: web_address(lettered.report) for lettered in layout.reports},
        charts=[pictured(chart) for chart in layout.charts],
        most_series=MOST,
        most_marks=_MOST_MARKS,
        stemma_wide=wide_stemma(layout.kinship) if families else "",
        stemma_narrow=narrow_stemma(layout.kinship) if families else "",
        texts=[_Text(one, paragraphs(one.report.text, one.notes)) for one in layout.reports],
        example=next((note.mark for one in layout.reports for note in one.notes), "A1"),
        counted=counted,
    )


def _contents(layout: IncidentLayout) -> list[tuple[str, str]]:
    """The sections that the page has, by their ids."""
    parts: list[tuple[str, str, object]] = [
        ("glance", "At a glance", True),
        ("table", "Accounts side by side", layout.rows),
        ("sums", "Sums that do not come out", layout.remarks),
        ("changes", "How the figures changed", layout.charts),
        ("voices", "What else each one says", layout.voices),
        ("when", "When", layout.days),
        ("copies", "Who has what from whom", layout.kinship.families),
        ("reports", "The reports", True),
        ("places", "Places named", layout.places),
        ("texts", "Texts", True),
    ]
    return [(name, words) for name, words, there in parts if there]
