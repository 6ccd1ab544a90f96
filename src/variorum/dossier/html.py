"""The dossier as one self-contained HTML file: no request leaves it, and it works without its script.

Figures and words are tied by ordinary links: `#w-3` is where note 3 stands in the text, `#n-3` where it is
used. The small script only lights up both ends together. A Content-Security-Policy with the hashes of the
page's own style and script lets nothing else run, whatever a report's text holds; all of it is escaped
besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.dossier.layout import lay_out
from variorum.dossier.page import page, web_address
from variorum.dossier.paragraphs import paragraphs
from variorum.model import Dossier, Reading, Report


@dataclass(frozen=True)
class _From:
    text: str
    href: str = ""


def render_html(reading: Reading, dossiers: Sequence[Dossier], *, width: int | None = None) -> str:
    """A page with the dossier and the report's text. `width` is for the terminal and has no effect here."""
    layout = lay_out(reading, dossiers)
    return page(
        "dossier.html.j2",
        layout=layout,
        title=layout.report.title or "Untitled report",
        from_where=_from_where(layout.report),
        paragraphs=paragraphs(layout.report.text, layout.notes),
    )


def _from_where(report: Report) -> list[_From]:
    items = [_From(report.publisher or "publisher unknown")]
    items.append(_From(report.published.isoformat() if report.published else "day of publication unknown"))
    if report.url:
        items.append(_From(report.url, web_address(report)))
    return items
