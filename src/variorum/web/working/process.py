"""A process that works on jobs. It begins with the first and ends after a while without one, and gives its memory back."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Protocol

from variorum.intake import FetchSettings
from variorum.model import VariorumError
from variorum.web.problems import kind_of
from variorum.web.working.orders import Ended, JobState, Message, Order, Trouble

_LOOK = 0.5
"""Seconds after which one who waits for the process looks whether it is still there."""
_PATIENCE = 20.0
"""Seconds that a process has to stop by itself: the report in hand is read to its end."""
_BEHIND = 5
"""How much less the process counts than the pages where both want the processor (`nice`)."""


class Worker(Protocol):
    """Whatever can work on jobs, one after the other."""

    def run(self, order: Order, by: str, folder: Path) -> Iterator[Message]:
        """Work; the last message is `Ended`."""
        ...

    def stop(self) -> None:
        """End the work in hand soon."""
        ...

    def close(self) -> None:
        """End at once."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What the process needs to know."""

    ledger: str
    cache: Path | None = None
    fetching: FetchSettings | None = None
    """How to fetch; None is not at all."""


class ProcessWorker:
    """Works in a process of its own. One that dies takes nothing with it: what was filed is filed."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        # Fresh processes, not forks: threads and open databases do not survive a fork.
        self._context = multiprocessing.get_context("spawn")
        self._stop: Event = self._context.Event()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._due: float | None = None
        # One thread works while another closes: a process that is being started must not be ended half-way.
        self._changing = threading.Lock()

    def run(self, order: Order, by: str, folder: Path) -> Iterator[Message]:
        """Hand the work over, and tell what comes back."""
        self._due = None
        self._stop.clear()
        connection = self._started()
        sent = False
        while True:
            try:
                if not sent:
                    connection.send((order, by, folder))
                    sent = True
                if connection.poll(_LOOK):
                    message: Message = connection.recv()
                    yield message
                    if isinstance(message, Ended):
                        return
                elif self._due is not None and time.monotonic() > self._due:
                    self.close()
                    yield Ended(state=JobState.STOPPED)
                    return
            except (EOFError, OSError, TypeError, ValueError):  # the last two: closed in the midst of a call
                self.close()
                yield Ended(
                    state=JobState.FAILED,
                    trouble=Trouble(
                        code="worker-died",
                        what="the process that reads ended before its time",
                        remedy="the memory may not have sufficed; try again, what was filed is not read again",
                    ),
                )
                return

    def stop(self) -> None:
        """Ask the process to stop; it is ended where it does not."""
        self._stop.set()
        self._due = time.monotonic() + _PATIENCE

    def close(self) -> None:
        """End the process. The ledger is written in steps that are each whole, so nothing is left half done."""
        with self._changing:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.terminate()
            process.join(5)
            if process.is_alive():
                process.kill()
                process.join()

    def _started(self) -> Connection:
        with self._changing:
            if self._connection is None or self._process is None or not self._process.is_alive():
                self._end()
                mine, theirs = self._context.Pipe()
                process = self._context.Process(
                    target=_work, args=(theirs, self._stop, self._plan), daemon=True
                )
                process.start()
                theirs.close()
                self._connection, self._process = mine, process
            return self._connection


def _work(connection: Connection, stop: Event, plan: Plan) -> None:
    """What the process does until nobody wants it any more."""
    from variorum.ledger import Ledger
    from variorum.web.working.works import work_on

    behave()
    with contextlib.suppress(EOFError, BrokenPipeError), contextlib.ExitStack() as stack:
        ledger = None
        while True:
            order, by, folder = connection.recv()
            try:
                ledger = ledger or stack.enter_context(Ledger.open(plan.ledger, cache=plan.cache))
                ended = work_on(ledger, plan, order, by, folder, connection.send, stop.is_set)
            except VariorumError as error:
                ended = Ended(state=JobState.FAILED, trouble=trouble_of(error))
            connection.send(ended)


def behave() -> None:
    """Keep behind the pages, and leave Ctrl-C at the terminal to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.nice(_BEHIND)


def trouble_of(error: VariorumError) -> Trouble:
    """An error as it is kept."""
    return Trouble(
        code=error.code, what=error.what, where=error.where, remedy=error.remedy, kind=kind_of(error)
    )
