"""What an answer rests on: its claims, the reports that carry them, and the origins behind those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from variorum.model import Origin, Position, Support
from variorum.reconciling.people import PART, PERSON
from variorum.reconciling.statements import Statement
from variorum.reconciling.statuses import OPEN, answer_in_words


class Carried(TypedDict):
    """The fields of an answer that follow from its statements."""

    claims: tuple[str, ...]
    reports: tuple[str, ...]
    known: date | None


def carried(statements: Sequence[Statement]) -> Carried:
    """Claims, reports and first day of an answer that these statements give."""
    return Carried(
        claims=tuple(one.claim.id for one in statements),
        reports=tuple(dict.fromkeys(report for one in statements for report in one.reports)),
        known=min((one.known for one in statements if one.known), default=None),
    )


def support_of(positions: Iterable[Position], statements: Mapping[str, Statement]) -> tuple[Support, ...]:
    """For each answer that some source stands by, in order: the independent origins and the reports behind it. What
    counts no group as such, a mere part or a person, has none.

    `statements` holds those of all claims, by the claims' ids. Copies and quotations of one source are one origin.
    """
    behind: dict[tuple[str, str], list[Statement]] = {}
    for position in positions:
        answer = position.standing
        if answer.certainty not in OPEN and position.line not in (PART, PERSON):
            key = (position.line, answer_in_words(answer))
            behind.setdefault(key, []).extend(statements[claim] for claim in answer.claims)
    return tuple(
        Support(
            line=line,
            answer=words,
            origins=_origins(members),
            claims=tuple(dict.fromkeys(carried(members)["claims"])),
            reports=carried(members)["reports"],
        )
        for (line, words), members in behind.items()
    )


def _origins(statements: Iterable[Statement]) -> tuple[Origin, ...]:
    """Each origin once, whatever told so."""
    found: dict[tuple[str, str], Origin] = {}
    for one in statements:
        found.setdefault((one.origin.kind, one.origin.name), one.origin)
    return tuple(found.values())
