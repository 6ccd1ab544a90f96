"""How probable it is that a claim can be kept as it stands, learnt from annotated reports.

    python -m training.calibration BENCH [--cache FOLDER] [--check] [--figures FILE]

BENCH holds `cases`, `cases/train` and `cases/real` as docs/benchmarks.md describes them. The last two are read, each claim is
compared with the annotations, and src/variorum/reading/data/calibration.tsv is written, after telling how good the
probabilities are over folds of the cases held back, and on the development cases (`cases`), which nothing is learnt
from. With `--check` nothing is written.

The encoder was trained on all but what `held_back` keeps, and is surer and better there. Those reports help to learn what
the decisions weigh beside each other; by how much the encoder is surer and better on them is learnt beside it, as
features of their own (`SEEN`) that no other report has, and is not kept.

FOLDER keeps what was read from one run to the next; empty it when the encoder or the rules of reading have changed. Reading
takes some minutes, the rest seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.held_back import held_back
from variorum.evaluation.annotated import Annotated, load_annotated
from variorum.evaluation.keeping import keepable
from variorum.evaluation.layers import claim_rows
from variorum.evaluation.names import Names, load_aliases
from variorum.evaluation.reliability import reliability
from variorum.evaluation.shapes import checked_mark
from variorum.model import Kind, Reading, Report
from variorum.reading import Reader
from variorum.reading.calibration import DATA, Weighed

OUT = Path(__file__).parent.parent / "src" / "variorum" / "reading" / "data" / DATA
FOLDS = 10
PENALTY = 10.0
"""How much a weight of a feature, scaled to a deviation of 1, is held down: the precision of its Gaussian prior."""
SEEN = ("always", "found", "group", "certainty", "source's words")
"""Features whose weights are others on reports that the encoder was trained on."""
LEAST = 0.005
"""Weights that move the log-odds by less than this, in one deviation of their feature, are left out."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A claim found: its case, kind, features, and whether it can be kept."""

    case: str
    kind: Kind
    values: dict[str, float]
    right: bool
    seen: bool


def read(folder: Path, cache: Path | None) -> list[Example]:
    """The claims found in the reports of a folder."""
    kept = cache / f"{folder.name}.jsonl" if cache else None
    if kept is not None and kept.exists():
        rows = (json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines())
        return [Example(**{**row, "kind": Kind(row["kind"])}) for row in rows]
    found = list(examples(folder))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("".join(json.dumps(vars(one)) + "\n" for one in found), encoding="utf-8")
    return found


def examples(folder: Path) -> Iterator[Example]:
    """Read the reports and compare what is found with the annotations."""
    data = load_annotated("claims", [folder])
    names, reader = Names(load_aliases(data.aliases)), Reader.load()
    told = {
        row["id"]: row
        for path in data.files
        for row in json.loads(path.read_text(encoding="utf-8"))["reports"]
    }
    for document in data.documents:
        row = told[document.id]
        fields = ("id", "text", "publisher", "url", "title", "published", "language")
        report = Report(**{name: row[name] for name in fields if row.get(name)})
        yield from judged(document, names, *reader.weigh(report))


def judged(
    document: Annotated, names: Names, reading: Reading, weighed: dict[str, Weighed]
) -> Iterator[Example]:
    """The claims of one reading, each compared with the annotations."""
    marks = [
        checked_mark("claims", row, document.text, document.id, found=True) | {"of": claim.id}
        for claim, row in zip(reading.claims, claim_rows(reading), strict=True)
    ]
    seen = not held_back(document.group, document.id)
    for claim, right in keepable([document], {document.id: marks}, names):
        one = weighed[claim["of"]]
        extra = {f"seen: {name}": one.values[name] for name in SEEN if seen and name in one.values}
        yield Example(document.group, one.kind, {**one.values, **extra}, right, seen)


def fit(some: Sequence[Example], penalty: float) -> dict[str, float]:
    """Weights by name, from a logistic regression with a Gaussian prior on all but the first (Newton's method)."""
    names = ["always", *sorted({name for one in some for name in one.values} - {"always"})]
    values = table(some, names)
    spread = values.std(axis=0)
    spread[0] = 1.0
    names = [name for name, width in zip(names, spread, strict=True) if width > 0]
    scaled = values[:, spread > 0] / spread[spread > 0]
    right = np.array([one.right for one in some], dtype=np.float64)
    prior = np.full(len(names), penalty)
    prior[0] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (right - chance) - prior * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + np.diag(prior)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return {
        name: float(weight / width)
        for name, weight, width in zip(names, weights, spread[spread > 0], strict=True)
        if name == "always" or abs(weight) > LEAST
    }


def table(some: Sequence[Example], names: Sequence[str]) -> Floats:
    return np.array([[one.values.get(name, 0.0) for name in names] for one in some])


def chances(some: Sequence[Example], weights: dict[str, float]) -> list[float]:
    sums = (sum(weights.get(name, 0.0) * value for name, value in one.values.items()) for one in some)
    return [1 / (1 + math.exp(-told)) for told in sums]


def fold_of(case: str) -> int:
    return int(hashlib.sha1(f"fold {case}".encode()).hexdigest(), 16) % FOLDS


def crossed(some: Sequence[Example], penalty: float) -> list[tuple[float, bool]]:
    """The chance of each claim held back, by weights that were learnt without its case."""
    found: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = [one for one in some if fold_of(one.case) == fold and not one.seen]
        weights = fit([one for one in some if fold_of(one.case) != fold], penalty) if held else {}
        found += zip(chances(held, weights), (one.right for one in held), strict=True)
    return found


def unseen(one: Example) -> Example:
    """The same without the features of reports that the encoder was trained on: it was on none of these."""
    values = {name: value for name, value in one.values.items() if not name.startswith("seen: ")}
    return replace(one, values=values, seen=False)


def tell(what: str, told: Sequence[tuple[float, bool]]) -> None:
    figures = reliability(told)
    if figures is not None:
        auc = "      " if figures.auc is None else f"{figures.auc:.3f}"
        print(
            f"{what:36} {figures.number:5} claims, right {figures.right:.3f}, mean score {figures.mean:.3f}, "
            f"calibration error {figures.calibration_error:.3f}, Brier {figures.brier:.3f}, AUC {auc}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--figures", type=Path, help="write the figures here, for docs/images/make_reliability.py"
    )
    asked = parser.parse_args()
    cases = asked.bench / "cases"
    learnt_from = [one for part in ("train", "real") for one in read(cases / part, asked.cache)]
    development = [unseen(one) for one in read(cases, asked.cache)]
    lines = [
        "# kind of claim, what is weighed, what it adds to the log-odds; written by training/calibration.py"
    ]
    folds: list[tuple[float, bool]] = []
    outside: list[tuple[float, bool]] = []
    for kind in Kind:
        some, other = ([one for one in part if one.kind is kind] for part in (learnt_from, development))
        weights = fit(some, asked.penalty)
        lines += [
            f"{kind}\t{name}\t{weight:.4f}"
            for name, weight in weights.items()
            if not name.startswith("seen: ")
        ]
        inside = crossed(some, asked.penalty)
        beyond = list(zip(chances(other, weights), (one.right for one in other), strict=True))
        tell(f"{kind}, held back, over folds", inside)
        tell(f"{kind}, development", beyond)
        folds += inside
        outside += beyond
    tell("all, held back, over folds", folds)
    tell("all, development", outside)
    if asked.figures:
        parts = {"held back, over folds": reliability(folds), "development": reliability(outside)}
        told = {name: one.as_json() for name, one in parts.items() if one}
        asked.figures.write_text(json.dumps(told), encoding="utf-8")
    if not asked.check:
        OUT.write_text("\n".join((*lines, "")), encoding="utf-8")


if __name__ == "__main__":
    main()
