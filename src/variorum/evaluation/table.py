"""Figures as a table for the terminal, and differences as a list."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from variorum.dossier.terminal import printed
from variorum.evaluation.figures import Measures, Scores

_MOST_GROUPS = 20
"""So many cases or sources are shown one by one; of more, the table of all tells enough."""


def render_scores(
    scores: Scores, *, differences: bool = False, width: int | None = None, colour: bool = False
) -> str:
    """The figures as plain text of at most `width` columns (default 100), with ANSI styles if `colour` is set.

    `differences` adds each place where findings and annotations are not the same, with the words.
    """
    return printed(_parts(scores, differences), max(60, width or 100), colour)


def _parts(scores: Scores, differences: bool) -> Iterator[RenderableType]:
    reports = "1 report" if scores.reports == 1 else f"{scores.reports} reports"
    yield Text(f"{scores.layer}, {reports}", style="bold")
    yield _measures(scores.measures)
    for name, value in scores.values.items():
        yield Text(f" {name}: {'nothing to measure' if value is None else f'{value:.3f}'}")
    if 1 < len(scores.groups) <= _MOST_GROUPS:
        yield Text("\nF1 one by one", style="bold")
        yield _groups(scores.groups)
    if differences:
        yield Text(f"\n{len(scores.differences)} differences", style="bold")
        for difference in scores.differences:
            yield Text(f"{difference.report}: {_printable(difference.what)}")
            for side, words in (("key", difference.key), ("got", difference.found)):
                if words:
                    yield Text(f"    {side}  {_printable(words)}")


def _measures(measures: Measures) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for heading in ("P", "R", "F1", "right", "found", "key"):
        table.add_column(heading, justify="right")
    for name, measure in measures.items():
        shares = (measure.precision, measure.recall, measure.f1)
        numbers = (measure.matched, measure.found, measure.key)
        table.add_row(name, *(f"{share:.3f}" for share in shares), *map(str, numbers))
    return table


def _groups(groups: dict[str, Measures]) -> Table:
    names = list(next(iter(groups.values())))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for name in names:
        table.add_column(name.rsplit(" ", 1)[-1] if len(names) > 5 else name, justify="right")
    for group, measures in groups.items():
        table.add_row(_printable(group), *(f"{measures[name].f1:.3f}" for name in names))
    return table


def _printable(text: str) -> str:
    """The text without what would steer the terminal: it quotes what others wrote."""
    return "".join(char if char.isprintable() else " " for char in text)
