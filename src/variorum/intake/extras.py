"""Packages that only some inputs need."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from variorum.model import SettingError


@contextlib.contextmanager
def needed(extra: str, purpose: str) -> Iterator[None]:
    """Around an import: raises `SettingError` missing-extra, naming the extra to install, where a package is not there."""
    try:
        yield
    except ImportError as error:
        raise SettingError(
            f"{purpose} needs a package that is not installed ({error.name})",
            remedy=f"pip install 'variorum[{extra}]'",
            code="missing-extra",
        ) from None
