"""What the reader of dates hands on: time expressions and the shapes they are written in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["explicit", "published", "story"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression of a report, normalised.

    ``start`` and ``end`` count characters of the text (end excluded).  ``value`` is a TIMEX3
    value, or None where the text alone does not settle it.  ``first`` and ``last`` are the days
    the value covers, both included; None for what is no calendar date (durations, "now",
    decades BC) and for what stays unresolved.  ``precision`` is UCDP's date_prec of that interval.

    ``anchored`` says what the calendar date rests on: ``explicit`` (the words say it all, "7 May
    2014"), ``published`` (counted from the report's date, "last Friday") or ``story`` (counted
    from a date that the text gave before, "the next day").  None where there is no date.
    """

    start: int
    end: int
    type: TimeType
    value: str | None
    first: datetime.date | None = None
    last: datetime.date | None = None
    precision: int | None = None
    anchored: Anchor | None = None


def ucdp_precision(first: datetime.date, last: datetime.date) -> int:
    """UCDP date_prec of an interval: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    days = (last - first).days + 1
    if days <= 1:
        return 1
    if days <= 6:
        return 2
    if days <= 7:
        return 3
    return 4 if days <= 31 else 5


def acled_precision(expression: TimeExpression) -> int | None:
    """ACLED's time_precision of an expression: 1 a day, 2 within a week, 3 a month or longer.

    None where the expression is no calendar date.
    """
    if expression.precision is None:
        return None
    return {1: 1, 2: 2, 3: 2}.get(expression.precision, 3)


def days_among(expressions: Iterable[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The expressions that stand for one calendar day each, in the order given.

    Which of them is the day of an incident is not decided here: ``anchored`` tells what each rests
    on, ``start`` and ``end`` where in the text it stands.
    """
    return tuple(each for each in expressions if each.precision == 1)


def as_timexes(expressions: Iterable[TimeExpression]) -> list[dict[str, object]]:
    """The expressions as plain records: start, end, type and value, in the order given."""
    return [
        {"start": each.start, "end": each.end, "type": each.type, "value": each.value} for each in expressions
    ]
