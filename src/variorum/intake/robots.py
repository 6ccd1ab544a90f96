"""What a host's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.intake.addresses import Target
from variorum.intake.answers import Answer
from variorum.intake.faults import FetchError

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 512_000
"""How much of a robots.txt is read; RFC 9309 asks for 500 KiB at least."""

_KEPT_SECONDS = 24 * 3600.0
_KEPT_AFTER_FAILURE = 300.0
_MOST_KEPT = 1000


@dataclass(frozen=True, slots=True)
class _Rules:
    until: float
    rules: Protego | None
    unknown: str | None = None


class Robots:
    """The rules of each host, asked for once a day with `get` (a robots.txt's target → what the host answered)."""

    def __init__(self, agent: str, get: Callable[[Target], Answer], clock: Callable[[], float]) -> None:
        self._agent, self._get, self._clock = agent, get, clock
        self._kept: OrderedDict[str, _Rules] = OrderedDict()

    def check(self, target: Target) -> float:
        """The pause in seconds that the host asks for between two requests.

        Raises `FetchError` fetch-robots where the rules forbid the target or cannot be had, and those of `get` that
        are about the address itself.
        """
        known = self._rules(target)
        if known.unknown:
            raise _forbidden(
                f"its host's robots.txt cannot be had ({known.unknown})", target, _KEPT_AFTER_FAILURE
            )
        if known.rules is None:
            return 0.0
        if not known.rules.can_fetch(target.url, self._agent):
            raise _forbidden("its host's robots.txt forbids it", target)
        return float(known.rules.crawl_delay(self._agent) or 0.0)

    def _rules(self, target: Target) -> _Rules:
        known = self._kept.get(target.origin)
        if known is None or known.until <= self._clock():
            known = self._kept[target.origin] = self._asked(target)
            self._kept.move_to_end(target.origin)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return known

    def _asked(self, target: Target) -> _Rules:
        from protego import Protego  # a library that only fetching needs

        try:
            answer = self._get(Target(target.scheme, target.host, target.port, "/robots.txt"))
        except FetchError as error:
            if error.code in ("fetch-refused-address", "fetch-no-host", "fetch-bad-address", "fetch-later"):
                error.where = target.url  # what was asked for, not what had to be asked before
                raise
            return _Rules(self._clock() + _KEPT_AFTER_FAILURE, None, error.what)
        if answer.status == 429 or answer.status >= 500:
            return _Rules(self._clock() + _KEPT_AFTER_FAILURE, None, f"status {answer.status}")
        until = self._clock() + _KEPT_SECONDS
        if not 200 <= answer.status < 300:  # there is none
            return _Rules(until, None)
        return _Rules(until, Protego.parse(answer.data.decode("utf-8", "replace")))


def _forbidden(what: str, target: Target, retry_after: float | None = None) -> FetchError:
    return FetchError(
        what,
        where=target.url,
        remedy="ask the publisher, or save the page with a browser and hand over the file",
        code="fetch-robots",
        retry_after=retry_after,
    )
