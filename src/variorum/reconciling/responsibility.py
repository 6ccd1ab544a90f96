"""Questions about who did it: one for each actor that some source names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from variorum.model import (
    REPORTER,
    Answer,
    Certainty,
    Claim,
    Position,
    Question,
    Responsibility,
    Stance,
    Status,
    content_id,
)
from variorum.reconciling.answers import carried
from variorum.reconciling.sides import Sides, within
from variorum.reconciling.statements import UNDATED, Statement
from variorum.reconciling.statuses import OPEN, judge

YES = "responsible"
"""What every stance but a denial says of the actor. Who says it and how stays in the words."""


def responsibility_questions(
    statements: Sequence[Statement], incident: str | None, sides: Sides
) -> tuple[Question, ...]:
    """The questions that an incident's claims of responsibility answer (statements in order)."""
    actors: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        if isinstance(one.claim, Responsibility):
            actors[one.claim.actor].append(one)
    questions = [_question(actor, members, incident) for actor, members in actors.items()]
    return tuple(_with_rivals(question, questions, sides) for question in questions)


def _question(actor: str, statements: Sequence[Statement], incident: str | None) -> Question:
    by_voice: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
    for one in statements:
        by_voice[one.source, one.outlet].append(one)
    positions = tuple(
        Position(source=source, outlet=outlet, answers=_answers(members))
        for (source, outlet), members in by_voice.items()
    )
    verdict = judge(positions)
    return Question(
        id=content_id("question", incident, "responsibility", actor),
        label=f"responsibility of {actor}",
        kind="responsibility",
        actor=actor,
        status=verdict.status,
        reason=verdict.reason,
        positions=positions,
    )


def _answers(statements: Sequence[Statement]) -> tuple[Answer, ...]:
    """One answer for each of yes and no; dated ones oldest first, and what is only threatened or
    conditional first."""
    given: dict[Certainty | None, list[Statement]] = defaultdict(list)
    for one in statements:
        given[_side(one.claim)].append(one)
    newest = {
        side: min((one.day for one in members if one.day != UNDATED), default=UNDATED)
        for side, members in given.items()
    }
    order = sorted(given, key=lambda side: (side not in OPEN, newest[side]))
    last = order[-1]
    return tuple(_answer(given[side], superseded=UNDATED != newest[side] < newest[last]) for side in order)


def _side(claim: Claim) -> Certainty | None:
    assert isinstance(claim, Responsibility)
    if claim.certainty in OPEN:
        return claim.certainty
    return Certainty.DENIED if claim.stance is Stance.DENIES or claim.certainty is Certainty.DENIED else None


def _answer(statements: Sequence[Statement], *, superseded: bool) -> Answer:
    newest = statements[-1].claim
    denied = _side(newest) is Certainty.DENIED
    return Answer(
        stance=YES,
        certainty=Certainty.DENIED if denied else newest.certainty,
        words=newest.evidence.quote,
        said=newest.said,
        superseded=superseded,
        **carried(statements),
    )


def _with_rivals(question: Question, questions: Sequence[Question], sides: Sides) -> Question:
    """The question, contested where two parties each name only actors that the other does not name."""
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for other in questions:
        for source in _asserting(other):
            named[source][other.actor or ""] = None
    rivals: dict[str, None] = {}
    for one, two in combinations(named, 2):
        about_it = question.actor in {*named[one], *named[two]}
        if about_it and not any(_same_side(a, b, sides) for a in named[one] for b in named[two]):
            rivals |= {one: None, two: None}
    if not rivals:
        return question
    told = [
        f"{' and '.join(sources)} {'name' if len(sources) > 1 else 'names'} {' and '.join(actors)}."
        for actors, sources in _by_named(rivals, named).items()
    ]
    before = [question.reason] if question.status is Status.CONTESTED else []
    return question.model_copy(update={"status": Status.CONTESTED, "reason": " ".join([*before, *told])})


def _by_named(sources: Iterable[str], named: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], list[str]]:
    """The sources that name the same actors, together."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for source in sources:
        found[tuple(named[source])].append(source)
    return found


def _asserting(question: Question) -> list[str]:
    """The parties that stand by the actor's responsibility. The report's own voice accuses nobody in a
    dispute."""
    return [
        position.source
        for position in question.positions
        if position.source != REPORTER
        and position.standing.certainty is not Certainty.DENIED
        and position.standing.certainty not in OPEN
    ]


def _same_side(one: str, two: str, sides: Sides) -> bool:
    """Whether two actors may be one: a name within the other ("Norland", "Norland Army") or arms of one
    state."""
    return within(one, two) or sides.one_state(one, two)
