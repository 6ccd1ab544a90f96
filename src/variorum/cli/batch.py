"""Many reports read, one after the other or by several processes; readings keep the order of the reports."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.model import InputError, Reading, Report, SettingError, VariorumError, guarded

if TYPE_CHECKING:
    from variorum.reading import Reader

Input = Report | Reading | InputError
"""A report to read, one that was read already, or why there is none."""
Result = Reading | VariorumError

_AHEAD = 4
"""Reports handed out per process: enough that none waits, few enough that memory stays bounded."""


def read_all(inputs: Iterable[Input], parties: Sequence[Path], jobs: int) -> Iterator[Result]:
    """The reading of each report, or why there is none, in order. Raises `SettingError` for parties that make no sense.

    Evidence is checked against the text before a reading is handed on. What was read already passes through.
    """
    return InTurn(parties)(inputs) if jobs == 1 else _by_processes(inputs, parties, jobs)


class InTurn:
    """Reads what it is given, one after the other. The reader is loaded when the first report needs it, and kept."""

    def __init__(self, parties: Sequence[Path]) -> None:
        self._parties = parties
        self._reader: Reader | None = None

    def __call__(self, inputs: Iterable[Input]) -> Iterator[Result]:
        """The same as `read_all` in one process, as often as it is wanted."""
        for one in inputs:
            if isinstance(one, Report):
                self._reader = self._reader or _load(self._parties)
                yield _read(self._reader, one)
            else:
                yield one


def _by_processes(inputs: Iterable[Input], parties: Sequence[Path], jobs: int) -> Iterator[Result]:
    # Fresh processes, not forks: the inference runtime's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[Result] | Result] = deque()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(parties,))
    try:
        for one in inputs:
            waiting.append(pool.submit(_make, one) if isinstance(one, Report) else one)
            if len(waiting) >= _AHEAD * jobs:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    except BrokenProcessPool:
        raise VariorumError(
            "a worker process ended before its time",
            remedy="the memory may not have sufficed: try fewer --jobs",
            code="worker-died",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _result(entry: Future[Result] | Result) -> Result:
    result = entry.result() if isinstance(entry, Future) else entry
    if isinstance(result, SettingError):
        raise result
    return result


def _load(parties: Sequence[Path]) -> Reader:
    from variorum.reading import Reader  # the model weights: seconds, so not before they are needed

    return Reader.load(parties)


def _read(reader: Reader, report: Report) -> Result:
    """The reading; any failure becomes an error: one report that is stumbled over must not end the batch."""
    try:
        return guarded(lambda: reader.read(report).check(), "the reader", report.id)
    except VariorumError as error:
        return error


# A worker process keeps its one reader here: loading it anew for each report would take longer than reading.
_reader: list[Reader | VariorumError] = []


def _start(parties: Sequence[Path]) -> None:
    try:
        _reader[:] = [_load(parties)]
    except VariorumError as error:
        _reader[:] = [error]


def _make(report: Report) -> Result:
    reader = _reader[0]
    return reader if isinstance(reader, VariorumError) else _read(reader, report)
