"""The quality gate: what the shipped reader reaches on a small annotated set, and the floors it must not fall under.

The set is small, so a figure moves by a few points with one claim. The gate catches what breaks; how well the reader
reads is told by the benchmarks.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variorum.evaluation import LAYERS, load_annotated, score_rows
from variorum.intake import read_reports
from variorum.model import Reading, Report
from variorum.reading import Reader

FOLDER = Path(__file__).parent
DATA = FOLDER / "data"
BASELINE = FOLDER / "baseline.json"
INPUTS = {
    "claims": DATA / "claims",
    "attributions": DATA / "attributions.jsonl",
    "dates": DATA / "dates.jsonl",
    "places": DATA / "places.jsonl",
}
PINNED = {
    "claims": (
        "toll L0",
        "toll L1",
        "toll L2",
        "toll L3",
        "toll L4",
        "responsibility R1",
        "responsibility R2",
        "account A1",
        "account A2",
    ),
    "attributions": ("FULL", "cue overlap", "source half", "content half"),
    "dates": ("relaxed", "value", "date"),
    "places": ("overlap", "end to end"),
}
MARGIN = 0.025
"""How far below the measured figure a floor is set: less than a claim's worth, more than rounding."""

Figures = dict[str, dict[str, float]]
"""F1 by layer and measure."""


class NotWithoutReason(Exception):
    """A floor would have to be lowered, and no reason was given."""


@dataclass
class Baseline:
    """The floors, the annotations they were measured on, and why any floor was ever lowered."""

    annotations: str = ""
    floors: Figures = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path = BASELINE) -> Baseline:
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else cls()

    def save(self, path: Path = BASELINE) -> None:
        path.write_text(json.dumps(vars(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def unmet(self, measured: Figures) -> list[str]:
        """The floors that the figures do not reach."""
        return [
            f"{layer} {name}: {measured.get(layer, {}).get(name, 0.0):.3f} is under its floor of {floor:.3f}"
            for layer, floors in self.floors.items()
            for name, floor in floors.items()
            if measured.get(layer, {}).get(name, 0.0) < floor
        ]

    def updated(self, measured: Figures, annotations: str, reason: str = "") -> Baseline:
        """The baseline for these figures. Floors rise with them, and stay while they are met.

        Raises `NotWithoutReason` if one is not met and there is no reason; a reason is kept with the floors
        that it lowered.
        """
        new = Baseline(annotations, {}, list(self.lowered))
        if self.unmet(measured) and not reason:
            raise NotWithoutReason("; ".join(self.unmet(measured)))
        for layer, figures in measured.items():
            for name, figure in figures.items():
                old = self.floors.get(layer, {}).get(name)
                floor = max(0.0, round(figure - MARGIN, 3))
                if old is not None and figure >= old:
                    floor = max(floor, old)
                elif old is not None:
                    entry = {"layer": layer, "measure": name, "from": old, "to": floor, "reason": reason}
                    new.lowered.append(entry)
                new.floors.setdefault(layer, {})[name] = floor
        return new


def digest(folder: Path = DATA) -> str:
    """SHA-256 over the names and contents of all files of annotations."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".jsonl")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def measure() -> Figures:
    """The F1 of each pinned measure, with the shipped reader. Each text is read once for all layers."""
    reader = Reader.load()
    readings: dict[str, Reading] = {}
    figures: Figures = {}
    for layer, inputs in INPUTS.items():
        data = load_annotated(layer, [inputs])
        rows = []
        for report in read_reports(data.files):
            if not isinstance(report, Report):
                raise report
            if report.id not in readings:
                readings[report.id] = reader.read(report)
            rows += LAYERS[layer](readings[report.id])
        scores = score_rows(data, rows)
        figures[layer] = {name: scores.measures[name].f1 for name in PINNED[layer]}
    return figures
