"""What is weighed for a mention that may name who did it: names and values of features.

None depends on who the parties are, only on the words around them and on how those stand to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Span
from variorum.reading.attribution import Said
from variorum.reading.findings import Finding
from variorum.reading.responsibility.deeds import Match, is_denied, is_negated, is_passive, matches_in
from variorum.reading.responsibility.mentions import ARTICLES, Mention
from variorum.reading.responsibility.words import LONG, Sentence, sign, signs

FAR = 13
"""Words on either side of a mention among which deeds are looked for."""
STEM = 6
"""Letters by which a word for a deed is known."""
_KINDS = ("act", "deed", "claim", "blame", "blamed", "deny", "made", "charge", "means")
_SPOKEN = ("claim", "deny", "blame")
_STOPS = frozenset(";:.")
_YEAR = re.compile(r"(?:19|20)\d\d|\d{2,4}s")
_SORTS = {
    "party": "named", "capital": "named", "organisation": "named", "country": "land", "nationality": "people",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all that its mentions share: its place among the report's, who speaks in it, its tolls."""

    sentence: Sentence
    place: int
    mentions: tuple[Mention, ...]
    matches: Mapping[tuple[int, int], tuple[Match, ...]]
    told: tuple[Said, ...]
    tolls: tuple[Finding, ...]
    shared: tuple[str, ...]

    def of(self, mention: Mention) -> tuple[Match, ...]:
        """The deeds that the grammar gives a mention."""
        return self.matches.get((mention.first, mention.last), ())


def scene_of(
    sentence: Sentence,
    place: int,
    mentions: Sequence[Mention],
    told: Sequence[Said],
    tolls: Sequence[Finding],
) -> Scene:
    """A sentence, read once for all its mentions."""
    matches: dict[tuple[int, int], list[Match]] = {}
    for match in matches_in(sentence, mentions):
        matches.setdefault((match.actor.first, match.actor.last), []).append(match)
    return Scene(
        sentence,
        place,
        tuple(mentions),
        {k: tuple(v) for k, v in matches.items()},
        tuple(told),
        tuple(tolls),
        tuple(_shared(sentence, place, told, bool(tolls))),
    )


def _shared(s: Sentence, place: int, told: Sequence[Said], toll: bool) -> Iterator[str]:
    kinds = {kind for of in s.kinds for kind in of}
    for kind in (*_KINDS, "hedge", "not"):
        if kind in kinds:
            yield f"has {kind}"
    words = set(s.words)
    for word in sorted(words & signs("past")):
        yield f"time {word}"
    if any(_YEAR.fullmatch(w) for w in words):
        yield "time year"
    for name in ("month", "day", "now"):
        if words & signs(name):
            yield f"time {name}"
    if not told:
        yield "sentence untold"
    if toll:
        yield "toll"
    if len(s.words) > LONG * 2 // 3:
        yield "long"
    yield "opening" if place < 2 else "middle" if place < 8 else "late"
    if place == 0:
        yield "first sentence"


def features(scene: Scene, nth: int) -> dict[str, float]:
    """Names and values of what is weighed for the nth mention of a sentence."""
    s, m = scene.sentence, scene.mentions[nth]
    sort = _SORTS.get(m.kind, m.kind)
    found = dict.fromkeys(("always", f"kind {sort}", *scene.shared), 1.0)
    found["place"] = min(20, scene.place) / 10
    found["mentions"] = min(10, len(scene.mentions)) / 5
    where, spoken = _spoken(scene, m)
    before, after = _deeds(s, m)
    for name in (
        *_beside(s, m),
        *before,
        *after,
        *spoken,
        *_tolls(scene, m),
        *_order(scene, nth),
        *_turned(s, m),
    ):
        found[name] = 1.0
    found[f"{where} {sort}"] = 1.0
    for name in (*before, *after):
        if name.startswith("first "):
            found[f"{where} {name}"] = 1.0
    matches = scene.of(m)
    if not matches:
        found["no match"] = 1.0
        if scene.matches:
            found["others match"] = 1.0
    for match in matches:
        for name in _matched(scene, match, where, sort):
            found[name] = 1.0
    return found


def _beside(s: Sentence, m: Mention) -> Iterator[str]:
    """The words right beside a mention."""
    if m.owner:
        yield "owner"
    before = s.words[m.first - 1] if m.first else "^"
    yield f"prev {before if before == '^' else _link(before)}"
    if m.first > 1 and before in ("the", "a", "an"):
        yield f"prev2 {_link(s.words[m.first - 2])}"
    after = s.words[m.last + 1] if m.last + 1 < len(s.words) else "$"
    yield f"next {after if after == '$' else _link(after)}"
    if s.has(m.last + 1, "helper"):
        yield "next helper"


def _link(word: str) -> str:
    return word if sign("link", word) else "other"


def _deeds(s: Sentence, m: Mention) -> tuple[list[str], list[str]]:
    """The nearest two words for deeds before and behind a mention, within its clause as far as stops tell."""
    sides: list[list[str]] = []
    for name, places in (
        ("before", range(m.first - 1, max(-1, m.first - 1 - FAR), -1)),
        ("after", range(m.last + 1, min(len(s.words), m.last + 1 + FAR))),
    ):
        found: list[str] = []
        seen: set[str] = set()
        count = 0
        for away, k in enumerate(places):
            if s.words[k] in _STOPS:
                break
            if not s.kinds[k] or (name == "after" and s.last[k - 1] >= k):
                continue
            kinds = [kind for kind in _KINDS if kind in s.kinds[k]]
            if not kinds:
                continue
            for kind in kinds:
                if kind not in seen:
                    found.append(f"{name} {kind} {_distance(away)}")
                    seen.add(kind)
                    if not count:
                        found.append(f"first {name} {kind}")
            if not count:
                found.append(f"verb {name} {s.words[k][:STEM]}")
                if name == "after" and is_passive(s, k):
                    found.append("first after passive")
            count += 1
            if count == 2:
                break
        sides.append(found)
    return sides[0], sides[1]


def _distance(words: int) -> int:
    return 0 if words == 0 else 1 if words == 1 else 2 if words <= 3 else 3 if words <= 6 else 4


def _spoken(scene: Scene, m: Mention) -> tuple[str, list[str]]:
    """Where a mention stands to what is said and by whom: in one word, and as features."""
    s = scene.sentence
    speaks = next((t for t in reversed(scene.told) if _touch(t.source, m.span)), None)
    told = next((t for t in reversed(scene.told) if _touch(t.content, m.span)), None)
    found: list[str] = []
    for name, said in (("source", speaks), ("content", told)):
        if said is None:
            continue
        found.append("is source" if name == "source" else "in content")
        if name == "content":
            found.append("in content sourced" if said.source else "in content bare")
        cue = [k for k, (a, b) in enumerate(s.spans) if a < said.cue[1] and b > said.cue[0]]
        found += [f"{name} of {kind}" for kind in _SPOKEN if any(s.has(k, kind) for k in cue)]
        if cue and not s.capital[cue[0]]:
            found.append(f"{name} cue {s.words[cue[0]][:STEM]}")
    if speaks is None and told is None:
        found.append("untold")
    where = (
        "source" if speaks
        else "untold" if told is None
        else "sourced" if told.source
        else "bare"
    )  # fmt: skip
    return where, found


def _touch(spans: Sequence[Span], one: Span) -> bool:
    return any(a < one[1] and one[0] < b for a, b in spans)


def _tolls(scene: Scene, m: Mention) -> Iterator[str]:
    if not scene.tolls:
        return
    away = min(max(t.span[0] - m.span[1], m.span[0] - t.span[1], 0) for t in scene.tolls)
    if away < 60:
        yield "toll near"
    if any(t.actor is not None and _touch((t.actor,), m.span) for t in scene.tolls):
        yield "toll actor"
    if any(_touch((t.span,), m.span) for t in scene.tolls):
        yield "in toll"


def _order(scene: Scene, nth: int) -> Iterator[str]:
    yield f"nth {min(3, nth)}"
    if all(q.pronoun for q in scene.mentions[:nth][-4:]):
        yield "first name"


def _turned(s: Sentence, m: Mention) -> Iterator[str]:
    """Words around a mention that turn what is said of it round."""
    if any(s.has(k, "not") or sign("none", s.words[k]) for k in range(max(0, m.first - 3), m.first)):
        yield "not before"
    if any(s.has(k, "not") for k in range(m.last + 1, min(len(s.words), m.last + 5))):
        yield "not after"
    denied = [k for k in range(max(0, m.first - 14), m.first) if s.has(k, "deny")]
    if denied and "but" not in s.words[denied[-1] : m.first]:
        yield "deny before"
    if any(s.has(k, "deny") for k in range(m.last + 1, min(len(s.words), m.last + 7))):
        yield "deny after"


def _matched(scene: Scene, match: Match, where: str, sort: str) -> Iterator[str]:
    """What there is to say of a deed that the grammar gives a mention."""
    s, pattern = scene.sentence, match.pattern
    yield f"match {pattern}"
    yield f"{where} match {pattern}"
    yield f"{sort} match {pattern}"
    yield f"word {pattern.split('-')[0]} {s.words[match.at]}"
    if is_negated(s, match):
        yield "negated"
    if is_denied(s, match):
        yield "denied"
    if match.actor.owner:
        yield f"owner {pattern}"
    if s.words[match.at].endswith("ing"):
        yield f"ing {pattern}"
    for k in range(max(0, match.at - 4), match.at):
        if s.has(k, "helper"):
            yield f"helper {s.words[k]}"
    last = s.last[match.at]
    if pattern == "act" and any(0 <= t.span[0] - s.spans[last][1] < 45 for t in scene.tolls):
        yield "act toll"
    if last + 1 < len(s.words):
        yield f"match {pattern} next {_next(s, last + 1)}"


def _next(s: Sentence, i: int) -> str:
    word = s.words[i]
    if word in ARTICLES:
        return "article"
    if sign("link", word):
        return word
    if s.has(i, "deed") or s.has(i, "act"):
        return "deed"
    return "capital" if s.capital[i] else "other"
