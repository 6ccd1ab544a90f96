"""Fits the weights of `variorum.reading.background` on the annotated tolls that are not held back.

Needs scikit-learn. Logistic regression with an L2 penalty.
"""

from __future__ import annotations

import json
from pathlib import Path

import typer
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from training.claim_labels import locate
from training.held_back import held_back
from variorum.reading.background import features
from variorum.reading.encoder.masking import Shown, masks_of
from variorum.reading.encoder.names import names_in

SMALL = 0.1


def main(bench: Path, out: Path, strength: float = 0.1) -> None:
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for path in sorted([*(bench / "cases/train").glob("*.json"), *(bench / "cases/real").glob("*.json")]):
        content = json.loads(path.read_text(encoding="utf-8"))
        for report in content.get("reports", []) if "case" in content else []:
            if held_back(content["case"], report["id"]):
                continue
            shown = Shown.of(report["text"], masks_of(report["text"], names_in(report["text"])))
            for claim in report["claims"]:
                span = locate(report["text"], claim["quote"], claim.get("occurrence", 1))
                if claim["kind"] == "toll" and span:
                    rows.append(features(shown.text, shown.span(*span), claim["min"] or claim["max"] or 0))
                    labels.append(bool(claim.get("background")))
    vectors = DictVectorizer(sparse=False)
    fitted = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False)
    fitted.fit(vectors.fit_transform(rows), labels)
    lines = ["# What each feature adds to the log-odds that a toll is background."]
    for name, weight in sorted(zip(vectors.feature_names_, fitted.coef_[0], strict=True)):
        if abs(weight) >= SMALL:
            lines.append(f"{name}\t{weight:.2f}")
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} tolls, {sum(labels)} background, {len(lines) - 1} features")


if __name__ == "__main__":
    typer.run(main)
