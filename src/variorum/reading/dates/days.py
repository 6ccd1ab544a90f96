"""Mentions of a single day or a time on it."""

from __future__ import annotations

import datetime

from variorum.reading.dates import values
from variorum.reading.dates.context import Context
from variorum.reading.dates.expressions import Anchor, TimeType
from variorum.reading.dates.readings import (
    Reading,
    dated,
    full_year,
    on_day,
    place_of,
    step_of,
    time_of,
    year_for,
)
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.spans import clock_value
from variorum.reading.dates.tokens import Token
from variorum.reading.dates.weekdays import weekday_date

Day = datetime.date


def read_day(mention: Mention, context: Context) -> Reading:
    """A day by date, weekday, holiday or word ("yesterday", "the same day")."""
    month, number = mention.one("month"), mention.one("day")
    if month is not None and number is not None:
        m, n = int(month.value), int(number.number)
        year2 = mention.one("year2")
        year, anchor = year_for(mention, context, m, n)
        if year2 is not None:
            year, anchor = int(year2.value), "explicit"
        return on_day(None if year is None else values.day(year, m, n), mention, context, anchor)
    holiday = mention.one("holiday")
    if holiday is not None:
        return _holiday(mention, holiday, context)
    if "same" in mention.groups:
        shift = step_of(mention.kinds("same"))
        base = context.story.day
        if base is None and shift == 0 and not context.narrative:
            base = context.published
        return on_day(None if base is None else values.days_after(base, shift), mention, context, "story")
    deictic = mention.one("deictic")
    if deictic is not None:
        return _deictic(mention, deictic, context)
    weekday = mention.one("weekday")
    if weekday is None:
        return Reading("DATE", None)
    found, anchor = weekday_date(mention, context)
    return on_day(found, mention, context, anchor)


def _deictic(mention: Mention, word: Token, context: Context) -> Reading:
    shift = int(word.value[1:])
    if context.narrative:
        return Reading("DATE", {0: "PRESENT_REF", 1: "FUTURE_REF"}.get(shift, "PAST_REF"))
    if context.published is None:
        return Reading("DATE", None)
    return on_day(values.days_after(context.published, shift), mention, context, "published")


def _holiday(mention: Mention, word: Token, context: Context) -> Reading:
    rule = word.value
    month = int(rule[:2]) if rule[:2].isdigit() else 11 if rule == "thanksgiving" else 4
    number = int(rule[3:]) if rule[:2].isdigit() else 25
    year, anchor = year_for(mention, context, month, number)
    step = step_of(mention.kinds("wdir"))
    if step and context.published is not None and not context.narrative:
        here = values.holiday(rule, context.published.year)
        year = context.published.year
        if here is not None and (
            (step < 0 and here >= context.published) or (step > 0 and here <= context.published)
        ):
            year += step
    return on_day(None if year is None else values.holiday(rule, year), mention, context, anchor)


def read_iso(mention: Mention, context: Context) -> Reading:
    """2014-08-14."""
    parts = [int(token.number) for name in ("year", "month", "day") for token in mention.groups[name]]
    return on_day(values.day(*parts), mention, context, "explicit")


def read_numeric(mention: Mention, context: Context) -> Reading:
    """For example "14.08.2014" is day first; "3/4/2014" is settled only where one order is possible."""
    sep, year = mention.one("sep"), mention.one("year")
    one, two = mention.one("one"), mention.one("two")
    assert sep is not None
    assert year is not None
    assert one is not None
    assert two is not None
    first, second = int(one.number), int(two.number)
    if not year.text.isdigit() or len(year.text) not in (2, 4) or (len(year.text) == 2 and sep.kind == "DOT"):
        return Reading("DATE", None)
    number = int(year.text) if len(year.text) == 4 else full_year(int(year.text), context)
    if number is None:
        return Reading("DATE", None)
    day_first, month_first = values.day(number, second, first), values.day(number, first, second)
    if sep.kind == "DOT":
        month_first = None
    found = {each for each in (day_first, month_first) if each is not None}
    return on_day(found.pop() if len(found) == 1 else None, mention, context, "explicit")


def read_days(mention: Mention, context: Context) -> list[Reading]:
    """Both ends of "5-9 March 1918", each a date of its own."""
    first, second, month = mention.one("day"), mention.one("day2"), mention.one("month")
    assert first is not None
    assert second is not None
    assert month is not None
    split = place_of(mention, context, "join")
    year, anchor = year_for(mention, context, int(month.value), int(second.number))
    readings = []
    for number, start, end in ((first, mention.first, split), (second, split + 1, mention.last)):
        found = None if year is None else values.day(year, int(month.value), int(number.number))
        if found is not None:
            context.story.tell(found.year, found.month, found.day)
        value = None if found is None else found.isoformat()
        if value is not None:
            value += time_of(mention)
        kind: TimeType = "TIME" if "part" in mention.groups else "DATE"
        readings.append(Reading(kind, value, anchor if value else None, start, end))
    return readings


def read_week_of(mention: Mention, context: Context) -> Reading:
    """For example "the week of 6 March": the ISO week that day lies in."""
    month, number = mention.one("month"), mention.one("day")
    assert month is not None
    assert number is not None
    m, n = int(month.value), int(number.number)
    year, anchor = year_for(mention, context, m, n)
    found = None if year is None else values.day(year, m, n)
    return dated(None if found is None else values.week_value(found), anchor)


def read_day_of_story(mention: Mention, context: Context) -> Reading:
    """For example "on the 20th": a day of the month the story is in."""
    number, story = mention.one("day"), context.story
    if number is None or story.year is None or story.month is None:
        return Reading("DATE", None)
    return on_day(values.day(story.year, story.month, int(number.number)), mention, context, "story")


def read_clock(mention: Mention, context: Context) -> Reading:
    """A time of day alone, on the day named last, else on the report's."""
    part = mention.one("part")
    clock = clock_value(mention.groups["clock"], part.value if part else None)
    anchor: Anchor = "story"
    on = context.story.day
    if on is None and not context.narrative:
        on, anchor = context.published, "published"
    if on is None or clock is None:
        return Reading("TIME", None)
    return Reading("TIME", f"{on}T{clock}", anchor)
