"""Who did it: a grammar over words for deeds and names finds the claims, the network's score for an actor weighs them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from variorum.model import Certainty, Kind, Span, Stance
from variorum.reading.attribution import Said
from variorum.reading.encoder.masking import Name
from variorum.reading.encoder.session import Encoded, Session, softmax
from variorum.reading.findings import Finding
from variorum.reading.people import read_table
from variorum.reading.responsibility_words import Sentence, sentences

LEAST = 0.18
"""Least probability of a claim; chosen on annotated reports by cross-validation."""
SKIP = 3
"""Most words between a doer and the verb, helpers apart."""
_ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her", "our", "this", "these"))
_MARKS = frozenset(",;:()[]\"“”'‘’—–-")


@dataclass(frozen=True, slots=True)
class Actor:
    """Words for a possible actor in a sentence: words first..last, the characters, and whether it is a pronoun."""

    first: int
    last: int
    span: Span
    own: bool
    owner: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A doer and how it is found: the pattern's name, the stance the words alone take, the word that tells the deed."""

    actor: Actor
    pattern: str
    at: int


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
            if _deed_follows(s, s.last[match.at])
            else "name"
            if following < len(s.words) and s.words[following] in _ARTICLES
            else "other"
        ),
        1.0,
    )
    if finding.certainty is Certainty.HEDGED:
        yield "hedged", 1.0
    if _passive(s, match.at):
        yield f"passive {match.pattern}", 1.0
    if _denied(s, match):
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
            a for a in ordered
            if any(s < sentence.span[1] and e > sentence.span[0] for s, e in (a.cue, *a.content))
        ]  # fmt: skip
        actors = list(_actors(sentence, inside))
        for match in _matches(sentence, actors):
            finding = _claim(text, sentence, match, actors, told)
            if finding is None:
                continue
            key = (finding.actor or finding.span, finding.source, finding.stance or Stance.REPORTS)
            found.setdefault(key, (finding, match, sentence))
    return list(found.values())


def _actors(s: Sentence, names: Sequence[Span]) -> Iterator[Actor]:
    """Names with the force or arm behind them, forces with an article, and the speaker's own words for itself."""
    named = [False] * len(s.words)
    k = 0
    for i, (start, end) in enumerate(s.spans):
        while k < len(names) and names[k][1] <= start:
            k += 1
        named[i] = k < len(names) and names[k][0] < end and names[k][1] > start
    i = 0
    while i < len(s.words):
        first = i
        while i < len(s.words) and (
            named[i]
            or (i > first and s.words[i] in ("-", "of", "the") and i + 1 < len(s.words) and named[i + 1])
        ):
            i += 1
        known = i > first
        if not known and s.capital[i] and not s.kinds[i] and s.words[i] not in _ARTICLES:
            over = i
            while over < len(s.words) and over < i + 4 and s.capital[over] and not s.kinds[over]:
                over += 1
            if s.has(over, "force") or s.has(over, "means"):
                i, known = over, True
        while s.has(i, "force"):
            i = s.last[i] + 1
        if i > first:
            article = first > 0 and s.words[first - 1] in _ARTICLES
            begin = first - 1 if article else first
            if known or s.words[i - 1] not in ("side", "members", "force", "group", "state") or article:
                span = (s.spans[begin][0], _end(s, i - 1))
                yield Actor(begin, i - 1, span, False, s.owner[i - 1], known)
            continue
        if s.has(i, "self"):
            yield Actor(i, i, s.spans[i], True, s.words[i] in ("its", "our", "their"), False)
        i += 1


def _end(s: Sentence, i: int) -> int:
    start, end = s.spans[i]
    return start + len(s.words[i]) if s.owner[i] else end


def _matches(s: Sentence, actors: Sequence[Actor]) -> Iterator[Match]:
    """Every actor that the words around it make the doer of a deed."""
    ends = {a.last: a for a in actors}
    begins = {a.first: a for a in actors}
    i = 0
    while i < len(s.words):
        kinds, last = s.kinds[i], s.last[i]
        if "claim" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "claim-by", i)
            elif (
                (last > i or _deed_follows(s, last)) and not _passive(s, i) and (doer := _before(s, ends, i))
            ):
                yield Match(doer, "claim", i)
        if "deny" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "deny-by", i)
            elif _deed_follows(s, last, deny=True) and (doer := _before(s, ends, i)):
                yield Match(doer, "deny", i)
        if "blame" in kinds and (doer := _after(s, begins, last)):
            yield Match(doer, "blame", i)
        if "blamed" in kinds and s.has(i - 1, "helper") and (doer := _before(s, ends, i)):
            yield Match(doer, "blamed", i)
        if "act" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "act-by", i)
            elif (doer := _before(s, ends, i)) is not None:
                yield Match(doer, "act" if not _passive(s, i) or last > i else "passive", i)
        if "deed" in kinds:
            if (doer := _by(s, begins, last)) is not None:
                yield Match(doer, "deed-by", i)
            elif (doer := _owner(s, ends, i)) is not None:
                yield Match(doer, "deed", i)
        if "made" in kinds and s.words[i] != "by" and (doer := _after(s, begins, last)):
            yield Match(doer, "made", i)
        i = last + 1


def _before(s: Sentence, ends: Mapping[int, Actor], i: int) -> Actor | None:
    """The subject of the verb at word i: the nearest actor before it, past helpers, arms and an apposition."""
    left, free = i - 1, SKIP
    while left >= 0:
        if left in ends and not (
            ends[left].owner and not s.has(left + 1, "means") and not s.has(left + 1, "force")
        ):
            return ends[left]
        if s.words[left] in (",", ")", "]"):
            opening = _opening(s, left)
            if opening is None:
                return None
            outer = _opening(s, opening) if s.words[opening] == "," else None
            nested = outer is not None and s.words[outer + 1] in _ARTICLES
            left = (outer if nested and outer is not None else opening) - 1
            continue
        if s.words[left] in _MARKS - {'"', "“", "”", "'", "-"}:
            return None
        if not (s.has(left, "helper") or s.has(left, "means") or s.words[left].endswith("ly")):
            free -= 1
            if free < 0:
                return None
        left -= 1
    return None


def _opening(s: Sentence, right: int) -> int | None:
    """Where an apposition that closes at word `right` opens, within twelve words."""
    opens = {",": (",",), ")": ("(",), "]": ("[",)}[s.words[right]]
    for left in range(right - 1, max(-1, right - 20), -1):
        if s.words[left] in opens:
            return left
    return None


def _after(s: Sentence, begins: Mapping[int, Actor], i: int) -> Actor | None:
    """The first actor in the few words behind word i."""
    for right in range(i + 1, min(len(s.words), i + 2 + SKIP)):
        if right in begins and not begins[right].own:
            return begins[right]
        if s.words[right] in (";", ":", ",", "."):
            return None
    return None


def _by(s: Sentence, begins: Mapping[int, Actor], i: int) -> Actor | None:
    """The doer behind "by" within a few words of word i."""
    for right in range(i + 1, min(len(s.words), i + 9)):
        if s.words[right] == "by":
            return _after(s, begins, right) or begins.get(right + 1)
        if s.words[right] in (";", ":", ".", ",") or s.has(right, "act"):
            return None
    return None


def _owner(s: Sentence, ends: Mapping[int, Actor], i: int) -> Actor | None:
    """The actor right before a deed ("an air strike of X" is `_by`'s)."""
    for left in range(i - 1, max(-1, i - 4), -1):
        if left in ends:
            return ends[left]
        if (
            s.words[left] in _MARKS - {'"', "“"}
            or s.has(left, "helper")
            or s.words[left] in ("and", "on", "against")
        ):
            return None
    return None


def _deed_follows(s: Sentence, i: int, deny: bool = False) -> bool:
    """Whether a deed comes close behind word i, with no new clause between."""
    for right in range(i + 1, min(len(s.words), i + 7)):
        if s.words[right] in ("that", ".", ";", ":", "it", "they") or s.words[right].isdigit():
            return False
        if s.has(right, "deed") or (
            s.has(right, "act") and s.words[right].endswith(("ing", "ed", "d", "for"))
        ):
            return True
    return False


def _passive(s: Sentence, i: int) -> bool:
    left = i - 1
    while s.has(left, "helper"):
        if s.words[left] in ("was", "were", "been", "being", "be", "is", "are"):
            return s.words[i].endswith(("ed", "t", "n", "ck"))
        left -= 1
    return False


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
        source = speaker.span if speaker is not None else None
    if source is not None and source[0] < actor[1] and actor[0] < source[1]:
        source = None if match.actor.own else actor
    negated = _negated(s, match)
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
        denied = _denied(s, match)
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
    doer = _before(s, {a.last: a for a in actors}, i)
    if doer is not None:
        return doer.span
    right = i - 1
    while right >= 0 and s.has(right, "helper"):
        right -= 1
    left = right
    while (
        left > 0
        and s.words[left - 1] not in _MARKS
        and right - left < 10
        and s.words[left - 1] not in ("that", "and", "but", "which", "who")
    ):
        left -= 1
    if (
        right < 0
        or not any(s.words[k].isalpha() for k in range(left, right + 1))
        or s.words[right] in _MARKS
        or _passive(s, i)
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


def _negated(s: Sentence, match: Match) -> bool:
    low, high = sorted((match.actor.first, match.at))
    return any(s.has(i, "not") for i in range(max(0, low - 2), high))


def _denied(s: Sentence, match: Match) -> bool:
    low = min(match.at, match.actor.first)
    for i in range(low - 1, max(-1, low - 14), -1):
        if s.has(i, "deny"):
            return True
        if s.words[i] in (";", "but", ":"):
            return False
    return False


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
