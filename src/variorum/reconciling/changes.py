"""What changed between two states of the same incidents: as known on one day, and on a later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from variorum.model import Answer, Certainty, Dossier, Incident, Question, Record, Status
from variorum.reconciling.accounts import REJECTS
from variorum.reconciling.statuses import answer_in_words

_Key = tuple[str, str, str | None, str]


class PositionChange(Record):
    """What a source stands by on a question, where that is not what it stood by before."""

    question: str
    label: str
    source: str
    outlet: str | None = None
    line: str = Field(default="", description="the part of the group that is counted; empty for all of it")
    before: tuple[str, ...] = Field(description="its standing answers in words; empty if it had none")
    after: tuple[str, ...]
    claims: tuple[str, ...] = Field(description="ids of the claims that give what it stands by now")


class StatusChange(Record):
    """A question whose status is another than before; `before` is None for a question that nobody had answered."""

    question: str
    label: str
    before: Status | None
    after: Status | None
    reason: str = Field(description="the rule that gives the status it has now, in words")


class IncidentChange(Record):
    """What is new about one incident. All that it has counts as new where the incident itself is."""

    incident: str | None
    new: bool = Field(description="nothing was known of the incident before")
    summary: Incident | None = None
    reports: tuple[str, ...] = Field(description="ids of the reports that came in")
    sources: tuple[str, ...] = Field(description="parties that had not spoken before")
    claims: tuple[str, ...] = Field(description="ids of the claims that came in")
    positions: tuple[PositionChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()


def changes_between(before: Sequence[Dossier], after: Sequence[Dossier]) -> tuple[IncidentChange, ...]:
    """What changed for each incident of `after`, in their order; incidents that did not change are left out.

    Incidents are matched by their ids, so both must come of one linking. An incident that only `before` has is not told:
    what was known on one day is known on every later one.
    """
    old = {_name(dossier): dossier for dossier in before}
    changes = (_change(old.get(_name(dossier)), dossier) for dossier in after)
    return tuple(change for change in changes if change is not None)


def _name(dossier: Dossier) -> tuple[str | None, bool]:
    return (dossier.incident, dossier.background)


def _change(before: Dossier | None, after: Dossier) -> IncidentChange | None:
    known = before or Dossier(incident=after.incident, parties=(), questions=())
    change = IncidentChange(
        incident=after.incident,
        new=before is None,
        summary=after.summary,
        reports=_added(known.reports, after.reports),
        sources=_added(known.parties, after.parties),
        claims=_added(known.claims, after.claims),
        positions=tuple(_positions(known.questions, after.questions)),
        statuses=tuple(_statuses(known.questions, after.questions)),
    )
    told = (change.reports, change.sources, change.claims, change.positions, change.statuses)
    return change if change.new or any(told) else None


def _added(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    known = set(before)
    return tuple(one for one in after if one not in known)


def _positions(before: Sequence[Question], after: Sequence[Question]) -> Iterator[PositionChange]:
    labels = {question.id: question.label for question in (*before, *after)}
    old, new = _standing(before), _standing(after)
    for key in dict.fromkeys((*new, *old)):
        answers = new.get(key, ())
        was, now = _in_words(old.get(key, ())), _in_words(answers)
        if was != now:
            name, source, outlet, line = key
            yield PositionChange(
                question=name,
                label=labels[name],
                source=source,
                outlet=outlet,
                line=line,
                before=was,
                after=now,
                claims=tuple(dict.fromkeys(claim for answer in answers for claim in answer.claims)),
            )


def _standing(questions: Iterable[Question]) -> dict[_Key, tuple[Answer, ...]]:
    """What each source stands by on each question. A denial or a condition stands beside the rest, as one of several."""
    found: dict[_Key, tuple[Answer, ...]] = {}
    for question in questions:
        for position in question.positions:
            key = (question.id, position.source, position.outlet, position.line)
            found[key] = (*found.get(key, ()), position.standing)
    return found


def _in_words(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(sorted({_told(answer) for answer in answers}))


def _told(answer: Answer) -> str:
    if answer.stance == REJECTS:
        return REJECTS  # a denial itself
    plain = answer.certainty in (Certainty.STATED, Certainty.DENIED)  # a denial is told by its "not"
    return answer_in_words(answer) + ("" if plain else f" ({answer.certainty.value})")


def _statuses(before: Sequence[Question], after: Sequence[Question]) -> Iterator[StatusChange]:
    old, new = ({question.id: question for question in questions} for questions in (before, after))
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        status = (was.status if was else None, now.status if now else None)
        if status[0] is not status[1]:
            told = now or was
            assert told is not None
            yield StatusChange(
                question=name,
                label=told.label,
                before=status[0],
                after=status[1],
                reason=now.reason if now else "",
            )
