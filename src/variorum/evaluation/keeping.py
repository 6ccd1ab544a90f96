"""Which claims found can be kept as they stand, by the annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.evaluation.agreement import LEVELS, Agreement
from variorum.evaluation.annotated import Annotated
from variorum.evaluation.names import Names
from variorum.evaluation.reliability import Judged
from variorum.evaluation.shapes import Mark


def keepable(
    documents: Iterable[Annotated], found: Mapping[str, Sequence[Mark]], names: Names
) -> Iterator[tuple[Mark, bool]]:
    """Each claim found, and whether an annotation is equal to it in all that is scored: at the highest level of its kind.

    Claims on background are compared with annotations of background. Those that are neither right nor wrong are left out.
    """
    for document in documents:
        for background in (False, True):
            marks = found.get(document.id, ())
            agreement = Agreement(document, marks, names, background=background)
            for kind in LEVELS:
                compared = agreement.of(kind)
                right = {j for _, j in compared.agreed(-1)}
                for j, claim in enumerate(compared.found):
                    if j not in compared.left_out:
                        yield claim, j in right


def judged(
    documents: Iterable[Annotated], found: Mapping[str, Sequence[Mark]], names: Names
) -> dict[str, list[Judged]]:
    """By kind of claim, the score of each claim found that has one, and whether it can be kept."""
    told: dict[str, list[Judged]] = {}
    for claim, right in keepable(documents, found, names):
        score = claim.get("score")
        if isinstance(score, int | float) and 0 <= score <= 1:
            told.setdefault(claim["kind"], []).append((float(score), right))
    return told
