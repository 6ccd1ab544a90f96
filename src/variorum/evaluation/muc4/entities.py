"""Mentions to entities: what is named several times in one report is one filler."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.evaluation.muc4.tagged import Floats, Mention, Tagged, chances
from variorum.evaluation.muc4.words import content_words, trimmed
from variorum.reading.encoder.names import names_in


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A filler of one kind of slot with all its mentions."""

    kind: str
    name: str  # the mention that names it best, upper case
    score: float  # how surely it fills a slot, 0 to 1
    mentions: tuple[Mention, ...]
    values: Mapping[str, Floats]  # mean over the mentions, by their scores

    @property
    def start(self) -> int:
        """Where it is first named."""
        return self.mentions[0].start


def entities_in(tagged: Tagged, least: Mapping[str, float], alike: float = 1.0) -> list[Entity]:
    """The entities of a report that fill a slot at least as surely as their kind wants, by their first mention.

    Mentions whose words differ are one entity where the network is at least so sure that they are `alike`.
    """
    keys = {(n.start, n.end): n.key for n in names_in(tagged.text) if n.kind == "party"}
    found: list[Entity] = []
    for kind in least:
        groups: list[tuple[set[tuple[str, ...]], list[Mention]]] = []
        for mention in (m for m in tagged.mentions if m.kind == kind):
            words = tuple(content_words(tagged.text[mention.start : mention.end]))
            if not words:
                continue
            marks = {words}
            if kind == "PerpOrg":
                marks |= {("party", k) for (a, b), k in keys.items() if a < mention.end and mention.start < b}
            same = [g for g in groups if _same(kind, g[0], marks) or _alike(g[1], mention) >= alike]
            merged = ({*marks, *(w for g in same for w in g[0])}, [m for g in same for m in g[1]] + [mention])
            groups = [g for g in groups if g not in same] + [merged]
        found += [_entity(kind, tagged.text, mentions) for _, mentions in groups]
    return sorted((e for e in found if e.score >= least[e.kind]), key=lambda e: (e.start, e.kind))


def _same(kind: str, some: set[tuple[str, ...]], others: set[tuple[str, ...]]) -> bool:
    """Whether two groups of mentions name one thing: by equal words, or a name's part by the whole name."""
    if some & others:
        return True
    for one in some:
        for other in others:
            if "party" in (one[0], other[0]):
                continue
            less, more = sorted((one, other), key=len)
            if kind == "Victim" and (set(less) <= set(more) or less[-2:] == more[-2:]):
                return True
            if set(less) <= set(more) and less[-1] == more[-1] and (len(less) > 1 or kind == "Weapon"):
                return True
            if kind == "PerpOrg" and "".join(w[0] for w in more) == less[0]:
                return True
    return False


def _alike(mentions: Sequence[Mention], mention: Mention) -> float:
    """How surely the network takes other words for the same filler."""
    return float(chances(np.stack([m.own for m in mentions]), mention.own[None]).mean())


def _entity(kind: str, text: str, mentions: Sequence[Mention]) -> Entity:
    """One entity; surer the oftener it is named, but named by its surest mention."""
    weights = np.array([m.score for m in mentions])
    values = {
        name: np.asarray(np.average([m.values[name] for m in mentions], axis=0, weights=weights))
        for name in mentions[0].values
    }
    strings = [trimmed(text[m.start : m.end]) for m in mentions]
    sums: dict[str, float] = {}
    for string, weight in zip(strings, weights, strict=True):
        sums[string] = sums.get(string, 0.0) + float(weight)
    if kind == "Victim":  # a person is named as fully as the text names them
        sure = [s for s, w in zip(strings, weights, strict=True) if w >= 0.5 * weights.max()]
        name = max(sure, key=lambda s: (len(s.split()), sums[s]))
    else:
        name = max(sums, key=lambda s: (sums[s], len(s)))
    top = np.sort(weights)[::-1]
    score = float(top[0] + (1 - top[0]) * 0.3 * (top[1] if len(top) > 1 else 0.0))
    return Entity(kind, re.sub(r"\s+", " ", name).upper(), score, tuple(mentions), values)
