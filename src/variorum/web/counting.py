"""The ledger's numbers for pages: counted beside them, once for each version of the ledger, and told with their age."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from variorum.ledger import Facts, Ledger

_log = logging.getLogger("variorum.web.counting")

_SELDOM = 2.0
_TIMES = 10
"""Seconds that lie between two countings at least, however often the ledger changes; or so many times what counting took."""
_SHORT = 0.05
"""Seconds that a page waits for numbers that may be there soon: those of a small ledger are."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers, when they were counted, and whether nothing has been recorded since."""

    facts: Facts
    at: datetime
    is_current: bool


class Counting:
    """Counts when somebody asks and something has changed, in one thread."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger, self._clock = ledger, clock
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._last: tuple[Facts, datetime] | None = None
        self._again = float("-inf")

    def counted(self) -> Counted | None:
        """The last numbers; None where there are none yet. New ones are counted meanwhile if need be."""
        now = self._ledger.version()
        if self._last is None or self._last[0].version != now:
            thread = self._begin()
            if thread is not None:
                thread.join(_SHORT)
        last = self._last
        return None if last is None else Counted(last[0], last[1], last[0].version == now)

    def last(self) -> Facts | None:
        """The last numbers as they are: nothing is counted."""
        return self._last[0] if self._last else None

    def close(self) -> None:
        """Wait for what is being counted, since the ledger is about to be closed."""
        if self._thread is not None:
            self._thread.join()

    def _begin(self) -> threading.Thread | None:
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return self._thread
            if self._clock() < self._again:
                return None
            self._thread = threading.Thread(target=self._count, name="counting", daemon=True)
            self._thread.start()
            return self._thread

    def _count(self) -> None:
        begun = self._clock()
        try:
            self._last = (self._ledger.facts(), datetime.now(UTC))
        except Exception:  # the page says that there are no numbers; it must not break for it
            _log.exception("the ledger could not be counted")
        now = self._clock()
        self._again = now + max(_SELDOM, _TIMES * (now - begun))
