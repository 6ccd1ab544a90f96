"""Waiting for jobs, which other processes work on."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from fastapi.testclient import TestClient

PATIENCE = 120.0
"""Seconds: a busy machine is not a fault."""


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < limit, "it did not come about"
        time.sleep(0.05)


def when_over(client: TestClient, address: str) -> str:
    """The page of a job when nothing more comes."""
    page = ""

    def is_over() -> bool:
        nonlocal page
        page = client.get(address).text
        return bool(re.search(r'class="status">(done|failed|stopped)<', page))

    until(is_over)
    return page
