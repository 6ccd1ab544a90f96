"""The rules that give a question its status.

Tried in this order; the first that applies counts, and its words go with the question:

1. *contested*: the standing answers of two sources cannot both hold. Their intervals have no number in
common; or
   what one asserts lies within what the other denies; or a part is greater than another's whole.
2. *revised*: a source's own figure changed over time, or a later source's count is higher than an earlier one's.
3. *agreed*: two or more independent sources give answers to the same thing that can all hold.
4. *single*: neither, so one party alone answers each part of it.

A count that rises from one day to a later one is a count going on, not a contradiction, unless the two sources are on
opposed sides (`sides`) or it more than doubles. In the same way "ongoing" on one day and "over" on a later one can both
be true.

Answers under a condition or a threat are shown but not compared. The reports' own voice counts like any
other, except where it gives a party's own answer again: then it neither contests nor confirms.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from variorum.model import REPORTER, Answer, Certainty, Position, Status
from variorum.reconciling.intervals import Interval, interval
from variorum.reconciling.people import PART, PERSON, WHOLE
from variorum.reconciling.wording import figure_in_words

OPEN = frozenset({Certainty.CONDITIONAL, Certainty.THREATENED})
"""Certainties under which nothing is said to have happened yet."""

OVER, ONGOING = "over", "ongoing"
"""Stances on the course of an incident."""

_NOT_COMPARED = frozenset({PART, PERSON})
_AT_MOST_RISES = 2
_PAIR = 2


@dataclass(frozen=True)
class Verdict:
    """A status and the words of the rule that gave it."""

    status: Status
    reason: str


Opposed = Callable[[str, str], bool]
"""Whether two sources, by their names, are on opposed sides."""


def judge(positions: Sequence[Position], opposed: Opposed = lambda one, two: False) -> Verdict:
    """The status of a question with these positions (in order)."""
    voices = _voices(positions)
    pairs = list(combinations(voices, 2))
    clashes = [pair for pair in pairs if _clash(*pair, opposed)]
    if clashes:
        return Verdict(Status.CONTESTED, _contest(clashes))
    changes = [words for position in positions if (words := _change(position))]
    rises = [pair for pair in pairs if not opposed(pair[0].source, pair[1].source) and _rose(*pair)]
    if changes or rises:
        return Verdict(Status.REVISED, " ".join(dict.fromkeys([*changes, *_rising(rises)])))
    agreed = [words for line in dict.fromkeys(p.line for p in voices) if (words := _agreement(voices, line))]
    if agreed:
        return Verdict(Status.AGREED, " ".join(agreed))
    return Verdict(Status.SINGLE, _alone(positions, voices))


def value_of(answer: Answer) -> Interval | str:
    """What an answer asserts: an interval of numbers, or a word."""
    return answer.stance if answer.stance is not None else interval(answer.min, answer.max, answer.approx)


def answer_in_words(answer: Answer) -> str:
    """An answer as a reader would say it; a denied one begins with "not"."""
    words = answer.stance or figure_in_words(answer.min, answer.max, answer.approx)
    return f"not {words}" if answer.certainty is Certainty.DENIED else words


def _voices(positions: Sequence[Position]) -> list[Position]:
    """The positions that are compared: none under a condition, no mere repetition in the report's own
    voice."""
    told = [position for position in positions if position.standing.certainty not in OPEN]
    parties = {
        (p.line, a.min, a.max, a.stance, _denied(a)) for p in told if p.source != REPORTER for a in p.answers
    }

    def repeats(position: Position) -> bool:
        own = position.standing
        return (
            position.source == REPORTER
            and (position.line, own.min, own.max, own.stance, _denied(own)) in parties
        )

    return [position for position in told if not repeats(position)]


def _clash(one: Position, two: Position, opposed: Opposed) -> bool:
    """Whether the two cannot both hold."""
    if _same_voice(one, two) or _NOT_COMPARED & {one.line, two.line}:
        return False
    first, second = value_of(one.standing), value_of(two.standing)
    denied = _denied(one.standing), _denied(two.standing)
    if one.line == two.line:
        if denied[0] != denied[1]:
            return _covered(second, first) if denied[0] else _covered(first, second)
        if denied[0] or _meet(first, second):
            return False
        return opposed(one.source, two.source) or not _rose(one, two)
    if WHOLE not in (one.line, two.line) or any(denied):
        return False
    most, least = (first, second) if one.line == WHOLE else (second, first)
    return isinstance(most, Interval) and isinstance(least, Interval) and least.low > most.high


def _contest(clashes: Sequence[tuple[Position, Position]]) -> str:
    """The clashing answers, each once with all its sources, and why they clash."""
    rivals: dict[str, dict[int, Position]] = defaultdict(dict)
    others: dict[str, None] = {}
    for one, two in clashes:
        if one.line != two.line:
            part, whole = (two, one) if one.line == WHOLE else (one, two)
            others[f"{_says(part)} {_says(whole)} A part cannot be greater than the whole."] = None
        elif _denied(one.standing) != _denied(two.standing):
            denier, asserter = (one, two) if _denied(one.standing) else (two, one)
            said = "it" if asserter.standing.stance else answer_in_words(asserter.standing)
            others[f"{_says(asserter)} {source_name(denier)} denies {said}."] = None
        else:
            rivals[one.line] |= {id(one): one, id(two): two}
    lines = [[*mine.values()] for mine in rivals.values()]
    told = [
        f"{_each(line)} {'Both cannot' if len(line) == _PAIR else 'They cannot all'} hold." for line in lines
    ]
    return " ".join([*told, *others])


def _rose(one: Position, two: Position) -> bool:
    """Whether the later source's count is higher than the earlier one's, or the matter went on from "ongoing" to
    "over"; False where the two can both hold as they are."""
    days = one.standing.known, two.standing.known
    if one.line != two.line or _same_voice(one, two) or None in days or days[0] == days[1]:
        return False
    if one.line in _NOT_COMPARED or _denied(one.standing) or _denied(two.standing):
        return False
    before, after = (value_of(position.standing) for position in _by_day((one, two)))
    if isinstance(before, Interval) and isinstance(after, Interval):
        return before.high < after.low <= _AT_MOST_RISES * before.low
    return (before, after) == (ONGOING, OVER)


def _rising(rises: Sequence[tuple[Position, Position]]) -> list[str]:
    """The counts that rose, line by line, in the order of days."""
    lines: dict[str, dict[int, Position]] = defaultdict(dict)
    for one, two in rises:
        lines[one.line] |= {id(one): one, id(two): two}
    return [
        " Later, ".join(_says(position) for position in _by_day(mine.values())) for mine in lines.values()
    ]


def _by_day(positions: Iterable[Position]) -> list[Position]:
    return sorted(positions, key=lambda position: position.standing.known or date.max)


def _change(position: Position) -> str:
    """How a source changed its answer over time, or nothing. A figure that only sharpens the older one is
    no change."""
    last = position.standing
    if last.certainty in OPEN:
        return ""
    older = [
        answer
        for answer in position.answers
        if answer.superseded and _differs(value_of(answer), value_of(last))
    ]
    older += [] if not older else [last]
    steps = list(dict.fromkeys(answer_in_words(answer) for answer in older))
    return f"{source_name(position)} changed its answer from {' to '.join(steps)}." if len(steps) > 1 else ""


def _differs(one: Interval | str, two: Interval | str) -> bool:
    if isinstance(one, Interval) and isinstance(two, Interval):
        risen = math.isinf(one.high) and math.isinf(two.high) and one.low != two.low
        return risen or not (one.within(two) or two.within(one))
    return True


def _agreement(voices: Sequence[Position], line: str) -> str:
    on_line = [p for p in voices if p.line == line]
    sources = list(dict.fromkeys(p.source for p in on_line))
    if len(sources) < 2 or len({_denied(p.standing) for p in on_line}) > 1:
        return ""
    return f"{_each(on_line)} All can hold."


def _alone(positions: Sequence[Position], voices: Sequence[Position]) -> str:
    sources = list(dict.fromkeys(p.source for p in positions))
    if not voices:
        return "Said only under a condition or as a threat, so not compared."
    speakers = list(dict.fromkeys(p.source for p in voices))
    if len(speakers) == 1:
        again = "; the report repeats it in its own voice" if len(sources) > 1 and REPORTER in sources else ""
        if speakers == [REPORTER]:
            return "The report alone, in its own voice."
        return f"One source alone: {source_name(voices[0])}{again}."
    return "Each part of it is counted by one source alone."


def _same_voice(one: Position, two: Position) -> bool:
    return (one.source, one.outlet) == (two.source, two.outlet)


def _denied(answer: Answer) -> bool:
    return answer.certainty is Certainty.DENIED


def _meet(one: Interval | str, two: Interval | str) -> bool:
    if isinstance(one, Interval) and isinstance(two, Interval):
        return one.meets(two)
    return one == two


def _covered(one: Interval | str, two: Interval | str) -> bool:
    if isinstance(one, Interval) and isinstance(two, Interval):
        return one.within(two)
    return one == two


def source_name(position: Position) -> str:
    """A position's source as reasons name it: of several reports' own voices, by the outlet."""
    source = position.source
    if source == REPORTER:
        return f"{position.outlet} itself" if position.outlet else "The report itself"
    return source[:1].upper() + source[1:]


def _says(position: Position) -> str:
    part = f" ({position.line})" if position.line else ""
    return f"{source_name(position)}: {answer_in_words(position.standing)}{part}."


def _each(positions: Sequence[Position]) -> str:
    """The answers in order, each once, after all that give it."""
    given: dict[tuple[str, str], dict[str, None]] = {}
    for position in positions:
        part = f" ({position.line})" if position.line else ""
        given.setdefault((answer_in_words(position.standing), part), {})[source_name(position)] = None
    return " ".join(f"{_listed(list(sources))}: {words}{part}." for (words, part), sources in given.items())


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
