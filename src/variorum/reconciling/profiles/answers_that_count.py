"""The answers of a question that a profile may use, with their bounds and the origins behind them.

Only what a source stands by counts: its newest answer. What it denies, ties to a condition or threatens never counts,
and what it has replaced is history. Reports that carry an answer add nothing: what is counted are origins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from variorum.model import REPORTER, Certainty, Dossier, Group, Outcome, Position, Question
from variorum.reconciling.people import PART, PERSON, WHOLE, role_line
from variorum.reconciling.profiles.tally import Flag
from variorum.reconciling.statuses import OPEN, answer_in_words
from variorum.reconciling.wording import figure_in_words

UNCONFIRMED = frozenset({Certainty.HEDGED, Certainty.UNVERIFIED})
"""Certainties of what a source does not put as a fact, or a report says it could not verify."""

EVERYBODY = (Group.MIXED, Group.UNKNOWN)
"""Groups of figures that are for people of several kinds, or of a kind nobody tells."""

_NEVER = frozenset({*OPEN, Certainty.DENIED})
_UNNAMED_PARTS = frozenset({PART, PERSON})
_OriginKey = tuple[str, str]


@dataclass(frozen=True)
class Counted:
    """An answer that counts. `low` and `high` are the numbers it gives; None is open.

    `made` is None for numbers that claims hold; else it tells how they were made, and `parts` tells it in words.
    """

    source: str
    line: str
    low: int | None
    high: int | None
    approx: bool
    certainty: Certainty
    words: str
    quote: str
    claims: tuple[str, ...]
    origins: frozenset[_OriginKey]
    made: Flag | None = None
    parts: str = ""

    @property
    def top(self) -> int:
        """The greatest number it gives."""
        return max(number for number in (self.low, self.high) if number is not None)

    @property
    def exact(self) -> bool:
        """Whether it is bounded on both sides."""
        return self.low is not None and self.high is not None

    @property
    def vague(self) -> bool:
        """Whether it says how many in a word without a figure: "dozens", "several"."""
        return self.approx and self.high is None and self.made is None

    @property
    def confirmed(self) -> bool:
        """Whether its source puts it as a fact and no report doubts it."""
        return self.certainty not in UNCONFIRMED


def stands(position: Position) -> bool:
    """Whether the position says that something is so: neither denied nor under a condition nor a threat."""
    return position.standing.certainty not in _NEVER


def origins_behind(question: Question, position: Position) -> frozenset[_OriginKey]:
    """The independent origins of a position's answer. Where the question tells none, each source is one."""
    words = answer_in_words(position.standing)
    found = {
        (origin.kind, origin.name)
        for support in question.support
        if support.line == position.line and support.answer == words
        for origin in support.origins
    }
    if found:
        return frozenset(found)
    if position.source == REPORTER:
        return frozenset({("outlet" if position.outlet else "report", position.outlet or "")})
    return frozenset({("party", position.source)})


def voice(position: Position) -> str:
    """A position's source as rules name it."""
    return position.outlet or "the report itself" if position.source == REPORTER else position.source


def questions_on(
    dossier: Dossier, outcome: Outcome, groups: Iterable[Group] | None = None
) -> tuple[Question, ...]:
    """The dossier's questions on one outcome alone, for some groups or all. A figure that covers several outcomes
    together ("60 dead or wounded") is on none of them."""
    wanted = None if groups is None else set(groups)
    return tuple(
        question
        for question in dossier.questions
        if question.kind == "toll"
        and question.outcome is outcome
        and not question.combined
        and (wanted is None or question.group in wanted)
    )


def counted(questions: Iterable[Question]) -> tuple[Counted, ...]:
    """The answers that count, for wholes and parts, in the order of the questions."""
    return tuple(
        _counted(question, position)
        for question in questions
        for position in question.positions
        if stands(position) and position.standing.stance is None
    )


def wholes(answers: Sequence[Counted]) -> tuple[Counted, ...]:
    """The answers for the group as a whole; where no source counts the whole, what each source's parts come to."""
    whole = tuple(answer for answer in answers if answer.line == WHOLE)
    if whole:
        return whole
    sources = dict.fromkeys(answer.source for answer in answers)
    made = (_from_parts([answer for answer in answers if answer.source == source]) for source in sources)
    return tuple(answer for answer in made if answer is not None)


def named_lines(answers: Sequence[Counted]) -> tuple[str, ...]:
    """The parts that have a name ("children", "railway"), in order."""
    lines = dict.fromkeys(answer.line for answer in answers)
    return tuple(line for line in lines if line != WHOLE and line not in _UNNAMED_PARTS)


def parts_exceed(answers: Sequence[Counted]) -> bool:
    """Whether some part is greater than every whole that is given."""
    whole = [answer.high for answer in answers if answer.line == WHOLE]
    ceilings = [high for high in whole if high is not None]
    floors = [answer.low for answer in answers if answer.line != WHOLE and answer.low is not None]
    closed = bool(whole) and len(ceilings) == len(whole)
    return closed and bool(floors) and max(floors) > max(ceilings)


def _counted(question: Question, position: Position) -> Counted:
    answer = position.standing
    return Counted(
        source=voice(position),
        line=position.line,
        low=answer.min,
        high=answer.max,
        approx=answer.approx,
        certainty=answer.certainty,
        words=answer_in_words(answer),
        quote=answer.words,
        claims=answer.claims,
        origins=origins_behind(question, position),
    )


def _from_parts(parts: Sequence[Counted]) -> Counted | None:
    """What one source's parts come to. Kinds of people that it counts apart ("12 pilgrims and 3 villagers") are
    added up; of children, women, staff and other roles, which may be among one another, the greatest counts."""
    parts = [part for part in parts if part.low is not None]
    if not parts:
        return None  # "up to five children" bounds no whole
    apart = [part for part in parts if part.line not in _UNNAMED_PARTS and not role_line(part.line)]
    if len(apart) > 1 and len({part.line for part in apart}) == len(apart):
        told = " and ".join(f"{part.words} ({part.line})" for part in apart)
        return replace(
            apart[0],
            line=WHOLE,
            low=sum(part.low or 0 for part in apart),
            high=None,
            approx=any(part.approx for part in apart),
            certainty=next((part.certainty for part in apart if not part.confirmed), apart[0].certainty),
            words=figure_in_words(sum(part.low or 0 for part in apart), None),
            claims=tuple(dict.fromkeys(claim for part in apart for claim in part.claims)),
            origins=frozenset[_OriginKey]().union(*(part.origins for part in apart)),
            made=Flag.SUM,
            parts=f"{told} added up",
        )
    greatest = max(parts, key=lambda part: (part.low or 0, part.confirmed, not part.approx))
    return replace(
        greatest,
        line=WHOLE,
        high=None,
        words=figure_in_words(greatest.low, None),
        made=Flag.FROM_PARTS,
        parts=f"{greatest.words} ({greatest.line}), the greatest part that it counts",
    )
