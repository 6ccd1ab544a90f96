"""Addresses to lead somebody on to after a login: only those of the reading room itself."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 2_000
ENTRANCE: Final = "/incidents"


def own_address(asked: str | None) -> str:
    """An address as asked, if it is a path of ours; else the entrance.

    Browsers take `//host`, and `/\\\\host` or such with tabs in it, for another host: whatever is not plainly a path is none.
    """
    if not asked or len(asked) > _LONGEST or not asked.isascii() or not asked.isprintable():
        return ENTRANCE
    if not asked.startswith("/") or asked.startswith("//") or "\\" in asked or " " in asked:
        return ENTRANCE
    return asked
