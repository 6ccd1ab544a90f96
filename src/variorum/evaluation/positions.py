"""The layer of positions: one row for each answer of each source that counts a group as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from variorum.model import Answer, Certainty, Dossier
from variorum.reconciling.people import WHOLE
from variorum.reconciling.statuses import OPEN


def position_rows(dossier: Dossier, case: str) -> Iterator[dict[str, Any]]:
    """The rows of an incident's dossier; `case` is what the incident is called in them.

    Only totals are rows: no parts, no single persons, nothing denied or under a condition, no mere "several"
    or "dozens".
    """
    for question in dossier.questions:
        if question.kind != "toll" or question.outcome is None or question.group is None:
            continue
        for position in question.positions:
            for answer in position.answers:
                if position.line == WHOLE and _is_total(answer):
                    yield {
                        "case": case,
                        "outcome": question.outcome.value,
                        "group": question.group.value,
                        "source": position.source,
                        "min": answer.min,
                        "max": answer.max,
                        "status": question.status.value,
                        "known": answer.known.isoformat() if answer.known else None,
                        "reports": list(answer.reports),
                    }


def _is_total(answer: Answer) -> bool:
    vague = answer.approx and answer.max is None
    return not vague and answer.certainty is not Certainty.DENIED and answer.certainty not in OPEN
