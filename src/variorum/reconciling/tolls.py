"""Questions about people: one for each outcome and group, with a line for each part counted apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from variorum.model import Answer, Certainty, Group, Outcome, Position, Question, Toll, content_id
from variorum.reconciling.answers import carried
from variorum.reconciling.intervals import interval
from variorum.reconciling.people import PART, PERSON, WHOLE, counts_one, role_line, telling_words
from variorum.reconciling.statements import UNDATED, Statement
from variorum.reconciling.statuses import OPEN, Opposed, judge
from variorum.reconciling.wording import group_in_words, outcome_in_words

_EVERYONE = (Group.MIXED, Group.UNKNOWN)
_Topic = tuple[tuple[Outcome, ...], Group]
_Value = tuple[int | None, int | None, bool]
_Moment = tuple[str, int]


@dataclass(frozen=True)
class _Figure:
    """A toll with what decides where it goes: its line and its moment."""

    toll: Toll
    statement: Statement
    line: str
    when: _Moment

    @property
    def value(self) -> _Value:
        return (self.toll.min, self.toll.max, self.toll.approx)

    @property
    def voice(self) -> tuple[str, str | None]:
        return (self.statement.source, self.statement.outlet)

    @property
    def mode(self) -> str:
        if self.toll.certainty in OPEN:
            return "open"
        return "denied" if self.toll.certainty is Certainty.DENIED else "asserted"


def _figure(statement: Statement) -> _Figure:
    """A statement of a toll with its role line and its moment."""
    toll = statement.claim
    assert isinstance(toll, Toll)
    nobody = toll.max == 0  # "no passenger was hurt" is said of all, whoever is named
    line = PERSON if _is_a_person(toll) else WHOLE if nobody else role_line(toll.who)
    return _Figure(toll, statement, line, statement.moment)


def toll_questions(
    statements: Sequence[Statement], incident: str | None, opposed: Opposed
) -> tuple[Question, ...]:
    """The questions that an incident's tolls answer (statements in order)."""
    figures = [_figure(one) for one in statements if isinstance(one.claim, Toll)]
    tolls = [figure.toll for figure in figures]
    topics: dict[_Topic, list[_Figure]] = defaultdict(list)
    for figure in figures:
        topics[(_outcomes(figure.toll), _group(figure.toll, tolls))].append(figure)
    return tuple(_question(topic, members, incident, opposed) for topic, members in topics.items())


def _outcomes(toll: Toll) -> tuple[Outcome, ...]:
    return tuple(sorted({toll.outcome, *toll.combined}, key=list(Outcome).index))


def _group(toll: Toll, tolls: Iterable[Toll]) -> Group:
    """The group a toll is filed under. A figure for people of several or unknown kinds that a source gives
    for one kind too ("214 military hostages … the 214 hostages") is the same figure again."""
    if toll.group not in _EVERYONE:
        return toll.group
    same = {
        other.group
        for other in tolls
        if other.group not in _EVERYONE
        and other.source.party == toll.source.party
        and _outcomes(other) == _outcomes(toll)
        and (other.min, other.max) == (toll.min, toll.max)
        and telling_words(other.who) & telling_words(toll.who)
    }
    return same.pop() if len(same) == 1 else Group.MIXED


def _question(topic: _Topic, figures: list[_Figure], incident: str | None, opposed: Opposed) -> Question:
    outcomes, group = topic
    tolls = [figure.toll for figure in figures]
    positions = _positions(_with_lines(figures))
    verdict = judge(positions, opposed)
    what = outcome_in_words(outcomes)
    if group is Group.MIXED and all(toll.group is Group.UNKNOWN for toll in tolls):
        group = Group.UNKNOWN
    return Question(
        id=content_id("question", incident, "toll", outcomes, topic[1]),
        label=f"{group_in_words(group)} {what}",
        kind="toll",
        outcome=tolls[0].outcome,
        combined=outcomes if len(outcomes) > 1 else (),
        group=group,
        status=verdict.status,
        reason=verdict.reason,
        positions=positions,
    )


def _with_lines(figures: list[_Figure]) -> list[_Figure]:
    """Figures with their final lines: kinds of people that one source counts apart ("12 pilgrims and 3
    villagers") get a line each, in every source's answers."""
    apart: set[str] = set()
    for one in figures:
        for two in figures:
            if _counted_apart(one, two):
                apart |= telling_words(one.toll.who)
    if not apart:
        return figures
    return [replace(f, line=f.line or " ".join(sorted(telling_words(f.toll.who) & apart))) for f in figures]


def _counted_apart(one: _Figure, two: _Figure) -> bool:
    """Whether one source gives the two for different people: words with nothing in common, numbers that
    differ."""
    if one.toll.report != two.toll.report:
        return False
    if one.voice != two.voice or one.line or two.line or one.when != two.when:
        return False
    here, there = telling_words(one.toll.who), telling_words(two.toll.who)
    disjoint = bool(one.toll.who and two.toll.who) and not here & there and bool(here | there)
    return disjoint and not interval(*one.value).meets(interval(*two.value))


def _is_a_person(toll: Toll) -> bool:
    """Whether a figure of one speaks of somebody ("a guard", a name) instead of counting ("one guard")."""
    return toll.min == toll.max == 1 and not counts_one(toll.evidence.quote)


def _positions(figures: Sequence[_Figure]) -> tuple[Position, ...]:
    """One position for each source and line, denials and conditions apart from what is asserted."""
    tracks: dict[tuple[str, str | None, str, str], list[_Figure]] = defaultdict(list)
    for figure in figures:
        joined = _restated(figure, figures)
        tracks[(*figure.voice, figure.line, joined.mode)].append(replace(figure, when=joined.when))
    positions: list[tuple[int, Position]] = []
    for (source, outlet, line, mode), members in tracks.items():
        wholes, parts = _whole_and_parts(members) if mode == "asserted" else (members, [])
        first = min(member.statement.number for member in members)
        whole = Position(source=source, outlet=outlet, line=line, answers=_answers(wholes))
        positions.append((first, whole))
        for part in _answers(parts):
            positions.append((first, whole.model_copy(update={"line": line or PART, "answers": (part,)})))
    return tuple(position for _, position in sorted(positions, key=lambda item: item[0]))


def _restated(figure: _Figure, figures: Sequence[_Figure]) -> _Figure:
    """For a figure under a condition ("if verified, the 12 deaths"): the asserted figure of its source
    that it repeats."""
    if figure.mode != "open":
        return figure
    for other in figures:
        same = other.voice == figure.voice and other.line == figure.line
        if same and other.mode == "asserted" and other.value == figure.value:
            return other
    return figure


def _whole_and_parts(figures: Sequence[_Figure]) -> tuple[list[_Figure], list[_Figure]]:
    """At each moment the greatest figure is the whole, with all that can hold beside it; the others are
    parts of it."""
    wholes: list[_Figure] = []
    parts: list[_Figure] = []
    for moment in sorted({figure.when for figure in figures}):
        now = [figure for figure in figures if figure.when == moment]
        greatest = max(
            (interval(*figure.value) for figure in now), key=lambda value: (value.low, -value.high)
        )
        for figure in now:
            (wholes if interval(*figure.value).meets(greatest) else parts).append(figure)
    whole = {figure.value for figure in wholes}
    return wholes, [figure for figure in parts if figure.value not in whole]


def _answers(figures: Sequence[_Figure]) -> tuple[Answer, ...]:
    """Answers oldest first; of figures given at one moment the most exact comes last and so stands.

    A figure that was replaced does not come back because a later report repeats it: what counts is when it was first given.
    Within one report, where the wording alone tells older from newer, it is the newest mention.
    """
    moments: dict[_Value, _Moment] = {}
    given: dict[_Value, list[_Figure]] = defaultdict(list)
    for figure in figures:
        given[figure.value].append(figure)
    for value, members in given.items():
        day = min((figure.when[0] for figure in members if figure.when[0] != UNDATED), default=UNDATED)
        moments[value] = max(figure.when for figure in members if figure.when[0] in (day, UNDATED))
    last = max(moments.values(), default=(UNDATED, 0))
    ordered = sorted(given, key=lambda value: (moments[value], -interval(*value).width))
    return tuple(
        _answer(given[value], superseded=moments[value][0] != UNDATED and moments[value] < last)
        for value in ordered
    )


def _answer(figures: Sequence[_Figure], *, superseded: bool) -> Answer:
    told = [figure for figure in figures if figure.mode != "open"] or list(figures)
    newest = told[-1].toll
    return Answer(
        min=newest.min,
        max=newest.max,
        approx=newest.approx,
        certainty=newest.certainty,
        who=newest.who,
        words=newest.evidence.quote,
        said=newest.said,
        superseded=superseded,
        **carried([figure.statement for figure in figures]),
    )
