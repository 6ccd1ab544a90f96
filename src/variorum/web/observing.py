"""What can be known of the server while it runs: a line of JSON for each request, and numbers for Prometheus.

Neither holds anything of reports: no texts, no words that were searched for, no names. Addresses are told by their pattern
(`/incidents/{incident}`), so that nobody reads in a log what somebody looked at.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections import Counter as Count
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.ledger import Facts
from variorum.web.working import Job, JobState

_log = logging.getLogger("variorum.web.requests")

REQUEST_ID: Final = "X-Request-ID"
_SOUND_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_QUIET: Final = ("/assets/", "/health", "/metrics")
"""Addresses of which only failures are logged: they are asked for all the time."""


class Measures:
    """The numbers of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "variorum_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "variorum_request_seconds",
            "Seconds until an answer was sent whole.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)

    def watch(self, jobs: Callable[[], list[Job]], facts: Callable[[], Facts | None]) -> None:
        """Tell of jobs and of the ledger too."""
        self.registry.register(_Contents(jobs, facts))


class _Contents(Collector):
    """Gauges that are looked up when somebody asks; nothing is counted for it."""

    def __init__(self, jobs: Callable[[], list[Job]], facts: Callable[[], Facts | None]) -> None:
        self._jobs, self._facts = jobs, facts

    def describe(self) -> list[Metric]:
        """Nothing: what there is to tell depends on the ledger."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges of this moment."""
        states = Count(job.state for job in self._jobs())
        found = GaugeMetricFamily("variorum_jobs", "Jobs that are told of, by state.", labels=["state"])
        for state in JobState:
            found.add_metric([state.value], states.get(state, 0))
        yield found
        facts = self._facts()
        if facts is None:
            return
        held = GaugeMetricFamily(
            "variorum_ledger_records", "What the ledger held when it was last counted.", labels=["kind"]
        )
        lacking = GaugeMetricFamily(
            "variorum_ledger_lacking", "What the ledger lacked when it was last counted.", labels=["what"]
        )
        for kind in ("reports", "texts", "readings", "claims", "incidents", "decisions"):
            held.add_metric([kind], getattr(facts, kind))
        for what in ("undated", "unread", "unlinked", "unplaced", "dayless", "unsourced"):
            lacking.add_metric([what], getattr(facts, what))
        yield held
        yield lacking


class Observed:
    """Gives each request an id, measures it and logs it."""

    def __init__(self, app: ASGIApp, measures: Measures, name_people: bool = False) -> None:
        self._app, self._measures, self._name_people = app, measures, name_people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and look at what becomes of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        name = given if _SOUND_ID.fullmatch(given) else token_hex(8)
        scope["request_id"] = name
        began = time.perf_counter()
        status = 500

        async def complete(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = name
            await send(message)

        try:
            await self._app(scope, receive, complete)
        finally:
            self._tell(scope, name, status, time.perf_counter() - began)

    def _tell(self, scope: Scope, name: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "none"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._measures.requests.labels(method, route, str(status)).inc()
        self._measures.seconds.labels(route).observe(seconds)
        if status < 400 and scope["path"].startswith(_QUIET):
            return
        told: dict[str, Any] = {
            "request": name,
            "method": method,
            "route": route,
            "status": status,
            "ms": round(1000 * seconds, 1),
        }
        person = scope.get("person")
        if self._name_people and person is not None:
            told["person"] = person.name
        _log.info("request", extra={"told": told})


class Lines(logging.Formatter):
    """Each record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. What a library says of itself is kept in `said`."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        told: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "what": record.name}
        told |= getattr(record, "told", None) or {"said": record.getMessage()}
        if record.exc_info and record.exc_info[0] is not None:
            # Where it broke and not what was said: messages of errors may quote reports.
            told["error"] = record.exc_info[0].__name__
            told["trace"] = _places(record)
        return json.dumps(told, ensure_ascii=True)


def log_to_stderr() -> None:
    """Write all that is logged as lines of JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "alembic", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _places(record: logging.LogRecord) -> list[str]:
    assert record.exc_info is not None
    trace = record.exc_info[2]
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]
