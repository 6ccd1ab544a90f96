"""Reports written for training, with their claims marked in the text: `training/texts/*.txt`.

All of them are invented: no such incident, group or ministry exists. A file holds reports of the form

    === identifier
    [s1 The Interior Ministry of Karvia] said [t1 14 people] were killed when [s2 the Northern Front] ...
    ---
    s1 = Karvia Interior Ministry
    s2 = Northern Front
    t1 toll killed 14 14 unknown stated s1 actor=s2
    r1 responsibility accuses stated s1 actor=s2
    a1 account stated s1 denies

Marks may be nested. A claim's first words after its mark are its kind and values; an open bound is `-`; the source is a mark
or `reporter`. Flags: `denies`, `background`, `combined`.

    python -m training.written training/texts/*.txt     # checks the files, prints what they hold
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from variorum.model import Certainty, Group, Outcome, Stance

TEXTS = Path(__file__).parent / "texts"
_MARK = re.compile(r"\[([a-z]\d+) |\]")


def marked(text: str, where: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without marks, and the span of each mark. Raises ValueError where marks do not close or come twice."""
    out: list[str] = []
    at = size = 0
    spans: dict[str, tuple[int, int]] = {}
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        out.append(text[at : match.start()])
        size += match.start() - at
        at = match.end()
        if match[1]:
            if match[1] in spans or match[1] in dict(stack):
                raise ValueError(f"{where}: mark {match[1]} twice")
            stack.append((match[1], size))
        elif stack:
            name, start = stack.pop()
            spans[name] = (start, size)
        else:
            raise ValueError(f"{where}: a bracket closes that was never opened, near {text[at - 30 : at]!r}")
    if stack:
        raise ValueError(f"{where}: {stack[-1][0]} does not close")
    out.append(text[at:])
    return "".join(out), spans


def report_of(block: str, where: str) -> dict:
    """One report in the shape of the annotated cases, every claim with `span`, `source_span` and `actor_span`.

    Raises ValueError for a word that is no value, a mark that is missing or one that nothing uses.
    """
    body, _, table = block.partition("\n---\n")
    text, spans = marked(body.strip(), where)
    rows = [line.split("#")[0].strip() for line in table.splitlines()]
    party = {a.strip(): b.strip() for a, b in (r.split("=", 1) for r in rows if re.match(r"[a-z]\d+\s*=", r))}
    claims, used = [], set(party)
    for row in rows:
        if not row or re.match(r"[a-z]\d+\s*=", row):
            continue
        name, kind, *rest = row.split()
        at = f"{where} {name}"
        known = (
            ("background", "combined") if kind == "responsibility" else ("denies", "background", "combined")
        )
        flags = {w for w in rest if w in known}
        actor = next((w[6:] for w in rest if w.startswith("actor=")), None)
        rest = [w for w in rest if w not in flags and not w.startswith("actor=")]
        if name not in spans:
            raise ValueError(f"{at}: no such mark")
        claim: dict = {"kind": kind, "span": spans[name], "quote": text[slice(*spans[name])]}
        if kind == "toll":
            outcome, low, high, group, certainty, source = rest
            claim |= {
                "outcome": Outcome(outcome).value,
                "min": None if low == "-" else int(low),
                "max": None if high == "-" else int(high),
                "group": Group(group).value,
            }
            if "combined" in flags:
                claim["combined"] = ["killed", "injured"]
        elif kind == "responsibility":
            stance, certainty, source = rest
            claim["stance"] = Stance(stance).value
            if actor is None:
                raise ValueError(f"{at}: no actor")
        elif kind == "account":
            certainty, source = rest
            claim["denies"] = "denies" in flags
        else:
            raise ValueError(f"{at}: no such kind {kind}")
        claim["certainty"] = Certainty(certainty).value
        claim["background"] = "background" in flags
        for mark in (source, actor):
            if mark not in (None, "reporter") and (mark not in party or mark not in spans):
                raise ValueError(f"{at}: {mark} is no mark with a party")
        claim["source"] = party.get(source, source)
        claim["source_span"] = spans.get(source)
        claim["actor"] = party.get(actor) if actor else None
        claim["actor_span"] = spans.get(actor) if actor else None
        used |= {name, source, actor}
        claims.append(claim)
    idle = set(spans) - used
    if idle:
        raise ValueError(f"{where}: nothing is said of {sorted(idle)}")
    mentions: dict[str, list[tuple[int, int]]] = {}
    for mark, name in party.items():
        if mark not in spans:
            raise ValueError(f"{where}: no mark {mark}")
        mentions.setdefault(name, []).append(spans[mark])
    return {"id": where, "text": text, "claims": claims, "mentions": mentions}


def written(folder: Path) -> list[dict]:
    """All reports of a folder's `*.txt`, in order. Raises ValueError with file and report for the first fault."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = block.partition("\n")
            found.append(report_of(rest, f"{path.stem}/{name.strip()}"))
    return found


def _check(paths: list[Path]) -> int:
    faults, kinds, reports = 0, Counter[str](), 0
    for path in paths:
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = block.partition("\n")
            try:
                report = report_of(rest, f"{path.stem}/{name.strip()}")
            except ValueError as fault:
                faults += 1
                print(fault)
                continue
            reports += 1
            kinds.update(c["kind"] for c in report["claims"])
    print(f"{reports} reports, {dict(kinds)}, {faults} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(_check([Path(p) for p in sys.argv[1:]]))
