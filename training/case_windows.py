"""The annotated cases as windows, those held back apart from the others."""

from __future__ import annotations

import json
from pathlib import Path

from training.claim_labels import ClaimItem, claim_items
from training.held_back import held_back
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.outputs import NAME_LABELS


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
