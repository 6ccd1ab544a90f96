"""The dossier of an incident on a terminal, in the order of the page: tables where they fit, lists where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from variorum.dossier.incident.layout import IncidentLayout, lay_out_incident
from variorum.dossier.incident.series import Chart
from variorum.dossier.incident.table import QuestionRow, Quotation, Told, counted
from variorum.dossier.notes import Note
from variorum.dossier.printable import one_line
from variorum.dossier.terminal import LEAST_COLUMN, fitting, header, heading, printed
from variorum.dossier.wording import STATUS_SIGNS
from variorum.model import Certainty, Dossier, Reading, Status

_MOST_PLACES = 12
_NARROW = 70
"""Below this many columns, tables of facts become lists."""


def render_incident_terminal(
    dossier: Dossier, readings: Sequence[Reading], *, width: int | None = None, colour: bool = False
) -> str:
    """The dossier as plain text of at most `width` columns (default 100), with ANSI styles if `colour` is set.

    The reports' texts stay out. `readings` are those of `dossier.reports`, in any order.
    """
    across = fitting(width)
    return printed(_parts(lay_out_incident(dossier, readings), across), across, colour)


def _parts(layout: IncidentLayout, width: int) -> Iterator[RenderableType]:
    yield Text(one_line(layout.title), style="bold underline")
    yield Text(f"Dossier of {counted(len(layout.reports), 'report')}", style="dim")
    for name, value in layout.facts:
        yield Text(f"{name}: {one_line(value)}")
    yield Text(
        "Each account stands by itself, in its own words. Who is right is not said here.", style="italic"
    )
    yield Text(f"\n{layout.summary}", style="bold")
    for row in layout.open_rows:
        yield _glance(layout, row)
    if layout.rows:
        yield heading("Accounts side by side")
        fits = width >= LEAST_COLUMN * (len(layout.columns) + 1)
        yield from [_table(layout)] if fits else _list(layout)
    if layout.remarks:
        yield heading("Sums that do not come out (observations, not corrections)")
        for remark in layout.remarks:
            words = f"{remark.kind}: {remark.words}"
            yield _item(Text(one_line(words)).append(_marks(remark.notes), style="dim"))
    for chart in layout.charts:
        yield heading(f"How the figures changed: {one_line(chart.label)}")
        yield from _values(chart, width)
    if layout.voices:
        yield heading("What else each one says")
        for voice in layout.voices:
            yield Text(one_line(voice.column.name), style="bold")
            yield from (_item(_quoted(quotation)) for quotation in voice.quotations)
    yield from _days(layout)
    yield from _kinship(layout)
    yield heading("The reports")
    yield from _reports(layout, width)
    if layout.places:
        yield heading("Places named")
        for place in layout.places[:_MOST_PLACES]:
            told = ", ".join(part for part in (place.place.name, place.area) if part)
            point = f" ({place.point}; {place.precision})" if place.point else f" ({place.precision})"
            yield _item(Text(f"{one_line(told)}{point} {' '.join(place.sigla)}"))
        if len(layout.places) > _MOST_PLACES:
            yield _item(Text(f"and {len(layout.places) - _MOST_PLACES} more", style="dim"))
    yield Text(f"\n[B3] note 3 of report B. Read by {one_line(', '.join(layout.readers))}.", style="dim")


def _item(words: Text) -> Padding:
    return Padding(words, (0, 0, 0, 2))


def _glance(layout: IncidentLayout, row: QuestionRow) -> RenderableType:
    text = _status(row, Text(one_line(row.label), style="bold").append("  "))
    told = (
        f"{one_line(name)} {', '.join(one_line(f'{text} {who}') for text, who in standing)}"
        for name, standing in layout.standing(row)
    )
    return _item(text.append(f"\n{'; '.join(told)}", style="not bold"))


def _status(row: QuestionRow, text: Text) -> Text:
    strong = "reverse" if row.status is Status.CONTESTED else "not bold"
    return text.append(f"{STATUS_SIGNS[row.status]} {row.status.value}", style=strong)


def _table(layout: IncidentLayout) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, expand=True, padding=(0, 1), pad_edge=False)
    table.add_column("Question", ratio=6)
    for column in layout.columns:
        table.add_column(Text(header(column)), ratio=6)
    for row in layout.rows:
        table.add_row(_question(row), *(_cell(cell) for cell in row.cells))
    return table


def _list(layout: IncidentLayout) -> Iterator[RenderableType]:
    for row in layout.rows:
        yield _question(row)
        for column, cell in zip(layout.columns, row.cells, strict=True):
            if cell:
                yield _item(Text(header(column), style="bold"))
                yield Padding(_cell(cell), (0, 0, 0, 4))
        yield Text()


def _question(row: QuestionRow) -> Text:
    text = _status(row, Text(one_line(row.label), style="bold").append("\n"))
    text.append(f"\n{one_line(row.reason)}", style="not bold dim")
    for basis in row.support:
        text.append(f"\n– {one_line(basis.words)}", style="not bold")
    return text


def _cell(cell: Sequence[Told]) -> RenderableType:
    if not cell:
        return Text("–", style="dim")
    return Group(*(_told(one) for one in cell))


def _told(one: Told) -> Text:
    text = Text("earlier: " if one.superseded else "", style="dim")
    text.append(one_line(one.text), style="bold")
    if one.who:
        text.append(f" {one_line(one.who)}", style="not bold")
    told = [one_line(", ".join(one.outlets))] if one.outlets else []
    told += [f"since {one.known}"] if one.known else []
    told += [counted(len(one.sigla), "report")] if len(one.sigla) > 1 else []
    if told:
        text.append(f" ({'; '.join(told)})", style="not bold dim")
    for quotation in one.quotations:
        text.append("\n").append_text(_quoted(quotation))
    return text


def _quoted(quotation: Quotation) -> Text:
    note = quotation.note
    text = Text(f"“{one_line(note.words)}”", style="not dim")
    told = [note.certainty, *(f"via {one_line(via)}" for via in note.claim.source.via)]
    told += [f"said {one_line(note.claim.said)}"] if note.claim.said else []
    style = "not bold dim" if note.claim.certainty is Certainty.STATED else "not bold"
    return text.append(f" {' · '.join(told)}{_marks((note, *quotation.also))}", style=style)


def _marks(notes: Iterable[Note]) -> str:
    return "".join(f" [{note.mark}]" for note in notes)


def _values(chart: Chart, width: int) -> Iterator[RenderableType]:
    """The points of a chart, as a table or as lines."""
    rows = [
        (
            one_line(", ".join(series.names)),
            point.day.isoformat() if point.day else "day not known",
            point.text,
            ", ".join([*(["earlier"] if point.superseded else []), point.certainty.value]),
            _marks(point.notes[:3]).strip(),
        )
        for series in chart.series
        for point in series.points
    ]
    if width < _NARROW:
        yield from (_item(Text(" · ".join(part for part in row if part))) for row in rows)
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False)
    for row in rows:
        table.add_row(*(Text(part) for part in row))
    yield table


def _days(layout: IncidentLayout) -> Iterator[RenderableType]:
    if layout.days or layout.undated:
        yield heading("When")
    for page in layout.days:
        told = [f"the incident: {page.incident}"] if page.incident else []
        told += [
            f"said by {one_line(source)}{_marks(one.note for one in quotations)}"
            for source, quotations in page.said
        ]
        if page.published:
            by = ", ".join(f"{one.siglum} {one_line(one.publisher)}" for one in page.published)
            told.append(f"published: {by}")
        yield _item(Text(f"{page.day}  {'; '.join(told)}"))
    if layout.undated:
        by = ", ".join(f"{one.siglum} {one_line(one.publisher)}" for one in layout.undated)
        yield _item(Text(f"day unknown  published: {by}"))


def _kinship(layout: IncidentLayout) -> Iterator[RenderableType]:
    kinship = layout.kinship
    if not kinship.families:
        return
    yield heading("Who has what from whom")
    for family in kinship.families:
        for leaf in family.leaves:
            above = leaf.parent.removeprefix("@")
            how = f" ← {above}: {leaf.words}" if above else ""
            name = f"{leaf.lettered.siglum} {leaf.lettered.publisher}"
            yield Padding(Text(one_line(f"{name}{how}")), (0, 0, 0, 2 + 2 * leaf.depth))
    if kinship.alone:
        yield _item(Text(f"alone: {' '.join(one.siglum for one in kinship.alone)}", style="dim"))


def _reports(layout: IncidentLayout, width: int) -> Iterator[RenderableType]:
    for one in layout.listed:
        lettered = one.lettered
        head = f"{lettered.siglum}  {lettered.publisher}, {lettered.day}: {lettered.title}"
        score = f"{one.likelihood} " if one.likelihood else ""
        text = Text(one_line(head)).append(f"\n{score}{one_line(one.why)}", style="dim")
        yield _item(text)
