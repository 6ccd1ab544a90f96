"""Everything that is learnt, from the benchmarks' training parts to what the package ships, by one command.

    python -m training.everything BENCH MINILM MPNET WORK

BENCH is the folder of benchmarks, MINILM and MPNET the unpacked encoders that the small network and its teacher begin with,
WORK a folder that keeps what each step came to. The same command goes on where it was stopped; `--again STEP` forgets
that step and all that follow. Run it from the project's folder.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

ENCODER = "src/variorum/reading/encoder/data"
WEIGHTS = "src/variorum/reading/data"

TEACHER = {
    "epochs": 5,
    "told": 0.25,
    "filled": 0.6,
    "empty": 0.1,
    "rate": 5e-5,
    "head-rate": 6e-4,
    "hide": 0.08,
}
PUPIL = {"epochs": 8, "told": 0.35, "filled": 0.5, "empty": 0.1, "other": 0.35, "rounded": 0.3}
"""How the two are trained: options of `together`."""

Step = tuple[str, list[str]]
"""A name, and the module of this package with its arguments."""


def steps(bench: Path, minilm: Path, mpnet: Path, work: Path, threads: int) -> Iterator[Step]:
    """All steps in their order: each uses what those before it came to."""
    b, silver, lessons = str(bench), str(work / "silver.jsonl"), str(work / "lessons.pt")
    teacher, pupil, kept = work / "teacher", work / "pupil", work / "kept"
    slow = ["--threads", str(threads)]
    yield "silver", ["silver", b, silver]
    yield (
        "teacher",
        ["together", b, silver, str(mpnet), str(teacher), *options(TEACHER), *slow],
    )
    yield "lessons", ["lessons", b, silver, str(mpnet), str(teacher / "network.pt"), lessons, *slow]
    yield (
        "pupil",
        ["together", b, silver, str(minilm), str(pupil), "--lessons", lessons, *options(PUPIL), *slow],
    )
    yield "export", ["export", str(minilm), str(pupil / "network.pt"), ENCODER]
    yield "manifest", ["manifest", b, ENCODER]
    yield "outcomes", ["outcomes", b, f"{WEIGHTS}/outcome_weights.tsv"]
    yield "background", ["background", b, f"{WEIGHTS}/background_weights.tsv"]
    yield "responsibility", ["responsibility", b, str(kept / "responsibility.pkl"), "--write", "--fresh"]
    yield "calibration", ["calibration", b, "--cache", str(kept / "calibration")]
    dev = str(bench / "muc4/reports.dev.jsonl")
    yield "muc_settings", ["muc_settings", dev, "--cache", str(kept / "muc4.pkl"), "--write"]
    yield "words", ["linking", "words", b]
    for part in ("train", "cases"):
        yield f"read {part}", ["linking", "read", b, "--cache", str(kept), "--part", part]
    yield "linking", ["linking", "fit", b, "--cache", str(kept)]
    yield "counting", ["counting", "fit", b, "--cache", str(kept)]


def options(values: dict[str, float]) -> list[str]:
    """Options as they are written on a command line."""
    return [word for name, value in values.items() for word in (f"--{name}", str(value))]


def main(
    bench: Path,
    minilm: Path,
    mpnet: Path,
    work: Path,
    threads: int = 2,
    again: Annotated[str, typer.Option(help="forget this step and those after it")] = "",
) -> None:
    done = work / "done"
    (work / "kept").mkdir(parents=True, exist_ok=True)
    done.mkdir(exist_ok=True)
    todo = list(steps(bench, minilm, mpnet, work, threads))
    names = [name for name, _ in todo]
    if again:
        for name in names[names.index(again) :]:
            (done / name).unlink(missing_ok=True)
    for name, words in todo:
        if (done / name).exists():
            continue
        print(f"== {name}: python -m training.{' '.join(words)}", flush=True)
        subprocess.run([sys.executable, "-m", f"training.{words[0]}", *words[1:]], check=True)
        (done / name).touch()


if __name__ == "__main__":
    typer.run(main)
