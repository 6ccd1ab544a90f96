"""What is told of people, sessions and tokens; never a secret."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

from variorum.model import Record


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    READER = 1
    """See everything."""
    ANALYST = 2
    """Add reports and record decisions."""
    ADMIN = 3
    """Say who may come in."""

    @property
    def word(self) -> str:
        """As it is written and stored: reader, analyst, admin."""
        return self.name.lower()


class Scope(StrEnum):
    """How far a token reaches; never further than the person whose it is."""

    READ = "read"
    DECIDE = "decide"
    ADMIN = "admin"


REACHES: Final = {Scope.READ: Role.READER, Scope.DECIDE: Role.ANALYST, Scope.ADMIN: Role.ADMIN}
"""The role that a scope comes to."""


class Known(Record):
    """Somebody who may come in. Times are UTC in ISO form, here and below."""

    number: int
    name: str
    role: Role
    must_change: bool
    """Whether the password was made by somebody else and must be replaced first."""
    by_provider: bool
    """Whether an identity provider says who this is and which role they have."""
    made_at: str


class Session(Record):
    """A browser that somebody is logged in with."""

    number: int
    made_at: str
    seen_at: str
    address: str
    browser: str


class Token(Record):
    """What a program comes in with."""

    number: int
    person: str
    title: str
    scope: Scope
    made_at: str
    expires_at: str
    used_at: str | None


class Happening(Record):
    """What somebody did to a person's right to come in."""

    kind: str
    person: str
    detail: str
    recorded_by: str
    recorded_at: str
