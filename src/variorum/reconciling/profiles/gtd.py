"""`gtd`: after the Global Terrorism Database, the figure of most independent sources; where there is none, the lowest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from variorum.model import Dossier, Outcome
from variorum.reconciling.profiles.answers_that_count import Counted
from variorum.reconciling.profiles.bounds import (
    differ,
    flags_of,
    giving,
    how_many,
    lowest,
    mere_bound,
    origins_of,
    told,
)
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.single_figure import Choice, single_figure
from variorum.reconciling.profiles.tally import Figure, Flag, Method

_COLUMNS = {Outcome.KILLED: "nkill", Outcome.INJURED: "nwound"}


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """All killed and all injured, attackers among them, as far as they are counted."""
    found = (single_figure(dossier, outcome, column, _of_most) for outcome, column in _COLUMNS.items())
    return tuple(figure for figure in found if figure is not None)


def _of_most(answers: Sequence[Counted]) -> Choice | None:
    """The number that more than half of the origins give. Words without a figure ("dozens") count never, unconfirmed
    answers only where there are no others."""
    told_in_figures = [answer for answer in answers if not answer.vague]
    firm = [answer for answer in told_in_figures if answer.confirmed]
    used = firm if lowest(firm) is not None else told_in_figures
    number = lowest(used)
    if number is None:
        return None
    behind: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for answer in used:
        if answer.low is not None:
            behind[answer.low] |= answer.origins
    everybody = origins_of(used)
    said = f"Given: {told(used)}."
    if not differ(used):
        only = "The only figure given" if len(used) == 1 else f"{how_many(len(used))} given, all the same"
        return _choice(number, used, f"{only}: {told(used)}.", None, ())
    majorities = [one for one in behind if len(behind[one]) * 2 > len(everybody)]
    if len(majorities) == 1:  # one origin can stand behind two figures, and so can most of them
        (most,) = majorities
        many = f"{len(behind[most])} of {how_many(len(everybody), 'independent source')}"
        return _choice(most, used, f"The figure of {many}. {said}", Method.PRIORITISE, ())
    none = (Flag.NONE_TAKEN,) if number == 0 else ()
    rule = f"No figure is that of most of {how_many(len(everybody), 'independent source')}, so the lowest. {said}"
    return _choice(number, used, rule, Method.PRIORITISE, (Flag.NO_MAJORITY, Flag.LOWEST, *none))


def _choice(
    number: int, used: Sequence[Counted], rule: str, method: Method | None, flags: tuple[Flag, ...]
) -> Choice:
    return Choice(
        number=number,
        claims=giving(used, number),
        answers=used,
        rule=rule,
        method=method,
        flags=(*flags, *flags_of(used, number), *mere_bound(used, number)),
    )


PROFILE = Profile(
    name="gtd",
    owner="Global Terrorism Database",
    link="https://www.start.umd.edu/gtd/",
    gist="The figure of most independent sources; where there is none, the lowest, flagged.",
    figures=figures,
)
