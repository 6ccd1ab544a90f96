"""`ibc`: a minimum and a maximum of civilians after Iraq Body Count, provisional below two independent sources."""

from __future__ import annotations

from variorum.model import Dossier, Group, Outcome
from variorum.reconciling.profiles.answers_that_count import (
    EVERYBODY,
    counted,
    parts_exceed,
    questions_on,
    wholes,
)
from variorum.reconciling.profiles.bounds import (
    differ,
    flags_of,
    from_lowest_to_highest,
    giving,
    highest,
    how_many,
    lowest,
    open_ends,
    origins_of,
    told,
)
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.tally import Figure, Flag, Method

ENOUGH = 2
"""Independent sources below which an entry is provisional."""

_OUTCOMES = (Outcome.KILLED, Outcome.INJURED)


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """Civilians killed and civilians injured, as far as they are counted."""
    found = (_figure(dossier, outcome) for outcome in _OUTCOMES)
    return tuple(figure for figure in found if figure is not None)


def notes(dossier: Dossier) -> tuple[str, ...]:
    """What is left out because nobody says that it counts civilians."""
    left_out = []
    for outcome in _OUTCOMES:
        answers = wholes(counted(questions_on(dossier, outcome, EVERYBODY)))
        if answers:
            left_out.append(
                f"Left out, as not told to be civilians only: people {outcome.value}: {told(answers)}."
            )
    return tuple(left_out)


def _figure(dossier: Dossier, outcome: Outcome) -> Figure | None:
    answers = counted(questions_on(dossier, outcome, (Group.CIVILIAN,)))
    whole = wholes(answers)
    high = highest(whole)
    if high is None:
        return None
    low = lowest(whole)
    origins = len(origins_of(whole))
    provisional = origins < ENOUGH
    method = Method.PENDING if provisional else (Method.RANGE if differ(whole) else None)
    sources = how_many(origins, "independent source")
    standard = f"{sources}, so provisional." if provisional else f"{sources}."
    flags = (
        *((Flag.PROVISIONAL,) if provisional else ()),
        *flags_of(whole, low, high),
        *open_ends(whole),
        *((Flag.PARTS_EXCEED,) if parts_exceed(answers) else ()),
    )
    return Figure(
        outcome=outcome,
        group=Group.CIVILIAN,
        low=low,
        high=high,
        claims=giving(whole, low, high),
        origins=origins,
        rule=f"{from_lowest_to_highest(whole)} {standard}",
        method=method,
        flags=flags,
    )


PROFILE = Profile(
    name="ibc",
    owner="Iraq Body Count",
    link="https://www.iraqbodycount.org/about/methods/1",
    gist="Minimum and maximum of civilians; provisional below two independent sources.",
    figures=figures,
    notes=notes,
)
