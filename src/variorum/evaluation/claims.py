"""Scoring of claims: what is said to have happened to how many, who did it, and what else is said of it.

Within a report, findings and annotations of the same kind whose words overlap are paired one to one so that they
agree as much as possible. A pair counts at a level when

    toll L0             the outcome is equal
    toll L1             and both bounds are
    toll L2             and the group is (`unknown` passes for `mixed` and for `civilian`, and they for it)
    toll L3             and the source is
    toll L4             and the certainty is
    responsibility R1   actor and stance are equal
    responsibility R2   and the source is
    account A1          the two spans have a word F1 of at least 0.5
    account A2          and the source is equal

Source accuracy is the share of the tolls matched at L1 that have the right source. Claims about background are left
out on both sides. Where an annotation has `joint` sources, any of them is right, and further findings with the same
words for the others are neither right nor wrong.

Beside these stand the causes of all differences (`causes`), the figures by kind of party and by certainty (`sides`), and
whether the claims' scores are the probabilities that they say they are (`keeping`, `reliability`).
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.evaluation.agreement import LEVELS, Agreement
from variorum.evaluation.annotated import Annotated
from variorum.evaluation.causes import differences_of
from variorum.evaluation.figures import Scores, count
from variorum.evaluation.keeping import judged
from variorum.evaluation.names import Names
from variorum.evaluation.reliability import reliability
from variorum.evaluation.shapes import Mark
from variorum.evaluation.sides import Sides


def score_claims(key: Sequence[Annotated], found: dict[str, list[Mark]], names: Names) -> Scores:
    """The scores of claims found, by report id, against the annotations; `names` tells which sources are one."""
    scores, sides = Scores("claims"), Sides()
    counted = right = 0
    for document in key:
        scores.reports += 1
        claims = found.get(document.id, [])
        agreement = Agreement(document, claims, names)
        for kind, levels in LEVELS.items():
            compared = agreement.of(kind)
            matched = {name: len(compared.agreed(level)) for level, name in enumerate(levels)}
            told = len(compared.found) - len(compared.left_out)
            scores.add(count(levels, told, len(compared.key), matched), document.group)
            scores.differences += differences_of(document, compared, claims, names)
            sides.add(document.id, compared)
            if kind == "toll":
                known = compared.agreed(1)
                counted += len(known)
                right += sum(names.same_source(compared.key[i], compared.found[j]) for i, j in known)
    scores.values["source accuracy"] = right / counted if counted else None
    scores.sides = sides.tables()
    told_by_kind = judged(key, found, names)
    everything = [one for some in told_by_kind.values() for one in some]
    for name, some in {"all claims": everything, **told_by_kind}.items():
        if (figures := reliability(some)) is not None:
            scores.reliability[name] = figures
    return scores
