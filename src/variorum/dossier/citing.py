"""Citations: one claim as a line to quote, and its report for reference managers (CSL-JSON 1.0.2, BibTeX)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from variorum.dossier.notes import Note
from variorum.dossier.page import web_address
from variorum.dossier.printable import one_line
from variorum.model import Account, Claim, Report

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_IN_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Citation:
    """How to cite a figure: `text` tells all it takes to find it again; the others describe its report."""

    text: str
    csl: str
    bibtex: str


def cite(note: Note, report: Report, as_of: date | None = None, recorded: datetime | None = None) -> Citation:
    """The citation of a note on a report, as known on a day and as recorded by a time."""
    claim = note.claim
    parts = [
        f"{_who(note)}: {note.gist} ({note.certainty}): “{one_line(note.words)}”."
        if not isinstance(claim, Account)
        else f"{_who(note)} ({note.certainty}): “{one_line(note.words)}”.",
        f"In: {_published(report)}.",
        f"Report {report.id}, characters {note.start}–{note.end} of its text.",
        f"Found as {claim.id} by {claim.reader or 'an unnamed reader'}.",
        *_moment(as_of, recorded),
    ]
    return Citation(" ".join(map(one_line, parts)), _csl(report), _bibtex(report))


def _who(note: Note) -> str:
    """Who says it, through whom, and when: "Harbour Clinic, via Delta Wire, said 2031-05-06"."""
    claim: Claim = note.claim
    via = f", via {', '.join(claim.source.via)}" if claim.source.via else ""
    said = f", said {claim.said}" if claim.said else ""
    return f"{note.source}{via}{said}"


def _published(report: Report) -> str:
    day = report.published.isoformat() if report.published else "day unknown"
    address = web_address(report)
    told = (
        f"“{report.title}”" if report.title else "untitled",
        report.publisher or "publisher unknown",
        day,
        address,
    )
    return ", ".join(part for part in told if part)


def _moment(as_of: date | None, recorded: datetime | None) -> Iterable[str]:
    if as_of:
        yield f"As known on {as_of.isoformat()}."
    if recorded:
        yield f"As recorded by {recorded.isoformat()}."


def _csl(report: Report) -> str:
    """A list with the one item. What is unknown is left out."""
    day = report.published
    item = {
        "id": report.id,
        "type": "document",
        "title": report.title,
        "publisher": report.publisher,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": web_address(report) or None,
        "language": report.language,
        "note": f"SHA-256 of the text: {report.content_hash}",
    }
    told = {name: value for name, value in item.items() if value}
    return json.dumps([told], ensure_ascii=False, indent=1)


def _bibtex(report: Report) -> str:
    day = report.published
    fields = {
        "title": report.title,
        "author": f"{{{_tex(report.publisher)}}}" if report.publisher else None,
        "year": str(day.year) if day else None,
        "date": day.isoformat() if day else None,
        "url": web_address(report) or None,
        "note": f"SHA-256 of the text: {report.content_hash}",
    }
    lines = [
        f"  {name} = {{{value if name in ('author', 'url') else _tex(value)}}},"
        for name, value in fields.items()
        if value
    ]
    key = re.sub(r"[^A-Za-z0-9:.-]", "-", report.id)
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _tex(words: str) -> str:
    """Words with the signs that TeX takes for its own made plain."""
    return _SPECIAL.sub(lambda sign: _IN_TEX.get(sign.group(), f"\\{sign.group()}"), one_line(words))
