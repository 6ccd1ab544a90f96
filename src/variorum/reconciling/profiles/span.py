"""`range`: the widest range that the answers nobody has withdrawn or denied span, and no best figure."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Dossier, Group, Outcome
from variorum.reconciling.people import WHOLE
from variorum.reconciling.profiles.answers_that_count import (
    Counted,
    counted,
    named_lines,
    parts_exceed,
    questions_on,
    wholes,
)
from variorum.reconciling.profiles.bounds import (
    differ,
    flags_of,
    highest,
    how_many,
    lowest,
    open_ends,
    origins_of,
    told,
)
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.tally import Figure, Flag, Method


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """A range for each outcome, group and named part that is counted."""
    found: list[Figure] = []
    for outcome in Outcome:
        for group in Group:
            answers = counted(questions_on(dossier, outcome, (group,)))
            whole = wholes(answers)
            more = (Flag.PARTS_EXCEED,) if parts_exceed(answers) else ()
            if whole:
                found.append(_figure(whole, outcome, group, WHOLE, more))
            for line in named_lines(answers):
                found.append(_figure([a for a in answers if a.line == line], outcome, group, line, ()))
    return tuple(found)


def _figure(
    answers: Sequence[Counted], outcome: Outcome, group: Group, line: str, more: tuple[Flag, ...]
) -> Figure:
    low, high = _bottom(answers), _top(answers)
    return Figure(
        outcome=outcome,
        group=group,
        line=line,
        low=low,
        high=high,
        claims=tuple(dict.fromkeys(claim for answer in answers for claim in answer.claims)),
        origins=len(origins_of(answers)),
        rule=f"All that is spanned by {how_many(len(answers), 'standing answer')}: {told(answers)}.",
        method=Method.RANGE if differ(answers) else None,
        flags=(*flags_of(answers, low, high), *open_ends(answers), *more),
    )


def _bottom(answers: Sequence[Counted]) -> int | None:
    """The least that some answer gives; None if that is how many there are at most."""
    low = lowest(answers)
    return low if any(answer.low == low for answer in answers) else None


def _top(answers: Sequence[Counted]) -> int | None:
    """The greatest number that some answer gives; None if that is how many there are at least."""
    high = highest(answers)
    return high if any(answer.high == high for answer in answers) else None


PROFILE = Profile(
    name="range",
    owner="Variorum",
    link="docs/profiles/range.md",
    gist="The widest range that all standing answers span; no best figure.",
    figures=figures,
)
