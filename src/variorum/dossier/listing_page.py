"""The list of incidents as one HTML page that leads to the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from variorum.dossier.listing import Entry, number
from variorum.dossier.page import page


def render_listing(entries: Sequence[tuple[Entry, str]], reader: str) -> str:
    """A page with each entry and the file name of its own page, which lies in the same folder."""
    reports = sum(len(entry.reports) for entry, _ in entries)
    return page(
        "listing.html.j2",
        entries=[(entry, quote(name)) for entry, name in entries],
        title=f"{number(len(entries), 'incident')} in {number(reports, 'report')}",
        reader=reader,
    )
