"""Claims on who did it, from the likeliest candidates: who is named, who says so, how surely."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from variorum.model import Certainty, Kind, Span, Stance
from variorum.reading.attribution import Said
from variorum.reading.background import is_background
from variorum.reading.encoder.masking import Name
from variorum.reading.encoder.outputs import STANCES
from variorum.reading.encoder.session import Encoded, Session
from variorum.reading.findings import Finding, Signals, source_words
from variorum.reading.responsibility.candidates import LEARNED, Candidate, candidates
from variorum.reading.responsibility.deeds import MARKS, Match, is_passive, subject_before
from variorum.reading.responsibility.features import Scene
from variorum.reading.responsibility.weighing import chances

LEAST = 0.26
"""Least probability of a claim; chosen on annotated reports by cross-validation."""
_OPENERS = MARKS | {"that", "and", "but", "which", "who"}
HEDGED = 8
"""Words before a deed within which a hedge is about it."""


def find_responsibility(
    session: Session,
    encoded: Encoded,
    attributions: Sequence[Said],
    known: Sequence[Name],
    tagged: Sequence[tuple[int, int, str, float]],
    tolls: Sequence[Finding] = (),
) -> tuple[Finding, ...]:
    """Claims on who did it, one for each party and sentence. The evidence is the sentence.

    `known` are the lexicon's names, `tagged` those of the tagger, `tolls` the tolls found before.
    """
    found = candidates(session, encoded, attributions, known, tagged, tolls)
    chance = chances(found)
    best: dict[tuple[int, str], tuple[float, Finding]] = {}
    for one, told in zip(found, chance, strict=True):
        sure = float(1 - told[0])
        if sure < LEAST:
            continue
        stance = STANCES[int(np.argmax(told[1:]))]
        claim = claim_of(session, encoded, attributions, one, stance, sure)
        key = (one.scene.place, one.mention.key)
        if key not in best or best[key][0] < sure:
            best[key] = sure, claim
    return tuple(claim for _, claim in best.values())


def claim_of(
    session: Session,
    encoded: Encoded,
    attributions: Sequence[Said],
    one: Candidate,
    stance: Stance,
    score: float,
) -> Finding:
    """The claim of a stance that a candidate makes: an accusation by nobody is what the report itself says."""
    actor = one.mention.span
    source = source_of(session, encoded, attributions, one, stance)
    if stance is Stance.ACCUSES and source is None:
        stance = Stance.REPORTS
    if stance in (Stance.CLAIMS, Stance.DENIES):
        source = source or actor
        if one.mention.pronoun:
            actor = source
    span = one.scene.sentence.span
    judged = float(one.learned[LEARNED.index("background")]) * 3
    shown = encoded.shown
    background = is_background(shown.text, shown.span(*span), 0, judged)
    return Finding(
        Kind.RESPONSIBILITY, span, _certainty(one, stance), background,
        source, actor, score, stance=stance, signals=Signals(),
    )  # fmt: skip


def source_of(
    session: Session, encoded: Encoded, attributions: Sequence[Said], one: Candidate, stance: Stance
) -> Span | None:
    """The words for who says so, as the stance asks for them; None where that is the report or the actor itself."""
    actor = one.mention.span
    if stance is Stance.REPORTS or (stance is Stance.CLAIMS and not one.mention.pronoun):
        return None
    said = _said(one)
    told = _whole(said.source) if said is not None and said.source else None
    if stance is not Stance.DENIES or told is not None:
        pieces = list(encoded.pieces.inside(*actor))
        pointed = source_words(session, encoded, pieces, actor, attributions)[0] if pieces else None
        told = pointed if pointed is not None and not _overlap(pointed, actor) else told
    if told is None and stance is Stance.ACCUSES:
        blames = next((m for m in one.scene.of(one.mention) if m.pattern == "blame"), None)
        told = _subject(one.scene, blames.at) if blames is not None else None
    return told if told is not None and not _overlap(told, actor) else None


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _whole(spans: Sequence[Span]) -> Span:
    """A source's words from first to last, where little stands between them."""
    start, end = spans[0]
    for a, b in spans[1:]:
        if 0 <= a - end <= 12:
            end = b
    return start, end


def _said(one: Candidate) -> Said | None:
    """The attribution that a deed or its doer is part of: by its cue, else by the narrowest content around it."""
    s = one.scene.sentence
    matches: Sequence[Match] = one.scene.of(one.mention)
    for where in [s.spans[m.at] for m in matches[:1]] + [one.mention.span]:
        around = []
        for n, said in enumerate(one.scene.told):
            if _overlap(said.cue, where):
                return said
            inside = [(a, b) for a, b in said.content if _overlap((a, b), s.span)]
            if inside and min(a for a, _ in inside) <= where[0] and where[1] <= max(b for _, b in inside):
                around.append((sum(b - a for a, b in said.content), n))
        if around:
            return one.scene.told[min(around)[1]]
    return None


def _subject(scene: Scene, i: int) -> Span | None:
    """Who blames at word i: the mention before the verb, else the words from the start of its clause."""
    s = scene.sentence
    doer = subject_before(s, {m.last: m for m in scene.mentions}, i)
    if doer is not None:
        return doer.span
    right = i - 1
    while right >= 0 and s.has(right, "helper"):
        right -= 1
    left = right
    while left > 0 and right - left < 10 and s.words[left - 1] not in _OPENERS:
        left -= 1
    if right < 0 or s.words[right] in MARKS or is_passive(s, i):
        return None
    if not any(s.words[k].isalpha() for k in range(left, right + 1)):
        return None
    return s.spans[left][0], s.spans[right][1]


def _certainty(one: Candidate, stance: Stance) -> Certainty:
    if stance is Stance.DENIES:
        return Certainty.DENIED
    s = one.scene.sentence
    matches = one.scene.of(one.mention)
    at = matches[0].at if matches else one.mention.last
    hedged = any("hedge" in kinds for kinds in s.kinds[max(0, at - HEDGED) : at + 3])
    return Certainty.HEDGED if hedged and stance is not Stance.CLAIMS else Certainty.STATED
