"""Learn the weights of `variorum.reading.places` and say what they are worth on texts held out.

    python training/places.py GOLD.jsonl NAMES.jsonl [--write]

GOLD holds documents with their toponyms (start, end, lat, lon, literal) and the publisher's
domain and source (a source of few documents weighs a little more); NAMES a tagger's spans:
{"id": ..., "ents": [[start, end, label], ...]} with spaCy's labels. Figures come from five-fold
cross-validation over documents; --write then learns from all of them and stores the weights in the
package. Development packages: scipy, scikit-learn.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from variorum.reading.places import coherence, lexicon
from variorum.reading.places.accepting import acceptance
from variorum.reading.places.cues import read_cues
from variorum.reading.places.gazetteer import open_gazetteer
from variorum.reading.places.mention import NameSpan
from variorum.reading.places.resolving import ACCEPTED, Found, all_groups, find_names

FOLDS = 5
NEAR_KM = 161.0
LABELS = {
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "nationality",
}
WEIGHTS = Path(__file__).parents[1] / "src/variorum/reading/places/data/weights.json"


@dataclass
class Item:
    """One document on its way through."""

    doc: dict[str, Any]
    weight: float
    found: Found
    names: list[NameSpan]
    kept: list[int]
    accepted: list[float]
    groups: list[coherence.Group]
    own: np.ndarray
    target: np.ndarray  # by row: 1 where the candidate is right
    usable: np.ndarray  # by group: whether gold says anything


def kilometres(a: float, b: float, c: float, d: float) -> float:
    """Great-circle distance of two points in degrees."""
    p, q = math.radians(a), math.radians(c)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def truth(item: Item, number: int) -> dict[str, Any] | None:
    """The gold toponym that a proposal overlaps."""
    p = item.found.proposals[number]
    return next((t for t in item.doc["toponyms"] if t["start"] < p.end and p.start < t["end"]), None)


def read(gold: Path, names: Path) -> list[Item]:
    """Documents with their proposals."""
    gazetteer = open_gazetteer()
    spans = {d["id"]: d["ents"] for d in map(json.loads, names.open())}
    items = []
    docs = [json.loads(line) for line in gold.open()]
    sizes = Counter(doc["source"] for doc in docs)
    for doc in docs:
        tags = [NameSpan(s, e, LABELS.get(label, "other")) for s, e, label in spans[doc["id"]]]
        weight = math.sqrt(len(docs) / len(sizes) / sizes[doc["source"]])
        items.append(
            Item(
                doc,
                weight,
                find_names(doc["text"], tags, gazetteer),
                tags,
                [],
                [],
                [],
                np.zeros(0),
                np.zeros(0),
                np.zeros(0),
            )
        )
    return items


def accept_model(items: list[Item], train: list[int]) -> dict[str, float]:
    """Weights for which proposals are places, from the documents numbered in `train`."""
    features, labels, weights = [], [], []
    for i in train:
        for number, each in enumerate(items[i].found.features):
            gold = truth(items[i], number)
            if gold is None or gold["literal"]:
                features.append(each)
                labels.append(gold is not None)
                weights.append(items[i].weight)
    vectors = DictVectorizer()
    table = vectors.fit_transform(features)
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    model = LogisticRegression(C=0.5, max_iter=300, fit_intercept=False, solver="liblinear")
    model.fit(table, labels, weights)
    return {name: round(float(w), 4) for name, w in zip(vectors.feature_names_, model.coef_[0], strict=True)}


def prepare(item: Item, accept: dict[str, float], threshold: float) -> None:
    """Group the accepted proposals and mark the right candidates."""
    gazetteer = open_gazetteer()
    chances = [acceptance(f, accept) for f in item.found.features]
    item.kept = [n for n, chance in enumerate(chances) if chance >= threshold]
    item.accepted = [chances[n] for n in item.kept]
    proposals = [item.found.proposals[n] for n in item.kept]
    cues = read_cues(item.doc["text"], item.found.words, proposals)
    item.groups = all_groups(item.found.words, proposals, cues, gazetteer, item.doc.get("domain"))
    item.own = coherence.own_features(item.groups, lexicon.feature_order())
    targets, usable = [], []
    for group in item.groups:
        points: Counter[tuple[float, float, int | None] | None] = Counter()
        for m in group.mentions:
            gold = truth(item, item.kept[m])
            if gold is None or gold["literal"]:
                points[
                    (gold["lat"], gold["lon"], gold["geonameid"])
                    if gold and gold["lat"] is not None
                    else None
                ] += 1
        point = points.most_common(1)[0][0] if points else None
        usable.append(bool(points) and not group.fixed)
        near = [
            point is not None and kilometres(c.lat, c.lon, *point[:2]) <= NEAR_KM for c in group.candidates
        ]
        same = [
            hit and point is not None and c.id == point[2]
            for hit, c in zip(near, group.candidates, strict=True)
        ]
        targets.extend(same if any(same) else near)
    item.target, item.usable = np.array(targets, dtype=float), np.array(usable, dtype=bool)


class Stack:
    """Documents' rows on top of each other, for fitting a softmax by name."""

    def __init__(self, items: list[Item], supports: list[np.ndarray]) -> None:
        tables, owners, targets, keep, weights = [], [], [], [], []
        offset = 0
        for item, support in zip(items, supports, strict=True):
            group = np.array([g for g, each in enumerate(item.groups) for _ in each.candidates], dtype=int)
            tables.append(np.hstack([item.own, support]))
            owners.append(group + offset)
            targets.append(item.target)
            keep.append(item.usable)
            weights.append([item.weight * len(g.mentions) ** 0.5 for g in item.groups])
            offset += len(item.groups)
        self.table = np.vstack(tables).astype(np.float64)
        self.owner, self.target = np.concatenate(owners), np.concatenate(targets)
        self.keep = np.concatenate(keep) * np.concatenate(weights)
        self.groups = offset

    def loss(self, w: np.ndarray, penalty: float) -> tuple[float, np.ndarray]:
        """Negative log chance of the right candidates (or of none) and its gradient."""
        scores = self.table @ w[:-1]
        top = np.full(self.groups, w[-1])
        np.maximum.at(top, self.owner, scores)
        powers = np.exp(scores - top[self.owner])
        none = np.exp(w[-1] - top)
        total = np.bincount(self.owner, powers, self.groups) + none
        right = np.bincount(self.owner, powers * self.target, self.groups)
        missing = right == 0
        good = np.where(missing, none, right)
        value = float((self.keep * (np.log(total) - np.log(np.maximum(good, 1e-300)))).sum())
        by_row = self.keep[self.owner] * (
            powers / total[self.owner]
            - np.where(missing[self.owner], 0, powers * self.target / good[self.owner])
        )
        by_none = float((self.keep * (none / total - missing)).sum())
        gradient = np.append(self.table.T @ by_row, by_none)
        return value + penalty * float(w @ w), gradient + 2 * penalty * w

    def fit(self, penalty: float = 1.0) -> np.ndarray:
        """The weights of the columns, then that of none of the candidates."""
        return minimize(
            self.loss,
            np.zeros(self.table.shape[1] + 1),
            (penalty,),
            "L-BFGS-B",
            True,
            options={"maxiter": 150},
        ).x


def named(w: np.ndarray) -> dict[str, float]:
    """Weights by feature name."""
    columns = [*lexicon.feature_order(), *coherence.support_names(), "nothing"]
    return {name: round(float(x), 4) for name, x in zip(columns, w, strict=True) if abs(x) > 1e-6}


def learn(items: list[Item]) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of the first and of the later rounds of `coherence.settle`."""
    fields = [coherence.Field(item.groups) for item in items]
    starts = [field.start() for field in fields]
    supports = [field.support(chances) for field, chances in zip(fields, starts, strict=True)]
    first = Stack(items, supports).fit()
    w = first
    for _ in range(coherence.ROUNDS):
        chances = [
            coherence.chances_of(np.hstack([item.own, s]) @ w[:-1], field, w[-1])
            for item, field, s in zip(items, fields, supports, strict=True)
        ]
        supports = [field.support(c) for field, c in zip(fields, chances, strict=True)]
        w = Stack(items, supports).fit()
    return named(first), named(w)


def predict(item: Item, first: dict[str, float], later: dict[str, float]) -> dict[str, Any]:
    """The document's answer in the scorer's shape."""
    done: dict[int, tuple[float, float, float, float]] = {}
    for group, chances in zip(
        item.groups, coherence.settle(item.groups, first, later, lexicon.feature_order()), strict=True
    ):
        if len(chances) and not group.fixed:
            best = group.candidates[int(chances.argmax())]
            done.update(
                (m, (best.lat, best.lon, float(chances.max()), 1 - float(chances.sum())))
                for m in group.mentions
            )
    toponyms = []
    for m, number in enumerate(item.kept):
        p = item.found.proposals[number]
        lat, lon, chance, none = done.get(m, (None, None, 0.0, 1.0))
        toponyms.append(
            {
                "start": p.start,
                "end": p.end,
                "lat": lat,
                "lon": lon,
                "chance": chance,
                "none": none,
                "accept": item.accepted[m],
            }
        )
    return {"id": item.doc["id"], "toponyms": toponyms}


def main() -> None:
    """Cross-validate, print predictions to stdout, and store the weights if asked to."""
    items = read(Path(sys.argv[1]), Path(sys.argv[2]))
    for fold in range(FOLDS):
        train = [i for i in range(len(items)) if i % FOLDS != fold]
        accept = accept_model(items, train)
        for item in items:
            prepare(item, accept, ACCEPTED)
        first, later = learn([items[i] for i in train])
        for i in range(fold, len(items), FOLDS):
            print(json.dumps(predict(items[i], first, later)))
    if "--write" in sys.argv:
        accept = accept_model(items, list(range(len(items))))
        for item in items:
            prepare(item, accept, ACCEPTED)
        first, later = learn(items)
        WEIGHTS.write_text(json.dumps({"accept": accept, "first": first, "later": later}, indent=0) + "\n")


if __name__ == "__main__":
    main()
