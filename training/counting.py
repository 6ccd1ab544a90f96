"""What counting learns from a registry: how far each way of stating a figure is to be trusted.

    python -m training.counting fit BENCH --cache FOLDER
    python -m training.counting check BENCH --cache FOLDER --partition FILE --counts FILE

BENCH is a folder with `linking/train.jsonl` and `linking/dev.jsonl` as docs/benchmarks.md describes them; FOLDER holds
the `readings.jsonl` that `python -m training.linking read` writes, of train for `fit` and of dev for `check`. `fit`
writes src/variorum/reconciling/data/counting_weights.tsv after telling how often both numbers are right over five folds
of incidents. `check` counts the incidents of a partition (lines {"id", "incident"}) and writes lines {"incident",
"killed", "injured"}. Needs scipy, which the product does not.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from training.linking import READINGS, report_of, rows
from variorum.model import Reading
from variorum.reconciling.counting import counts_of
from variorum.reconciling.counting.counts import gathered_of
from variorum.reconciling.counting.measures import Pair, measures, pairs_to_weigh, words_of

DATA = Path(__file__).parent.parent / "src" / "variorum" / "reconciling" / "data" / "counting_weights.tsv"
FIRST = "2014-03-01"
"""The registry's incidents before this day are nearly all mass shootings: numbers would look likelier than they are."""
FOLDS = 5
LEAST = 0.01
"""Measures that move no sum by more than this, in one deviation of theirs, are left out."""

Floats = npt.NDArray[np.float64]


@dataclass
class Incident:
    """The pairs to be weighed for an incident, their measures, and the right pair (None: not among them)."""

    pairs: list[Pair]
    found: list[dict[str, float]]
    right: int | None


def readings(bench: Path, part: str, cache: Path) -> Iterator[tuple[Reading, str, Pair, str]]:
    """Each reading with the report's incident, that incident's numbers and its day."""
    known = {row["id"]: row for row in rows(bench / "linking" / f"{part}.jsonl")}
    for line in rows(cache / READINGS):
        row = known[line["id"]]
        reading = Reading.model_validate({**line["reading"], "report": report_of(row)})
        gold = row["gold"]
        yield reading, row["incident"], (gold["killed"], gold["injured"]), gold["date"]


def incidents(bench: Path, cache: Path) -> list[Incident]:
    by_incident: dict[str, list[Reading]] = defaultdict(list)
    right: dict[str, Pair] = {}
    for reading, incident, numbers, day in readings(bench, "train", cache):
        if day >= FIRST:
            by_incident[incident].append(reading)
            right[incident] = numbers
    found = []
    for name in sorted(by_incident):
        gathered = gathered_of(by_incident[name])
        pairs, spoken = pairs_to_weigh(gathered), words_of(gathered)
        place = pairs.index(right[name]) if right[name] in pairs else None
        found.append(Incident(pairs, [measures(gathered, pair, spoken) for pair in pairs], place))
    return found


def table(parts: Sequence[Incident], names: Sequence[str]) -> list[Floats]:
    """Measures of each incident's pairs, [pairs, names]."""
    column = {name: n for n, name in enumerate(names)}
    tables = []
    for incident in parts:
        values = np.zeros((len(incident.pairs), len(names)))
        for row, found in enumerate(incident.found):
            for name, value in found.items():
                if name in column:
                    values[row, column[name]] = value
        tables.append(values)
    return tables


def fit(tables: Sequence[Floats], right: Sequence[int | None], penalty: float) -> Floats:
    """Weights under which the right pairs are likeliest, with a Gaussian penalty."""
    known = [(values, place) for values, place in zip(tables, right, strict=True) if place is not None]
    values = np.concatenate([v for v, _ in known])
    sizes = np.array([len(v) for v, _ in known])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    chosen = starts + np.array([place for _, place in known])

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = values @ weights
        most = np.maximum.reduceat(sums, starts)
        odds = np.exp(sums - np.repeat(most, sizes))
        totals = np.add.reduceat(odds, starts)
        chance = odds / np.repeat(totals, sizes)
        gain = (sums[chosen] - most - np.log(totals)).sum()
        slope = values[chosen].sum(axis=0) - chance @ values
        return -gain + penalty * weights @ weights / 2, -slope + penalty * weights

    return np.asarray(minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x)


def share_right(tables: Sequence[Floats], right: Sequence[int | None], weights: Floats) -> int:
    return sum(place == int((values @ weights).argmax()) for values, place in zip(tables, right, strict=True))


def learn(bench: Path, cache: Path, penalty: float) -> None:
    parts = incidents(bench, cache)
    right = [incident.right for incident in parts]
    names = sorted({name for incident in parts for found in incident.found for name in found})
    tables = table(parts, names)
    weights = fit(tables, right, penalty)
    names = [
        n
        for n, w, s in zip(names, weights, np.concatenate(tables).std(axis=0), strict=True)
        if abs(w) * s >= LEAST
    ]
    tables = table(parts, names)
    good = 0
    for fold in range(FOLDS):
        rest = [n for n in range(len(parts)) if n % FOLDS != fold]
        held = [n for n in range(len(parts)) if n % FOLDS == fold]
        learnt = fit([tables[n] for n in rest], [right[n] for n in rest], penalty)
        good += share_right([tables[n] for n in held], [right[n] for n in held], learnt)
    reached = sum(place is not None for place in right)
    print(f"{len(parts)} incidents, right pair weighed in {reached}, {len(names)} measures")
    print(f"both numbers right over {FOLDS} folds: {good / len(parts):.4f}")
    weights = fit(tables, right, penalty)
    lines = [f"{name}\t{weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    head = "# measure (see counting/measures.py), weight; written by training/counting.py"
    DATA.write_text("\n".join((head, *lines, "")), encoding="utf-8")


def check(bench: Path, cache: Path, partition: Path, counts: Path) -> None:
    incident_of = {row["id"]: row["incident"] for row in rows(partition)}
    by_incident: dict[str, list[Reading]] = defaultdict(list)
    for reading, _, _, _ in readings(bench, "dev", cache):
        by_incident[incident_of[reading.report.id]].append(reading)
    with counts.open("w", encoding="utf-8") as out:
        for incident, members in by_incident.items():
            found = counts_of(members)
            row = {"incident": incident, "killed": found.killed, "injured": found.injured}
            out.write(json.dumps(row) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("fit", "check"))
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--partition", type=Path, default=Path("build/linking_dev.jsonl"))
    parser.add_argument("--counts", type=Path, default=Path("build/counts_dev.jsonl"))
    args = parser.parse_args()
    if args.what == "fit":
        learn(args.bench, args.cache, args.penalty)
    else:
        check(args.bench, args.cache, args.partition, args.counts)


if __name__ == "__main__":
    main()
