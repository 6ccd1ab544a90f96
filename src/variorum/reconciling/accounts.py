"""Questions that accounts answer without a number: whether it is over, and whose version is rejected."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from variorum.model import Account, Answer, Certainty, Position, Question, Status, content_id
from variorum.reconciling.answers import carried
from variorum.reconciling.lexicon import rows
from variorum.reconciling.statements import UNDATED, Statement
from variorum.reconciling.statuses import ONGOING, OPEN, OVER, judge

REJECTS = "rejects another account"

_REACH = 60
_Voice = tuple[str, str | None]


def account_questions(statements: Sequence[Statement], incident: str | None) -> tuple[Question, ...]:
    """The questions that an incident's accounts answer (statements in order)."""
    accounts = [one for one in statements if isinstance(one.claim, Account)]
    questions = (_course(accounts, incident), _denials(accounts, incident))
    return tuple(question for question in questions if question is not None)


def course_of(words: str) -> str | None:
    """`over` or `ongoing` where the words say so of a fight, siege or the like; None where they say
    neither or both."""
    ended = [match.group() for pattern in _patterns(OVER) for match in pattern.finditer(words)]
    unended = any(_negations().search(match) for match in ended)
    goes_on = unended or any(pattern.search(words) for pattern in _patterns(ONGOING))
    if ended and not unended and not goes_on:
        return OVER
    return ONGOING if goes_on and (unended or not ended) else None


def _course(statements: Sequence[Statement], incident: str | None) -> Question | None:
    given: dict[_Voice, dict[tuple[str, bool], list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for one in statements:
        course = course_of(one.claim.evidence.quote)
        if course and one.claim.certainty not in OPEN:
            given[one.source, one.outlet][course, _denied(one)].append(one)
    if not given:
        return None
    positions = tuple(
        position for voice, answers in given.items() for position in _course_of_one(voice, answers)
    )
    verdict = judge(positions)
    return Question(
        id=content_id("question", incident, "course"),
        label="is it over",
        kind="account",
        status=verdict.status,
        reason=verdict.reason,
        positions=positions,
    )


def _course_of_one(voice: _Voice, given: Mapping[tuple[str, bool], Sequence[Statement]]) -> list[Position]:
    """A source's positions on whether it is over: "ongoing" on one day and "over" on a later one is one position
    that changed; what it denies is a position of its own."""
    source, outlet = voice
    told: dict[bool, list[tuple[str, Answer]]] = defaultdict(list)
    for (course, denied), members in given.items():
        day = min((one.day for one in members if one.day != UNDATED), default=UNDATED)
        told[denied].append((day, _answer(course, members, denied=denied)))
    positions = []
    for answers in told.values():
        ordered = sorted(answers, key=lambda answer: answer[0])
        last = ordered[-1][0]
        if len({day for day, _ in ordered}) < len(ordered):  # nothing tells which of them is the later
            positions += [Position(source=source, outlet=outlet, answers=(one,)) for _, one in ordered]
            continue
        dated = (one.model_copy(update={"superseded": UNDATED != day < last}) for day, one in ordered)
        positions.append(Position(source=source, outlet=outlet, answers=tuple(dated)))
    return positions


def _denials(statements: Sequence[Statement], incident: str | None) -> Question | None:
    given: dict[_Voice, list[Statement]] = defaultdict(list)
    for one in statements:
        if _rejects(one):
            given[one.source, one.outlet].append(one)
    if not given:
        return None
    positions = tuple(
        Position(source=source, outlet=outlet, answers=tuple(_answer(REJECTS, [one]) for one in members))
        for (source, outlet), members in given.items()
    )
    return Question(
        id=content_id("question", incident, "denials"),
        label="another’s account rejected",
        kind="account",
        status=Status.CONTESTED,
        reason=f"Rejected as false by {' and by '.join(dict.fromkeys(source for source, _ in given))}.",
        positions=positions,
    )


def _rejects(one: Statement) -> bool:
    return isinstance(one.claim, Account) and one.claim.denies


def _denied(one: Statement) -> bool:
    return _rejects(one) or one.claim.certainty is Certainty.DENIED


def _answer(stance: str, statements: Sequence[Statement], *, denied: bool = False) -> Answer:
    newest = statements[-1].claim
    return Answer(
        stance=stance,
        certainty=Certainty.DENIED if denied else newest.certainty,
        words=newest.evidence.quote,
        said=newest.said,
        **carried(statements),
    )


@cache
def _patterns(course: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(form) for form, mark in rows("course.tsv") if mark == course)


@cache
def _negations() -> re.Pattern[str]:
    forms = [re.escape(form) for form, mark in rows("course.tsv") if mark == "negation"]
    # "n't" ends a word, the others are words
    found = "|".join(form if form[1:2] in ("'", "’") else rf"\b{form}" for form in forms)
    return re.compile(rf"(?:{found})\b", re.IGNORECASE)


@cache
def _happenings() -> str:
    return "|".join(re.escape(word) for word, mark in rows("course.tsv") if mark == "noun")


def _pattern(form: str) -> re.Pattern[str]:
    """A form of the list with N for a happening: "N was over" allows words between the two, within one
    clause."""
    parts = [part.strip() for part in form.split("N")]
    gap = rf"[^.!?;:]{{0,{_REACH}}}?\b"
    bits = [r"\s+".join(map(re.escape, part.split())) for part in parts]
    noun = rf"(?:{_happenings()})\b"
    body = noun + gap + bits[1] if not bits[0] else bits[0] + r"\b" + gap + noun
    return re.compile(rf"\b{body}(?!\w)", re.IGNORECASE)
