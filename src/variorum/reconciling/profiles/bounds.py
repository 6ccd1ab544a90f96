"""Lowest and highest of the answers that count, and how a rule tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from variorum.reconciling.profiles.answers_that_count import Counted
from variorum.reconciling.profiles.tally import Flag

_NAMED = 3
"""How many sources of one figure a rule names before it only counts the rest."""


def lowest(answers: Iterable[Counted]) -> int | None:
    """The lowest number of people that some answer gives. None if no answer tells a lower bound.

    "Up to 5" bounds the lowest from above, if others say more, but says nothing alone.
    """
    answers = tuple(answers)
    floors = [answer.low for answer in answers if answer.low is not None]
    if not floors:
        return None
    return min(
        [*floors, *(answer.high for answer in answers if answer.low is None and answer.high is not None)]
    )


def highest(answers: Iterable[Counted]) -> int | None:
    """The highest number that some answer gives, be it a bound that is open upwards."""
    return max((answer.top for answer in answers), default=None)


def from_lowest_to_highest(answers: Sequence[Counted]) -> str:
    """The rule of profiles that report a minimum and a maximum, as applied to these answers."""
    if len(answers) == 1:
        return f"The only figure given: {told(answers)}."
    if not differ(answers):
        return f"{how_many(len(answers))} given, all the same: {told(answers)}."
    return f"The lowest and the highest of {how_many(len(answers))} given: {told(answers)}."


def of_everybody(answers: Sequence[Counted], least: int) -> tuple[tuple[Counted, ...], str]:
    """The answers for everybody that can be of everybody, if one group alone comes to `least`; and in words those that
    cannot, empty if there are none. "2 dead" beside 95 dead civilians counts a part, whatever it calls them."""
    left = tuple(answer for answer in answers if answer.top < least)
    why = f" Left out, as one group alone comes to {least}: {told(left)}." if left else ""
    return tuple(answer for answer in answers if answer.top >= least), why


def giving(answers: Iterable[Counted], *numbers: int | None) -> tuple[str, ...]:
    """Ids of the claims of all answers with one of these numbers as a bound, in order."""
    return tuple(
        dict.fromkeys(
            claim
            for answer in answers
            for claim in answer.claims
            if {answer.low, answer.high} & {number for number in numbers if number is not None}
        )
    )


def origins_of(answers: Iterable[Counted]) -> frozenset[tuple[str, str]]:
    """All independent origins behind the answers."""
    return frozenset[tuple[str, str]]().union(*(answer.origins for answer in answers))


def differ(answers: Sequence[Counted]) -> bool:
    """Whether the answers give different numbers."""
    return len({(answer.low, answer.high) for answer in answers}) > 1


def told(answers: Sequence[Counted]) -> str:
    """The answers with their sources: `12 (Reef Front), 31 (Norland Army and Harbour Clinic)`."""
    by_words: dict[str, dict[str, str]] = {}
    for answer in answers:
        words = answer.words if answer.confirmed else f"{answer.words} unconfirmed"
        by_words.setdefault(words, {})[answer.source] = answer.parts
    said = []
    for words, sources in by_words.items():
        made = dict.fromkeys(parts for parts in sources.values() if parts)
        how = f": {', '.join(made)}" if made else ""
        said.append(f"{words} ({in_short(list(sources))}{how})")
    return ", ".join(said)


def flags_of(answers: Sequence[Counted], *numbers: int | None) -> tuple[Flag, ...]:
    """What follows for these numbers from the answers that give them: made, rough, unconfirmed or open."""
    used = [answer for answer in answers if {answer.low, answer.high} & (set(numbers) - {None})]
    flags = list(dict.fromkeys(answer.made for answer in used if answer.made is not None))
    if any(answer.approx for answer in used):
        flags.append(Flag.APPROXIMATE)
    given = [number for number in numbers if number is not None]
    if any(all(not a.confirmed for a in used if number in (a.low, a.high)) for number in given):
        flags.append(Flag.UNCONFIRMED)
    return tuple(flags)


def open_ends(answers: Iterable[Counted]) -> tuple[Flag, ...]:
    """Whether some answer leaves open how many more, or how many fewer, there may be."""
    answers = tuple(answers)
    upwards = (Flag.OPEN_UPWARDS,) if any(answer.high is None for answer in answers) else ()
    downwards = (Flag.OPEN_DOWNWARDS,) if any(answer.low is None for answer in answers) else ()
    return (*upwards, *downwards)


def mere_bound(answers: Iterable[Counted], number: int) -> tuple[Flag, ...]:
    """Whether every answer that gives the number gives it as a bound only: "at least 20", "at most 50"."""
    using = [answer for answer in answers if number in (answer.low, answer.high)]
    return () if any(answer.exact for answer in using) else open_ends(using)


def how_many(count: int, noun: str = "figure") -> str:
    """A count and its noun: `1 figure`, `3 figures`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def in_short(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        return f"{', '.join(shown)} and {len(names) - _NAMED} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
