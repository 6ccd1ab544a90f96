"""A fuzzer over all importers and parsers: `python benchmarks/fuzz.py --seconds 3600 --seed 1 --folder build/fuzz`.

Sound inputs of our own are damaged and handed to what reads them (`fuzz_targets.py`), which must end in time and either read
them or refuse them by a code. Seconds are the processor's, shared by the targets according to their weights. Each turn
runs in a process of its own, so that a crash or a hang of the interpreter is seen and the next turn goes on.

The folder keeps how far each target is (`state.json`: a run that was stopped goes on when it is started again) and every
input that failed, with the traceback (`failed/`). Input N of a target is the same for the same seed: `--again "rss and atom"
1234` tries one again, `--only` runs some targets. Ends with status 1 if anything failed. Run it from the project's folder.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from fuzz_targets import TARGETS, Target, lexicon_words

ROOT = Path(__file__).parent.parent

TURN = 20.0
"""Seconds of the processor that a target of weight 1 has before the next one's turn."""

MEMORY = 6 << 30
_GRACE = 15
"""So many times as long as a turn may take by the processor, it may take by the clock."""


class Hang(BaseException):
    """An input took longer than it may. Not an `Exception`, which parsers catch."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `Hang` after so many seconds of the processor."""

    def late(*_: object) -> None:
        raise Hang(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def made(name: str, seed: int, number: int) -> bytes:
    """Input `number` of a target."""
    target = TARGETS[name]
    return target.damage(Random(f"{seed} {name} {number}"), target.seeds, lexicon_words())


def tried(target: Target, data: bytes, folder: Path) -> tuple[str, str | None]:
    """What came of an input in a word, and the traceback if it failed."""
    try:
        with limited(target.seconds), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return target.run(data, folder), None
    except (Exception, Hang) as error:
        return f"FAILED: {type(error).__name__}", traceback.format_exc()


def turn(name: str, seed: int, first: int, seconds: float, told: Path, failed: Path) -> None:
    """Try inputs from `first` on for some time; `told` is written before each and at the end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    target, came, number = TARGETS[name], Counter[str](), first
    slowest, begun = (0.0, first), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        while time.process_time() - begun < seconds:
            data = made(name, seed, number)
            told.write_text(json.dumps({"at": number}))
            before = time.process_time()
            outcome, trace = tried(target, data, Path(folder))
            slowest = max(slowest, (time.process_time() - before, number))
            came[outcome] += 1
            if trace:
                keep(failed, name, number, data, trace)
            number += 1
    spent = time.process_time() - begun
    told.write_text(json.dumps({"next": number, "spent": spent, "came": came, "slowest": slowest}))


def keep(failed: Path, name: str, number: int, data: bytes, trace: str) -> None:
    """Write a failing input and what it did."""
    failed.mkdir(parents=True, exist_ok=True)
    place = failed / f"{re.sub(r'[^a-z0-9]+', '-', name)}-{number}"
    place.with_suffix(".input").write_bytes(data)
    place.with_suffix(".txt").write_text(trace, encoding="utf-8", errors="replace")


def fuzz(names: list[str], seconds: float, seed: int, folder: Path) -> dict[str, Any]:
    """Turns until the time is used up, over all runs in this folder; what was tried."""
    folder.mkdir(parents=True, exist_ok=True)
    path, told, failed = folder / "state.json", folder / "turn.json", folder / "failed"
    state: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"seed": seed, "targets": {}}
    if state["seed"] != seed:
        sys.exit(f"{folder} is of a run with --seed {state['seed']}")
    targets = state["targets"]
    spent = sum(one["spent"] for one in targets.values())
    while spent < seconds:
        # Whoever had least of its share is next.
        name = min(names, key=lambda one: targets.get(one, {}).get("spent", 0) / TARGETS[one].weight)
        mine = targets.setdefault(name, {"next": 0, "spent": 0.0, "came": {}, "slowest": [0.0, 0]})
        allowed = min(TURN * TARGETS[name].weight, max(seconds - spent, 0.1))
        told.unlink(missing_ok=True)
        process = multiprocessing.get_context("spawn").Process(
            target=turn, args=(name, seed, mine["next"], allowed, told, failed)
        )
        process.start()
        process.join(_GRACE * (allowed + TARGETS[name].seconds) + 60)
        if process.is_alive():
            process.kill()
            process.join()
        result = json.loads(told.read_text()) if told.exists() else {"at": mine["next"]}
        if "next" not in result:  # it died, or had to be ended
            number, outcome = result["at"], f"FAILED: ended by {process.exitcode}"
            keep(failed, name, number, made(name, seed, number), outcome)
            result = {"next": number + 1, "spent": allowed, "came": {outcome: 1}, "slowest": [0.0, number]}
        mine["next"] = result["next"]
        mine["spent"] += result["spent"]
        mine["came"] = dict(Counter(mine["came"]) + Counter(result["came"]))
        mine["slowest"] = max(mine["slowest"], list(result["slowest"]))
        spent += result["spent"]
        path.write_text(json.dumps(state, indent=1) + "\n")
    return state


def table(state: dict[str, Any]) -> str:
    """What was tried how often, and what came of it."""
    lines = [
        f"{'target':24} {'inputs':>9} {'seconds':>8} {'slowest':>8} {'failed':>6}  came of it, commonest first"
    ]
    for name, one in state["targets"].items():
        came = sorted(one["came"].items(), key=lambda pair: -pair[1])
        bad = sum(number for word, number in came if word.startswith("FAILED"))
        most = ", ".join(f"{word} {number:,}" for word, number in came[:5])
        lines.append(
            f"{name:24} {one['next']:>9,} {one['spent']:>8.0f} {one['slowest'][0]:>8.2f} {bad:>6}  {most}"
        )
    whole = state["targets"].values()
    lines.append(
        f"{'all':24} {sum(one['next'] for one in whole):>9,} {sum(one['spent'] for one in whole):>8.0f}"
    )
    return "\n".join(lines)


def failures(state: dict[str, Any]) -> int:
    """How many inputs failed."""
    came = (pair for one in state["targets"].values() for pair in one["came"].items())
    return sum(number for word, number in came if word.startswith("FAILED"))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz")
    asked.add_argument("--only", nargs="+", choices=list(TARGETS), default=list(TARGETS), metavar="TARGET")
    asked.add_argument("--again", nargs=2, metavar=("TARGET", "NUMBER"))
    options = asked.parse_args()
    if options.again:
        name, number = options.again
        with tempfile.TemporaryDirectory() as folder:
            data = made(name, options.seed, int(number))
            outcome, trace = tried(TARGETS[name], data, Path(folder))
        print(repr(data[:2000]), outcome, trace or "", sep="\n")
        sys.exit(trace is not None)
    state = fuzz(options.only, options.seconds, options.seed, options.folder)
    print(table(state))
    sys.exit(failures(state) > 0)


if __name__ == "__main__":
    main()
