"""An incident's dossier as files to keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from variorum.dossier import incident_json, render_incident_html, render_incident_markdown
from variorum.dossier.markdown import plain
from variorum.ledger import Opened
from variorum.reconciling.profiles import apply, tally_in_words


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: its media type, and what writes it of an opened incident, with a profile's tally if one is named."""

    media: str
    write: Callable[[Opened, str | None], str]


def _html(opened: Opened, profile: str | None) -> str:
    return render_incident_html(opened.dossier, opened.readings)


def _markdown(opened: Opened, profile: str | None) -> str:
    text = render_incident_markdown(opened.dossier, opened.readings)
    if profile is None:
        return text
    head, *rest = tally_in_words(apply(profile, opened.dossier))
    lines = (f"{'  ' if line.startswith(' ') else ''}- {plain(line)}\n" for line in rest)
    return f"{text}\n## Tolls by the profile {plain(head)}\n\n{''.join(lines)}"


def _json(opened: Opened, profile: str | None) -> str:
    row = incident_json(opened.dossier, opened.readings)
    if profile is not None:
        row["tallies"] = {profile: apply(profile, opened.dossier).model_dump(mode="json")}
    return json.dumps(row, ensure_ascii=False)


FILES: Mapping[str, Form] = {
    "html": Form("text/html; charset=utf-8", _html),
    "md": Form("text/markdown; charset=utf-8", _markdown),
    "json": Form("application/json", _json),
}
"""Every form by the ending of its name."""
