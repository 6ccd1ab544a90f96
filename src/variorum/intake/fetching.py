"""Fetching: an address → what is there, politely and safely. How it behaves is told in docs/fetching.md."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from variorum._version import __version__
from variorum.intake.addresses import Network, Resolve, Target, addresses_of, system_resolver, target_of
from variorum.intake.answers import Answer, Deadline
from variorum.intake.faults import FetchError
from variorum.intake.limits import MAX_BYTES
from variorum.intake.politeness import BUSY, Politeness, pause_after
from variorum.intake.robots import MOST_BYTES, Robots
from variorum.model import SettingError

PRODUCT = "Variorum"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"
_LONGEST_HEADER = 500


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch. Times are in seconds, sizes in bytes.

    `contact` is an address where a host's owner can reach whoever fetches; it stands in the User-Agent.
    `seconds` bounds one fetch with all its redirects, without the waits that politeness asks for. `pause` is the
    least time between two requests to one host. `longest_wait` is the longest that one fetch waits for a host to be
    ready; a longer wait is an error that tells it. `allowed_networks` (such as 10.20.0.0/16) may be reached though they
    are private, loopback or special in another way. `authorities` is a file of certificates to trust in place of the system's.
    """

    contact: str | None = None
    seconds: float = 30.0
    max_bytes: int = MAX_BYTES
    redirects: int = 5
    tries: int = 3
    pause: float = 1.0
    longest_wait: float = 60.0
    robots: bool = True
    allowed_networks: tuple[str, ...] = ()
    authorities: Path | None = None

    def __post_init__(self) -> None:
        if self.contact is not None and not (
            self.contact.isascii() and self.contact.isprintable() and not set(self.contact) & set(" ();")
        ):
            raise _bad_setting("contact", "an address: ASCII without spaces, brackets or semicolons")
        if min(self.seconds, self.max_bytes, self.tries) <= 0:
            raise _bad_setting("seconds, max_bytes and tries", "more than zero")
        if min(self.redirects, self.pause, self.longest_wait) < 0:
            raise _bad_setting("redirects, pause and longest_wait", "zero or more")

        try:
            self.networks()
        except ValueError as error:
            raise _bad_setting("allowed_networks", f"networks ({error})") from None

    def networks(self) -> list[Network]:
        """The networks that are allowed."""
        return [ipaddress.ip_network(network) for network in self.allowed_networks]

    @property
    def user_agent(self) -> str:
        """Who asks, as every request says it."""
        return f"{PRODUCT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a host said of the version that it gave last: it need not be sent again while that still holds."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditions as headers of a request; what no header may hold is left out."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value and _is_safe(value)}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at an address. `url` is where redirects led; `data` is empty where nothing is new."""

    asked: str
    url: str
    data: bytes
    is_new: bool = True
    media_type: str | None = None
    charset: str | None = None
    conditions: Conditions = Conditions()


class Fetches(Protocol):
    """Whatever can fetch; in tests, something that does not."""

    def fetch(self, url: str, conditions: Conditions | None = None) -> Fetched:
        """What is at an address. Raises `FetchError`."""
        ...


class Fetcher:
    """Fetches over HTTP and HTTPS, one request at a time. No cookies, no scripts, no proxies, nothing kept on disk.

    `resolve`, `clock` (seconds, for pauses only) and `sleep` are the system's unless given.
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        resolve: Resolve = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings or FetchSettings()
        self._resolve = resolve
        self._politeness = Politeness(self.settings.pause, self.settings.longest_wait, clock, sleep)
        self._robots = Robots(PRODUCT, self._robots_txt, clock)
        self._turn = threading.Lock()

    def fetch(self, url: str, conditions: Conditions | None = None) -> Fetched:
        """What is at an address, after at most so many redirects, each checked as the first is.

        With `conditions` of an earlier answer, `is_new` is false where the host says that nothing changed.
        Raises `FetchError`; its codes are those beginning with `fetch-` in docs/errors.md.
        """
        first = target_of(url)
        with self._turn:
            headers = conditions.headers() if conditions else {}
            answer, last = self._followed(first, self._tried, headers)
        if answer.status == 304 and headers:
            return Fetched(url, last.url, b"", is_new=False, conditions=conditions or Conditions())
        if not 200 <= answer.status < 300:
            raise _status(answer, last)
        return Fetched(
            url,
            last.url,
            answer.data,
            media_type=answer.media_type,
            charset=answer.charset,
            conditions=Conditions(*(_header(answer, name) for name in ("etag", "last-modified"))),
        )

    def _robots_txt(self, target: Target) -> Answer:
        def asked(target: Target, deadline: Deadline, headers: dict[str, str]) -> Answer:
            with deadline.paused():
                self._politeness.wait(target)
            return self._asked(target, deadline, headers, MOST_BYTES, cut=True)

        return self._followed(target, asked, {})[0]

    def _followed(
        self,
        first: Target,
        ask: Callable[[Target, Deadline, dict[str, str]], Answer],
        headers: dict[str, str],
    ) -> tuple[Answer, Target]:
        """The answer at the end of the redirects, and whose it is."""
        target = first
        deadline = Deadline(self.settings.seconds)
        for _ in range(self.settings.redirects + 1):
            answer = ask(target, deadline, headers)
            if answer.status not in _REDIRECTS or not answer.location:
                return answer, target
            target = target_of(answer.location, target)
        raise FetchError(
            f"more than {self.settings.redirects} redirects",
            where=first.url,
            remedy="open it in a browser and hand over the address where it ends",
            code="fetch-redirects",
        )

    def _tried(self, target: Target, deadline: Deadline, headers: dict[str, str]) -> Answer:
        """The answer of a host that may be asked, after as many tries as it takes and the settings allow."""
        wait = 0.0
        for tried in range(self.settings.tries):
            with deadline.paused():
                pause = self._robots.check(target) if self.settings.robots else 0.0
                self._politeness.wait(target, pause)
            answer = self._asked(target, deadline, headers, self.settings.max_bytes)
            if answer.status not in BUSY:
                return answer
            wait = pause_after(answer, tried)
            self._politeness.put_off(target, wait)
            if wait > self.settings.longest_wait:
                break
        raise _status(answer, target, wait)

    def _asked(
        self, target: Target, deadline: Deadline, headers: dict[str, str], max_bytes: int, cut: bool = False
    ) -> Answer:
        """One answer, from the first of the target's addresses that can be reached."""
        from variorum.intake.connecting import request  # loads HTTP and TLS: only where something is fetched

        allowed = self.settings.networks()
        addresses = addresses_of(target, self._resolve, allowed=allowed, seconds=deadline.left)
        for number, address in enumerate(addresses, 1):
            try:
                return request(
                    target,
                    address,
                    headers={"User-Agent": self.settings.user_agent, "Accept": _ACCEPT, **headers},
                    deadline=deadline,
                    max_bytes=max_bytes,
                    cut=cut,
                    authorities=self.settings.authorities,
                )
            except FetchError as error:
                if error.code != "fetch-unreachable" or number == len(addresses):
                    raise
        raise AssertionError("a target has an address or is refused")


def _status(answer: Answer, target: Target, wait: float | None = None) -> FetchError:
    status, url = answer.status, target.url
    if wait is None:
        remedy = "check the address in a browser"
        return FetchError(f"status {status}", where=url, remedy=remedy, code="fetch-status", status=status)
    what, remedy = f"status {status}; ask again in {wait:.0f} seconds", "try again later"
    if status in (429, 503):
        return FetchError(what, where=url, remedy=remedy, code="fetch-later", status=status, retry_after=wait)
    return FetchError(what, where=url, remedy=remedy, code="fetch-status", status=status, retry_after=wait)


def _header(answer: Answer, name: str) -> str | None:
    value = answer.headers.get(name)
    return value if value and _is_safe(value) else None


def _is_safe(value: str) -> bool:
    return len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable()


def _bad_setting(names: str, wanted: str) -> SettingError:
    return SettingError(
        f"{names}: must be {wanted}", where="fetching", remedy="correct the settings of fetching"
    )
