"""The dossier on a terminal: a table where the columns fit, a list of questions where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from variorum.dossier.layout import Layout, lay_out
from variorum.dossier.notes import Note
from variorum.dossier.printable import one_line
from variorum.dossier.sheet import Column, Figure, Row, Sheet
from variorum.dossier.wording import STATUS_SIGNS
from variorum.model import Certainty, Dossier, Reading, Status

LEAST_COLUMN = 24
"""The least width, in characters, at which a column is still read with ease."""
_WIDEST = 160


def render_terminal(
    reading: Reading, dossiers: Sequence[Dossier], *, width: int | None = None, colour: bool = False
) -> str:
    """The dossier as plain text of at most `width` columns (default 100), with ANSI styles if `colour` is
    set."""
    layout = lay_out(reading, dossiers)
    across = fitting(width)
    return printed(_parts(layout, across), across, colour)


def fitting(width: int | None) -> int:
    """A width that can be written on: that asked for (default 100), within what is read with ease."""
    return max(40, min(width or 100, _WIDEST))


def printed(parts: Iterable[RenderableType], width: int, colour: bool) -> str:
    """Parts as plain text of `width` columns, one below the other, the same on every terminal."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    written = console.file
    assert isinstance(written, StringIO)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _parts(layout: Layout, width: int) -> Iterator[RenderableType]:
    report = layout.report
    yield Text(one_line(report.title or "Untitled report"), style="bold")
    published = report.published.isoformat() if report.published else "day of publication unknown"
    yield Text(f"{one_line(report.publisher or 'publisher unknown')} · {published}", style="dim")
    yield Text(
        "Each account stands by itself, in its own words. Who is right is not said here.", style="italic"
    )
    for sheet in layout.sheets:
        if sheet.rows or sheet.accounts or sheet.facts:
            yield from _sheet(sheet, width)
    if not layout.notes:
        yield Text("\nNo claim was found in this report.")
    if layout.places:
        yield heading("Places named")
        for _, known in layout.places:
            yield Text(f"  {one_line(known)}")
    yield Text(f"\n[n] a note; 12–34 characters of the text. Read by {one_line(layout.reader)}.", style="dim")


def _sheet(sheet: Sheet, width: int) -> Iterator[RenderableType]:
    yield Text()
    title = f"Background: {sheet.title}" if sheet.background else sheet.title
    yield Text(one_line(title), style="bold underline")
    for name, value in sheet.facts:
        yield Text(f"{name}: {one_line(value)}")
    if sheet.rows:
        yield Text(f"{len(sheet.rows)} question(s), {sheet.contested} contested\n", style="dim")
        fits = width >= LEAST_COLUMN * (len(sheet.columns) + 1)
        yield _table(sheet) if fits else _list(sheet)
    if sheet.accounts:
        yield heading("What else each one says")
        for column, notes in sheet.accounts:
            yield Text(one_line(column.name), style="bold")
            for note in notes:
                yield Padding(_evidence(note), (0, 0, 0, 2))
    if sheet.timeline:
        yield heading("When")
        for entry in sheet.timeline:
            marks = "".join(f" [{note.number}]" for note in entry.notes)
            yield Text(f"  {entry.day}  {one_line(entry.what)}{marks}")


def heading(words: str) -> Text:
    """A heading after an empty line."""
    return Text(f"\n{words}", style="bold")


def _table(sheet: Sheet) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, expand=True, padding=(0, 1), pad_edge=False)
    table.add_column("Question", ratio=5)
    for column in sheet.columns:
        table.add_column(Text(header(column)), ratio=6)
    for row in sheet.rows:
        table.add_row(_question(row), *(_cell(cell) for cell in row.cells))
    return table


def _list(sheet: Sheet) -> RenderableType:
    parts: list[RenderableType] = []
    for row in sheet.rows:
        parts.append(_question(row))
        for column, cell in zip(sheet.columns, row.cells, strict=True):
            if cell:
                parts.append(Padding(Text(header(column), style="bold"), (0, 0, 0, 2)))
                parts.append(Padding(_cell(cell), (0, 0, 0, 4)))
        parts.append(Text())
    return Group(*parts)


def header(column: Column) -> str:
    """A column's name and, where known, what it is."""
    return one_line(f"{column.name} ({column.kind})" if column.kind else column.name)


def _question(row: Row) -> Text:
    text = Text(one_line(row.label), style="bold")
    strong = "reverse" if row.status is Status.CONTESTED else "not bold"
    text.append("\n").append(f"{STATUS_SIGNS[row.status]} {row.status.value}", style=strong)
    text.append(f"\n{one_line(row.reason)}", style="not bold dim")
    return text


def _cell(figures: Sequence[Figure]) -> RenderableType:
    if not figures:
        return Text("–", style="dim")
    return Group(*(_figure(figure) for figure in figures))


def _figure(figure: Figure) -> Text:
    text = Text("earlier: " if figure.superseded else "", style="dim")
    text.append(one_line(figure.text), style="bold")
    if figure.who:
        text.append(f" {one_line(figure.who)}", style="not bold")
    for note in figure.notes:
        text.append("\n").append_text(_evidence(note, "\n"))
    return text


def _evidence(note: Note, gap: str = " ") -> Text:
    text = Text(f"“{one_line(note.words)}”", style="not dim")

    told = [note.certainty, *(f"via {one_line(via)}" for via in note.claim.source.via)]
    told += [f"said {note.claim.said}"] if note.claim.said else []
    told += [f"{note.start}–{note.end}", f"[{note.number}]"]
    style = "not bold dim" if note.claim.certainty is Certainty.STATED else "not bold"
    return text.append(f"{gap}{' · '.join(told)}", style=style)
