"""How often a host may be asked: one request at a time, a pause between two, and longer ones when it asks for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from variorum.intake.addresses import Target
from variorum.intake.answers import Answer
from variorum.intake.faults import FetchError

BUSY = frozenset({429, 500, 502, 503, 504})
"""Statuses that say: not now."""

_FIRST_PAUSE = 2.0
_MOST_HOSTS = 10_000


class Politeness:
    """When each host may be asked next. `clock` counts seconds, `sleep` waits for some; both are the caller's."""

    def __init__(
        self, pause: float, longest: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._pause, self._longest, self._clock, self._sleep = pause, longest, clock, sleep
        self._next: OrderedDict[str, float] = OrderedDict()

    def wait(self, target: Target, pause: float = 0.0) -> None:
        """Wait until the target's host may be asked, and note that it is; `pause` is what the host itself asks for.

        Raises `FetchError` fetch-later instead of waiting longer than the longest wait.
        """
        now = self._clock()
        wait = self._next.get(target.host, now) - now
        if wait > self._longest:
            raise FetchError(
                f"{target.host} asks not to be asked for another {wait:.0f} seconds",
                where=target.url,
                remedy="try again later",
                code="fetch-later",
                retry_after=wait,
            )
        if wait > 0:
            self._sleep(wait)
        self._set(target.host, max(now, now + wait) + min(max(self._pause, pause), self._longest))

    def put_off(self, target: Target, seconds: float) -> None:
        """Let a host alone for some seconds."""
        self._set(target.host, max(self._next.get(target.host, 0.0), self._clock() + seconds))

    def _set(self, host: str, when: float) -> None:
        self._next[host] = when
        self._next.move_to_end(host)
        while len(self._next) > _MOST_HOSTS:
            self._next.popitem(last=False)


def pause_after(answer: Answer, tries: int) -> float:
    """How many seconds to wait after a busy answer: what Retry-After says, else twice as long each time.

    A Retry-After that is a time of day counts from the host's own `Date`, so that no clock of ours is needed.
    """
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        until, sent = (parsedate_to_datetime(text) for text in (asked, answer.headers.get("date", "")))
        return max(0.0, (until - sent).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return float(_FIRST_PAUSE * 2**tries)
