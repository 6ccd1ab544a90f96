"""Many reports, made one after the other or by several processes; results keep the order of the reports."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from variorum.cli.products import Maker, Task
from variorum.model import InputError, Report, SettingError, VariorumError

Result = tuple[Report, str] | VariorumError
"""A report with its product, or why there is none."""

_AHEAD = 4
"""Reports handed out per process: enough that none waits, few enough that memory stays bounded."""


def make_all(task: Task, reports: Iterable[Report | InputError], jobs: int) -> Iterator[Result]:
    """The result of each report, in order. Raises `SettingError` if the task itself makes no sense."""
    return _in_turn(task, reports) if jobs == 1 else _by_processes(task, reports, jobs)


def _in_turn(task: Task, reports: Iterable[Report | InputError]) -> Iterator[Result]:
    maker: Maker | None = None
    for report in reports:
        if isinstance(report, InputError):
            yield report
            continue
        maker = maker or Maker(task)
        try:
            yield report, maker.make(report)
        except SettingError:
            raise
        except VariorumError as error:
            yield error


def _by_processes(task: Task, reports: Iterable[Report | InputError], jobs: int) -> Iterator[Result]:
    # Fresh processes, not forks: the inference runtime's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[Report, Future[str | VariorumError]] | InputError] = deque()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(task,))
    try:
        for report in reports:
            waiting.append(report if isinstance(report, InputError) else (report, pool.submit(_make, report)))
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


def _result(entry: tuple[Report, Future[str | VariorumError]] | InputError) -> Result:
    if isinstance(entry, InputError):
        return entry
    report, future = entry
    made = future.result()
    if isinstance(made, SettingError):
        raise made
    return made if isinstance(made, VariorumError) else (report, made)


# A worker process keeps its one reader here: loading it anew for each report would take longer than reading.
_maker: list[Maker | VariorumError] = []


def _start(task: Task) -> None:
    try:
        _maker[:] = [Maker(task)]
    except VariorumError as error:
        _maker[:] = [error]


def _make(report: Report) -> str | VariorumError:
    maker = _maker[0]
    if isinstance(maker, VariorumError):
        return maker
    try:
        return maker.make(report)
    except VariorumError as error:
        return error
