"""One figure for an incident: what is given for everybody, or the sum of what is given by group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from variorum.model import Dossier, Group, Outcome
from variorum.reconciling.profiles.answers_that_count import EVERYBODY, Counted, counted, questions_on, wholes
from variorum.reconciling.profiles.bounds import of_everybody, origins_of
from variorum.reconciling.profiles.tally import Figure, Flag, Method
from variorum.reconciling.wording import group_in_words

_GROUPS = (Group.SECURITY, Group.MILITANT, Group.CIVILIAN)


@dataclass(frozen=True)
class Choice:
    """The number that a rule takes from some answers."""

    number: int
    claims: tuple[str, ...]
    answers: Sequence[Counted]
    rule: str
    method: Method | None
    flags: tuple[Flag, ...]


Choose = Callable[[Sequence[Counted]], Choice | None]


def single_figure(dossier: Dossier, outcome: Outcome, column: str, choose: Choose) -> Figure | None:
    """The figure of an incident by a rule that takes one number from a group's answers. None if nobody gives any.

    A figure for everybody counts before figures by group, unless it is less than one group alone comes to. Without one,
    the groups' are added up.
    """
    chosen = {group: choose(wholes(counted(questions_on(dossier, outcome, (group,))))) for group in _GROUPS}
    groups = {group: choice for group, choice in chosen.items() if choice is not None}
    least = max((choice.number for choice in groups.values()), default=0)
    totals, left_out = of_everybody(wholes(counted(questions_on(dossier, outcome, EVERYBODY))), least)
    everybody = choose(totals)
    exceed = (Flag.PARTS_EXCEED,) if left_out else ()
    if everybody is not None:
        return _figure(outcome, column, everybody, everybody.rule + left_out, (*everybody.flags, *exceed))
    if not groups:
        return None
    if len(groups) == 1:
        ((group, choice),) = groups.items()
        rule = f"Only {group_in_words(group)} are counted. {choice.rule}{left_out}"
        return _figure(outcome, column, choice, rule, (*choice.flags, *exceed))
    details = " ".join(f"{group_in_words(group).capitalize()}: {c.rule}" for group, c in groups.items())
    whole = Choice(
        number=sum(choice.number for choice in groups.values()),
        claims=tuple(dict.fromkeys(claim for choice in groups.values() for claim in choice.claims)),
        answers=[answer for choice in groups.values() for answer in choice.answers],
        rule=f"No figure for everybody; {_added(groups)}. {details}{left_out}",
        method=next((choice.method for choice in groups.values() if choice.method), None),
        flags=tuple(dict.fromkeys((Flag.SUM, *(flag for c in groups.values() for flag in c.flags), *exceed))),
    )
    return _figure(outcome, column, whole, whole.rule, whole.flags)


def _added(groups: dict[Group, Choice]) -> str:
    terms = " + ".join(f"{choice.number} {group_in_words(group)}" for group, choice in groups.items())
    return f"{terms} = {sum(choice.number for choice in groups.values())}"


def _figure(outcome: Outcome, column: str, choice: Choice, rule: str, flags: tuple[Flag, ...]) -> Figure:
    return Figure(
        outcome=outcome,
        column=column,
        best=choice.number,
        claims=choice.claims,
        origins=len(origins_of(choice.answers)),
        rule=rule,
        method=choice.method,
        flags=flags,
    )
