"""Settings of all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadlines: a busy machine is not a fault. In CI the examples are the same each time, so that a red run is
# the change's own; elsewhere new ones are tried each time, so that faults are found.
settings.register_profile("variorum", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("variorum")
