"""Growth of linking: time, memory and quality at several sizes, beside a TF-IDF single pass over the same reports.

    python benchmarks/linking.py --sizes 1000 10000 100000 [--viral 3000] [--log build/linking_growth.jsonl]

The reports are those of `invented_pile.py`: each size is the same six years told by more or fewer reports, in the order of
publication. Every part (linking, copies, the baseline) runs in a process of its own, so that memory is
its own. Time is processor time of one core, without the making of the reports. Results are kept line by line in the log, and
what is there already is not run again. Read ratios: 100,000 against 1,000, and linking against the baseline.

The baseline's threshold is the one that is best on the smallest pile. With a window of 30 days it runs at all sizes; compared
with all incidents there ever were, up to `--baseline-most` reports, as its time per report grows with the pile.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from invented_pile import Pile
from single_pass import SinglePass

from variorum.linking import CopyFinder, Linker
from variorum.model import Reading

THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
WINDOW = 30
LAST = 20
"""So many last reports are linked one by one, each asking for its incident at once."""


def quality(truth: dict[str, int], found: dict[str, Any]) -> dict[str, float]:
    """Pairwise precision, recall and F1, and B-cubed F1."""
    both = Counter((truth[r], found[r]) for r in truth)
    left, right = Counter(truth.values()), Counter(found[r] for r in truth)
    same, stated, true = (sum(n * (n - 1) / 2 for n in c.values()) for c in (both, right, left))
    p, r = same / max(stated, 1), same / max(true, 1)
    bp = sum(n * n / right[f] for (_, f), n in both.items()) / len(truth)
    br = sum(n * n / left[g] for (g, _), n in both.items()) / len(truth)
    return {"pairwise_p": p, "pairwise_r": r, "pairwise_f1": 2 * p * r / max(p + r, 1e-9),
            "b_cubed_f1": 2 * bp * br / (bp + br), "incidents": len(left), "found": len(right)}  # fmt: skip


def run_linking(pile: Pile) -> dict[str, Any]:
    linker, truth = Linker(), {}
    spent = asked = 0.0
    last: list[Reading] = []
    first = len(pile.plan) - LAST
    for number, (reading, incident) in enumerate(pile):
        truth[reading.report.id] = incident
        if number >= first:
            last.append(reading)
            continue
        began = time.process_time()
        linker.add(reading)
        spent += time.process_time() - began
        if number % 5000 == 4999:
            say(f"linking {number + 1}: {1000 * spent / (number + 1):.2f} ms a report, {memory()} MB")
    began = time.process_time()
    linker.partition()
    settled = time.process_time() - began
    say(f"all incidents in {settled:.1f} s, {memory()} MB")
    for reading in last:
        began = time.process_time()
        linker.add(reading)
        linker.incident_of(reading.report.id)
        asked += time.process_time() - began
    return {
        "ms": 1000 * (spent + settled) / first,
        "ms_add": 1000 * spent / first,
        "ms_last": 1000 * asked / LAST,
        **quality(truth, linker.partition()),
    }


def run_copies(pile: Pile) -> dict[str, Any]:
    finder, truth = CopyFinder(), {}
    spent = 0.0
    for number, (reading, incident) in enumerate(pile):
        truth[reading.report.id] = incident
        began = time.process_time()
        finder.add(reading.report)
        spent += time.process_time() - began
        if number % 5000 == 4999:
            say(f"copies {number + 1}: {1000 * spent / (number + 1):.2f} ms a report, {memory()} MB")
    began = time.process_time()
    kinds: Counter[str] = Counter()
    inside = 0
    for copy in finder.copies():
        kinds[copy.kind] += 1
        inside += truth[copy.report] == truth[copy.other]
    spent += time.process_time() - began
    found = sum(kinds.values())
    return {
        "ms": 1000 * spent / len(truth),
        "copies": found,
        "kinds": dict(kinds),
        "within_incident": inside / max(found, 1),
    }


def run_baseline(pile: Pile, threshold: float, window: int | None) -> dict[str, Any]:
    single, truth, found = SinglePass(threshold, window), {}, {}
    spent = 0.0
    for number, (reading, incident) in enumerate(pile):
        truth[reading.report.id] = incident
        began = time.process_time()
        found[reading.report.id] = single.add(reading.report)
        spent += time.process_time() - began
        if number % 5000 == 4999:
            say(f"baseline {number + 1}: {1000 * spent / (number + 1):.2f} ms a report")
    return {"ms": 1000 * spent / len(truth), "threshold": threshold, **quality(truth, found)}


def run_making(pile: Pile) -> dict[str, Any]:
    """The reports alone: what they take of memory and time is none of linking's."""
    began = time.process_time()
    words = sum(len(reading.report.text.split()) for reading, _ in pile)
    return {"ms": 1000 * (time.process_time() - began) / len(pile.plan), "words": words / len(pile.plan)}


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run_part(part: str, size: int, viral: int, threshold: float, log: Path) -> None:
    pile = Pile(size, viral=viral)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "making": lambda: run_making(pile),
        "linking": lambda: run_linking(pile),
        "copies": lambda: run_copies(pile),
        "baseline, 30 days": lambda: run_baseline(pile, threshold, WINDOW),
        "baseline, all": lambda: run_baseline(pile, threshold, None),
    }
    result = {"part": part, "size": size, "viral": viral, **parts[part](), "memory_mb": memory()}
    with log.open("a", encoding="utf-8") as out:
        out.write(json.dumps(result) + "\n")


def choose_threshold(size: int) -> float:
    merit = {t: run_baseline(Pile(size), t, WINDOW)["pairwise_f1"] for t in THRESHOLDS}
    return max(merit, key=lambda t: merit[t])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument(
        "--viral", type=int, default=0, help="reports of one incident within a week, besides the others"
    )
    parser.add_argument(
        "--parts", nargs="+", default=["making", "linking", "copies", "baseline, 30 days", "baseline, all"]
    )
    parser.add_argument("--baseline-most", type=int, default=10_000)
    parser.add_argument("--log", type=Path, default=Path("build/linking_growth.jsonl"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--threshold", type=float, help="of the baseline")
    options = parser.parse_args()
    if options.one:
        run_part(options.one, options.sizes[0], options.viral, options.threshold or 0.0, options.log)
        return
    options.log.parent.mkdir(parents=True, exist_ok=True)
    done = read_log(options.log)
    for size in options.sizes:
        for part in options.parts:
            if (part, size, options.viral) in done or (
                part == "baseline, all" and size > options.baseline_most
            ):
                continue
            if part.startswith("baseline") and options.threshold is None:
                options.threshold = choose_threshold(min(options.sizes))
            command = [sys.executable, __file__, "--one", part, "--sizes", str(size), "--viral", str(options.viral),
                       "--threshold", str(options.threshold or 0), "--log", str(options.log)]  # fmt: skip
            subprocess.run(command, check=True)
    show(read_log(options.log), options.viral)


def read_log(path: Path) -> dict[tuple[str, int, int], dict[str, Any]]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()
    return {(row["part"], row["size"], row["viral"]): row for row in rows}


def show(done: dict[tuple[str, int, int], dict[str, Any]], viral: int) -> None:
    print(
        f"{'part':20}{'reports':>9}{'ms each':>9}{'ratio':>7}{'MB':>7}{'pair P':>8}{'pair R':>8}{'pair F1':>8}{'B3 F1':>8}"
    )
    for part in dict.fromkeys(key[0] for key in done):
        rows = [row for key, row in done.items() if key[0] == part and key[2] == viral]
        rows.sort(key=lambda row: row["size"])
        for row in rows:
            values = "".join(
                f"{row[k]:8.3f}"
                for k in ("pairwise_p", "pairwise_r", "pairwise_f1", "b_cubed_f1")
                if k in row
            )
            print(
                f"{part:20}{row['size']:9}{row['ms']:9.2f}{row['ms'] / rows[0]['ms']:7.2f}{row['memory_mb']:7}{values}"
            )
            if "ms_last" in row:
                print(
                    f"{'  one more, asked':20}{row['size']:9}{row['ms_last']:9.2f}{row['ms_last'] / rows[0]['ms_last']:7.2f}"
                )


if __name__ == "__main__":
    main()
