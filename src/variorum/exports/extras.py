"""Libraries that only some exports need, and that are installed only if wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from variorum.intake.extras import needed


def load(module: str, extra: str) -> Any:
    """The library. Raises `SettingError` missing-extra if it is not there."""
    with needed(extra, "this format"):
        return import_module(module)
