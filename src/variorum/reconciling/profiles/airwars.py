"""`airwars`: after Airwars, a minimum and a maximum for each victim group, and a grade for each belligerent."""

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
from variorum.reconciling.profiles.belligerents import grades
from variorum.reconciling.profiles.bounds import (
    differ,
    flags_of,
    from_lowest_to_highest,
    giving,
    highest,
    lowest,
    open_ends,
    origins_of,
)
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.tally import Figure, Flag, Method

_OUTCOMES = (Outcome.KILLED, Outcome.INJURED)


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """Killed and injured for each group and each named part of it ("children")."""
    found: list[Figure] = []
    for outcome in _OUTCOMES:
        for group in Group:
            answers = counted(questions_on(dossier, outcome, (group,)))
            more = (Flag.PARTS_EXCEED,) if parts_exceed(answers) else ()
            found += _figure(wholes(answers), outcome, group, WHOLE, more)
            for line in named_lines(answers):
                found += _figure([a for a in answers if a.line == line], outcome, group, line, ())
    return tuple(found)


def _figure(
    answers: Sequence[Counted], outcome: Outcome, group: Group, line: str, more: tuple[Flag, ...]
) -> list[Figure]:
    low, high = lowest(answers), highest(answers)
    if high is None:
        return []
    return [
        Figure(
            outcome=outcome,
            group=group,
            line=line,
            low=low,
            high=high,
            claims=giving(answers, low, high),
            origins=len(origins_of(answers)),
            rule=from_lowest_to_highest(answers),
            method=Method.RANGE if differ(answers) else None,
            flags=(*flags_of(answers, low, high), *open_ends(answers), *more),
        )
    ]


PROFILE = Profile(
    name="airwars",
    owner="Airwars",
    link="https://airwars.org/about/methodology/",
    gist="Minimum and maximum by victim group; a grade for each belligerent, its conceded figures apart.",
    figures=figures,
    grades=grades,
)
