"""What a mention means, and the pieces its meaning is put together from: years, days, times of day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from variorum.reading.dates.context import Context
from variorum.reading.dates.expressions import Anchor, TimeType
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.spans import clock_value
from variorum.reading.dates.weekdays import nearest_year

Day = datetime.date

STORY_DIRS = ("PREV", "FOLLOW")
_BACK = ("LAST", "PAST", "PREV")
_ON = ("NEXT", "FOLLOW", "COMING")
_LONG_BACK = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mention means: type, value (None if unsettled), what it rests on, and its tokens.

    ``slack`` is by how many days the true day may lie to either side of the value's.
    """

    type: TimeType
    value: str | None
    anchored: Anchor | None = None
    first: int | None = None
    last: int | None = None
    slack: int = 0


def step_of(kinds: tuple[str, ...]) -> int:
    """Which way words like "last" and "next" step: -1 back, 1 on, 0 neither."""
    if any(kind in _BACK for kind in kinds):
        return -1
    return 1 if any(kind in _ON for kind in kinds) else 0


def named_year(mention: Mention, context: Context) -> tuple[int | None, Anchor] | None:
    """The year the mention's own words give; None where they give none."""
    year = mention.one("year")
    if year is not None:
        if "bc" in mention.groups and mention.kinds("bc") == ("BC",):
            return -int(year.value), "explicit"
        number = int(year.value)
        if len(year.value) <= 2 and year.kind != "YEARN":
            return full_year(number, context), "explicit"
        return number, "explicit"
    if "ydir" in mention.groups:
        kinds = mention.kinds("ydir")
        if context.published is not None and not context.narrative and kinds[-1] not in STORY_DIRS:
            return context.published.year + step_of(kinds), "published"
        return (None if context.story.year is None else context.story.year + step_of(kinds)), "story"
    if "ysame" in mention.groups:
        return context.story.year, "story"
    if "yago" in mention.groups:
        base = context.published.year if context.published and not context.narrative else context.story.year
        return (None if base is None else base - 1), "published" if not context.narrative else "story"
    return None


def full_year(short: int, context: Context) -> int | None:
    """The year that two digits stand for: the one nearest the story, else nearest the report's date."""
    base = context.story.year if context.narrative else None
    if base is None:
        base = context.published.year if context.published else context.story.year
    if base is None:
        return None
    century = base // 100 * 100
    return min((century + short + shift for shift in (-100, 0, 100)), key=lambda year: abs(year - base))


def year_for(mention: Mention, context: Context, month: int, number: int | None) -> tuple[int | None, Anchor]:
    """The year of a month or day, named or not."""
    named = named_year(mention, context)
    if named is not None:
        return named
    borrowed = _borrowed_year(mention, context)
    if borrowed is not None:
        return borrowed, "explicit"
    if context.narrative or context.published is None:
        return _story_year(context, month), "story"
    return nearest_year(context.published, month, number, context.tense(mention)), "published"


def _borrowed_year(mention: Mention, context: Context) -> int | None:
    """The year of the next date where the two make a range or list ("31 May to 1 June 1916")."""
    following = context.following
    if following is None or not 0 <= following.first - mention.last <= 2:
        return None
    between = context.tokens[mention.last : following.first]
    if not all(
        token.kind in ("DASH", "TO", "AND", "OR", "UNTIL", "COMMA", "THE", "SLASH") for token in between
    ):
        return None
    year, month = following.one("year"), mention.one("month")
    after = following.one("month")
    if year is None or month is None or after is None or year.kind != "YEARN":
        return None
    return int(year.value) - (int(month.value) > int(after.value) and between[0].kind != "AND")


def _story_year(context: Context, month: int) -> int | None:
    """The year of a bare month in a story: a step back of more than half a year is a step on."""
    story = context.story
    if story.year is None:
        return None
    return story.year + (story.month is not None and story.month - month > _LONG_BACK)


def dated(value: str | None, anchor: Anchor, kind: TimeType = "DATE", slack: int = 0) -> Reading:
    """A reading of a calendar date; without a value it rests on nothing."""
    return Reading(kind, value, anchor if value is not None else None, slack=slack)


def time_of(mention: Mention) -> str:
    """The part of a value after the day: a clock time or a part of the day; empty if none is named."""
    for name in ("clock", "clock2"):
        tokens = mention.groups.get(name)
        if tokens is not None and (clock := clock_value(tokens)) is not None:
            return "T" + clock
    for name in ("part", "part2"):
        token = mention.one(name)
        if token is not None and token.value:
            return "T" + token.value
    return ""


def on_day(found: Day | None, mention: Mention, context: Context, anchor: Anchor) -> Reading:
    """A reading for a day, with the time of day the mention adds; the story moves there."""
    time = time_of(mention)
    if found is None:
        return Reading("TIME" if time else "DATE", None)
    context.story.tell(found.year, found.month, found.day)
    return dated(found.isoformat() + time, anchor, "TIME" if time else "DATE")


def place_of(mention: Mention, context: Context, group: str) -> int:
    """The place in the text's tokens of the first token of a group."""
    token = mention.groups[group][0]
    return next(at for at in range(mention.first, mention.last) if context.tokens[at] is token)
