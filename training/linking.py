"""What linking learns from annotated reports: how common words are, and what tells that reports speak of one incident.

    python -m training.linking words BENCH
    python -m training.linking read BENCH --cache FOLDER --part train
    python -m training.linking read BENCH --cache FOLDER --part cases
    python -m training.linking fit BENCH --cache FOLDER
    python -m training.linking read BENCH --cache FOLDER --part dev
    python -m training.linking check BENCH --cache FOLDER --response dev_response.jsonl
    python -m training.linking read BENCH --cache FOLDER --part dev_cases
    python -m training.linking mixed BENCH --cache FOLDER

BENCH is a folder with `linking/*.jsonl`, `cases/*.json`, `cases/train/*.json`, `muc4/`, `time/` and `attribution/` as
docs/benchmarks.md describes them. `words` writes src/variorum/linking/data/commonness.tsv. `read` reads a part
with the shipped reader and keeps the readings in FOLDER, because that takes minutes. `fit` writes
src/variorum/linking/data/link_weights.json, with the defaults as shipped: it fits on the reports of earlier incidents
and on half the cases, chooses the threshold on the rest, tells the figures there, and fits again on all. `check` links
linking/dev.jsonl. `mixed` shuffles the four development cases with 200 reports of linking/dev.jsonl, ten times, and
tells which cases stayed whole and alone.

Needs scikit-learn, which the product does not.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from variorum.linking import Linker
from variorum.linking.candidates import Candidates
from variorum.linking.clusters import ABSENT, Pair, cluster
from variorum.linking.pairs import MEASURES, measure
from variorum.linking.score import Model, Weights
from variorum.linking.traits import Traits, traits_of
from variorum.linking.wholes import WHOLE_MEASURES, Comparison, Group, bridges
from variorum.linking.words import words_of
from variorum.model import Reading, Report
from variorum.reading import Reader

READINGS = "readings.jsonl"
DATA = Path(__file__).parent.parent / "src" / "variorum" / "linking" / "data"
PARTIES = DATA.parent.parent / "reading" / "parties" / "data" / "parties.tsv"
FEWEST_USES = {"linking": 3, "cases": 4, "wire": 3, "press": 3}
ARMED_RATE = 0.018
"""Share of incidents in which a word of an armed group's name counts as used, even if no report learnt from has it."""
CASES_COUNT = 5.0
"""Cases are few beside the reports of shootings: each of their pairs counts as so many."""
SURE = 2.0
"""Threshold of the first look: what it joins is hardly ever wrong, and the second look goes on from there."""
REACH = 0.0
STEPS = (0.0, 0.5, 1.0, 2.0, 3.0)
"""Thresholds at which clusters are made to learn from: coarse and fine ones occur while clusters grow."""
STEPS_REACH = -1.0
UNUSED_OF_WHOLES = (
    "streets", "streets_apart", "figures", "publisher", "publisher_words", "same_day", "area_apart",
)  # fmt: skip
"""Of clusters these say nothing, or the contrary: lists grow with the number of reports until they meet by chance, and a
cluster has neither a publisher nor a day of publication."""
THRESHOLDS = (-0.5, -0.25, 0.0, 0.25, 0.5)
CAUTION = 0.001
"""What a higher threshold may cost, in the mean of two F1 and the share of cases whole: fusing two incidents is worse than
leaving one in two."""


@dataclass
class Labelled:
    """A report as read, with the incident it speaks of."""

    reading: Reading
    incident: str
    day: str


@dataclass
class Pile:
    """Reports with their incidents, and the measures of all pairs that the index compares. `count` is what a pair counts."""

    traits: dict[str, Traits]
    incident: dict[str, str]
    pairs: list[Pair]
    x: np.ndarray
    count: float

    def same(self) -> np.ndarray:
        return np.array([self.incident[a] == self.incident[b] for a, b in self.pairs])


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        if not path.name.startswith("aliases"):
            for row in json.loads(path.read_text(encoding="utf-8"))["reports"]:
                yield path.stem, row


def fit_words(bench: Path) -> None:
    """Count in how many incidents each word is used, by kind of news; the commonest counts."""
    kinds: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in FEWEST_USES}
    for row in rows(bench / "linking" / "train.jsonl"):
        kinds["linking"][row["incident"]].append(f"{row['title']}\n{row['text']}")
    for case, row in cases(bench / "cases" / "train"):
        kinds["cases"][case].append(f"{row.get('title') or ''}\n{row['text']}")
    for row in rows(bench / "muc4" / "reports.train.jsonl"):
        kinds["wire"][row["id"]].append(row["text"])
    for name in ("time", "attribution"):
        for row in rows(bench / name / "train.jsonl"):
            kinds["press"][row["id"]].append(row["text"])
    rate: dict[str, float] = {}
    for kind, incidents in kinds.items():
        uses = Counter(w for texts in incidents.values() for w in {w.key for t in texts for w in words_of(t)})
        for word, number in uses.items():
            if number >= FEWEST_USES[kind]:
                rate[word] = max(rate.get(word, 0.0), number / len(incidents))
    for word in armed_words():
        rate[word] = max(rate.get(word, 0.0), ARMED_RATE)
    by_weight: dict[float, list[str]] = defaultdict(list)
    for word, share in rate.items():
        by_weight[round(-math.log(share) * 4) / 4].append(word)
    lines = [f"{weight:g}\t{' '.join(sorted(by_weight[weight]))}" for weight in sorted(by_weight)]
    head = "# weight (see words.py), words; written by training/linking.py"
    (DATA / "commonness.tsv").write_text("\n".join((head, *lines, "")), encoding="utf-8")


def armed_words() -> Iterator[str]:
    """Words of the names of known armed groups: whoever attacks today may attack elsewhere tomorrow."""
    for line in PARTIES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, kind, _, _, aliases = line.split("\t")
            if kind == "armed group":
                yield from (word.key for word in words_of(f"{name}; {aliases}") if not word.key.isdigit())


def load(bench: Path, name: str, cache: Path) -> list[Labelled]:
    """Labelled reports of one part, as `read_part` has read them."""
    readings = {row["id"]: row["reading"] for row in rows(cache / READINGS)}
    return [
        Labelled(Reading.model_validate({**readings[row["id"]], "report": report_of(row)}), incident, day)
        for row, incident, day in labelled(bench, name)
    ]


def labelled(bench: Path, name: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each report of a part with its incident and the day by which parts are cut."""
    folders = {"cases": bench / "cases" / "train", "dev_cases": bench / "cases"}
    if name in folders:
        for case, row in cases(folders[name]):
            yield row, case, row.get("published") or ""
    else:
        for row in rows(bench / "linking" / f"{name}.jsonl"):
            yield row, row["incident"], row["gold"]["date"]


def read_part(bench: Path, name: str, cache: Path) -> None:
    """Read a part, one report after the other. Takes up where it was broken off."""
    cache.mkdir(parents=True, exist_ok=True)
    done = {row["id"] for row in rows(cache / READINGS)} if (cache / READINGS).exists() else set()
    reader = Reader.load()
    with (cache / READINGS).open("a", encoding="utf-8") as out:
        for row, _, _ in labelled(bench, name):
            if row["id"] not in done:
                reading = reader.read(report_of(row)).model_dump(mode="json", exclude={"report"})
                out.write(json.dumps({"id": row["id"], "reading": reading}) + "\n")


def report_of(row: dict[str, Any]) -> Report:
    names = ("id", "text", "publisher", "title", "published", "language")
    return Report(**{name: row[name] for name in names if row.get(name)})


def pile_of(reports: Iterable[Labelled], count: float = 1.0) -> Pile:
    candidates = Candidates()
    pile = Pile({}, {}, [], np.empty(0), count)
    for item in reports:
        name = item.reading.report.content_hash
        if name not in pile.traits:
            pile.traits[name], pile.incident[name] = traits_of(item.reading), item.incident
            candidates.add(name, pile.traits[name])
    pile.pairs = candidates.pairs()
    pile.x = np.array([list(measure(pile.traits[a], pile.traits[b]).values()) for a, b in pile.pairs])
    return pile


def fit_model(piles: Sequence[Pile], threshold: float, strength: float) -> Model:
    x = np.concatenate([pile.x for pile in piles])
    y = np.concatenate([pile.same() for pile in piles])
    counts = np.concatenate([np.full(len(pile.pairs), pile.count) for pile in piles])
    pairs = logistic(MEASURES, x, y, counts, SURE, strength)
    found = [row for pile in piles for row in whole_examples(pile, pairs)]
    used = [k for k, name in enumerate(WHOLE_MEASURES) if name not in UNUSED_OF_WHOLES]
    x, y, counts = (np.array(column) for column in zip(*found, strict=True))
    wholes = logistic([WHOLE_MEASURES[k] for k in used], x[:, used], y, counts, threshold, strength)
    return Model(pairs, wholes, REACH)


def whole_examples(pile: Pile, pairs: Weights) -> Iterator[tuple[list[float], bool, float]]:
    """Two clusters that may be one, whether they are, and what they count: at all steps, each two once."""
    values = pairs.intercept + pile.x @ np.array([pairs.weights.get(name, 0.0) for name in MEASURES])
    scores = {pair: float(value) for pair, value in zip(pile.pairs, values, strict=True) if value > ABSENT}
    measured = Comparison(pile.traits.__getitem__).measure
    seen: set[tuple[Group, Group]] = set()
    for step in STEPS:
        groups = [tuple(group) for group in cluster(pile.traits, scores, step)]
        mostly = {g: Counter(pile.incident[n] for n in g).most_common(1)[0][0] for g in groups}
        for (a, b), across in bridges(groups, scores).items():
            if across.best >= STEPS_REACH and (a, b) not in seen:
                seen.add((a, b))
                yield list(measured(a, b, across).values()), mostly[a] == mostly[b], pile.count


def logistic(
    names: Sequence[str], x: np.ndarray, y: np.ndarray, counts: np.ndarray, threshold: float, strength: float
) -> Weights:
    scale = x.std(axis=0)
    used = scale > 0
    fitted = LogisticRegression(C=strength, max_iter=3000).fit(x[:, used] / scale[used], y, counts)
    weights = zip(np.array(names)[used].tolist(), (fitted.coef_[0] / scale[used]).tolist(), strict=True)
    return Weights(round(float(fitted.intercept_[0]), 4), {k: round(v, 4) for k, v in weights}, threshold)


def figures(reports: Iterable[Labelled], model: Model | None, cases: set[str]) -> dict[str, float]:
    """B-cubed F1 and pairwise F1 of linking under a model; of cases, how many are whole, and how many hold other reports."""
    linker, gold = Linker(model=model), {}
    for item in reports:
        linker.add(item.reading)
        gold[item.reading.report.id] = item.incident
    found = linker.partition()
    both = Counter((gold[r], found[r]) for r in gold)
    left, right = Counter(gold.values()), Counter(found[r] for r in gold)
    precision = sum(n * n / right[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / left[g] for (g, _), n in both.items()) / len(gold)
    same, stated, true = (sum(n * (n - 1) / 2 for n in c.values()) for c in (both, right, left))
    pieces = Counter(g for g, _ in both)
    fused = {g for (g, f), n in both.items() if n < right[f]}
    return {"b_cubed": 2 * precision * recall / (precision + recall), "pairwise": 2 * same / (stated + true),
            "pairwise_p": same / max(stated, 1), "pairwise_r": same / max(true, 1), "cases": len(cases),
            "whole": sum(pieces[c] == 1 for c in cases), "fused": len(fused & cases)}  # fmt: skip


def fit_links(bench: Path, cache: Path, strength: float) -> None:
    reports = sorted(load(bench, "train", cache), key=lambda item: (item.day, item.incident))
    told = load(bench, "cases", cache)
    names = sorted({item.incident for item in told})
    cut = next(i for i in range(len(reports) * 4 // 5, len(reports)) if reports[i].day != reports[i - 1].day)
    early, later = pile_of(reports[:cut]), reports[cut:]
    merit: dict[float, float] = defaultdict(float)
    for learnt in (set(names[::2]), set(names[1::2])):
        known = pile_of((item for item in told if item.incident in learnt), CASES_COUNT)
        rest = [item for item in told if item.incident not in learnt]
        for threshold in THRESHOLDS:
            model = fit_model([early, known], threshold, strength)
            found = figures([*later, *rest], model, set(names) - learnt)
            merit[threshold] += found["b_cubed"] + found["pairwise"] + found["whole"] / found["cases"]
            print(f"threshold {threshold:+.2f}  {show(found)}", flush=True)
    chosen = max(t for t in merit if merit[t] / 6 > max(merit.values()) / 6 - CAUTION)
    model = fit_model([pile_of(reports), pile_of(told, CASES_COUNT)], chosen, strength)
    stored = json.dumps(asdict(model), indent=1)
    (DATA / "link_weights.json").write_text(stored + "\n", encoding="utf-8")
    print(stored)


def show(found: dict[str, float]) -> str:
    return " ".join(f"{name} {value:.4g}" for name, value in found.items())


def check(bench: Path, cache: Path, response: Path) -> None:
    linker = Linker()
    for item in load(bench, "dev", cache):
        linker.add(item.reading)
    lines = (json.dumps({"id": r, "incident": i}) for r, i in linker.partition().items())
    response.parent.mkdir(parents=True, exist_ok=True)
    response.write_text("\n".join(lines) + "\n", encoding="utf-8")


def mixed(bench: Path, cache: Path, piles: int = 10, others: int = 200) -> None:
    reports, told = load(bench, "dev", cache), load(bench, "dev_cases", cache)
    for seed in range(piles):
        chance = random.Random(seed)
        pile = [*chance.sample(reports, others), *told]
        chance.shuffle(pile)
        print(f"pile {seed}  {show(figures(pile, None, {item.incident for item in told}))}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("words", "read", "fit", "check", "mixed"))
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build"))
    parser.add_argument("--part", choices=("train", "cases", "dev", "dev_cases"), default="train")
    parser.add_argument("--response", type=Path, default=Path("build/linking_dev.jsonl"))
    parser.add_argument("--strength", type=float, default=1.0, help="inverse of the penalty on weights")
    args = parser.parse_args()
    does = {
        "words": partial(fit_words, args.bench),
        "read": partial(read_part, args.bench, args.part, args.cache),
        "fit": partial(fit_links, args.bench, args.cache, args.strength),
        "check": partial(check, args.bench, args.cache, args.response),
        "mixed": partial(mixed, args.bench, args.cache),
    }
    does[args.what]()


if __name__ == "__main__":
    main()
