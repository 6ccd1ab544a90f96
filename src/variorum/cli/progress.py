"""Signs of life on standard error, for long work that a person watches."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_STEP = 1 << 20


@contextlib.contextmanager
def progress(inputs: Sequence[str], number: int | None = None) -> Iterator[Callable[[], None]]:
    """A function to call after each report. Draws only on a terminal and for more than one report.

    `number` is how many reports the inputs hold, where that is known.
    """
    total = (number or _expected(inputs)) if sys.stderr.isatty() else 1
    if total is not None and total <= 1:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda: bar.advance(task)


@contextlib.contextmanager
def busy(words: str) -> Iterator[None]:
    """Show what is being done while it is done, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def _expected(inputs: Sequence[str]) -> int | None:
    """How many reports the inputs hold, from the lines of JSON Lines; None where it cannot be told."""
    total = 0
    for name in inputs:
        path = Path(name)
        if name == "-" or path.is_dir() or path.suffix.lower() == ".json":
            return None
        total += _count_lines(path) if path.suffix.lower() in (".jsonl", ".ndjson") else 1
    return total


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(_STEP), b""))
    except OSError:
        return 1
