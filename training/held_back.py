"""Which annotated reports are held back from training, so that what is learnt can be looked at on them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from training.claim_labels import ClaimItem, claim_items
from training.network import NAME_LABELS
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in


def held_back(case: str, report: str) -> bool:
    """Whether a report is kept for development: a tenth of the cases (retold) or of the reports (real)."""
    real = not case or (
        "-" in case and case.split("-")[0] in ("muc4", "local", "newswire", "press", "gujarat")
    )
    return held_back_report(report if real else case)


def held_back_report(name: str) -> bool:
    """Whether what goes by a name (a case, a report) is kept for development: a tenth."""
    return hashlib.sha1(name.encode()).digest()[0] < 26


def case_items(folder: Path, silver: dict[str, list], back: bool) -> list[ClaimItem]:
    """The windows of the annotated reports in a folder that are held back, or of those that are not."""
    aliases: dict[str, list[str]] = {}
    for path in sorted(folder.glob("aliases*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        table.pop("_same_actor", None)
        for name, others in table.items():
            aliases.setdefault(name, []).extend(others)
    found: list[ClaimItem] = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for report in content.get("reports", []) if "case" in content else []:
            if held_back(content["case"], report["id"]) == back:
                masks = masks_of(report["text"], names_in(report["text"]))
                found += claim_items(report, aliases, masks, silver.get(report["id"]), NAME_LABELS)
    return found
