"""Mentions counted from another date: "last month", "two days later", "that evening"."""

from __future__ import annotations

import datetime

from variorum.reading.dates import values
from variorum.reading.dates.context import Context
from variorum.reading.dates.expressions import Anchor
from variorum.reading.dates.readings import STORY_DIRS, Reading, dated, step_of, time_of
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.spans import amount, duration

Day = datetime.date
# A date to count from, as far as it is known: year, month, day.
Base = tuple[int, int | None, Day | None]

_WIDTH = {"DE": 3, "CE": 2, "ML": 1}
_YEARS = {"DE": 10, "CE": 100, "ML": 1000}


def base_of(context: Context, by_story: bool) -> tuple[Base | None, Anchor]:
    """The date to count from: the story's or the report's; None where neither is known."""
    story = context.story
    if by_story:
        if story.year is not None:
            return (story.year, story.month, story.day), "story"
        if context.narrative:
            return None, "story"
    if context.published is None:
        return None, "published"
    return (context.published.year, context.published.month, context.published), "published"


def shifted(
    context: Context,
    base: Base | None,
    count: int,
    unit: str,
    anchor: Anchor,
    mention: Mention,
    slack: int = 0,
) -> Reading:
    """The date ``count`` units after a base, as coarse as the unit; no value where the base is coarser.

    A step on moves the story there; a look back ("the previous year") leaves it where it was.
    """
    if base is None:
        return Reading("DATE", None)
    year, month, on = base
    if unit == "F":
        unit, count = "W", count * 2
    if unit in ("D", "W"):
        moved = None if on is None else values.days_after(on, count * (7 if unit == "W" else 1))
        if moved is None:
            return Reading("DATE", None)
        if slack == 0 and unit == "D" and (count >= 0 or anchor == "published"):
            context.story.tell(moved.year, moved.month, moved.day)
        if unit == "W" and slack == 0:
            return dated(values.week_value(moved), anchor)
        time = time_of(mention)
        return Reading("TIME" if time else "DATE", moved.isoformat() + time, anchor, slack=max(slack, 0))
    if unit in ("M", "Q"):
        if month is None:
            return Reading("DATE", None)
        year, month = values.month_shift(year, month, count * (3 if unit == "Q" else 1))
        if not 1 <= year <= 9999:
            return Reading("DATE", None)
        if unit == "Q":
            return dated(f"{year:04d}-Q{(month - 1) // 3 + 1}", anchor)
        if anchor == "story" and count >= 0:
            context.story.tell(year, month)
        return dated(f"{year:04d}-{month:02d}", anchor)
    year += count * _YEARS.get(unit, 1)
    if not 1 <= year <= 9999:
        return Reading("DATE", None)
    if unit == "Y" and anchor == "story" and count >= 0:
        context.story.tell(year)
    width = _WIDTH.get(unit, 4)
    return dated(f"{year:04d}"[:width], anchor)


def read_unit(mention: Mention, context: Context) -> Reading:
    """For example "last month", "this week", "the following year": a unit counted from a base."""
    unit = mention.one("unit")
    assert unit is not None
    kinds = mention.kinds("dir")
    by_story = context.narrative or kinds[-1] in STORY_DIRS
    if kinds[-1] == "PAST":
        return Reading("DURATION", duration(1.0, unit.value))
    base, anchor = base_of(context, by_story)
    if unit.value == "D" and kinds[-1] in ("NEXT", "FOLLOW") and not context.narrative:
        day = context.story.day or context.published
        base, anchor = None if day is None else (day.year, day.month, day), "story"
    return shifted(context, base, step_of(kinds), unit.value, anchor, mention)


def read_story(mention: Mention, context: Context) -> Reading:
    """For example "that day", "the next month", "later in the year": counted from the date named last."""
    unit = mention.one("unit")
    assert unit is not None
    kinds = mention.kinds("same")
    base, anchor = base_of(
        context, context.narrative or "THAT" in kinds or "SAME" in kinds or step_of(kinds) != 0
    )
    if (
        base is not None
        and unit.value == "D"
        and base[2] is None
        and not context.narrative
        and context.published
    ):
        base, anchor = (context.published.year, context.published.month, context.published), "published"
    step = -1 if "shift" in mention.groups else step_of(kinds)
    if base is None:
        return Reading("DATE", None)
    if unit.kind == "PART":
        moved = None if base[2] is None else values.days_after(base[2], step)
        return Reading("TIME", None if moved is None else f"{moved}T{unit.value}", anchor if moved else None)
    if unit.kind == "SEASON":
        return dated(f"{base[0]:04d}-{unit.value}", anchor)
    if unit.kind == "WEEKEND":
        on = None if base[2] is None else values.days_after(base[2], step * 7)
        return dated(None if on is None else values.week_value(on) + "-WE", anchor)
    if unit.value in ("TH", "TM", "Q"):
        return Reading("DATE", None)
    return shifted(context, base, step, unit.value, anchor, mention)


def read_the_year(mention: Mention, context: Context) -> Reading:
    """For example "for the year": the year of the report, a mere length where its end is named."""
    if "ended" in mention.groups:
        return Reading("DURATION", "P1Y", last=mention.last - 1)
    return read_year_end(mention, context)


def read_year_end(mention: Mention, context: Context) -> Reading:
    """For example "year-end": the year is all that is sure."""
    base, anchor = base_of(context, context.narrative)
    return dated(None if base is None else f"{base[0]:04d}", anchor)


def read_ago(mention: Mention, context: Context) -> Reading:
    """For example "two days ago", "three weeks later"; hours and minutes are durations."""
    unit, shift = mention.one("unit"), mention.one("shift")
    assert unit is not None
    assert shift is not None
    letter = unit.value if unit.kind != "SECOND" else "TS"
    quant = mention.groups.get("quant")
    count = amount(quant) if quant else None
    if count is not None and "half" in mention.groups:
        count += 0.5
    back = shift.kind in ("AGO", "EARLIER", "BEFORE")
    if letter in ("TH", "TM", "TS"):
        return Reading("DURATION", duration(count, letter))
    if count is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
    if (
        letter == "Y"
        and count == 1
        and back
        and context.story.quarter
        and not context.story.months
        and not context.narrative
    ):
        year, quarter = context.story.quarter
        return dated(f"{year - 1:04d}-Q{quarter}", "story")
    by_story = (
        context.narrative
        or shift.kind in ("LATER", "AFTER", "BEFORE")
        or (shift.kind == "EARLIER" and letter != "Y")
    )
    base, anchor = base_of(context, by_story)
    if count != int(count):
        count, letter = (count * 12, "M") if letter == "Y" else (float(round(count)), letter)
    slack = 3 if letter == "W" else 0
    return shifted(context, base, int(count) * (-1 if back else 1), letter, anchor, mention, slack)


def read_part(mention: Mention, context: Context) -> Reading:
    """For example "this morning", "that night", "overnight"."""
    token = mention.one("part")
    assert token is not None
    kinds = mention.kinds("dir")
    base, anchor = base_of(
        context, context.narrative or any(k in ("THAT", "SAME", "THE", "NEXT", "FOLLOW") for k in kinds)
    )
    deictic = mention.one("deictic")
    shift = int(deictic.value[1:]) if deictic else step_of(kinds)
    if token.kind == "OVERNIGHT" and not context.narrative:
        shift = -1
    on = base[2] if base is not None else None
    if on is None and context.published is not None and not context.narrative:
        on, anchor = context.published, "published"
    day = None if on is None else values.days_after(on, shift)
    return Reading("TIME", None if day is None else f"{day}T{token.value}", anchor if day else None)
