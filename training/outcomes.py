"""Fits the weights of `variorum.reading.outcomes` on the annotated reports that are not held back.

Needs scikit-learn. One logistic regression an outcome, L2 penalty; a quantity that an annotation touches with
another value is left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import typer
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from training.claim_labels import _assign, locate
from training.held_back import held_back
from variorum.model import Outcome
from variorum.reading.encoder.masking import Shown, masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.outputs import OUTCOMES
from variorum.reading.outcomes import features
from variorum.reading.quantities import find_quantities

LEAST = 4
"""Fewest cases in which a feature must be seen."""
LEAN = 1.8
"""Added to every outcome's score: the sum with the network's opinion is then in balance at OUTCOME in `findings`."""
SMALL = 0.03

Rows = list[set[str]]


def examples(folders: list[Path], back: bool = False) -> tuple[Rows, np.ndarray, list[str]]:
    """Features and outcomes of every quantity, and the case that each is from."""
    rows: Rows = []
    labels: list[list[bool]] = []
    cases: list[str] = []
    for path in sorted(p for folder in folders for p in folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for report in content.get("reports", []) if "case" in content else []:
            if held_back(content["case"], report["id"]) != back:
                continue
            text = report["text"]
            quantities = find_quantities(text)
            spans = [(c, locate(text, c["quote"], c.get("occurrence", 1))) for c in report["claims"]]
            golds = [{**c, "span": span} for c, span in spans if span and c["kind"] == "toll"]
            assigned, _, alone = _assign(golds, quantities)
            shown = Shown.of(text, masks_of(text, names_in(text)))
            moved = [q.moved(shown.span) for q in quantities]
            for i, found in enumerate(features(shown.text, moved)):
                if i not in alone:
                    told = {Outcome(g["outcome"]) for g in assigned.get(i, ())}
                    rows.append(found)
                    labels.append([o in told for o in OUTCOMES])
                    cases.append(report["id"] if content["case"].split("-")[0] in _REAL else content["case"])
    return rows, np.array(labels), cases


_REAL = ("muc4", "local", "newswire", "press", "gujarat")


def main(bench: Path, out: Path, strength: float = 0.4) -> None:
    rows, labels, cases = examples([bench / "cases/train", bench / "cases/real"])
    seen: dict[str, set[str]] = defaultdict(set)
    for row, case in zip(rows, cases, strict=True):
        for name in row:
            seen[name].add(case)
    names = sorted(name for name, found in seen.items() if len(found) >= LEAST and name != "always")
    at = {name: i for i, name in enumerate(names)}
    places = [(n, at[name]) for n, row in enumerate(rows) for name in row if name in at]
    matrix = csr_matrix((np.ones(len(places)), tuple(zip(*places, strict=True))), (len(rows), len(names)))
    weights = np.zeros((len(names), len(OUTCOMES)))
    always = np.zeros(len(OUTCOMES))
    for k in range(len(OUTCOMES)):
        fitted = LogisticRegression(C=strength, solver="liblinear", max_iter=200, tol=1e-3, random_state=0)
        fitted.fit(matrix, labels[:, k])
        weights[:, k], always[k] = fitted.coef_[0], fitted.intercept_[0] + LEAN
    lines = [
        "# What each feature adds to the log-odds of each outcome: "
        + ", ".join(o.value for o in OUTCOMES)
        + ".",
        "\t".join(["always", *(f"{w:.2f}" for w in always)]),
    ]
    for name, row in zip(names, weights, strict=True):
        if np.abs(row).max() >= SMALL:
            lines.append("\t".join([name, *(f"{w:.2f}" for w in row)]))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} quantities, {len(lines) - 1} features")


if __name__ == "__main__":
    typer.run(main)
