"""The dossier: incidents laid out for a reader, on a terminal, as Markdown or as one HTML file.

Of one report, all forms show its `Layout`; of one incident over many reports, its `IncidentLayout`: accounts side by
side, one column a party and one row a question, each figure with its words, and the mark of a note that leads to them
in the text. None says who is right.
"""

from variorum.dossier.html import render_html
from variorum.dossier.incident import (
    IncidentLayout,
    incident_json,
    lay_out_incident,
    render_incident_html,
    render_incident_markdown,
    render_incident_terminal,
)
from variorum.dossier.layout import Layout, lay_out
from variorum.dossier.markdown import render_markdown
from variorum.dossier.page import asset as style
from variorum.dossier.printable import printable
from variorum.dossier.terminal import render_terminal
from variorum.dossier.wording import DAY_PRECISION, source_name

__all__ = [
    "DAY_PRECISION",
    "IncidentLayout",
    "Layout",
    "incident_json",
    "lay_out",
    "lay_out_incident",
    "printable",
    "render_html",
    "render_incident_html",
    "render_incident_markdown",
    "render_incident_terminal",
    "render_markdown",
    "render_terminal",
    "source_name",
    "style",
]
