"""Moments to look at a ledger from: what had been published by a day, and what the ledger had recorded by a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

LAST_DAY: Final = "9999-12-31"
"""The day on which everything is known, what has no day of publication included."""

_END: Final = "9999-12-31T23:59:59.999999Z"


def stamp(time: datetime) -> str:
    """A time as it is recorded: UTC, in a form whose order as text is its order in time."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Moment:
    """What was published up to `as_of` and recorded up to `recorded`; None is no limit."""

    as_of: date | None = None
    recorded: datetime | None = None

    @property
    def day(self) -> str:
        """The last day that counts, as it stands in rows."""
        return str(self.as_of) if self.as_of else LAST_DAY

    @property
    def time(self) -> str:
        """The last time that counts, as it stands in rows."""
        return stamp(self.recorded) if self.recorded else _END

    def knows(self, published: str | None) -> bool:
        """Whether what was published on this day counts; what has no day was known on no day."""
        return self.as_of is None or (published is not None and published <= self.day)


NOW: Final = Moment()
"""All that the ledger has."""
