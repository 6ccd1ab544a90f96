"""A program that runs until it is told to end, and ends between two pieces of work."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from types import FrameType

_SLICE = 0.25
"""Seconds after which one who waits looks whether the end was asked for."""


class Ended(BaseException):
    """The end was asked for. No `Exception`, so that nothing which survives failures survives this."""


class Stop:
    """Whether the end was asked for, by SIGINT (Ctrl-C) or SIGTERM. `pause` waits for some seconds."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        self.told = False
        self._pause = pause

    def check(self) -> None:
        """Raises `Ended` if the end was asked for. To be called where nothing is half done."""
        if self.told:
            raise Ended

    def sleep(self, seconds: float) -> None:
        """Wait. Raises `Ended` soon after the end is asked for."""
        while seconds > 0:
            self.check()
            self._pause(min(seconds, _SLICE))
            seconds -= _SLICE
        self.check()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals meanwhile. A second one ends the program at once, as it would without this."""
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

        def tell(number: int, frame: FrameType | None) -> None:
            self.told = True
            signal.signal(number, before[signal.Signals(number)])

        for number in before:
            signal.signal(number, tell)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
