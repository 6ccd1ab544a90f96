"""How many of the annotated tolls the grammar of quantities offers, and with how many candidates.

    python benchmarks/quantities.py FOLDER

reads every annotated case (`*.json` with `reports`) in FOLDER. A toll is offered when a candidate that
overlaps its quote has exactly its minimum and maximum.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from variorum.reading.groups import group_evidence
from variorum.reading.quantities import find_quantities

_PASSES = ({"unknown", "mixed"}, {"unknown", "civilian"})


def _span(text: str, claim: dict[str, Any]) -> tuple[int, int]:
    start = -1
    for _ in range(claim.get("occurrence", 1)):
        start = text.find(claim["quote"], start + 1)
    return start, start + len(claim["quote"])


def main(folder: Path) -> None:
    """Prints the share of tolls offered, candidates per toll, and how often words tell the group."""
    tolls = offered = candidates = named = known = right = 0
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        for report in case.get("reports", []):
            found = find_quantities(report["text"])
            candidates += len(found)
            for claim in report["claims"]:
                if claim["kind"] != "toll":
                    continue
                start, end = _span(report["text"], claim)
                wanted = (claim.get("min"), claim.get("max"))
                tolls += 1
                offered += any(
                    quantity.start < end
                    and start < quantity.end
                    and (quantity.minimum, quantity.maximum) == wanted
                    for quantity in found
                )
                evidence = group_evidence(claim.get("who", ""))
                named += 1
                if evidence is not None:
                    group = max(evidence, key=lambda key: evidence[key]).value
                    known += 1
                    right += group == claim["group"] or {group, claim["group"]} in _PASSES
    if not tolls:
        sys.exit(f"{folder}: no annotated tolls")
    print(f"tolls {tolls}, offered {offered / tolls:.3f}, candidates a toll {candidates / tolls:.2f}")
    print(f"groups known {known / named:.3f}, right of these {right / max(known, 1):.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
