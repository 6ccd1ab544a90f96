"""Dossiers for tests of profiles: built by hand, or drawn at random. Parties are invented."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from variorum.model import (
    REPORTER,
    Answer,
    Certainty,
    Dossier,
    Group,
    Origin,
    Outcome,
    Position,
    Question,
    Status,
    Support,
)
from variorum.reconciling.statuses import answer_in_words
from variorum.reconciling.wording import group_in_words

ARMY, FRONT, CLINIC, WATCH = "Norland Army", "Reef Front", "Harbour Clinic", "Quay Watch"
PARTIES = (ARMY, FRONT, CLINIC, WATCH)
OUTLETS = ("Harbour Post", "Delta Wire")


def told(
    source: str,
    low: int | None,
    high: int | None = -1,
    *,
    line: str = "",
    certainty: Certainty = Certainty.STATED,
    earlier: tuple[int, ...] = (),
    words: str | None = None,
    approx: bool = False,
    outlet: str | None = None,
    stance: str | None = None,
) -> Position:
    """A source's position: exact unless `high` is given; `earlier` are the figures that it has replaced."""
    high = low if high == -1 else high
    name = f"claim-{outlet or source}-{line}-{low}-{high}-{certainty}"
    old = tuple(
        Answer(
            min=number,
            max=number,
            certainty=Certainty.STATED,
            words=f"{number} people",
            superseded=True,
            claims=(f"{name}-earlier-{number}",),
            reports=("report-0",),
        )
        for number in earlier
    )
    newest = Answer(
        min=low,
        max=high,
        approx=approx,
        stance=stance,
        certainty=certainty,
        words=words or f"{low} people",
        claims=(name,),
        reports=("report-1",),
    )
    return Position(source=source, outlet=outlet, line=line, answers=(*old, newest))


def dozens(source: str) -> Position:
    """A source that says "dozens"."""
    return told(source, 24, None, approx=True, words="dozens of people")


def toll(
    group: Group,
    *positions: Position,
    outcome: Outcome = Outcome.KILLED,
    support: tuple[Support, ...] = (),
    combined: tuple[Outcome, ...] = (),
) -> Question:
    """A question on people."""
    return Question(
        id=f"question-{outcome}-{group}-{'-'.join(combined)}",
        label=f"{group_in_words(group)} {outcome}",
        kind="toll",
        outcome=outcome,
        group=group,
        combined=combined,
        status=Status.CONTESTED,
        reason="",
        positions=positions,
        support=support,
    )


def blame(actor: str, *positions: Position, support: tuple[Support, ...] = ()) -> Question:
    """A question on an actor's responsibility."""
    return Question(
        id=f"question-responsibility-{actor}",
        label=f"responsibility of {actor}",
        kind="responsibility",
        actor=actor,
        status=Status.CONTESTED,
        reason="",
        positions=positions,
        support=support,
    )


def names(source: str, certainty: Certainty = Certainty.STATED) -> Position:
    """A source that says of the actor asked about that it did it; denied: that it did not."""
    return told(source, None, None, stance="responsible", certainty=certainty, words="did it")


def resting_on(position: Position, *origins: str) -> Support:
    """What the position's answer rests on: outlets, by their names."""
    return Support(
        answer=answer_in_words(position.standing),
        line=position.line,
        origins=tuple(Origin(kind="outlet", name=name, because="it is quoted") for name in origins),
        reports=position.standing.reports,
    )


def dossier(*questions: Question) -> Dossier:
    """An incident with these questions."""
    return Dossier(incident="incident-1", parties=PARTIES, questions=questions)


def swapped(text: str, one: str = ARMY, two: str = FRONT) -> str:
    """A text with two names exchanged."""
    return text.replace(one, "\0").replace(two, one).replace("\0", two)


def with_parties_swapped(given: Dossier) -> Dossier:
    """The dossier with two parties' names exchanged everywhere."""
    return Dossier.model_validate_json(swapped(given.model_dump_json()))


def with_one_more_copy(given: Dossier) -> Dossier:
    """The dossier after an exact copy of its reports came in: more reach, no new origin."""

    def copied(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: [*item, "report-copy"] if key == "reports" and item else copied(item)
                for key, item in value.items()
            }
        return [copied(item) for item in value] if isinstance(value, list) else value

    return Dossier.model_validate(copied(json.loads(given.model_dump_json())))


@st.composite
def _positions(draw: st.DrawFn, wordings: st.SearchStrategy[tuple[int | None, int | None, bool, str]]) -> Any:
    voices = [*((party, None) for party in PARTIES), *((REPORTER, outlet) for outlet in OUTLETS)]
    chosen = draw(st.lists(st.sampled_from(voices), unique=True, max_size=5))
    positions = []
    for source, outlet in chosen:
        for line in draw(
            st.lists(
                st.sampled_from(["", "children", "pilgrims", "villagers", "part", "a person"]),
                unique=True,
                min_size=1,
                max_size=3,
            )
        ):
            low, high, approx, words = draw(wordings)
            positions.append(
                told(
                    source,
                    low,
                    high,
                    line=line,
                    outlet=outlet,
                    approx=approx,
                    words=words,
                    certainty=draw(st.sampled_from(Certainty)),
                    earlier=tuple(draw(st.lists(st.integers(0, 60), max_size=2))),
                )
            )
    return tuple(positions)


_NUMBER = st.integers(0, 60)
_WORDINGS = st.one_of(
    st.builds(lambda n, a: (n, n, a, f"{n} people"), _NUMBER, st.booleans()),
    st.builds(lambda n: (n, None, False, f"at least {n}"), _NUMBER),
    st.builds(lambda n: (None, n, False, f"up to {n}"), _NUMBER),
    st.builds(lambda n, m: (min(n, m), max(n, m), False, f"{n} to {m}"), _NUMBER, _NUMBER),
    st.just((24, None, True, "dozens of people")),
)


@st.composite
def _tolls(draw: st.DrawFn, outcome: Outcome, group: Group) -> Question:
    positions = draw(_positions(_WORDINGS))
    support: dict[tuple[str, str], Support] = {}
    if draw(st.booleans()):
        for position in positions:
            origins = draw(st.lists(st.sampled_from(OUTLETS), min_size=1, unique=True))
            one = resting_on(position, *origins)
            support.setdefault((one.line, one.answer), one)
    return toll(group, *positions, outcome=outcome, support=tuple(support.values()))


@st.composite
def _responsibility(draw: st.DrawFn, actor: str) -> Question:
    sources = draw(st.lists(st.sampled_from(PARTIES), unique=True, min_size=1))
    return blame(actor, *(names(source, draw(st.sampled_from(Certainty))) for source in sources))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Any dossier: questions on any outcomes and groups, with or without support, and who did it."""
    topics = draw(
        st.lists(
            st.tuples(
                st.sampled_from([Outcome.KILLED, Outcome.INJURED, Outcome.MISSING]), st.sampled_from(Group)
            ),
            unique=True,
            max_size=5,
        )
    )
    questions = [draw(_tolls(outcome, group)) for outcome, group in topics]
    actors = draw(st.lists(st.sampled_from(PARTIES), unique=True, max_size=3))
    return dossier(
        *(question for question in questions if question.positions),
        *(draw(_responsibility(actor)) for actor in actors),
    )
