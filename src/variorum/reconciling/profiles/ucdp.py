"""`ucdp`: low, best and high after the Uppsala Conflict Data Program, with deaths by side.

Only deaths are counted. No source is held more reliable than another, so the lower figure is best. What is hedged or
could not be verified raises the high estimate only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Dossier, Group, Outcome
from variorum.reconciling.profiles.answers_that_count import (
    EVERYBODY,
    Counted,
    counted,
    parts_exceed,
    questions_on,
    wholes,
)
from variorum.reconciling.profiles.bounds import (
    differ,
    flags_of,
    giving,
    highest,
    how_many,
    lowest,
    of_everybody,
    open_ends,
    origins_of,
    told,
)
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.tally import Figure, Flag, Method

_SIDE_IN_WORDS: Mapping[str, str] = {
    "deaths_a": "Side A is taken to be state forces.",
    "deaths_b": "Side B is taken to be members of armed groups.",
    "deaths_civilians": "Civilians of all sides.",
    "deaths_unknown": "Those of whom nobody tells the side.",
}

SIDES: Mapping[str, Group] = {
    "deaths_a": Group.SECURITY,
    "deaths_b": Group.MILITANT,
    "deaths_civilians": Group.CIVILIAN,
}
"""UCDP's columns by whom they count. Side A of a state-based conflict is the state; which side members of an armed
group are on in fighting between two such groups, their being militants does not tell."""


@dataclass(frozen=True)
class _Estimate:
    low: int | None
    best: int | None
    high: int
    answers: Sequence[Counted]
    claims: tuple[str, ...]
    rule: str
    flags: tuple[Flag, ...]


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """The sides that are counted, those of unknown status, and the whole, whose best is the sum of the sides'."""
    sides: dict[str, _Estimate] = {}
    for column, group in SIDES.items():
        estimate = _estimate(counted(questions_on(dossier, Outcome.KILLED, (group,))))
        if estimate is not None:
            sides[column] = estimate
    least = max((estimate.best or 0 for estimate in sides.values()), default=0)
    totals, left_out = of_everybody(wholes(counted(questions_on(dossier, Outcome.KILLED, EVERYBODY))), least)
    everybody = _estimate(totals)
    if everybody is None and not sides:
        return ()
    known = [_side(column, SIDES[column], estimate) for column, estimate in sides.items()]
    return (*known, *_unknown(everybody, sides), _whole(everybody, sides, left_out))


def _estimate(answers: Sequence[Counted]) -> _Estimate | None:
    whole = wholes(answers)
    high = highest(whole)
    if high is None:
        return None
    firm = [answer for answer in whole if answer.confirmed]
    low = lowest(firm)
    best = lowest(answer for answer in firm if answer.exact)
    best = low if best is None else best
    more = (Flag.PARTS_EXCEED,) if parts_exceed(answers) else ()
    taken = (Flag.LOWEST,) if differ(firm) else ()
    none = (Flag.NONE_TAKEN,) if best == 0 and high > 0 else ()
    return _Estimate(
        low=low,
        best=best,
        high=high,
        answers=whole,
        claims=giving(whole, low, best, high),
        rule=_rule(whole, firm, low, best),
        flags=(*taken, *none, *flags_of(whole, low, best, high), *open_ends(whole), *more),
    )


def _rule(whole: Sequence[Counted], firm: Sequence[Counted], low: int | None, best: int | None) -> str:
    said = told(whole)
    if best is None:
        why = "No best: every figure is unconfirmed or only says how many at most."
    elif len(firm) == 1:
        why = "Best is the only figure put as a fact."
    elif low == best:
        why = f"Best is the lowest of {how_many(len(firm))} put as a fact; no source is held more reliable."
    else:
        why = f"Low is the lowest of {how_many(len(firm))} put as a fact; best is the lowest that is no mere bound."
    rest = len(whole) - len(firm)
    also = f" {how_many(rest, 'unconfirmed answer')} can only raise the high." if rest else ""
    return f"{why} High is the highest given.{also} Given: {said}."


def _side(column: str, group: Group, estimate: _Estimate) -> Figure:
    return Figure(
        outcome=Outcome.KILLED,
        group=group,
        column=column,
        low=estimate.low,
        best=estimate.best,
        high=estimate.high,
        claims=estimate.claims,
        origins=len(origins_of(estimate.answers)),
        rule=f"{_SIDE_IN_WORDS[column]} {estimate.rule}",
        method=Method.RANGE if differ(estimate.answers) else None,
        flags=estimate.flags,
    )


def _unknown(everybody: _Estimate | None, sides: Mapping[str, _Estimate]) -> tuple[Figure, ...]:
    """Deaths that a total counts and no side does."""
    if everybody is None:
        return ()
    if not sides:
        return (_side("deaths_unknown", Group.UNKNOWN, everybody),)
    counted_apart = _sum(estimate.best for estimate in sides.values())
    if everybody.best is None or everybody.best <= counted_apart:
        return ()
    answers = _all_answers(everybody, sides)
    return (
        Figure(
            outcome=Outcome.KILLED,
            group=Group.UNKNOWN,
            column="deaths_unknown",
            best=everybody.best - counted_apart,
            claims=_claims(everybody, sides),
            origins=len(origins_of(answers)),
            rule=f"{everybody.best} in all less {counted_apart} counted by side.",
            flags=(Flag.REST,),
        ),
    )


def _whole(everybody: _Estimate | None, sides: Mapping[str, _Estimate], left_out: str) -> Figure:
    """The total: what is given for everybody, but never less than the sides together."""
    floors = [estimate.low for estimate in sides.values() if estimate.low is not None]
    bests = [estimate.best for estimate in sides.values() if estimate.best is not None]
    low: int | None = sum(floors) if floors else None
    best: int | None = sum(bests) if bests else None
    high = sum(estimate.high for estimate in sides.values())
    added = " and ".join(column for column in sides)
    rule = f"The sum of {added}." if len(sides) > 1 else f"The same as {added}."
    flags = [flag for estimate in sides.values() for flag in estimate.flags]
    if len(sides) > 1:
        flags.insert(0, Flag.SUM)
    if everybody is not None:
        rule, flags = everybody.rule, list(everybody.flags)
        if best is not None and everybody.best is not None and best > everybody.best:
            rule += f" The sides' best add up to more, {best}, which counts here."
            flags += [Flag.SUM, Flag.PARTS_EXCEED]
        elif best is not None and everybody.best is None:
            rule += f" Best is the sum of {added}."
            flags.append(Flag.SUM)
        if high > everybody.high:
            rule += f" The sides' high add up to more, {high}."
            flags.append(Flag.SUM)
        low = everybody.low if everybody.low is not None else low
        best = max((number for number in (best, everybody.best) if number is not None), default=None)
        high = max(high, everybody.high)
    if left_out:
        rule += left_out
        flags.append(Flag.PARTS_EXCEED)
    answers = _all_answers(everybody, sides)
    return Figure(
        outcome=Outcome.KILLED,
        column="best",
        low=low,
        best=best,
        high=high,
        claims=_claims(everybody, sides),
        origins=len(origins_of(answers)),
        rule=rule,
        method=Method.RANGE if low != high else None,
        flags=tuple(dict.fromkeys(flags)),
    )


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(number or 0 for number in numbers)


def _all_answers(everybody: _Estimate | None, sides: Mapping[str, _Estimate]) -> list[Counted]:
    estimates = [*sides.values(), *([everybody] if everybody else [])]
    return [answer for estimate in estimates for answer in estimate.answers]


def _claims(everybody: _Estimate | None, sides: Mapping[str, _Estimate]) -> tuple[str, ...]:
    estimates = [*([everybody] if everybody else []), *sides.values()]
    return tuple(dict.fromkeys(claim for estimate in estimates for claim in estimate.claims))


PROFILE = Profile(
    name="ucdp",
    owner="Uppsala Conflict Data Program",
    link="https://www.uu.se/en/department/peace-and-conflict-research/research/ucdp/ucdp-methodology",
    gist="Deaths by side with a low, a best and a high; where no source is more reliable, the lower figure is best.",
    figures=figures,
)
