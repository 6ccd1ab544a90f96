"""Arithmetic that does not come out: observations on what sources said, never corrections.

Four checks, each on standing figures, none of them denied or under a condition:

* *part exceeds another's whole*: one source counts more of one group than another counts of everybody.
* *parts exceed whole*: a source's figures for the groups come to more than its own total in the same report.
* *parts fall short of whole*: they come to less, so that the source says nothing of the rest.
* *more than were there*: a source counts more killed, captured or freed of a group than it says were there.

Nobody is right or wrong by them: a total may be older than its parts, or leave out the attackers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from variorum.model import Certainty, Group, Observation, Outcome, Position, Question
from variorum.reconciling.intervals import Interval, interval
from variorum.reconciling.people import PART, PERSON, WHOLE
from variorum.reconciling.statuses import OPEN, answer_in_words, source_name

_PARTS = (Group.CIVILIAN, Group.SECURITY, Group.MILITANT)
_ENDS = (Outcome.KILLED, Outcome.CAPTURED, Outcome.FREED)
_FEWEST_PARTS = 2


@dataclass(frozen=True)
class _Count:
    """What one source counts of one group, or of one part of it."""

    question: Question
    position: Position

    @property
    def number(self) -> Interval:
        standing = self.position.standing
        return interval(standing.min, standing.max, standing.approx)

    @property
    def words(self) -> str:
        part = f" ({self.position.line})" if self.position.line else ""
        return f"{answer_in_words(self.position.standing)} {self.question.label}{part}"

    @property
    def reports(self) -> frozenset[str]:
        return frozenset(self.position.standing.reports)


def observations_on(questions: Sequence[Question]) -> tuple[Observation, ...]:
    """The observations on an incident's tolls, in the order of the questions."""
    counts = [
        _Count(question, position)
        for question in questions
        if question.kind == "toll"
        for position in question.positions
        if _stands(position)
    ]
    found = (
        *_parts_beyond_others_wholes(counts),
        *_own_groups(counts),
        *_own_lines(counts),
        *_more_than_were_there(counts),
    )
    return tuple(dict.fromkeys(found))


def _stands(position: Position) -> bool:
    told = position.standing.certainty not in (*OPEN, Certainty.DENIED)
    return told and position.line not in (PART, PERSON)


def _parts_beyond_others_wholes(counts: Sequence[_Count]) -> Iterator[Observation]:
    wholes = [c for c in counts if c.question.group is Group.MIXED and c.position.line == WHOLE]
    for part, whole in product(counts, wholes):
        apart = part.question.group in _PARTS and part.position.source != whole.position.source
        if apart and _outcomes(part) == _outcomes(whole) and part.number.low > whole.number.high:
            yield _observation(
                "part exceeds another's whole",
                f"{source_name(part.position)}: {part.words}. {source_name(whole.position)}: {whole.words} in all.",
                part,
                whole,
            )


def _own_groups(counts: Sequence[_Count]) -> Iterator[Observation]:
    """A source's groups against its own total, where one report carries them all."""
    for whole in counts:
        if whole.question.group in _PARTS or whole.position.line != WHOLE:
            continue
        parts = [
            count
            for count in counts
            if count.question.group in _PARTS
            and count.position.line == WHOLE
            and _same_voice(count, whole)
            and _outcomes(count) == _outcomes(whole)
            and count.reports & whole.reports
        ]
        yield from _against(whole, parts, complete=len(parts) >= _FEWEST_PARTS)


def _own_lines(counts: Sequence[_Count]) -> Iterator[Observation]:
    """The parts of one group against the source's figure for the whole group, where one report carries them all.
    Two parts may overlap, as children and wounded do, so only each alone is held against the whole."""
    for whole in counts:
        if whole.position.line != WHOLE:
            continue
        for part in counts:
            mine = part.question.id == whole.question.id and _same_voice(part, whole)
            if mine and part.position.line != WHOLE and part.reports & whole.reports:
                yield from _against(whole, [part], complete=False)


def _against(whole: _Count, parts: Sequence[_Count], *, complete: bool) -> Iterator[Observation]:
    low, high = (sum(getattr(part.number, bound) for part in parts) for bound in ("low", "high"))
    if not parts or (low <= whole.number.high and (not complete or high >= whole.number.low)):
        return
    told = ", ".join(part.words for part in parts)
    if low > whole.number.high:
        kind, words = "parts exceed whole", f"{told}: more than the {whole.words} that it gives in all."
    else:
        rest = f"{whole.number.low - high:,.0f}"
        kind, words = (
            "parts fall short of whole",
            f"{told}: {rest} fewer than the {whole.words} that it gives in all.",
        )
    yield _observation(kind, f"{source_name(whole.position)}: {words}", *parts, whole)


def _more_than_were_there(counts: Sequence[_Count]) -> Iterator[Observation]:
    there = [c for c in counts if c.question.outcome is Outcome.PRESENT and c.position.line == WHOLE]
    for some, whole in product(counts, there):
        same = some.question.group is whole.question.group and _same_voice(some, whole)
        told = some.question.outcome in _ENDS and bool(some.reports & whole.reports)
        if same and told and some.number.low > whole.number.high:
            words = f"{source_name(some.position)}: {some.words}, but {whole.words}."
            yield _observation("more than were there", words, some, whole)


def _outcomes(count: _Count) -> tuple[Outcome | None, tuple[Outcome, ...]]:
    return count.question.outcome, count.question.combined


def _same_voice(one: _Count, two: _Count) -> bool:
    first, second = one.position, two.position
    return (first.source, first.outlet) == (second.source, second.outlet)


def _observation(kind: str, words: str, *counts: _Count) -> Observation:
    claims = dict.fromkeys(claim for count in counts for claim in count.position.standing.claims)
    return Observation(kind=kind, source=counts[0].position.source, words=words, claims=tuple(claims))
