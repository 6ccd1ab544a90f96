"""`acled`: one figure for all deaths, the most conservative one given, and the dispute in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from variorum.model import Dossier, Outcome
from variorum.reconciling.lexicon import rows
from variorum.reconciling.profiles.answers_that_count import Counted, counted, questions_on, wholes
from variorum.reconciling.profiles.bounds import differ, flags_of, giving, how_many, lowest, mere_bound, told
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.single_figure import Choice, single_figure
from variorum.reconciling.profiles.tally import Figure, Flag, Method


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """The one figure, if anybody gives any."""
    figure = single_figure(dossier, Outcome.KILLED, "fatalities", _most_conservative)
    return () if figure is None else (figure,)


def notes(dossier: Dossier) -> tuple[str, ...]:
    """Each question on deaths to which sources give different numbers, in words."""
    disputes = []
    for question in questions_on(dossier, Outcome.KILLED):
        answers = wholes(counted([question]))
        if differ(answers):
            disputes.append(f"Reports differ on {question.label}: {told(answers)}.")
    return tuple(disputes)


def _most_conservative(answers: Sequence[Counted]) -> Choice | None:
    read = [_without_vagueness(answer) for answer in answers]
    number = lowest(read)
    if number is None:
        return None
    many = how_many(len(read))
    rule = "The only figure given" if len(read) == 1 else f"{many} given, all the same"
    rule = f"The lowest of {many} given" if differ(read) else rule
    taken = (Flag.LOWEST,) if differ(read) else ()
    none = (Flag.NONE_TAKEN,) if number == 0 and any(answer.top > 0 for answer in read) else ()
    return Choice(
        number=number,
        claims=giving(read, number),
        answers=read,
        rule=f"{rule}: {told(read)}.",
        method=Method.PRIORITISE if differ(read) else None,
        flags=(*taken, *none, *flags_of(read, number), *mere_bound(read, number)),
    )


def _without_vagueness(answer: Counted) -> Counted:
    """An answer that is a vague word ("dozens") with the number that ACLED enters for it."""
    if not answer.vague:
        return answer
    said = set(re.findall(r"\w+", answer.quote.lower()))
    for word, ours, theirs in _vague_words():
        if word in said and answer.low == ours:
            parts = f"“{word}” is taken as {theirs}"
            return replace(answer, low=theirs, made=Flag.VAGUE, parts=parts)
    return answer


@cache
def _vague_words() -> tuple[tuple[str, int, int], ...]:
    return tuple((word, int(ours), int(theirs)) for word, ours, theirs in rows("acled.tsv"))


PROFILE = Profile(
    name="acled",
    owner="Armed Conflict Location & Event Data",
    link="https://acleddata.com/knowledge-base/faqs-acled-fatality-methodology/",
    gist="One figure for all deaths: the most conservative where reports differ or are vague.",
    figures=figures,
    notes=notes,
)
