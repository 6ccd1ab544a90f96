"""What linking learns from annotated reports: how common words are, and what tells that two reports speak of one incident.

    python -m training.linking words BENCH
    python -m training.linking read BENCH --cache FOLDER --part train
    python -m training.linking pairs BENCH --cache FOLDER
    python -m training.linking check BENCH --cache FOLDER --response dev_response.jsonl

BENCH is a folder with `linking/train.jsonl`, `cases/train/*.json`, `muc4/`, `time/` and `attribution/` as
docs/benchmarks.md describes them. `words` writes src/variorum/linking/data/commonness.tsv; `pairs` writes
src/variorum/linking/data/pair_weights.json: it fits on the reports of earlier incidents and on half the cases,
chooses the threshold on the rest, tells the figures there, and fits again on all. `check` links
linking/dev.jsonl.

Reports are read without the encoder, dates and places only, unless `read` has read them fully before (slow).
Needs scikit-learn, which the product does not.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from variorum.linking import Linker
from variorum.linking.index import Index
from variorum.linking.keys import keys_of
from variorum.linking.pairs import MEASURES, measure
from variorum.linking.score import Model
from variorum.linking.traits import traits_of
from variorum.linking.words import words_of
from variorum.model import Evidence, Place, Reading, Report, Time
from variorum.reading import Reader
from variorum.reading.dates import find_dates
from variorum.reading.places import resolve_places

FULL = "readings.jsonl"
DATA = Path(__file__).parent.parent / "src" / "variorum" / "linking" / "data"
FEWEST_USES = {"linking": 3, "cases": 4, "wire": 3, "press": 3}
THRESHOLDS = (-1.0, -0.5, 0.0, 0.5)
CASES_COUNT = 5.0
"""Cases are few beside the reports of shootings: each of their pairs counts as so many."""
CAUTION = 0.015
"""What a higher threshold may cost, in mean F1: fusing two incidents is worse than leaving one in two."""

Pairs = tuple[np.ndarray, np.ndarray]
"""Measures of pairs, one row each, and whether the two speak of one incident."""


@dataclass
class Labelled:
    """A report as read, with the incident it speaks of."""

    reading: Reading
    incident: str
    day: str


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cases(bench: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((bench / "cases" / "train").glob("*.json")):
        if not path.name.startswith("aliases"):
            for row in json.loads(path.read_text(encoding="utf-8"))["reports"]:
                yield path.stem, row


def fit_words(bench: Path) -> None:
    """Count in how many incidents each word is used, by kind of news; the commonest counts."""
    kinds: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in FEWEST_USES}
    for row in rows(bench / "linking" / "train.jsonl"):
        kinds["linking"][row["incident"]].append(f"{row['title']}\n{row['text']}")
    for case, row in cases(bench):
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
    by_weight: dict[float, list[str]] = defaultdict(list)
    for word, share in rate.items():
        by_weight[round(-math.log(share) * 4) / 4].append(word)
    lines = [f"{weight:g}\t{' '.join(sorted(by_weight[weight]))}" for weight in sorted(by_weight)]
    head = "# weight (see words.py), words; written by training/linking.py"
    (DATA / "commonness.tsv").write_text("\n".join((head, *lines, "")), encoding="utf-8")


def read_lightly(row: dict[str, Any]) -> Reading:
    """Dates and places of a report, without the encoder: a tenth of the time of a full reading."""
    report = report_of(row)
    domain = report.publisher if report.publisher and "." in report.publisher else None
    text = report.text
    times = (
        Time(evidence=Evidence.of(text, t.start, t.end), type=t.type, value=t.value, first=t.first, last=t.last,
             precision=t.precision)
        for t in find_dates(text, report.published)
    )  # fmt: skip
    places = (
        Place(name=p.name, geonameid=p.geonameid, latitude=p.lat, longitude=p.lon, country=p.country, admin1=p.admin1,
              level=p.level, precision=p.precision, evidence=Evidence.of(text, p.start, p.end))
        for p in resolve_places(text, [], publisher_domain=domain)
    )  # fmt: skip
    return Reading(report=report, reader="light", times=tuple(times), places=tuple(places))


def load(bench: Path, name: str, cache: Path) -> list[Labelled]:
    """Labelled reports of one part, read once and kept; as `read_fully` read them, where it has."""
    stored = cache / f"linking_{name}.pickle"
    if not stored.exists():
        found = [Labelled(read_lightly(row), incident, day) for row, incident, day in labelled(bench, name)]
        cache.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(pickle.dumps(found))
    found = pickle.loads(stored.read_bytes())
    fuller = {row["id"]: row["reading"] for row in rows(cache / FULL)} if (cache / FULL).exists() else {}
    for item in found:
        report = item.reading.report
        if report.id in fuller:
            item.reading = Reading.model_validate({**fuller[report.id], "report": report})
    print(f"{name}: {len(found)} reports, {sum(i.reading.report.id in fuller for i in found)} read fully")
    return found


def labelled(bench: Path, name: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each report of a part with its incident and the day by which parts are cut."""
    if name == "cases":
        for case, row in cases(bench):
            yield row, case, row.get("published") or ""
    else:
        for row in rows(bench / "linking" / f"{name}.jsonl"):
            yield row, row["incident"], row["gold"]["date"]


def read_fully(bench: Path, name: str, cache: Path) -> None:
    """Read a part with the encoder too, one report after the other. Takes up where it was broken off."""
    done = {row["id"] for row in rows(cache / FULL)} if (cache / FULL).exists() else set()
    reader = Reader.load()
    with (cache / FULL).open("a", encoding="utf-8") as out:
        for row, _, _ in labelled(bench, name):
            if row["id"] not in done:
                reading = reader.read(report_of(row)).model_dump(mode="json", exclude={"report"})
                out.write(json.dumps({"id": row["id"], "reading": reading}) + "\n")


def report_of(row: dict[str, Any]) -> Report:
    names = ("id", "text", "publisher", "title", "published", "language")
    return Report(**{name: row[name] for name in names if row.get(name)})


def examples(reports: Iterable[Labelled]) -> Pairs:
    """Measures of all pairs that the index has compared, and whether they speak of one incident."""
    index, traits, incident = Index(), {}, {}
    compared: set[tuple[str, str]] = set()
    for item in reports:
        name = item.reading.report.content_hash
        if name in traits:
            continue
        traits[name], incident[name] = traits_of(item.reading), item.incident
        gained, lost = index.add(name, keys_of(traits[name]))
        compared |= gained
        compared -= lost
    ordered = sorted(compared)
    x = [list(measure(traits[a], traits[b]).values()) for a, b in ordered]
    return np.array(x), np.array([incident[a] == incident[b] for a, b in ordered])


def fit_model(shootings: Pairs, told: Pairs, threshold: float, strength: float) -> Model:
    x, y = (np.concatenate(parts) for parts in zip(shootings, told, strict=True))
    counts = np.concatenate([np.ones(len(shootings[1])), np.full(len(told[1]), CASES_COUNT)])
    scale = x.std(axis=0)
    used = scale > 0
    logistic = LogisticRegression(C=strength, max_iter=2000).fit(x[:, used] / scale[used], y, counts)
    weights = zip(np.array(MEASURES)[used].tolist(), (logistic.coef_[0] / scale[used]).tolist(), strict=True)
    return Model(round(float(logistic.intercept_[0]), 4), {k: round(v, 4) for k, v in weights}, threshold)


def figures(reports: Iterable[Labelled], model: Model) -> dict[str, float]:
    """B-cubed F1 and pairwise F1 of linking under a model."""
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
    return {"b_cubed": 2 * precision * recall / (precision + recall), "pairwise": 2 * same / (stated + true),
            "pairwise_p": same / max(stated, 1), "pairwise_r": same / max(true, 1)}  # fmt: skip


def fit_pairs(bench: Path, cache: Path, strength: float) -> None:
    reports = sorted(load(bench, "train", cache), key=lambda item: (item.day, item.incident))
    told = load(bench, "cases", cache)
    names = sorted({item.incident for item in told})
    halves = set(names[::2]), set(names[1::2])
    cut = next(i for i in range(len(reports) * 4 // 5, len(reports)) if reports[i].day != reports[i - 1].day)
    early, later = examples(reports[:cut]), reports[cut:]
    merit: dict[float, float] = defaultdict(float)
    for learnt in halves:
        known = examples(item for item in told if item.incident in learnt)
        rest = [item for item in told if item.incident not in learnt]
        for threshold in THRESHOLDS:
            model = fit_model(early, known, threshold, strength)
            for name, part in (("later reports", later), ("cases held back", rest)):
                found = figures(part, model)
                merit[threshold] += found["b_cubed"] + found["pairwise"]
                print(f"threshold {threshold:+.1f}  {name}  {show(found)}", flush=True)
    chosen = max(t for t in merit if merit[t] / 8 > max(merit.values()) / 8 - CAUTION)
    model = fit_model(examples(reports), examples(told), chosen, strength)
    stored = {"intercept": model.intercept, "weights": model.weights, "threshold": model.threshold}
    (DATA / "pair_weights.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored))


def show(found: dict[str, float]) -> str:
    return " ".join(f"{name} {value:.3f}" for name, value in found.items())


def check(bench: Path, cache: Path, response: Path) -> None:
    linker = Linker()
    for item in load(bench, "dev", cache):
        linker.add(item.reading)
    lines = (json.dumps({"id": r, "incident": i}) for r, i in linker.partition().items())
    response.parent.mkdir(parents=True, exist_ok=True)
    response.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("words", "read", "pairs", "check"))
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build"))
    parser.add_argument("--part", choices=("train", "dev", "cases"), default="train")
    parser.add_argument("--response", type=Path, default=Path("build/linking_dev.jsonl"))
    parser.add_argument("--strength", type=float, default=1.0, help="inverse of the penalty on weights")
    args = parser.parse_args()
    if args.what == "words":
        fit_words(args.bench)
    elif args.what == "read":
        read_fully(args.bench, args.part, args.cache)
    elif args.what == "pairs":
        fit_pairs(args.bench, args.cache, args.strength)
    else:
        check(args.bench, args.cache, args.response)


if __name__ == "__main__":
    main()
