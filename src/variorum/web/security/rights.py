"""Who may ask for what: the one table of rights.

Each place (the first part of an address) has the role that seeing takes and the role that changing takes; None is open to
all. What is in no row takes an admin: a place that was forgotten here is shut, not open. A test walks all routes of the
application and fails for a place that is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from variorum.ledger import Role
from variorum.web.security.requests import CHANGES_NOTHING


@dataclass(frozen=True, slots=True)
class Right:
    """The roles that a place takes."""

    see: Role | None
    change: Role | None


_USUAL: Final = Right(Role.READER, Role.ANALYST)
_OPEN: Final = Right(None, None)
_OWN: Final = Right(Role.READER, Role.READER)
_ADMINS: Final = Right(Role.ADMIN, Role.ADMIN)

RIGHTS: Final[dict[str, Right]] = {
    "/": _USUAL,
    "/about": _USUAL,
    "/add": Right(Role.ANALYST, Role.ANALYST),
    "/api": _USUAL,
    "/api/v1/people": _ADMINS,
    "/api/v1/settings": _ADMINS,
    "/assets": _OPEN,
    "/decisions": _USUAL,
    "/exports": _USUAL,
    "/health": _OPEN,
    "/incidents": _USUAL,
    "/login": _OPEN,
    "/logout": _OPEN,
    "/me": _OWN,
    "/metrics": _OPEN,
    "/people": _ADMINS,
    "/profiles": _USUAL,
    "/reports": _USUAL,
    "/review": _USUAL,
    "/settings": _ADMINS,
}


def right_of(path: str) -> Right | None:
    """The row of an address: that of the longest place that it lies in. None where there is none."""
    parts = path.strip("/").split("/")
    places = ("/" + "/".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((RIGHTS[place] for place in places if place in RIGHTS), None)


def needed_role(method: str, path: str) -> Role | None:
    """The role that a request takes; None if it is open to all."""
    right = right_of(path) or _ADMINS
    return right.see if method in CHANGES_NOTHING else right.change
