"""What the rules for a language model's claims would refuse of claims that are right: the annotators' own, put through them.

    python benchmarks/refusals.py --bench FOLDER [--part cases/train]

FOLDER holds `cases` with case files. Tolls without an actor and accounts are tried: annotations have no words for actors.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from variorum.evaluation.shapes import locate
from variorum.llm.checking import Checker
from variorum.llm.labels import Sheet, sheet_of
from variorum.llm.passages import passages_of
from variorum.llm.placing import nearest
from variorum.llm.reckoning import Refused
from variorum.model import Span
from variorum.reading.encoder.names import names_in
from variorum.reading.quantities import find_quantities

_LEAD = 30


def reports(folder: Path) -> Iterator[dict[str, Any]]:
    """The annotated reports of a folder's case files."""
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(case, dict):
            yield from (report for report in case.get("reports", ()) if report.get("claims"))


def given(claim: dict[str, Any], sheet: Sheet, text: str, place: Span) -> dict[str, Any]:
    """An annotated claim as a faultless model would give it, in the labels that it is shown."""
    quote = sheet.shown.span(*place)
    source = None
    if claim["source"] != "reporter" and claim.get("source_quote"):
        words = nearest(text, claim["source_quote"], 0, len(text), place)
        source = sheet.text[slice(*sheet.shown.span(*words))] if words else None
    told: dict[str, Any] = {
        "kind": claim["kind"],
        "quote": sheet.text[slice(*quote)],
        "before": sheet.text[max(0, quote[0] - _LEAD) : quote[0]],
        "source": source,
        "certainty": claim["certainty"],
        "background": bool(claim.get("background")),
    }
    if claim["kind"] == "account":
        return told | {"denies": bool(claim.get("denies"))}
    values = {name: claim[name] for name in ("outcome", "min", "max", "group")}
    return told | values | {"combined": bool(claim.get("combined")), "actor": None}


def outcomes(folder: Path) -> dict[str, Counter[str]]:
    """By kind of claim, how many are kept and how many refused for each reason."""
    found = {"toll": Counter[str](), "account": Counter[str]()}
    for report in reports(folder):
        text = report["text"]
        sheet = sheet_of(text, names_in(text))
        checker = Checker(text, sheet, find_quantities(text))
        passages = passages_of(sheet.text, 6000, 1500)
        for claim in report["claims"]:
            if claim["kind"] not in found:
                continue
            place = locate(text, claim)
            if place is None or (claim["source"] != "reporter" and claim.get("source_quote", "") not in text):
                continue
            shown = sheet.shown.span(*place)
            passage = next((p for p in passages if p.start <= shown[0] < p.end), passages[-1])
            value = given(claim, sheet, text, place)
            result = checker.check(value, passage)
            found[claim["kind"]][result.reason.value if isinstance(result, Refused) else "kept"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--part", default="cases")
    options = parser.parse_args()
    for kind, counts in outcomes(options.bench / options.part).items():
        reasons = ", ".join(f"{number} {reason}" for reason, number in counts.most_common())
        print(f"{kind}: {counts.total()} ({reasons})")


if __name__ == "__main__":
    main()
