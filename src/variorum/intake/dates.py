"""Publication dates as they are written in fields and options."""

from __future__ import annotations

import re
from datetime import date, datetime

from variorum.model import InputError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].+)?|\d{8}", re.DOTALL)


def parse_day(value: object, *, where: str = "") -> date:
    """The day that an ISO 8601 date or date and time names, as written: no shift to another time zone.

    Raises `InputError` bad-date for days that do not exist and for anything else: a guess between 3 April
    and 4 March would date every claim of the report wrongly.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and value.isascii() and _DAY.fullmatch(value.strip()):
        written = value.strip()
        try:
            return (
                datetime.fromisoformat(written).date() if len(written) > 10 else date.fromisoformat(written)
            )
        except ValueError:
            pass
    raise InputError(
        f"{_shown(value)} is no day of the calendar",
        where=where,
        remedy="write it as YYYY-MM-DD, or leave it out if it is not known",
        code="bad-date",
    )


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:40] + "…"
