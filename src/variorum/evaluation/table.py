"""Figures as a table for the terminal, and differences as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from variorum.dossier.terminal import printed
from variorum.evaluation.figures import Difference, Measures, Scores, causes_of
from variorum.evaluation.published import Published, own, published
from variorum.evaluation.reliability import Reliability
from variorum.evaluation.sides import Side

_MOST_GROUPS = 20
"""So many cases or sources are shown one by one; of more, the table of all tells enough."""
_MOST_CAUSES = 12
"""So many causes of errors are shown; the rest together."""


def render_scores(
    scores: Scores,
    *,
    benchmark: str = "",
    differences: bool = False,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """The figures as plain text of at most `width` columns (default 100), with ANSI styles if `colour` is set.

    `benchmark` is whose published figures are set beside them; `differences` adds each place where findings and
    annotations are not the same, with the words, the commonest cause first.
    """
    return printed(_parts(scores, benchmark, differences), max(60, width or 100), colour)


def _parts(scores: Scores, benchmark: str, differences: bool) -> Iterator[RenderableType]:
    reports = "1 report" if scores.reports == 1 else f"{scores.reports} reports"
    yield Text(f"{benchmark or scores.layer}, {reports}", style="bold")
    yield _measures(scores.measures)
    for name, value in scores.values.items():
        yield Text(f" {name}: {'nothing to measure' if value is None else f'{value:.3f}'}")
    if others := published(benchmark):
        yield Text("\nBeside others, on the data that the benchmark came with", style="bold")
        yield _beside(scores, others)
        for system in others:
            yield Text(f" {system.system}: {system.source}")
    if 1 < len(scores.groups) <= _MOST_GROUPS:
        yield Text("\nF1 one by one", style="bold")
        yield _groups(scores.groups)
    for aspect, rows in scores.sides.items():
        yield Text(f"\nBy {aspect}", style="bold")
        yield _sides(rows)
    if scores.sides:
        yield Text(" * differs from the other rows by more than chance (95 in 100 draws of reports)")
    if scores.reliability:
        yield from _reliability(scores.reliability)
    if causes := causes_of(scores.differences):
        yield Text(f"\n{len(scores.differences)} errors by cause", style="bold")
        yield _causes(causes)
    if differences:
        yield from _differences(scores.differences, [name for name, _ in causes])


def _differences(differences: Sequence[Difference], causes: Sequence[str]) -> Iterator[RenderableType]:
    yield Text(f"\n{len(differences)} differences", style="bold")
    for difference in sorted(differences, key=lambda one: causes.index(one.what)):
        yield Text(f"{difference.report}: {_printable(difference.what)}")
        for side, words in (("key", difference.key), ("got", difference.found)):
            if words:
                yield Text(f"    {side}  {_printable(words)}")


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(headings[0])
    for heading in headings[1:]:
        table.add_column(heading, justify="right")
    return table


def _beside(scores: Scores, others: Sequence[Published]) -> Table:
    table = _table("", "figure", "theirs", "ours")
    for system in others:
        for name, value in system.figures.items():
            ours = own(scores, name, system.groups)
            table.add_row(system.system, name, f"{value:.3f}", "" if ours is None else f"{ours:.3f}")
    return table


def _sides(rows: Sequence[Side]) -> Table:
    table = _table("", "R", "found", "key", "P", "right", "told", "R beyond the others", "95 in 100")
    for row in rows:
        compared = ["", ""]
        if row.beyond is not None and row.least is not None and row.most is not None:
            star = " *" if row.stands_out else ""
            compared = [f"{row.beyond:+.3f}", f"{row.least:+.3f} to {row.most:+.3f}{star}"]
        counts = (f"{row.recall:.3f}", str(row.found), str(row.annotated))
        told = (f"{row.precision:.3f}", str(row.right), str(row.told))
        table.add_row(_printable(row.name), *counts, *told, *compared)
    return table


def _reliability(figures: dict[str, Reliability]) -> Iterator[RenderableType]:
    yield Text("\nScores as probabilities that a claim can be kept as it stands", style="bold")
    table = _table(
        "", "claims", "right", "mean score", "calibration error", "by chance alone", "Brier", "AUC"
    )
    for name, one in figures.items():
        shares = (one.right, one.mean, one.calibration_error, one.chance_error, one.brier)
        auc = "" if one.auc is None else f"{one.auc:.3f}"
        table.add_row(name, str(one.number), *(f"{share:.3f}" for share in shares), auc)
    yield table
    whole = next(iter(figures.values()))
    table = _table("scores", "claims", "mean score", "right")
    for part in whole.bins:
        bounds = f"{part.least:.2f} to {part.most:.2f}"
        table.add_row(bounds, str(part.number), f"{part.score:.3f}", f"{part.right:.3f}")
    yield table


def _causes(causes: Sequence[tuple[str, int]]) -> Table:
    table = _table("", "times")
    for name, number in causes[:_MOST_CAUSES]:
        table.add_row(_printable(name), str(number))
    if rest := causes[_MOST_CAUSES:]:
        table.add_row(f"{len(rest)} other causes", str(sum(number for _, number in rest)))
    return table


def _measures(measures: Measures) -> Table:
    table = _table("", "P", "R", "F1", "right", "found", "key")
    for name, measure in measures.items():
        shares = (measure.precision, measure.recall, measure.f1)
        numbers = (measure.matched, measure.found, measure.key)
        table.add_row(name, *(f"{share:.3f}" for share in shares), *(f"{number:.10g}" for number in numbers))
    return table


def _groups(groups: dict[str, Measures]) -> Table:
    names = list(next(iter(groups.values())))
    table = _table("", *(name.rsplit(" ", 1)[-1] if len(names) > 5 else name for name in names))
    for group, measures in groups.items():
        table.add_row(_printable(group), *(f"{measures[name].f1:.3f}" for name in names))
    return table


def _printable(text: str) -> str:
    """The text without what would steer the terminal: it quotes what others wrote."""
    return "".join(char if char.isprintable() else " " for char in text)
