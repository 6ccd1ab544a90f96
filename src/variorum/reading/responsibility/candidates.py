"""Everything in a report that could be a claim on who did it: each mention beside words for deeds, with what is weighed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.model import Span
from variorum.reading.attribution import Said, near
from variorum.reading.encoder.masking import Name
from variorum.reading.encoder.outputs import SPAN_KINDS, STANCES
from variorum.reading.encoder.session import Encoded, Session, softmax
from variorum.reading.findings import Finding
from variorum.reading.responsibility.features import Scene, features, scene_of
from variorum.reading.responsibility.mentions import Mention, Named, mentions_in
from variorum.reading.responsibility.words import sentences

Floats = npt.NDArray[np.float32]
LIKELY = 0.15
"""Least chance of some word to be about responsibility for a sentence to be looked at that has no word for a deed."""
CALLED = ("person", "organisation", "nationality")
"""The tagger's labels that may name a party."""
LEARNED = (
    "actor", *(f"actor {s}" for s in STANCES), "responsibility", "responsibility in the sentence",
    *(f"stance {s}" for s in STANCES), "background",
)  # fmt: skip
"""What the network says of a mention, in order: see `_learned`."""
_KIND = SPAN_KINDS.index("responsibility")
_DEEDS = frozenset(("act", "deed", "claim", "blame", "blamed", "deny", "made", "charge"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention in its scene, with the features of the grammar and the network's scores [`LEARNED`]."""

    scene: Scene
    mention: Mention
    features: dict[str, float]
    learned: Floats


def names_of(known: Sequence[Name], tagged: Sequence[tuple[int, int, str, float]]) -> list[Named]:
    """The names of a text in order: those of the lexicon, and those of the tagger beside them."""
    found = [Named(n.start, n.end, n.kind, n.key) for n in known]
    taken = sorted((n.start, n.end) for n in known)
    k = 0
    for start, end, label, _ in sorted(tagged):
        while k < len(taken) and taken[k][1] <= start:
            k += 1
        if label in CALLED and not (k < len(taken) and taken[k][0] < end):
            found.append(Named(start, end, label, f"{start}"))
    return sorted(found, key=lambda n: (n.start, n.end))


def scenes_of(
    text: str,
    names: Sequence[Named],
    attributions: Sequence[Said],
    tolls: Sequence[Finding],
    likely: Callable[[Span], bool] = lambda span: False,
) -> Iterator[Scene]:
    """The sentences that hold a mention, and a word for a deed or else are likely to hold a claim."""
    ordered = sorted(attributions, key=lambda a: a.cue)
    counted = sorted(tolls, key=lambda t: t.span)
    n = k = 0
    for place, sentence in enumerate(sentences(text, [(name.start, name.end) for name in names])):
        low, high = sentence.span
        while n < len(names) and names[n].end <= low:
            n += 1
        while k < len(counted) and counted[k].span[1] <= low:
            k += 1
        if not any(of & _DEEDS for of in sentence.kinds) and not likely(sentence.span):
            continue
        inside = names[n : bisect_left(names, high, lo=n, key=lambda name: name.start)]
        mentions = tuple(mentions_in(sentence, inside))
        if not mentions:
            continue
        told = [
            a for a in near(ordered, sentence.span)
            if any(s < high and e > low for s, e in (a.cue, *a.content))
        ]  # fmt: skip
        beside = counted[k : bisect_left(counted, high, lo=k, key=lambda t: t.span[0])]
        yield scene_of(sentence, place, mentions, told, beside)


def _learned(session: Session, encoded: Encoded, scenes: Sequence[Scene], chance: Floats) -> Floats:
    """What the network says of every mention, in order: [mentions, `LEARNED`].

    The chance that its words name who did it, at all and by stance, and that words there are about responsibility, there
    and anywhere in the sentence (all as shifted logarithms); the stance and background of a claim made there (raw scores).
    `chance` is that of every piece to be about responsibility.
    """
    spans = [mention.span for scene in scenes for mention in scene.mentions]
    pieces = [list(encoded.pieces.inside(*span)) or [0] for span in spans]
    tags = softmax(session.linear("actors", encoded.states))
    kinds = np.tile(np.arange(len(SPAN_KINDS)) == _KIND, (len(spans), 1)).astype(np.float32)
    out = session.describe("span", encoded, [p[:1] for p in pieces], pieces, kinds)
    found = np.zeros((len(spans), len(LEARNED)), dtype=np.float32)
    n = 0
    for scene in scenes:
        whole = encoded.pieces.inside(*scene.sentence.span)
        best = float(chance[whole.start : whole.stop].max(initial=0.0))
        for _ in scene.mentions:
            own = tags[pieces[n]]
            found[n, :7] = [1 - own[:, 0].min(), *own[:, 1:].max(0), chance[pieces[n]].max(), best]
            n += 1
    found[:, :7] = np.log(found[:, :7] + 0.01) + 3
    found[:, 7:] = np.concatenate([out["stance"], out["background"]], axis=1) / 3
    return found


def candidates(
    session: Session,
    encoded: Encoded,
    attributions: Sequence[Said],
    known: Sequence[Name],
    tagged: Sequence[tuple[int, int, str, float]],
    tolls: Sequence[Finding] = (),
) -> list[Candidate]:
    """All candidates of a text, in order."""
    if not len(encoded.pieces.ids):
        return []
    about = softmax(session.linear("spans", encoded.states).reshape(-1, len(SPAN_KINDS), 3))
    chance = np.asarray(1 - about[:, _KIND, 0])

    def likely(span: Span) -> bool:
        inside = encoded.pieces.inside(*span)
        return float(chance[inside.start : inside.stop].max(initial=0.0)) > LIKELY

    scenes = list(scenes_of(encoded.text, names_of(known, tagged), attributions, tolls, likely))
    if not scenes:
        return []
    learned = _learned(session, encoded, scenes, chance)
    pairs = [(scene, nth) for scene in scenes for nth in range(len(scene.mentions))]
    return [
        Candidate(scene, scene.mentions[nth], features(scene, nth), learned[n])
        for n, (scene, nth) in enumerate(pairs)
    ]
