"""What the network decides about each toll, account and word on responsibility, before parties are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from variorum.model import Certainty, Group, Kind, Outcome, Span, Stance
from variorum.reading.attribution import Said, covering
from variorum.reading.background import is_background
from variorum.reading.certainty import settled
from variorum.reading.encoder.features import quantity_features
from variorum.reading.encoder.outputs import (
    CERTAINTIES,
    GROUPS,
    OUTCOMES,
    SPAN_KINDS,
    UNNUMBERED_VALUES,
)
from variorum.reading.encoder.session import Encoded, Pointed, Session, softmax
from variorum.reading.grouping import Counted, choose_groups
from variorum.reading.outcomes import spoken_for
from variorum.reading.quantities import Quantity
from variorum.reading.spans import find_spans, trimmed
from variorum.reading.speech_acts import find_acts

OUTCOME = 0.3
"""Least probability that a quantity is a toll of an outcome."""
NAMED = 0.5
"""Least probability that a claim has a source other than the report itself, or an actor."""

SURE = 0.5
"""From this probability on a claim's own pointer needs no second opinion."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """How probable the network holds what was decided on a claim, from 0 to 1; 1 where it was not asked.

    `group` and `certainty` are of the values chosen; `sourced` is that the claim has a source at all, `source` that of
    the likeliest piece of the source's words. `extent` is how many characters the claim's words are where every name is hidden:
    how long the names are must not matter.
    """

    group: float = 1.0
    certainty: float = 1.0
    sourced: float = 1.0
    source: float = 1.0
    extent: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim to be: its span and values; source and actor are still the report's words, as spans (None: nobody).

    `score` is how probable it is that there is such a claim at all, `signals` what is known of its parts.
    """

    kind: Kind
    span: Span
    certainty: Certainty
    background: bool
    source: Span | None
    actor: Span | None
    score: float
    outcome: Outcome | None = None
    minimum: int | None = None
    maximum: int | None = None
    approximate: bool = False
    group: Group | None = None
    who: Span | None = None
    combined: bool = False
    stance: Stance | None = None
    denies: bool = False
    signals: Signals | None = None
    """None where nothing is known of its parts; then its score is left as it is."""


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def find_tolls(
    session: Session, encoded: Encoded, quantities: Sequence[Quantity], attributions: Sequence[Said]
) -> tuple[Finding, ...]:
    """The quantities that are tolls. Of two that overlap with the same outcome the surer one is kept."""
    known = [(q, list(encoded.pieces.inside(q.start, q.end))) for q in quantities]
    known = [(q, pieces) for q, pieces in known if pieces]
    if not known:
        return ()
    heads = [list(encoded.pieces.inside(q.number_start, q.number_end)) or pieces for q, pieces in known]
    features = np.array([quantity_features(encoded.text, q) for q, _ in known], dtype=np.float32)
    out = session.describe("toll", encoded, heads, [pieces for _, pieces in known], features)
    shown = encoded.shown
    beside = spoken_for(shown.text, [q.moved(shown.span) for q, _ in known])
    outcomes = _sigmoid(out["outcome"] + beside)
    told = [n for n in range(len(known)) if outcomes[n].max() > OUTCOME]
    groups = choose_groups(encoded.text, [Counted(known[n][0], out["group"][n]) for n in told])
    pointers = session.point("claim_roles", encoded, [known[n][1] for n in told])
    found: list[Finding] = []
    for n, group, pointer in zip(told, groups, pointers, strict=True):
        quantity, _ = known[n]
        span = (quantity.start, quantity.end)
        figure = quantity.minimum or quantity.maximum or 0
        source, actor, likely = _who(encoded, pointer, span, out, n, attributions)
        certainty = settled(shown.text, shown.span(*span), CERTAINTIES[int(out["certainty"][n].argmax())])
        for k in [k for k in np.argsort(-outcomes[n]) if outcomes[n, k] > OUTCOME][:2]:
            found.append(
                Finding(
                    Kind.TOLL,
                    span,
                    certainty,
                    is_background(shown.text, shown.span(*span), figure, float(out["background"][n, 0])),
                    source,
                    actor,
                    float(outcomes[n, k]),
                    outcome=OUTCOMES[k],
                    minimum=quantity.minimum,
                    maximum=quantity.maximum,
                    approximate=quantity.approximate,
                    group=group,
                    who=_noun(quantity),
                    combined=bool(out["combined"][n, 0] > 0),
                    signals=_signals(out, n, group, certainty, likely),
                )
            )
    return _credited(_without_overlap(found))


def _credited(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is taken up under a condition ("if confirmed, the 40 deaths would ...") is still the claim of whoever gave that
    figure before, whoever takes it up."""
    told: dict[tuple[object, ...], Span] = {}
    credited: list[Finding] = []
    for one in found:
        figure = (one.outcome, one.minimum, one.maximum)
        if one.certainty is Certainty.CONDITIONAL and figure in told:
            one = replace(one, source=told[figure])
        elif one.source is not None:
            told.setdefault(figure, one.source)
        credited.append(one)
    return tuple(credited)


def _noun(quantity: Quantity) -> Span | None:
    if quantity.noun_start is None or quantity.noun_end is None:
        return None
    return quantity.noun_start, quantity.noun_end


def find_statements(
    session: Session, encoded: Encoded, attributions: Sequence[Said], tolls: Sequence[Finding] = ()
) -> tuple[Finding, ...]:
    """Accounts, and tolls without a figure. `tolls` are those found before."""
    tagged = [t for t in find_spans(session, encoded) if t.last - t.first >= 1]
    told = [encoded.span(t.first, t.last) for t in tagged if t.kind == Kind.ACCOUNT]
    tagged += find_acts(encoded, attributions, [*told, *(f.span for f in tolls)])
    if not tagged:
        return ()
    wholes = [list(range(t.first, t.last + 1)) for t in tagged]
    features = np.array([[float(t.kind == k) for k in SPAN_KINDS] for t in tagged], dtype=np.float32)
    out = session.describe("span", encoded, [w[:1] for w in wholes], wholes, features)
    pointers = session.point("claim_roles", encoded, wholes)
    found: list[Finding] = []
    for n, (tag, pointer) in enumerate(zip(tagged, pointers, strict=True)):
        span = trimmed(encoded.text, encoded.span(tag.first, tag.last))
        if span[1] - span[0] < 3:
            continue
        source, actor, likely = _who(encoded, pointer, span, out, n, attributions)
        kind = Kind.TOLL if tag.kind == "unnumbered" else Kind(tag.kind)
        certainty = CERTAINTIES[int(out["certainty"][n].argmax())]
        background = bool(out["background"][n, 0] > 0)
        if kind is Kind.TOLL:
            low, high = UNNUMBERED_VALUES[int(out["value"][n].argmax())]
            background = is_background(
                encoded.shown.text, encoded.shown.span(*span), low, float(out["background"][n, 0])
            )
            group = GROUPS[int(out["group"][n].argmax())]
            found.append(
                Finding(
                    kind, span, certainty, background, source, actor, tag.score,
                    outcome=OUTCOMES[int(out["outcome"][n].argmax())], minimum=low, maximum=high,
                    group=group, signals=_signals(out, n, group, certainty, likely),
                )
            )  # fmt: skip
        else:
            denies = bool(out["denies"][n, 0] > 0)
            low, high = encoded.shown.span(*span)
            signals = replace(_signals(out, n, None, certainty, likely), extent=high - low)
            found.append(
                Finding(
                    kind, span, certainty, background, source, None, tag.score, denies=denies, signals=signals
                )
            )
    return tuple(found)


def _signals(
    out: dict[str, Floats], n: int, group: Group | None, certainty: Certainty, source: float
) -> Signals:
    """What the network holds of the values chosen for its nth span; `source` is what it holds of the source's words."""
    return Signals(
        group=1.0 if group is None else float(softmax(out["group"][n])[GROUPS.index(group)]),
        certainty=float(softmax(out["certainty"][n])[CERTAINTIES.index(certainty)]),
        sourced=float(_sigmoid(out["has_source"][n])[0]),
        source=source,
    )


def _who(
    encoded: Encoded,
    pointer: Pointed,
    span: Span,
    out: dict[str, Floats],
    n: int,
    attributions: Sequence[Said],
) -> tuple[Span | None, Span | None, float]:
    """The words for the source and for the actor of a span, and how probable the likeliest word of the source is.

    None: the report itself, and nobody.
    """
    told, done = out["has_source"][n, 0] > 0, out["has_actor"][n, 0] > 0
    actor = pointed(encoded, pointer.chances[:, 1], pointer.first) if done else None
    if not told:
        return None, actor, 1.0
    source, likely = _source(encoded, pointer, span, attributions)
    return source, actor, likely


def source_words(
    session: Session, encoded: Encoded, pieces: Sequence[int], span: Span, attributions: Sequence[Said]
) -> tuple[Span | None, float]:
    """The words for the source of a claim at `span`, asked for from `pieces`, and how probable their likeliest is.

    None where there are none.
    """
    (pointer,) = session.point("claim_roles", encoded, [pieces])
    return _source(encoded, pointer, span, attributions)


def _source(
    encoded: Encoded, pointer: Pointed, span: Span, attributions: Sequence[Said]
) -> tuple[Span | None, float]:
    """The claim's own pointer is asked first; where it is in doubt, the attribution around the claim."""
    chances = pointer.chances[:, 0]
    said = covering(attributions, span)
    told = said.source[0] if said and said.source else None
    likely = float(chances.max())
    if told is not None and likely < SURE:
        return told, likely
    return pointed(encoded, chances, pointer.first) or told, likely


def pointed(encoded: Encoded, chances: Floats, first: int, least: float = 0.15) -> Span | None:
    """The run of pieces around the likeliest one within its sentence, as characters; None when nothing is likely."""
    best = int(chances.argmax())
    if chances[best] < least:
        return None
    floor = max(0.3 * float(chances[best]), 0.1)
    lines = encoded.sentences[first : first + len(chances)]
    a = b = best
    while a > 0 and chances[a - 1] > floor and lines[a - 1] == lines[best]:
        a -= 1
    while b + 1 < len(chances) and chances[b + 1] > floor and lines[b + 1] == lines[best]:
        b += 1
    start, end = trimmed(encoded.text, encoded.span(first + a, first + b))
    return (start, end) if end > start else None


def _without_overlap(found: list[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: -f.score):
        if not any(
            o.outcome is one.outcome and o.span[0] < one.span[1] and one.span[0] < o.span[1] for o in kept
        ):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.span))
