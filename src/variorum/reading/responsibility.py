"""Who did it: a grammar over words for deeds and names finds the claims, the network's score for an actor weighs them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from variorum.model import Certainty, Kind, Span, Stance
from variorum.reading.attribution import Said, near
from variorum.reading.deeds import (
    ARTICLES,
    MARKS,
    Actor,
    Match,
    actors_in,
    deed_follows,
    is_denied,
    is_negated,
    is_passive,
    matches_in,
    subject_before,
)
from variorum.reading.encoder.masking import Name
from variorum.reading.encoder.session import Encoded, Session, softmax
from variorum.reading.findings import Finding
from variorum.reading.people import read_table
from variorum.reading.responsibility_words import Sentence, sentences

LEAST = 0.14
"""Least probability of a claim; chosen on annotated reports by cross-validation."""


def find_responsibility(
    session: Session, encoded: Encoded, attributions: Sequence[Said], names: Sequence[Name | Span] = ()
) -> tuple[Finding, ...]:
    """Claims on who did it, one for each actor, source and sentence. The evidence is the sentence."""
    if not len(encoded.pieces.ids):
        return ()
    tags = softmax(session.linear("actors", encoded.states))

    def score(span: Span) -> float:
        inside = encoded.pieces.inside(*span)
        return float(np.max(1 - tags[inside.start : inside.stop, 0], initial=0.0))

    text, weigh = encoded.text, _weights()
    kept = []
    for finding, match, sentence in find_claims(text, attributions, [_span(n) for n in names]):
        told = features(
            text, sentence, match, finding, score(finding.actor or finding.span), score(finding.span)
        )
        total = sum(weigh.get(name, 0.0) * value for name, value in told)
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        if chance >= LEAST:
            kept.append(replace(finding, score=chance))
    return tuple(kept)


@cache
def _weights() -> Mapping[str, float]:
    """What each feature weighs, in log odds."""
    return {
        name: float(weight) for name, weight in read_table("variorum.reading", "responsibility_weights.tsv")
    }


def features(
    text: str, s: Sentence, match: Match, finding: Finding, score: float, whole: float
) -> Iterator[tuple[str, float]]:
    """What is weighed for a candidate: names and values of features. None depends on who the parties are."""
    shape = f"{match.pattern}/{finding.stance}"
    yield "always", 1.0
    yield shape, 1.0
    yield f"word {match.pattern.split('-')[0]} {s.words[match.at]}", 1.0
    yield "learned", score
    yield "learned, log", math.log(score + 0.005)
    yield f"learned, log {match.pattern}", math.log(score + 0.005)
    yield "learned in the sentence, log", math.log(whole + 0.005)
    yield "learned share", score / (whole + 0.005)
    for k in range(max(0, match.at - 3), match.at):
        if s.has(k, "helper"):
            yield f"before {s.words[k]}", 1.0
    yield f"learned {finding.stance}", score
    a = match.actor
    yield (
        f"source {finding.stance} "
        + (
            "none"
            if finding.source is None
            else "short"
            if finding.source[1] - finding.source[0] < 3
            else "given"
        ),
        1.0,
    )
    yield ("actor named" if a.named else "actor self" if a.own else "actor described"), 1.0
    if a.owner:
        yield f"owner {match.pattern}", 1.0
    yield "far", min(10, abs(match.at - (a.last if a.last < match.at else a.first))) / 10
    if any(w.isdigit() for w in s.words):
        yield "number", 1.0
    place = text.count(". ", 0, s.span[0])
    yield ("opening" if place < 2 else "middle" if place < 8 else "late"), 1.0
    following = s.last[match.at] + 1
    yield (
        "next "
        + (
            "deed"
            if deed_follows(s, s.last[match.at])
            else "name"
            if following < len(s.words) and s.words[following] in ARTICLES
            else "other"
        ),
        1.0,
    )
    if finding.certainty is Certainty.HEDGED:
        yield "hedged", 1.0
    if is_passive(s, match.at):
        yield f"passive {match.pattern}", 1.0
    if is_denied(s, match):
        yield "denied", 1.0


def _span(name: Name | Span) -> Span:
    return name if isinstance(name, tuple) else (name.start, name.end)


def find_claims(
    text: str, attributions: Sequence[Said], names: Sequence[Span]
) -> list[tuple[Finding, Match, Sentence]]:
    """The claims that the grammar finds, each with its match and sentence."""
    ordered = sorted(attributions, key=lambda a: a.cue)
    starts = sorted(set(names))
    found: dict[tuple[Span, Span | None, Stance], tuple[Finding, Match, Sentence]] = {}
    at = 0
    for sentence in sentences(text):
        while at < len(starts) and starts[at][1] <= sentence.span[0]:
            at += 1
        inside = []
        for name in starts[at:]:
            if name[0] >= sentence.span[1]:
                break
            inside.append(name)
        told = [
            a for a in near(ordered, sentence.span)
            if any(s < sentence.span[1] and e > sentence.span[0] for s, e in (a.cue, *a.content))
        ]  # fmt: skip
        actors = list(actors_in(sentence, inside))
        for match in matches_in(sentence, actors):
            finding = _claim(text, sentence, match, actors, told)
            if finding is None:
                continue
            key = (finding.actor or finding.span, finding.source, finding.stance or Stance.REPORTS)
            found.setdefault(key, (finding, match, sentence))
    return list(found.values())


def _claim(
    text: str, s: Sentence, match: Match, actors: Sequence[Actor], told: Sequence[Said]
) -> Finding | None:
    """The claim that a match makes, given who speaks; None where nobody is named."""
    where = s.spans[match.at]
    said = _said(s, told, where) or _said(s, told, match.actor.span)
    source = _whole(text, said.source) if said is not None and said.source else None
    actor = match.actor.span
    if match.pattern == "blame":
        cue_here = said is not None and said.cue[0] < where[1] and said.cue[1] > where[0]
        if not cue_here or source is None:
            source = _subject(s, match.at, actors) or source
    if match.actor.own and source is None:
        speaker = next((a for a in actors if not a.own and a.last < match.actor.first), None)
        source = speaker.span if speaker is not None else actor
    if source is not None and source != actor and source[0] < actor[1] and actor[0] < source[1]:
        source = None if match.actor.own else actor
    negated = is_negated(s, match)
    pattern = match.pattern
    if pattern in ("claim", "claim-by"):
        if negated:
            return None
        stance = Stance.CLAIMS
        if match.actor.own:
            if source is None:
                return None
            actor = source
        source = actor
    elif pattern in ("deny", "deny-by"):
        stance = Stance.DENIES
        if match.pattern == "deny" or not match.actor.own:
            source = source if match.actor.own and source else actor
        actor = source or actor
    elif pattern == "passive":
        return None
    else:
        denied = is_denied(s, match)
        own = match.actor.own or (source is not None and _same(text, source, actor))
        if match.actor.own:
            if source is None:
                return None
            actor = source
        stance = (
            Stance.DENIES if denied or (negated and source is not None)
            else Stance.CLAIMS if own
            else Stance.ACCUSES if source is not None
            else Stance.REPORTS
        )  # fmt: skip
        if negated and source is None:
            return None
    certainty = Certainty.STATED
    if stance is Stance.DENIES:
        certainty = Certainty.DENIED
    elif (
        any("hedge" in k for k in s.kinds[max(0, match.at - 8) : match.at + 3])
        and stance is not Stance.CLAIMS
    ):
        certainty = Certainty.HEDGED
    return Finding(Kind.RESPONSIBILITY, s.span, certainty, False, source, actor, 0.9, stance=stance)


def _whole(text: str, spans: Sequence[Span]) -> Span:
    """A source's words from first to last, where little stands between them."""
    start, end = spans[0]
    for a, b in spans[1:]:
        if 0 <= a - end <= 12 and "\n\n" not in text[end:a]:
            end = b
    return start, end


def _subject(s: Sentence, i: int, actors: Sequence[Actor]) -> Span | None:
    """Who blames at word i: the actor before the verb, else the words from the start of its clause."""
    doer = subject_before(s, {a.last: a for a in actors}, i)
    if doer is not None:
        return doer.span
    right = i - 1
    while right >= 0 and s.has(right, "helper"):
        right -= 1
    left = right
    while (
        left > 0
        and s.words[left - 1] not in MARKS
        and right - left < 10
        and s.words[left - 1] not in ("that", "and", "but", "which", "who")
    ):
        left -= 1
    if (
        right < 0
        or not any(s.words[k].isalpha() for k in range(left, right + 1))
        or s.words[right] in MARKS
        or is_passive(s, i)
    ):
        return None
    return s.spans[left][0], s.spans[right][1]


def _same(text: str, one: Span, other: Span) -> bool:
    """Whether two mentions have a name in common, as words."""
    a, b = (
        {w.lower().removesuffix("'s").removesuffix("’s") for w in text[x:y].split() if w[:1].isupper()}
        for x, y in (one, other)
    )
    return bool((a & b) - {"the"})


def _said(s: Sentence, told: Sequence[Said], where: Span) -> Said | None:
    """The attribution that the deed is part of: by its cue, else by the narrowest content around it."""
    for one in told:
        if one.cue[0] < where[1] and one.cue[1] > where[0]:
            return one
    around = []
    for n, one in enumerate(told):
        inside = [(b, e) for b, e in one.content if b < s.span[1] and e > s.span[0]]
        if inside and min(b for b, _ in inside) <= where[0] and where[1] <= max(e for _, e in inside):
            around.append((sum(e - b for b, e in one.content), n))
    return told[min(around)[1]] if around else None
