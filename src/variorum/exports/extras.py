"""Libraries that only some exports need, and that are installed only if wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from variorum.model import SettingError


def load(module: str, extra: str) -> Any:
    """The library. Raises `SettingError` that names the extra to install if it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        raise SettingError(
            f"this format needs {module.partition('.')[0]}, which is not installed",
            remedy=f"install it with: pip install 'variorum[{extra}]'",
        ) from error
