"""One request and its answer, tried again while the server is busy. Only the one address is asked; no redirect is followed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

from variorum._version import __version__
from variorum.intake.answers import Answer
from variorum.intake.extras import needed
from variorum.intake.politeness import pause_after
from variorum.llm.faults import AnswerError, EndpointError, shortened
from variorum.llm.settings import Settings

if TYPE_CHECKING:
    import urllib3

_BUSY: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_BLOCK: Final = 1 << 16


class Pace:
    """When the next request may go out, over all threads."""

    def __init__(
        self, per_minute: float | None, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._between = 60 / per_minute if per_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Wait for this request's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._between
        if turn > now:
            self._sleep(turn - now)

    def put_off(self, seconds: float) -> None:
        """Let the server alone for some seconds."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)


class Endpoint:
    """A chat endpoint. `clock` counts seconds, `sleep` waits for some."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        with needed("llm", "asking a language model"):
            import urllib3
        self._settings, self._clock = settings, clock
        self._pace = Pace(settings.per_minute, clock, sleep)
        self._pool: urllib3.PoolManager = urllib3.PoolManager(
            maxsize=16, timeout=urllib3.Timeout(connect=min(10, settings.timeout), read=settings.timeout)
        )
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": f"variorum/{__version__}",
        }
        if settings.key:
            self._headers["Authorization"] = f"Bearer {settings.key}"

    def ask(self, body: bytes, blames: Callable[[Answer], bool]) -> Answer:
        """The answer to a request, with its data: of a status 2xx, or one that `blames` the request, so that another may be made.

        Raises `EndpointError` llm-unreachable, llm-refused, llm-later; `AnswerError` llm-no-answer where every try
        ended in silence or in a server's fault, llm-bad-answer for more bytes than the limit.
        """
        failure: AnswerError | EndpointError | None = None
        for attempt in range(self._settings.tries):
            self._pace.wait()
            try:
                answer = self._once(body)
            except (AnswerError, EndpointError) as error:
                if error.code not in ("llm-unreachable", "llm-no-answer"):
                    raise
                failure = error
                self._pace.put_off(min(2.0**attempt, self._settings.longest_wait))
                continue
            if 200 <= answer.status < 300 or blames(answer):
                return answer
            if answer.status not in _BUSY:
                raise self._refused(answer)
            failure = self._no_answer(f"the server answers {answer.status}{self._says(answer)}")
            self._wait_as_told(answer, attempt)
        raise failure or self._no_answer("it was never asked")

    def _once(self, body: bytes) -> Answer:
        from urllib3 import exceptions

        ends = self._clock() + self._settings.timeout
        try:
            reply = self._pool.request(
                "POST",
                self._settings.address,
                body=body,
                headers=self._headers,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            with closing(reply):
                headers = {name.lower(): value for name, value in reply.headers.items()}
                return Answer(reply.status, headers, self._data(reply, ends))
        except (exceptions.NewConnectionError, exceptions.ConnectTimeoutError, exceptions.SSLError) as error:
            raise EndpointError(
                f"the language model's server cannot be reached: {shortened(str(error), self._settings.key)}",
                where=self._settings.url,
                remedy="check the address, and that it is running",
            ) from None
        except exceptions.LocationParseError:
            raise EndpointError(
                "this is no address", where=self._settings.url, remedy="check --llm-url", code="llm-refused"
            ) from None
        except (exceptions.TimeoutError, TimeoutError):
            raise self._no_answer(f"no whole answer within {self._settings.timeout:g} seconds") from None
        except (exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            raise self._no_answer(
                f"the connection broke off: {shortened(str(error), self._settings.key)}"
            ) from None

    def _data(self, reply: urllib3.BaseHTTPResponse, ends: float) -> bytes:
        data = bytearray()
        while block := reply.read1(
            _BLOCK
        ):  # what is there now: waiting for a whole block would outlast the deadline
            data += block
            if len(data) > self._settings.max_bytes:
                raise AnswerError(
                    f"an answer of more than {self._settings.max_bytes:,} bytes",
                    where=self._settings.url,
                    remedy="check that a chat endpoint answers there",
                )
            if self._clock() > ends:
                raise TimeoutError
        return bytes(data)

    def _wait_as_told(self, answer: Answer, attempt: int) -> None:
        asked_for = answer.headers.get("retry-after") is not None
        pause = pause_after(answer, attempt) if asked_for else min(2.0**attempt, self._settings.longest_wait)
        if pause > self._settings.longest_wait:
            raise EndpointError(
                f"the server asks not to be asked for another {pause:.0f} seconds{self._says(answer)}",
                where=self._settings.url,
                remedy="try again later, or raise VARIORUM_LLM_LONGEST_WAIT",
                code="llm-later",
            )
        self._pace.put_off(pause)

    def _refused(self, answer: Answer) -> EndpointError:
        remedy = {
            401: "set VARIORUM_LLM_KEY to a key that this server takes",
            403: "set VARIORUM_LLM_KEY to a key that this server takes",
            404: "check --llm-url and --llm-model; most addresses end in /v1",
        }.get(answer.status, "check --llm-url: redirects are not followed, so that the key goes nowhere else")
        return EndpointError(
            f"the server answers {answer.status}{self._says(answer)}",
            where=self._settings.url,
            remedy=remedy,
            code="llm-refused",
        )

    def _no_answer(self, what: str) -> AnswerError:
        return AnswerError(
            what,
            where=self._settings.url,
            remedy="try again later; answers that came are kept where there is a cache",
            code="llm-no-answer",
        )

    def _says(self, answer: Answer) -> str:
        words = shortened(answer.data.decode("utf-8", "replace"), self._settings.key)
        return f": {words}" if words else ""
