"""Time expressions of a report, normalised to TIMEX3 values and to intervals of days.

A report of news counts from its own date ("Friday", "last month"), a history from the date it named
before ("7 February", "the next day"); which of the two a text is, it tells itself.  Nothing is
assumed that the text or the report's date does not give: without a date of publication, what counts
from it stays unresolved, and so do impossible dates and numeric ones that two orders fit.
"""

from __future__ import annotations

import datetime

from variorum.reading.dates import values
from variorum.reading.dates.accept import mentions
from variorum.reading.dates.context import Context, is_narrative
from variorum.reading.dates.expressions import (
    Anchor,
    TimeExpression,
    TimeType,
    acled_precision,
    as_timexes,
    days_among,
    ucdp_precision,
)
from variorum.reading.dates.readings import Reading
from variorum.reading.dates.resolve import read
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.tokens import Token, tokenise

__all__ = [
    "Anchor", "TimeExpression", "TimeType", "acled_precision", "as_timexes", "days_among", "find_dates",
    "ucdp_precision",
]  # fmt: skip


def find_dates(text: str, published: datetime.date | None) -> tuple[TimeExpression, ...]:
    """Every time expression of a text in order, none overlapping.

    ``published`` is the report's date; None leaves expressions that count from it without a value.
    Never raises; takes time in proportion to the length of the text.
    """
    if isinstance(published, datetime.datetime):
        published = published.date()
    tokens = tokenise(text)
    found = mentions(tokens)
    context = Context(tokens, published, is_narrative(found, published))
    expressions: list[TimeExpression] = []
    for at, mention in enumerate(found):
        context.following = found[at + 1] if at + 1 < len(found) else None
        expressions.extend(_expression(reading, mention, tokens) for reading in read(mention, context))
    return tuple(expressions)


def _expression(reading: Reading, mention: Mention, tokens: list[Token]) -> TimeExpression:
    first = mention.first if reading.first is None else reading.first
    last = mention.last if reading.last is None else reading.last
    start, end = tokens[first].start, tokens[last - 1].end
    covered = values.interval(reading.value) if reading.type in ("DATE", "TIME") else None
    if covered is None:
        return TimeExpression(start, end, reading.type, reading.value)
    begin, finish = covered
    if reading.slack:
        begin = values.days_after(begin, -reading.slack) or begin
        finish = values.days_after(finish, reading.slack) or finish
    return TimeExpression(
        start,
        end,
        reading.type,
        reading.value,
        begin,
        finish,
        ucdp_precision(begin, finish),
        reading.anchored,
    )
