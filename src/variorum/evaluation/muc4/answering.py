"""Reads the reports of a MUC-4 key file and scores the templates made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from variorum.evaluation.muc4.role_fillers import score_role_fillers
from variorum.evaluation.muc4.scoring import Tally, score_templates
from variorum.evaluation.muc4.settings import Settings
from variorum.evaluation.muc4.tagging import tag
from variorum.evaluation.muc4.templates import Template, templates_of
from variorum.evaluation.muc4.where_when import Scene
from variorum.model import Report
from variorum.reading import Reader
from variorum.reading.encoder.session import Session


@dataclass(frozen=True, slots=True)
class Answers:
    """The templates of a key file's reports and how well they answer its keys."""

    templates: Mapping[str, list[Template]]  # by report
    slots: Mapping[str, Tally]  # rows of the score report of 1992; `ALL TEMPLATES` is the figure to quote
    roles: Mapping[str, Tally]  # CEAF-REE by role, and `micro_avg`


def evaluate_muc4(data: Path, weights: Path | None = None, settings: Settings | None = None) -> Answers:
    """Read and score the reports of a key file (JSON lines), with the shipped weights or those in a folder.

    Raises `OSError` for a file that cannot be read and `KeyError` for weights without the heads for MUC-4.
    """
    with data.open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}
    templates = answer(rows.values(), Reader.load(weights=weights), Session(weights), settings)
    keys = {report: row["templates"] for report, row in rows.items()}
    responses = {report: {"templates": found} for report, found in templates.items()}
    return Answers(templates, score_templates(keys, templates), score_role_fillers(rows, responses))


def answer(
    rows: Iterable[Mapping[str, Any]], reader: Reader, session: Session, settings: Settings | None = None
) -> dict[str, list[Template]]:
    """The templates of some reports by their ids; of each the cased text and the day of publication are read."""
    found = {}
    for row in rows:
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        report = Report(id=row["id"], text=row["text_cased"], published=published)
        found[report.id] = templates_of(tag(session, report.text), Scene.of(reader.read(report)), settings)
    return found
