"""Where jobs are kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path


def jobs_folder(ledger: str, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of this user for the jobs on a ledger: what was handed over lies there until it is read."""
    named = environment.get("XDG_STATE_HOME")
    state = Path(named) if named else Path.home() / ".local" / "state"
    place = ledger if "://" in ledger else str(Path(ledger).resolve())
    return state / "variorum" / f"jobs-{hashlib.sha256(place.encode()).hexdigest()[:24]}"
