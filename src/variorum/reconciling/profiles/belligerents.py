"""Airwars' grades: how well each belligerent's responsibility for harm to civilians is supported.

For each party that some source names as responsible, the first of these that applies:

1. *discounted*: all the dead and injured that are counted were combatants.
2. *contested*: the belligerent and another one both say that they did it, and neither names the other; or others
   name it while somebody else names only others, and it does not itself say that it did it; or it says that it did it
   and names others too, as who claims a raid and lays a shell to the other side does. Nothing is conceded then.
3. *confirmed*: it says that it did it, and does not say that no civilian was harmed.
4. *discounted*: nobody stands by its responsibility, and others are named.
5. *fair*: two or more independent origins; *weak*: one. Counted are those who say that it did it. If it accepts the
   action and says that no civilian was harmed, counted are those who say that some were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.model import REPORTER, Certainty, Dossier, Group, Outcome, Position, Question
from variorum.reconciling.people import WHOLE
from variorum.reconciling.profiles.answers_that_count import (
    EVERYBODY,
    Counted,
    counted,
    origins_behind,
    questions_on,
    stands,
)
from variorum.reconciling.profiles.bounds import (
    flags_of,
    giving,
    highest,
    how_many,
    in_short,
    lowest,
    open_ends,
    origins_of,
    told,
)
from variorum.reconciling.profiles.tally import Figure, Flag, Grade, Method
from variorum.reconciling.sides import within

CONFIRMED, FAIR, WEAK, CONTESTED, DISCOUNTED = "confirmed", "fair", "weak", "contested", "discounted"

_HARM = (Outcome.KILLED, Outcome.INJURED)
_ENOUGH = 2


@dataclass(frozen=True)
class _Attribution:
    """What is said of one actor's responsibility."""

    actor: str
    accepting: Position | None
    naming: tuple[Position, ...]
    origins: frozenset[tuple[str, str]]
    claims: tuple[str, ...]
    denied: bool


def grades(dossier: Dossier) -> tuple[Grade, ...]:
    """A grade for each party that is named, in the order of the dossier."""
    attributions = [
        _attribution(question) for question in dossier.questions if question.kind == "responsibility"
    ]
    named_by = _named_by(attributions)
    return tuple(_grade(one, attributions, named_by, dossier) for one in attributions)


def _attribution(question: Question) -> _Attribution:
    actor = question.actor or ""
    naming = tuple(position for position in question.positions if stands(position))
    everything = tuple(claim for position in question.positions for claim in position.standing.claims)
    return _Attribution(
        actor=actor,
        accepting=next((position for position in naming if position.source == actor), None),
        naming=naming,
        origins=frozenset[tuple[str, str]]().union(*(origins_behind(question, p) for p in naming)),
        claims=tuple(dict.fromkeys(everything)),
        denied=any(
            p.source == actor and p.standing.certainty is Certainty.DENIED for p in question.positions
        ),
    )


def _named_by(attributions: Sequence[_Attribution]) -> Mapping[str, frozenset[str]]:
    """Whom each party names. A report's own voice is no side in a dispute."""
    named: dict[str, frozenset[str]] = {}
    for one in attributions:
        for position in one.naming:
            if position.source != REPORTER:
                named[position.source] = named.get(position.source, frozenset()) | {one.actor}
    return named


def _grade(
    one: _Attribution,
    everyone: Sequence[_Attribution],
    named_by: Mapping[str, frozenset[str]],
    dossier: Dossier,
) -> Grade:
    harmed = _civilians_harmed(dossier)
    names = named_by.get(one.actor, frozenset()) if one.accepting else frozenset()
    blamed = [other.actor for other in everyone if other.actor in names and other is not one]
    own = {} if blamed else _own_figures(one, dossier)
    conceded = _conceded(own)
    no_harm = one.accepting is not None and _says_no_harm(one, own, dossier)
    rivals = _rivals(one, everyone, named_by)
    grade: str | None
    origins = len(one.origins)
    flags = (
        *((Flag.DENIED,) if one.denied else ()),
        *((Flag.HARM_NOT_CONCEDED,) if no_harm else ()),
    )
    if not harmed and _combatants_harmed(dossier):
        grade, rule = DISCOUNTED, "All the dead and injured that are counted were combatants."
    elif rivals:
        grade, rule = CONTESTED, f"Competing attributions: {rivals}."
    elif blamed:
        grade = CONTESTED
        rule = f"{one.actor} says that it did it and names {in_short(blamed)} too: what it concedes cannot be told apart."
    elif one.accepting is not None and not no_harm:
        grade, rule = CONFIRMED, f"{one.actor} says that it did it."
    elif not one.naming and any(other.naming for other in everyone if other is not one):
        grade, rule = DISCOUNTED, "No source stands by it, and others are named."
    elif not one.naming:
        grade, rule = None, "No source stands by it."
    elif no_harm:
        origins = len(origins_of(answer for answer in harmed if answer.source != one.actor))
        rule = f"{one.actor} accepts the action and says that no civilian was harmed; {_sources(origins)} say otherwise."
        grade = (FAIR if origins >= _ENOUGH else WEAK) if origins else DISCOUNTED
    else:
        grade, rule = (FAIR if origins >= _ENOUGH else WEAK), f"Named by {_sources(origins)}."
    return Grade(
        belligerent=one.actor,
        grade=grade,
        conceded=conceded,
        claims=one.claims,
        origins=origins,
        rule=rule,
        method=Method.DEFER if grade in (CONTESTED, DISCOUNTED, None) else None,
        flags=flags,
    )


def _sources(origins: int) -> str:
    return how_many(origins, "independent source")


def _civilians_harmed(dossier: Dossier) -> list[Counted]:
    """Answers that say that civilians, or people of several or unknown kinds, were harmed."""
    groups = (Group.CIVILIAN, *EVERYBODY)
    return [a for outcome in _HARM for a in counted(questions_on(dossier, outcome, groups)) if a.top > 0]


def _combatants_harmed(dossier: Dossier) -> bool:
    groups = (Group.SECURITY, Group.MILITANT)
    return any(a.top > 0 for outcome in _HARM for a in counted(questions_on(dossier, outcome, groups)))


def _own_figures(one: _Attribution, dossier: Dossier) -> dict[Outcome, list[Counted]]:
    """What a belligerent that accepts the action says of civilians."""
    if one.accepting is None:
        return {}
    found = {}
    for outcome in _HARM:
        answers = counted(questions_on(dossier, outcome, (Group.CIVILIAN,)))
        own = [answer for answer in answers if answer.source == one.actor and answer.line == WHOLE]
        if own:
            found[outcome] = own
    return found


def _conceded(own: Mapping[Outcome, Sequence[Counted]]) -> tuple[Figure, ...]:
    figures = []
    for outcome, answers in own.items():
        low, high = lowest(answers), highest(answers)
        figures.append(
            Figure(
                outcome=outcome,
                group=Group.CIVILIAN,
                column="deaths_conceded" if outcome is Outcome.KILLED else "injuries_conceded",
                low=low,
                high=high,
                claims=giving(answers, low, high),
                origins=len(origins_of(answers)),
                rule=f"Its own figure: {told(answers)}.",
                flags=(*flags_of(answers, low, high), *open_ends(answers)),
            )
        )
    return tuple(figures)


def _says_no_harm(one: _Attribution, own: Mapping[Outcome, Sequence[Counted]], dossier: Dossier) -> bool:
    """Whether the belligerent says that no civilian died, or denies that any did, and concedes no other."""
    said = [answer for answers in own.values() for answer in answers]
    if said:
        return all(answer.top == 0 for answer in said)
    return any(
        position.source == one.actor and position.standing.certainty is Certainty.DENIED
        for outcome in _HARM
        for question in questions_on(dossier, outcome, (Group.CIVILIAN,))
        for position in question.positions
    )


def _rivals(
    one: _Attribution, everyone: Sequence[_Attribution], named_by: Mapping[str, frozenset[str]]
) -> str:
    """Who is named instead of this actor by whom, in words; nothing if nobody competes."""
    namers = [source for source, actors in named_by.items() if one.actor in actors]
    if one.accepting is not None:
        accepting = [other.actor for other in everyone if other.accepting is not None]
        namers = [one.actor]
        others = [source for source in accepting if source != one.actor]
    else:
        others = list(named_by)
    competing = [
        (namer, other)
        for namer in namers
        for other in others
        if not _any_same(named_by[namer], named_by[other])
    ]
    order = [other.actor for other in everyone]
    sides = (dict.fromkeys(namer for namer, _ in competing), dict.fromkeys(other for _, other in competing))
    first, second = ([_who_names(source, named_by[source], order) for source in side] for side in sides)
    return f"{in_short(first)}; {in_short(second)}" if competing else ""


def _who_names(source: str, actors: frozenset[str], order: Sequence[str]) -> str:
    if actors == {source}:
        return f"{source} says that it did it"
    return f"{source} names {in_short([actor for actor in order if actor in actors])}"


def _any_same(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the two name an actor in common; one name within the other ("Norland", "Norland Army") is the same."""
    return any(within(one, two) for one in some for two in others)
