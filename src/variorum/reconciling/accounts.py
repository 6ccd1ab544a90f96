"""Questions that accounts answer without a number: whether it is over, and whose version is rejected."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from variorum.model import Account, Answer, Certainty, Position, Question, Status, content_id
from variorum.reconciling.lexicon import rows
from variorum.reconciling.statuses import OPEN, judge

OVER, ONGOING = "over", "ongoing"
REJECTS = "rejects another account"

_REACH = 60


def account_questions(claims: Sequence[Account], incident: str | None) -> tuple[Question, ...]:
    """The questions that an incident's accounts answer (claims in the order of the text)."""
    questions = (_course(claims, incident), _denials(claims, incident))
    return tuple(question for question in questions if question is not None)


def course_of(words: str) -> str | None:
    """`over` or `ongoing` where the words say so of a fight, siege or the like; None where they say
    neither or both."""
    found = {course for course in (OVER, ONGOING) if _says(words, course)}
    return found.pop() if len(found) == 1 else None


def _course(claims: Sequence[Account], incident: str | None) -> Question | None:
    given: dict[str, dict[tuple[str, bool], list[Account]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        course = course_of(claim.evidence.quote)
        if course and claim.certainty not in OPEN:
            denied = claim.denies or claim.certainty is Certainty.DENIED
            given[claim.source.party][(course, denied)].append(claim)
    if not given:
        return None
    positions = tuple(
        Position(source=source, answers=(_answer(course, members, denied=denied),))
        for source, answers in given.items()
        for (course, denied), members in answers.items()
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


def _denials(claims: Sequence[Account], incident: str | None) -> Question | None:
    given: dict[str, list[Account]] = defaultdict(list)
    for claim in claims:
        if claim.denies:
            given[claim.source.party].append(claim)
    if not given:
        return None
    positions = tuple(
        Position(source=source, answers=tuple(_answer(REJECTS, [claim]) for claim in members))
        for source, members in given.items()
    )
    return Question(
        id=content_id("question", incident, "denials"),
        label="another’s account rejected",
        kind="account",
        status=Status.CONTESTED,
        reason=f"Rejected as false by {' and by '.join(given)}.",
        positions=positions,
    )


def _answer(stance: str, claims: Sequence[Account], *, denied: bool = False) -> Answer:
    newest = claims[-1]
    return Answer(
        stance=stance,
        certainty=Certainty.DENIED if denied else newest.certainty,
        words=newest.evidence.quote,
        said=newest.said,
        claims=tuple(claim.id for claim in claims),
    )


@cache
def _patterns(course: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(form) for form, mark in rows("course.tsv") if mark == course)


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


def _says(words: str, course: str) -> bool:
    return any(pattern.search(words) for pattern in _patterns(course))
