"""Passwords: what one must be, and their hashes by argon2id (RFC 9106)."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from variorum.model import SettingError, VariorumError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST: Final = 12
"""Characters of a password: long counts, and no mix of kinds is asked for (NIST SP 800-63B)."""
_LONGEST: Final = 256
_FEWEST_DIFFERENT: Final = 6

_NOBODYS: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZWJvZHkgdW5rbm93bg$kQ1Vt2Xo0m3mF8m2mJH0yqS3Qd0h0f4w3m8qv2mXo0A"
)
"""The hash of no password, made as `PasswordHasher` makes them: to check it takes as long as to check somebody's."""

_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Each check takes 64 MiB and a processor; a flood of logins may not take them all."""
_PATIENCE: Final = 5.0


def check_new(password: str, name: str) -> None:
    """Raise `SettingError` weak-password for one that is easily guessed."""
    told = _normal(password)
    if not SHORTEST <= len(told) <= _LONGEST:
        raise _weak(f"it has {len(told)} characters")
    if name.casefold() in told.casefold():
        raise _weak("it has the name in it")
    if len(set(told)) < _FEWEST_DIFFERENT:
        raise _weak("it is made of few different characters")


def made_up() -> str:
    """A password of 100 bits that can be read out on the telephone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def hashed(password: str) -> str:
    """The hash to keep."""
    with _turn():
        return _hasher().hash(_normal(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one of a hash. Without a hash it is not, which takes as long to find out."""
    from argon2.exceptions import VerificationError

    with _turn():
        try:
            return _hasher().verify(kept or _NOBODYS, _normal(password)[:_LONGEST]) and kept is not None
        except VerificationError:
            return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with lesser parameters than are taken now."""
    return _hasher().check_needs_rehash(kept)


class _turn:
    """One of the few places to reckon in. Raises `VariorumError` busy where none comes free in time."""

    def __enter__(self) -> None:
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise VariorumError(
                "too many people log in at this moment", remedy="try again in a minute", code="busy"
            )

    def __exit__(self, *_: object) -> None:
        _AT_ONCE.release()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)


def _normal(password: str) -> str:
    """As it is compared: keyboards write one character in several ways (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


def _weak(what: str) -> SettingError:
    return SettingError(
        f"the password is too easily guessed: {what}",
        remedy=f"take {SHORTEST} characters or more, several words for instance",
        code="weak-password",
    )
