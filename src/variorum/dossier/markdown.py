"""The dossier as Markdown (CommonMark with GitHub's tables). Everything from the report is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.dossier.layout import Layout, lay_out
from variorum.dossier.notes import Note
from variorum.dossier.printable import one_line
from variorum.dossier.sheet import Figure, Row, Sheet
from variorum.dossier.wording import STATUS_SIGNS
from variorum.model import Dossier, Reading

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+\-!|~$^=@]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render_markdown(reading: Reading, dossiers: Sequence[Dossier], *, width: int | None = None) -> str:
    """The dossier with its notes; the report's text itself stays out. `width` has no effect here."""
    return "\n".join(_lines(lay_out(reading, dossiers))).rstrip("\n") + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is: no mark-up, no HTML, no link."""
    line = "".join(_HTML.get(character, character) for character in one_line(text))
    line = _SPECIAL.sub(r"\\\g<0>", line)
    line = line.replace("://", "&#58;//").replace("www.", "www&#46;")
    return re.sub(r"^(\d+)\.", r"\1\\.", line)


def _lines(layout: Layout) -> Iterator[str]:
    report = layout.report
    yield f"# {plain(report.title or 'Untitled report')}"
    yield ""
    published = report.published.isoformat() if report.published else "day of publication unknown"
    yield f"{plain(report.publisher or 'publisher unknown')} · {published}"
    yield ""
    yield "*Each account stands by itself, in its own words. Who is right is not said here.*"
    for sheet in layout.sheets:
        if sheet.rows or sheet.accounts or sheet.facts:
            yield from _sheet(sheet)
    if not layout.notes:
        yield from ("", "No claim was found in this report.")
    if layout.places:
        yield from ("", "## Places named", "")
        yield from (f"- {plain(known)}" for _, known in layout.places)
    if layout.notes:
        yield from ("", "## Notes", "")
        yield from (_note(note) for note in layout.notes)
    yield from (
        "",
        "---",
        "",
        "Numbers after the words are characters of the report's text, end not included.",
    )
    yield f"Read by {plain(layout.reader)}. SHA-256 of the text: `{report.content_hash}`"


def _sheet(sheet: Sheet) -> Iterator[str]:
    title = f"Background: {sheet.title}" if sheet.background else sheet.title
    yield from ("", f"## {plain(title)}", "")
    yield from (f"- {name}: {plain(value)}" for name, value in sheet.facts)
    if sheet.rows:
        yield from (
            "",
            f"### Accounts side by side ({len(sheet.rows)} questions, {sheet.contested} contested)",
            "",
        )
        yield table_row(["Question", *(plain(column.name) for column in sheet.columns)])
        yield table_row(["---"] * (len(sheet.columns) + 1))
        yield from (table_row([_question(row), *(_cell(cell) for cell in row.cells)]) for row in sheet.rows)
        yield from ("", "Why:", "")
        yield from (f"- {plain(row.label)}: {plain(row.reason)}" for row in sheet.rows)
    if sheet.accounts:
        yield from ("", "### What else each one says")
        for column, notes in sheet.accounts:
            yield from ("", f"**{plain(column.name)}**", "")
            yield from (f"- {_quote(note)}" for note in notes)
    if sheet.timeline:
        yield from ("", "### When", "")
        for entry in sheet.timeline:
            marks = "".join(f" \\[{note.number}\\]" for note in entry.notes)
            yield f"- **{entry.day}** {plain(entry.what)}{marks}"


def table_row(cells: Sequence[str]) -> str:
    """A line of a table. The cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def _question(row: Row) -> str:
    return f"**{plain(row.label)}**<br>{STATUS_SIGNS[row.status]} {row.status.value}"


def _cell(figures: Sequence[Figure]) -> str:
    return "<br>".join(_figure(figure) for figure in figures) or "–"


def _figure(figure: Figure) -> str:
    head = f"**{plain(figure.text)}**" + (f" {plain(figure.who)}" if figure.who else "")
    head = f"earlier: {head}" if figure.superseded else head
    return "<br>".join([head, *(_quote(note) for note in figure.notes)])


def _quote(note: Note) -> str:
    via = "".join(f", via {plain(via)}" for via in note.claim.source.via)
    return f"“{plain(note.words)}” ({note.certainty}{via}) \\[{note.number}\\]"


def _note(note: Note) -> str:
    said = f", said {note.claim.said}" if note.claim.said else ""
    place = f"{note.start}–{note.end}"
    return (
        f"- \\[{note.number}\\] {plain(note.source)}: “{plain(note.words)}” ({note.certainty}{said}; {place})"
    )
