"""Errors. Each has a code, says what is wrong and where, and what to do about it.

VariorumError
  InputError          what was handed over cannot be read   (codes in `variorum.intake`)
  EvidenceError       evidence-mismatch
  SettingError        bad-setting
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class VariorumError(Exception):
    """Base of all errors that Variorum raises on purpose."""

    code = "error"

    def __init__(self, what: str, *, where: str = "", remedy: str = "", code: str | None = None) -> None:
        super().__init__(what)
        self.what, self.where, self.remedy = what, where, remedy
        if code:
            self.code = code

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"[{self.code}] {place}{self.what}{remedy}"


class InputError(VariorumError):
    """A report that cannot be read; the rest of a batch goes on."""

    code = "bad-input"


class EvidenceError(VariorumError):
    """Evidence that is not in the text."""

    code = "evidence-mismatch"


class SettingError(VariorumError):
    """An option or settings file that makes no sense."""

    code = "bad-setting"


def guarded(work: Callable[[], _T], who: str, where: str) -> _T:
    """What `work` gives. Raises `VariorumError`; any other failure of `who` becomes one, reading-failed."""
    try:
        return work()
    except VariorumError:
        raise
    except Exception as error:
        raise VariorumError(
            f"{who} failed: {type(error).__name__}: {error}",
            where=where,
            remedy="this is a fault in Variorum: please report it with the text",
            code="reading-failed",
        ) from error
