"""Time in tests: on a busy machine it tells only whether something hangs, or grows out of all proportion."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TRIES = 3
_MOST = 4
"""So many times as long as in proportion something may take: what grows with the square of eight takes eight times as long."""
_NOTHING = 0.02
"""Seconds below which a time is chance."""


@contextmanager
def not_held_up(seconds: float = 60) -> Iterator[None]:
    """Fail if what is within took longer; give it far more than it needs."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def assert_grows_in_proportion(work: Callable[[str], object], short: str, long: str) -> None:
    """Fail if the longer text takes `work` out of all proportion longer than the shorter one, at the best of some tries."""
    allowed = _MOST * len(long) / len(short)
    for _ in range(_TRIES):
        times = _seconds(work, short), _seconds(work, long)
        if times[1] < allowed * max(times[0], _NOTHING):
            return
    raise AssertionError(f"{len(short)} characters took {times[0]:.3f} s, {len(long)} took {times[1]:.3f} s")


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.collect()  # what other tests left is not to be cleared away on this one's time
    gc.disable()
    try:
        began = time.process_time()
        work(text)
        return time.process_time() - began
    finally:
        gc.enable()
