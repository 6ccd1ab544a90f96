"""The dossier of an incident as Markdown, in the order of the page. Everything from the reports is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from variorum.dossier.incident.layout import IncidentLayout, lay_out_incident
from variorum.dossier.incident.series import Chart
from variorum.dossier.incident.table import QuestionRow, Quotation, Told, counted
from variorum.dossier.markdown import plain, table_row
from variorum.dossier.notes import Note
from variorum.dossier.wording import STATUS_SIGNS
from variorum.model import Dossier, Reading

_MOST_COLUMNS = 6
"""With more parties than this, a table would be too wide to be read."""


def render_incident_markdown(dossier: Dossier, readings: Sequence[Reading]) -> str:
    """The dossier with its notes; the reports' texts stay out. `readings` are those of `dossier.reports`."""
    return "\n".join(_lines(lay_out_incident(dossier, readings))).rstrip("\n") + "\n"


def _lines(layout: IncidentLayout) -> Iterator[str]:
    yield f"# {plain(layout.title)}"
    yield from ("", f"Dossier of {counted(len(layout.reports), 'report')}", "")
    yield from (f"- {name}: {plain(value)}" for name, value in layout.facts)
    yield from ("", "*Each account stands by itself, in its own words. Who is right is not said here.*")
    yield from ("", "## At a glance", "", f"{layout.summary}.", "")
    yield from (_glance(layout, row) for row in layout.open_rows)
    if layout.rows:
        yield from _table(layout) if len(layout.columns) <= _MOST_COLUMNS else _list(layout)
    if layout.remarks:
        yield from ("", "## Sums that do not come out", "", "Observations; they correct nobody.", "")
        yield from (f"- *{plain(one.kind)}*: {plain(one.words)}{_marks(one.notes)}" for one in layout.remarks)
    if layout.charts:
        yield from ("", "## How the figures changed")
        for chart in layout.charts:
            yield from _chart(chart)
    if layout.voices:
        yield from ("", "## What else each one says")
        for voice in layout.voices:
            yield from ("", f"**{plain(voice.column.name)}**", "")
            yield from (f"- {_quoted(quotation)}" for quotation in voice.quotations)
    yield from _days(layout)
    yield from _kinship(layout)
    yield from _reports(layout)
    yield from _places(layout)
    yield from _notes(layout)


def _glance(layout: IncidentLayout, row: QuestionRow) -> str:
    told = (
        f"{plain(name)} {', '.join(f'**{plain(text)}** {plain(who)}'.rstrip() for text, who in standing)}"
        for name, standing in layout.standing(row)
    )
    return f"- {plain(row.label)} ({STATUS_SIGNS[row.status]} {row.status.value}): {'; '.join(told)}"


def _table(layout: IncidentLayout) -> Iterator[str]:
    yield from ("", "## Accounts side by side", "")
    yield table_row(["Question", *(plain(column.name) for column in layout.columns)])
    yield table_row(["---"] * (len(layout.columns) + 1))
    yield from (
        table_row([_question(row), *("<br>".join(_told(one) for one in cell) or "–" for cell in row.cells)])
        for row in layout.rows
    )
    yield from ("", "Why, and what each answer rests on:", "")
    for row in layout.rows:
        yield f"- {plain(row.label)}: {plain(row.reason)}"
        yield from (f"  - {plain(basis.words)}" for basis in row.support)


def _list(layout: IncidentLayout) -> Iterator[str]:
    """The questions one below the other, where a table would be too wide to be read."""
    yield from ("", "## Accounts side by side")
    for row in layout.rows:
        yield from ("", f"### {plain(row.label)} ({STATUS_SIGNS[row.status]} {row.status.value})", "")
        yield from (plain(row.reason), "")
        yield from (f"- {plain(basis.words)}" for basis in row.support)
        for column, cell in zip(layout.columns, row.cells, strict=True):
            if cell:
                yield from ("", f"**{plain(column.name)}**", "")
                yield from (f"- {_told(one)}" for one in cell)


def _question(row: QuestionRow) -> str:
    return f"**{plain(row.label)}**<br>{STATUS_SIGNS[row.status]} {row.status.value}"


def _told(one: Told) -> str:
    head = f"**{plain(one.text)}**" + (f" {plain(one.who)}" if one.who else "")
    head = f"earlier: {head}" if one.superseded else head
    told = [plain(", ".join(one.outlets))] if one.outlets else []
    told += [f"since {one.known}"] if one.known else []
    told += [counted(len(one.sigla), "report")] if len(one.sigla) > 1 else []
    head += f" ({'; '.join(told)})" if told else ""
    return "<br>".join([head, *(_quoted(quotation) for quotation in one.quotations)])


def _quoted(quotation: Quotation) -> str:
    note = quotation.note
    via = "".join(f", via {plain(via)}" for via in note.claim.source.via)
    said = f", said {plain(note.claim.said)}" if note.claim.said else ""
    return f"“{plain(note.words)}” ({note.certainty}{via}{said}){_marks((note, *quotation.also))}"


def _marks(notes: Iterable[Note]) -> str:
    return "".join(f" \\[{note.mark}\\]" for note in notes)


def _chart(chart: Chart) -> Iterator[str]:
    yield from ("", f"### {plain(chart.label)} ({STATUS_SIGNS[chart.status]} {chart.status.value})", "")
    yield table_row(["Source", "Day", "Figure", "Certainty", "Notes"])
    yield table_row(["---"] * 5)
    for series in chart.series:
        for point in series.points:
            figure = f"earlier: {plain(point.text)}" if point.superseded else f"**{plain(point.text)}**"
            day = point.day.isoformat() if point.day else "not known"
            names, marks = plain(", ".join(series.names)), _marks(point.notes[:3]).strip()
            yield table_row([names, day, figure, point.certainty.value, marks])


def _days(layout: IncidentLayout) -> Iterator[str]:
    if not layout.days and not layout.undated:
        return
    yield from ("", "## When", "")
    for page in layout.days:
        told = [f"the incident: {page.incident}"] if page.incident else []
        told += [f"said by {plain(who)}{_marks(one.note for one in said)}" for who, said in page.said]
        if page.published:
            told.append(
                "published: " + ", ".join(f"{one.siglum} {plain(one.publisher)}" for one in page.published)
            )
        yield f"- **{page.day}** {'; '.join(told)}"
    if layout.undated:
        yield f"- Day unknown: {', '.join(f'{one.siglum} {plain(one.publisher)}' for one in layout.undated)}"


def _kinship(layout: IncidentLayout) -> Iterator[str]:
    kinship = layout.kinship
    if not kinship.families:
        return
    yield from ("", "## Who has what from whom", "")
    yield from (f"- {plain(tie.sentence)}" for tie in kinship.ties)
    for ack in kinship.credits:
        there = f" (report {ack.there.siglum})" if ack.there and ack.there is not ack.lettered else ""
        yield f"- {ack.lettered.siglum} credits {plain(ack.outlet)}{there}: “{plain(ack.quote)}”"
    if kinship.alone:
        yield f"- No shared words or credits found: {', '.join(one.siglum for one in kinship.alone)}"


def _reports(layout: IncidentLayout) -> Iterator[str]:
    yield from ("", "## The reports", "")
    yield table_row(["", "Publisher", "Published", "Title", "Why it is here"])
    yield table_row(["---"] * 5)
    for one in layout.listed:
        lettered = one.lettered
        score = f"{one.likelihood} " if one.likelihood else ""
        why = f"{score}{plain(one.why)}"
        yield table_row(
            [lettered.siglum, plain(lettered.publisher), lettered.day, plain(lettered.title), why]
        )


def _places(layout: IncidentLayout) -> Iterator[str]:
    if not layout.places:
        return
    yield from ("", "## Places named", "")
    yield table_row(["Place", "Degrees north, east", "How exact", "Named in"])
    yield table_row(["---"] * 4)
    for one in layout.places:
        name = ", ".join(part for part in (one.place.name, one.area) if part)
        yield table_row([plain(name), plain(one.point) or "–", one.precision, " ".join(one.sigla)])


def _notes(layout: IncidentLayout) -> Iterator[str]:
    if any(lettered.notes for lettered in layout.reports):
        yield from ("", "## Notes", "")
    for lettered in layout.reports:
        for note in lettered.notes:
            place = f"{note.start}–{note.end}"
            yield f"- \\[{note.mark}\\] {plain(note.source)}: “{plain(note.words)}” ({note.certainty}; {place})"
    yield from ("", "---", "", "\\[B3\\] is note 3 of report B; numbers are characters of its text.")
    yield f"Read by {plain(', '.join(layout.readers))}."
