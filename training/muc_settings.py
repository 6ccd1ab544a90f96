"""The thresholds of template building, chosen by coordinate search for the best F over all templates.

    python -m training.muc_settings BENCH/muc4/reports.dev.jsonl --cache FILE [--weights FOLDER] [--write]

What the heads say of each report and where the reader places it are kept in FILE, so that a search takes minutes.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
import yaml

from training.corpora import read_lines
from variorum.evaluation.muc4.scoring import score_templates
from variorum.evaluation.muc4.settings import Settings, shipped
from variorum.evaluation.muc4.tagged import Tagged
from variorum.evaluation.muc4.tagging import tag
from variorum.evaluation.muc4.templates import templates_of
from variorum.evaluation.muc4.where_when import Scene
from variorum.model import Report
from variorum.reading import Reader
from variorum.reading.encoder.session import Session

OUT = Path("src/variorum/evaluation/muc4/data/settings.yaml")
HEAD = "# Thresholds of template building; written by training/muc_settings.py.\n"
STEPS = (-0.2, -0.1, -0.05, 0.05, 0.1, 0.2)
Found = dict[str, tuple[Tagged, Scene]]


def found_in(rows: list[dict], weights: Path | None, cache: Path) -> Found:
    """What heads and reader say of each report, by its id; from the cache if it is there."""
    if cache.exists():
        return dict(pickle.loads(cache.read_bytes()))
    reader, session = Reader.load(), Session(weights)
    found = {}
    for row in rows:
        published = date.fromisoformat(row["published"]) if row["published"] else None
        report = Report(id=row["id"], text=row["text_cased"], published=published)
        found[report.id] = (tag(session, report.text), Scene.of(reader.read(report)))
    cache.write_bytes(pickle.dumps(found))
    return found


def neighbours(settings: Settings) -> Iterator[Settings]:
    """Settings that differ in one threshold."""
    for step in STEPS:
        for kind, least in settings.entity.items():
            if 0 < least + step < 1:
                yield replace(settings, entity={**settings.entity, kind: round(least + step, 3)})
        for name in ("relevant", "template", "together", "alike", "instrument", "effect"):
            value = round(getattr(settings, name) + step, 3)
            if 0 < value < 1:
                yield replace(settings, **{name: value})


def main(
    data: Path,
    cache: Annotated[Path, typer.Option()],
    weights: Annotated[Path | None, typer.Option()] = None,
    rounds: int = 2,
    write: Annotated[bool, typer.Option("--write", help="put them into the package")] = False,
) -> None:
    rows = list(read_lines(data))
    found = found_in(rows, weights, cache)
    keys = {row["id"]: row["templates"] for row in rows}

    def score(settings: Settings) -> float:
        made = {report: templates_of(*found[report], settings) for report in keys}
        return score_templates(keys, made)["ALL TEMPLATES"].f1

    best = shipped()
    top = score(best)
    for _ in range(rounds):
        before = top
        for other in neighbours(best):
            value = score(other)
            if value > top:
                best, top = other, value
                print(f"{100 * top:.2f} {best}", flush=True)
        if top == before:
            break
    print(f"{100 * top:.2f} {best}")
    if write:
        told = {**vars(best), "entity": dict(best.entity)}
        OUT.write_text(HEAD + yaml.safe_dump(told, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
