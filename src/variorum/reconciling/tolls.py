"""Questions about people: one for each outcome and group, with a line for each part counted apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from variorum.model import Answer, Certainty, Group, Outcome, Position, Question, Status, Toll, content_id
from variorum.reconciling.intervals import Interval, interval
from variorum.reconciling.people import WHOLE, counts_one, role_line, telling_words
from variorum.reconciling.revision import age_of
from variorum.reconciling.statuses import OPEN, answer_in_words, judge, source_name
from variorum.reconciling.wording import group_in_words, outcome_in_words

PART = "part"
"""The line of a smaller figure that a source gives for the same people, with no sign of a change over
time."""

PERSON = "a person"
"""The line of a figure of one that is no count: "a guard was killed", or a name."""

_EVERYONE = (Group.MIXED, Group.UNKNOWN)
_Topic = tuple[tuple[Outcome, ...], Group]
_Value = tuple[int | None, int | None, bool]
_Moment = tuple[int, str]


@dataclass(frozen=True)
class _Figure:
    """A toll with what decides where it goes: its line and its moment (age by wording, then day)."""

    toll: Toll
    line: str
    when: _Moment

    @property
    def value(self) -> _Value:
        return (self.toll.min, self.toll.max, self.toll.approx)

    @property
    def mode(self) -> str:
        if self.toll.certainty in OPEN:
            return "open"
        return "denied" if self.toll.certainty is Certainty.DENIED else "asserted"


def _figure(toll: Toll, text: str) -> _Figure:
    """A toll with its role line and its moment: an undated figure is taken for the newest as of the
    report."""
    line = PERSON if _is_a_person(toll) else role_line(toll.who)
    return _Figure(toll, line, (age_of(text, toll.evidence), toll.said or "9"))


def toll_questions(tolls: Sequence[Toll], incident: str | None, text: str) -> tuple[Question, ...]:
    """The questions that an incident's tolls answer (tolls in the order of the text), with contests across
    groups."""
    topics: dict[_Topic, list[Toll]] = defaultdict(list)
    for toll in tolls:
        topics[(_outcomes(toll), _group(toll, tolls))].append(toll)
    questions = {topic: _question(topic, members, incident, text) for topic, members in topics.items()}
    totals = frozenset(toll.id for toll in tolls if toll.group is Group.MIXED)
    return tuple(_across_groups(topic, questions, totals) for topic in questions)


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


def _question(topic: _Topic, tolls: Sequence[Toll], incident: str | None, text: str) -> Question:
    outcomes, group = topic
    figures = _with_lines([_figure(toll, text) for toll in tolls])
    positions = _positions(figures)
    verdict = judge(positions)
    what = outcome_in_words(outcomes)
    if group is Group.MIXED and all(toll.group is Group.UNKNOWN for toll in tolls):
        group = Group.UNKNOWN
    return Question(
        id=content_id("question", incident, "toll", outcomes, topic[1]),
        label=f"{group_in_words(group)} {what}",
        kind="toll",
        outcome=tolls[0].outcome,
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
    if one.toll.source.party != two.toll.source.party or one.line or two.line or one.when != two.when:
        return False
    here, there = telling_words(one.toll.who), telling_words(two.toll.who)
    disjoint = bool(one.toll.who and two.toll.who) and not here & there and bool(here | there)
    return disjoint and not interval(*one.value).meets(interval(*two.value))


def _is_a_person(toll: Toll) -> bool:
    """Whether a figure of one speaks of somebody ("a guard", a name) instead of counting ("one guard")."""
    return toll.min == toll.max == 1 and not counts_one(toll.evidence.quote)


def _positions(figures: Sequence[_Figure]) -> tuple[Position, ...]:
    """One position for each source and line, denials and conditions apart from what is asserted."""
    tracks: dict[tuple[str, str, str], list[_Figure]] = defaultdict(list)
    for figure in figures:
        joined = _restated(figure, figures)
        tracks[(figure.toll.source.party, figure.line, joined.mode)].append(replace(figure, when=joined.when))
    positions: list[tuple[int, Position]] = []
    for (source, line, mode), members in tracks.items():
        wholes, parts = _whole_and_parts(members) if mode == "asserted" else (members, [])
        first = min(member.toll.evidence.start for member in members)
        positions.append((first, Position(source=source, line=line, answers=_answers(wholes))))
        for part in _answers(parts):
            positions.append((first, Position(source=source, line=line or PART, answers=(part,))))
    return tuple(position for _, position in sorted(positions, key=lambda item: item[0]))


def _restated(figure: _Figure, figures: Sequence[_Figure]) -> _Figure:
    """For a figure under a condition ("if verified, the 12 deaths"): the asserted figure of its source
    that it repeats."""
    if figure.mode != "open":
        return figure
    for other in figures:
        same = other.toll.source.party == figure.toll.source.party and other.line == figure.line
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
    return wholes, parts


def _answers(figures: Sequence[_Figure]) -> tuple[Answer, ...]:
    """Answers oldest first; of figures given at one moment the most exact comes last and so stands."""
    last = max((figure.when for figure in figures), default=(0, ""))
    newest: dict[_Value, _Moment] = {}
    given: dict[_Value, list[Toll]] = defaultdict(list)
    for figure in figures:
        newest[figure.value] = max(figure.when, newest.get(figure.value, figure.when))
        given[figure.value].append(figure.toll)
    ordered = sorted(given, key=lambda value: (newest[value], -interval(*value).width))
    return tuple(_answer(given[value], superseded=newest[value] < last) for value in ordered)


def _answer(tolls: Sequence[Toll], *, superseded: bool) -> Answer:
    told = [toll for toll in tolls if toll.certainty not in OPEN] or list(tolls)
    newest = told[-1]
    return Answer(
        min=newest.min,
        max=newest.max,
        approx=newest.approx,
        certainty=newest.certainty,
        who=newest.who,
        words=newest.evidence.quote,
        said=newest.said,
        superseded=superseded,
        claims=tuple(toll.id for toll in tolls),
    )


def _across_groups(topic: _Topic, questions: Mapping[_Topic, Question], totals: frozenset[str]) -> Question:
    """The question, contested if one source's figure for one group is greater than another's for
    everybody."""
    outcomes, group = topic
    question = questions[topic]
    if group is Group.MIXED:
        parts = [
            other
            for (same, other_group), other in questions.items()
            if same == outcomes and other_group is not group
        ]
        clashes = [words for part in parts for words in _excess(part, question, totals)]
    else:
        whole = questions.get((outcomes, Group.MIXED))
        clashes = _excess(question, whole, totals) if whole else []
    if not clashes:
        return question
    before = [question.reason] if question.status is Status.CONTESTED else []
    return question.model_copy(update={"status": Status.CONTESTED, "reason": " ".join([*before, *clashes])})


def _excess(part: Question, whole: Question, totals: frozenset[str]) -> list[str]:
    """How figures of the part exceed other sources' totals; `totals` are claims about all kinds of people."""
    most = [
        p for p in whole.positions if p.line == WHOLE and _asserted(p) and totals & set(p.standing.claims)
    ]
    found: dict[tuple[str, str], str] = {}  # one for each two sources will do
    for few, many in product(most, filter(_asserted, part.positions)):
        if few.source != many.source and _interval(many).low > _interval(few).high:
            here, there = answer_in_words(many.standing), answer_in_words(few.standing)
            pair = (few.source, many.source)
            found.setdefault(
                pair,
                f"{source_name(many)}: {here} {part.label}. {source_name(few)}: {there} in all. "
                "A part cannot be greater than the whole.",
            )
    return list(found.values())


def _asserted(position: Position) -> bool:
    return position.standing.certainty not in (*OPEN, Certainty.DENIED)


def _interval(position: Position) -> Interval:
    standing = position.standing
    return interval(standing.min, standing.max, standing.approx)
