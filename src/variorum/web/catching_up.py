"""Bringing lists and links up to date after decisions, beside the requests that recorded them."""

from __future__ import annotations

import logging
import threading

from variorum.ledger import Ledger
from variorum.model import VariorumError

_log = logging.getLogger("variorum.web")
_PATIENCE = 60
"""Seconds that closing waits for work in hand."""


class CatchingUp:
    """Runs `refresh`, or `link` where links were decided upon, one at a time; what is asked for meanwhile is done once after."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = self._links = False

    def soon(self, *, links: bool = False) -> None:
        """Ask for lists to be brought up to date, and links too."""
        with self._lock:
            self._asked, self._links = True, self._links or links
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="catching-up", daemon=True)
                self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether something is still to be brought up to date."""
        return self._thread is not None

    def wait(self) -> None:
        """Wait until all that was asked for is done."""
        thread = self._thread
        if thread is not None:
            thread.join(_PATIENCE)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._asked:
                    self._thread = None
                    return
                links, self._asked, self._links = self._links, False, False
            try:
                if links:
                    self._ledger.link()
                else:
                    self._ledger.refresh()
            except VariorumError as error:
                _log.error("lists were not brought up to date: %s", error)
