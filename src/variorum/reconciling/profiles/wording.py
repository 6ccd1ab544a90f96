"""A tally in plain words, one line a figure, for the terminal."""

from __future__ import annotations

from variorum.reconciling.profiles.tally import Figure, Flag, Grade, Tally
from variorum.reconciling.wording import group_in_words, outcome_in_words


def tally_in_words(tally: Tally) -> tuple[str, ...]:
    """Lines for a reader: the owner, each figure with its rule and flags, each grade, the notes."""
    lines = [f"{tally.profile}: by the rule of {tally.owner} ({tally.link})"]
    for figure in tally.figures:
        lines += [figure_in_line(figure), f"    {figure.rule}{_method(figure.method)}"]
    for grade in tally.grades:
        lines += [_grade_in_line(grade), f"    {grade.rule}{_method(grade.method)}"]
        lines += [f"    conceded: {figure_in_line(figure)}" for figure in grade.conceded]
    if not tally.figures and not tally.grades:
        lines.append("No source gives a figure that this rule counts.")
    return (*lines, *(f"Note: {note}" for note in tally.notes))


def figure_in_line(figure: Figure) -> str:
    """A figure with whom it counts: `civilians killed (children): 3 to 5 [provisional]`."""
    who = "people" if figure.group is None else group_in_words(figure.group)
    if figure.column in ("best", "fatalities", "nkill", "nwound"):
        who = "all"
    line = f" ({figure.line})" if figure.line else ""
    column = f" [{figure.column}]" if figure.column else ""
    return f"{who} {outcome_in_words((figure.outcome,))}{line}{column}: {numbers_in_words(figure)}{_flags(figure.flags)}"


def numbers_in_words(figure: Figure) -> str:
    """The numbers alone: `low 12, best 12, high 31`; `12 to 31`; `12 or more`; `12`."""
    low, best, high = figure.low, figure.best, figure.high
    if best is not None and (low is not None or high is not None):
        told = (("low", low), ("best", best), ("high", high))
        return ", ".join(f"{name} {number:,}" for name, number in told if number is not None)
    if best is not None:
        return f"{best:,}"
    if low is None and high is None:
        return "not bounded"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _grade_in_line(grade: Grade) -> str:
    return f"{grade.belligerent}: {grade.grade or 'no grade'}{_flags(grade.flags)}"


def _flags(flags: tuple[Flag, ...]) -> str:
    return f"; {', '.join(flags)}" if flags else ""


def _method(method: str | None) -> str:
    return f" Method: {method}." if method else ""
