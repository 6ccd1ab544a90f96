"""Settings of all tests, and one browser for all that need one; these are skipped where there is no Chromium."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# No deadlines: a busy machine is not a fault. In CI the examples are the same each time, so that a red run is
# the change's own; elsewhere new ones are tried each time, so that faults are found.
settings.register_profile("variorum", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("variorum")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Commands that run in this process set up the log of the whole process: undo it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    # pytest's own handlers come and go during a test: only those of a command are taken away.
    for handler in [held for held in root.handlers if type(held) is logging.StreamHandler]:
        if handler not in handlers:
            root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    sync_api.expect.set_options(timeout=30_000)  # a busy machine is not a fault
    with sync_api.sync_playwright() as playwright:
        path = CHROMIUM or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip(
                "no Chromium on this machine; name one in CHROMIUM, or run: playwright install chromium"
            )
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()
