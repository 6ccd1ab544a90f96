"""Jobs in a row, one at a time, kept in a folder: what a stop of the server breaks off goes on when it is started again."""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import shutil
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO, TextIO

from pydantic import ValidationError

from variorum.model import VariorumError
from variorum.web.working.files import keep_file
from variorum.web.working.orders import (
    AddOrder,
    Ended,
    Job,
    JobState,
    Message,
    Order,
    Outcome,
    PileOrder,
    Result,
    Stage,
    Trouble,
)
from variorum.web.working.process import Worker

_log = logging.getLogger("variorum.web.jobs")

_IDLE = 60.0
"""Seconds without a job after which the worker's memory is given back."""
_WRITE = 1.0
"""Seconds after which progress is written down again."""
_KEPT = timedelta(days=30)
_MOST_KEPT = 200
"""How long, and how many, jobs are told of after their end."""


class Jobs:
    """What was asked for, in the order in which it was. Used in a `with` statement: it works as long as that lasts."""

    def __init__(
        self,
        folder: Path | None,
        worker: Worker,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        waiting: int = 100,
    ) -> None:
        """`folder` is where jobs are kept; without one, or where another server has it, they end with this one.

        No more than `waiting` jobs wait at a time.
        """
        self._wanted, self._worker, self._clock, self._most = folder, worker, clock, waiting
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[str] = deque()
        self._news = threading.Condition()
        self._ending = False
        self._current: str | None = None
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Jobs:
        self._folder = self._stack.enter_context(_own_folder(self._wanted))
        for job in _left(self._folder):
            self._jobs[job.id] = job
            if not job.state.is_over:
                self._keep(job, state=JobState.WAITING, again=job.began is not None)
                self._waiting.append(job.id)
        self._forget()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._news:
            self._ending = True
            self._news.notify_all()
        self._worker.close()
        self._thread.join(10)
        self._worker.close()  # it may have begun with another job just then
        self._stack.close()

    def put(self, order: Order, by: str, files: Iterable[tuple[str, BinaryIO]] = ()) -> Job:
        """Ask for something. Files are copied, under names of our own. Raises `VariorumError` no-room, queue-full."""
        if len(self._waiting) >= self._most:
            raise VariorumError("too much is waiting to be done", remedy="try again later", code="queue-full")
        name = f"job-{token_hex(8)}"
        folder = self._folder / name
        try:
            folder.mkdir(mode=0o700)
            if isinstance(order, AddOrder | PileOrder):
                kept = [keep_file(folder, number, *file) for number, file in enumerate(files, start=1)]
                order = order.model_copy(update={"files": tuple(kept)})
            job = Job(id=name, order=order, by=by, made=self._clock())
            _write(folder, job)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise VariorumError(
                f"what was handed over cannot be kept: {error.strerror}",
                remedy="make room where the reading room keeps its jobs",
                code="no-room",
            ) from None
        with self._news:
            self._jobs[name] = job
            self._waiting.append(name)
            self._news.notify_all()
        return job

    def job(self, name: str) -> Job:
        """The job of this id. Raises `VariorumError` unknown-job."""
        try:
            return self._jobs[name]
        except KeyError:
            raise VariorumError(
                "there is no such job",
                remedy="jobs are told of for thirty days; what was filed is in the ledger",
                code="unknown-job",
            ) from None

    def all(self) -> list[Job]:
        """All jobs that are told of, the newest first."""
        with self._news:
            return sorted(self._jobs.values(), key=lambda job: (job.made, job.id), reverse=True)

    def ahead(self, name: str) -> int:
        """How many jobs come before one that waits."""
        with self._news:
            place = self._waiting.index(name) if name in self._waiting else 0
            return place + (self._current is not None)

    def outcomes(
        self, name: str, result: Result | None = None, start: int = 0, limit: int = 100
    ) -> list[Outcome]:
        """What became of each report, in the order in which it was told; only those of one result if it is given."""
        self.job(name)
        return list(islice(_outcomes(self._folder / name, result), start, start + limit))

    def cancel(self, name: str) -> Job:
        """End a job: at once if it waits, else after the report in hand. What was filed stays."""
        with self._news:
            job = self.job(name)
            if name in self._waiting:
                self._waiting.remove(name)
                self._keep(job, state=JobState.STOPPED, ended=self._clock())
            elif name == self._current and job.state is JobState.WORKING:
                self._keep(job, state=JobState.STOPPING)
                self._worker.stop()
        return self._jobs[name]

    def again(self, name: str) -> Job:
        """Go on with a job that failed or was stopped: what it filed is known and passed by."""
        with self._news:
            job = self.job(name)
            if job.state in (JobState.FAILED, JobState.STOPPED):
                self._keep(job, state=JobState.WAITING, again=job.began is not None, trouble=None, ended=None)
                self._waiting.append(name)
                self._news.notify_all()
        return self._jobs[name]

    # the one who works

    def _run(self) -> None:
        while True:
            with self._news:
                if not self._waiting and not self._ending and not self._news.wait(_IDLE):
                    self._worker.close()
                if self._ending:
                    return
                if not self._waiting:
                    continue
                self._current = self._waiting.popleft()
                job = self._jobs[self._current]
                self._keep(job, state=JobState.WORKING, began=job.began or self._clock())
            try:
                self._work(job)
            except Exception as error:
                _log.exception("%s broke", job.id)
                self._end(job.id, Ended(state=JobState.FAILED, trouble=_unforeseen(error)))
            finally:
                self._current = None

    def _work(self, job: Job) -> None:
        folder = self._folder / job.id
        known = {one.key for one in _outcomes(folder)} if job.again else set()
        written = time.monotonic()
        with (folder / _OUTCOMES).open("a", encoding="utf-8") as stream:
            for message in self._worker.run(job.order, job.by, folder):
                if self._ending:  # it goes on when the server is started again
                    return
                self._take(job.id, message, known, stream)
                if isinstance(message, Stage) and self._jobs[job.id].state is JobState.STOPPING:
                    self._worker.stop()  # it was asked to before it had begun
                if time.monotonic() - written > _WRITE:
                    stream.flush()
                    _write(folder, self._jobs[job.id])
                    written = time.monotonic()

    def _take(self, name: str, message: Message, known: set[Any], stream: TextIO) -> None:
        match message:
            case Stage():
                self._change(name, stage=message.name, expected=message.expected or self._jobs[name].expected)
            case Outcome() if message.key not in known:
                stream.write(message.model_dump_json(exclude_defaults=True) + "\n")
                counts = dict(self._jobs[name].counts)
                counts[message.result] = counts.get(message.result, 0) + 1
                counts["claims"] = counts.get("claims", 0) + message.claims
                self._jobs[name] = self._jobs[name].model_copy(update={"counts": counts})
            case Ended():
                stream.flush()
                self._end(name, message)

    def _end(self, name: str, message: Ended) -> None:
        self._change(
            name,
            state=message.state,
            trouble=message.trouble,
            found=message.found,
            stage="",
            ended=self._clock(),
        )
        job = self._jobs[name]
        _log.info("%s %s", name, job.state, extra={"told": {"job": name, "state": job.state, **job.counts}})
        if message.state is JobState.DONE and isinstance(job.order, AddOrder | PileOrder):
            for one in job.order.files:
                (self._folder / name / one.file).unlink(missing_ok=True)
        with self._news:
            self._forget()

    def _change(self, name: str, **changes: Any) -> None:
        with self._news:
            self._keep(self._jobs[name], **changes)

    def _keep(self, job: Job, **changes: Any) -> None:
        self._jobs[job.id] = job.model_copy(update=changes)
        _write(self._folder / job.id, self._jobs[job.id])

    def _forget(self) -> None:
        """Tell no more of what ended long ago."""
        over = sorted((job for job in self._jobs.values() if job.state.is_over), key=lambda job: job.made)
        limit = self._clock() - _KEPT
        for number, job in enumerate(over):
            if job.made < limit or len(over) - number > _MOST_KEPT:
                del self._jobs[job.id]
                shutil.rmtree(self._folder / job.id, ignore_errors=True)


_JOB, _OUTCOMES = "job.json", "outcomes.jsonl"


@contextlib.contextmanager
def _own_folder(wanted: Path | None) -> Iterator[Path]:
    """A folder that no other server has."""
    with contextlib.ExitStack() as stack:
        if wanted is not None:
            wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = stack.enter_context((wanted / "lock").open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield wanted
                return
            except BlockingIOError:
                _log.warning("another reading room keeps its jobs there; those of this one end with it")
        yield Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="variorum-jobs-")))


def _left(folder: Path) -> list[Job]:
    """The jobs in a folder, the oldest first; what was not wholly handed over is removed."""
    found = []
    for path in folder.glob("job-*"):
        try:
            found.append(Job.model_validate_json((path / _JOB).read_bytes()))
        except (OSError, ValidationError):
            shutil.rmtree(path, ignore_errors=True)
    return sorted(found, key=lambda job: (job.made, job.id))


def _write(folder: Path, job: Job) -> None:
    fresh = folder / f"{_JOB}.new"
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(job.model_dump_json())
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(folder / _JOB)


def _outcomes(folder: Path, result: Result | None = None) -> Iterator[Outcome]:
    path = folder / _OUTCOMES
    if not path.exists():
        return
    wanted = f'"result":"{result}"' if result else ""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if wanted not in line or not line.endswith("\n"):
                continue
            with contextlib.suppress(ValidationError, json.JSONDecodeError):
                found = Outcome.model_validate_json(line)
                if result in (None, found.result):
                    yield found


def _unforeseen(error: Exception) -> Trouble:
    return Trouble(
        code="job-failed",
        what=f"the job broke: {type(error).__name__}",
        remedy="this is a fault in Variorum: please report it; what was filed stays",
    )
