"""The dossier of one incident over many reports, in all its forms, drawn from one `IncidentLayout`."""

from variorum.dossier.incident.as_json import incident_json
from variorum.dossier.incident.html import render_incident_html
from variorum.dossier.incident.layout import IncidentLayout, lay_out_incident
from variorum.dossier.incident.markdown import render_incident_markdown
from variorum.dossier.incident.terminal import render_incident_terminal

__all__ = [
    "IncidentLayout",
    "incident_json",
    "lay_out_incident",
    "render_incident_html",
    "render_incident_markdown",
    "render_incident_terminal",
]
