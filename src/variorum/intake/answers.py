"""What a host answered, and how long it may take."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message

_TOKEN = re.compile(r"[\w.:+-]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered. `headers` by lower-case name; `data` is without its transfer and content encoding, and
    empty for a status other than 2xx.
    """

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def media_type(self) -> str | None:
        """Its media type in lower case, as the host declares it."""
        return self._declared().get_content_type() if "content-type" in self.headers else None

    @property
    def charset(self) -> str | None:
        """The encoding that the host declares."""
        found = self._declared().get_param("charset")
        return found if isinstance(found, str) and _TOKEN.fullmatch(found) else None

    @property
    def location(self) -> str | None:
        """Where it leads on. Headers come as Latin-1, but an address beyond ASCII in one is UTF-8."""
        written = self.headers.get("location", "")
        try:
            return written.encode("latin-1").decode("utf-8").strip() or None
        except UnicodeError:
            return written.strip()

    def _declared(self) -> Message:
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")[:500]
        return message


class Deadline:
    """A limit on the whole of a piece of work, however slowly each byte of it comes."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; not below zero."""
        return max(0.0, self._end - time.monotonic())

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Around a wait that does not count."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._end += time.monotonic() - began
