"""Jobs: work on the ledger that takes longer than a request, done one after another beside the requests."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, Literal

from variorum.client.shapes import Job, Problem
from variorum.model import VariorumError
from variorum.web.problems import plain_problem, problem_of

_log = logging.getLogger("variorum.web.api.jobs")

_KEPT: Final = 500
"""Jobs that are told of; of more the oldest that have ended are forgotten."""
_MOST_REFUSED: Final = 200
"""Things refused that one job tells of."""

Kind = Literal["add", "link", "refresh", "verify"]


class Progress:
    """What a piece of work tells of itself while it goes on."""

    def __init__(self, note: Callable[..., None]) -> None:
        self._note = note
        self.refused: list[Problem] = []
        self._done = 0

    def expect(self, total: int) -> None:
        """There are so many things to do."""
        self._note(total=total)

    def advance(self) -> None:
        """One more is done."""
        self._done += 1
        self._note(done=self._done)

    def refuse(self, error: VariorumError) -> None:
        """One thing cannot be taken in; the rest goes on."""
        if len(self.refused) < _MOST_REFUSED:
            self.refused.append(problem_of(error))
            self._note(refused=tuple(self.refused))


Work = Callable[[Progress], dict[str, int]]


class Jobs:
    """A queue of work with one worker: a ledger has one writer at a time anyway. Jobs are forgotten when the server stops."""

    def __init__(self, waiting: int) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._queue: queue.Queue[tuple[str, Work] | None] = queue.Queue(waiting)
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def begin(self, kind: Kind, by: str, work: Work) -> Job:
        """Put work into the queue; the job that tells of it. Raises `VariorumError` queue-full."""
        job = Job(
            id=f"job-{secrets.token_hex(8)}", kind=kind, by=by, state="waiting", begun=datetime.now(UTC)
        )
        with self._lock:
            self._jobs[job.id] = job
            self._forget()
        try:
            self._queue.put_nowait((job.id, work))
        except queue.Full:
            with self._lock:
                del self._jobs[job.id]
            raise VariorumError(
                "too much is waiting to be done", remedy="try again later", code="queue-full"
            ) from None
        return job

    def find(self, job: str) -> Job:
        """A job as it stands. Raises `VariorumError` unknown-job."""
        with self._lock:
            found = self._jobs.get(job)
        if found is None:
            raise VariorumError(
                f"there is no job {job!r}",
                remedy="jobs are kept until the server stops: ask again for the work",
                code="unknown-job",
            )
        return found

    def all(self) -> tuple[Job, ...]:
        """All that are told of, the last begun first."""
        with self._lock:
            return tuple(self._jobs.values())[::-1]

    def stop(self) -> None:
        """Let the work in hand end, and do no more."""
        while True:
            try:
                self._queue.get_nowait()
            except queue.Empty:
                break
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (told := self._queue.get()) is not None:
            name, work = told
            self._note(name, state="running")
            progress = Progress(lambda name=name, **changes: self._note(name, **changes))
            try:
                self._end(name, state="done", result=work(progress))
            except VariorumError as error:
                self._end(name, state="failed", problem=problem_of(error))
            except Exception as error:
                _log.error("%s broke", name, exc_info=error)
                self._end(name, state="failed", problem=plain_problem(500, "Something broke."))

    def _end(self, name: str, **changes: Any) -> None:
        self._note(name, ended=datetime.now(UTC), **changes)

    def _note(self, name: str, **changes: Any) -> None:
        with self._lock:
            self._jobs[name] = self._jobs[name].model_copy(update=changes)

    def _forget(self) -> None:
        over = len(self._jobs) - _KEPT
        for name in [one.id for one in self._jobs.values() if one.ended][: max(0, over)]:
            del self._jobs[name]
