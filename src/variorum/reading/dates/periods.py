"""Mentions of a month, a year, a season or another stretch with a name of its own."""

from __future__ import annotations

import datetime

from variorum.reading.dates import values
from variorum.reading.dates.context import Context
from variorum.reading.dates.expressions import Anchor
from variorum.reading.dates.readings import Reading, dated, named_year, place_of, step_of, year_for
from variorum.reading.dates.rules import Mention

Day = datetime.date

# How far a bare year in the middle of a sentence may lie from the story and still carry it on.
_DRIFT = (-1, 3)


def read_month(mention: Mention, context: Context) -> Reading:
    """A month, with or without its year."""
    token = mention.one("month")
    assert token is not None
    month = int(token.value)
    step_kinds = mention.kinds("mdir")
    published = context.published
    if (
        step_kinds
        and published is not None
        and not context.narrative
        and not {"year", "ydir"} & mention.groups.keys()
    ):
        step = step_of(step_kinds)
        year = published.year
        if (step < 0 and month >= published.month) or (step > 0 and month <= published.month):
            year += step
        anchor: Anchor = "published"
        found: int | None = year
    elif step_kinds and context.story.year is not None:
        now = context.story.month or 6
        step = step_of(step_kinds)
        found, anchor = context.story.year, "story"
        if (step < 0 and month >= now) or (step > 0 and month <= now):
            found += step
    else:
        found, anchor = year_for(mention, context, month, None)
    if found is None or not 1 <= found <= 9999:
        return Reading("DATE", None)
    context.story.tell(found, month)
    return dated(f"{found:04d}-{month:02d}", anchor)


def read_year(mention: Mention, context: Context) -> Reading:
    """A year, this side of the era or before it."""
    named = named_year(mention, context)
    if named is None or named[0] is None:
        return Reading("DATE", None)
    year = named[0]
    if year < 0:
        return Reading("DATE", f"BC{-year:04d}")
    if not 1 <= year <= 9999:
        return Reading("DATE", None)
    if _moves_story(mention, context, year):
        context.story.tell(year)
    return dated(f"{year:04d}", "explicit")


def _moves_story(mention: Mention, context: Context, year: int) -> bool:
    """Whether a bare year carries the story on, rather than name a thing ("the 1954 conference")."""
    if context.story.year is None:
        return True
    at = mention.first - 1
    opens = (
        at >= 0
        and context.tokens[at].kind == "IN"
        and (at == 0 or context.tokens[at - 1].kind in ("DOT", "BREAK"))
    )
    if opens:
        return True
    if context.tense(mention) == "future":
        return False
    if _DRIFT[0] <= year - context.story.year <= _DRIFT[1]:
        return True
    # Two years in a row that lie close to each other, though far from the story: it has moved there.
    aside, context.story.aside = context.story.aside, year
    return aside is not None and aside != year and _DRIFT[0] <= year - aside <= _DRIFT[1]


def read_years(mention: Mention, context: Context) -> list[Reading]:
    """Both ends of "1915-17", each a year of its own."""
    first, second = mention.one("year"), mention.one("year2")
    assert first is not None
    assert second is not None
    split = place_of(mention, context, "join")
    begin = int(first.value)
    end = int(second.value)
    if "bc" in mention.groups:
        return [
            Reading("DATE", f"BC{begin:04d}", None, mention.first, split),
            Reading("DATE", f"BC{end:04d}", None, split + 1, mention.last),
        ]
    if end < 100:
        end += begin // 100 * 100
    context.story.tell(begin)
    return [
        Reading("DATE", f"{begin:04d}", "explicit", mention.first, split),
        Reading("DATE", f"{end:04d}", "explicit", split + 1, mention.last),
    ]


def read_decade(mention: Mention, context: Context) -> Reading:
    """For example "the 1990s", "the nineties"."""
    word = mention.one("decade")
    assert word is not None
    digits = word.value
    if len(digits) == 2:
        base = context.published.year if context.published else context.story.year
        if base is None:
            return Reading("DATE", None)
        year = base // 100 * 100 + int(digits)
        digits = str(year if year <= base else year - 100)
    return dated(digits[:3], "explicit") if len(digits) == 4 else Reading("DATE", None)


def read_century(mention: Mention, context: Context) -> Reading:
    """For example "the nineteenth century"."""
    nth, unit = mention.one("nth"), mention.one("unit")
    if nth is None or unit is None or unit.value != "CE" or not 1 <= nth.number <= 30:
        return Reading("DURATION", None)
    before = "BC" if mention.kinds("bc") == ("BC",) else ""
    return dated(f"{before}{int(nth.number) - 1:02d}", "explicit")


def read_season(mention: Mention, context: Context) -> Reading:
    """A season, with or without its year; a winter bears the year it ends in."""
    word = mention.one("season")
    assert word is not None
    season = word.value
    named = named_year(mention, context)
    anchor: Anchor
    if named is not None:
        year, anchor = named
    elif context.narrative:
        anchor, year = "story", context.story.year
        if year is not None:
            late = context.story.month is not None and context.story.month >= 9
            year += (season in ("WI", "SP") and late) + step_of(mention.kinds("sdir")) * (
                season not in ("WI", "SP")
            )
    elif context.published is None:
        return Reading("DATE", None)
    else:
        anchor, year = "published", _season_year(mention, context, season, context.published)
    if year is None or not 2 <= year <= 9998:
        return Reading("DATE", None)
    if anchor == "explicit" and year != context.story.year:
        context.story.tell(year)
    return dated(f"{year:04d}-{season}", anchor)


def _season_year(mention: Mention, context: Context, season: str, published: Day) -> int:
    order = ("WI", "SP", "SU", "FA")
    now = order.index(values.season_of(published))
    this = published.year + (published.month == 12)
    step = step_of(mention.kinds("sdir"))
    if step < 0:
        return this if order.index(season) < now else this - 1
    if step > 0 or ("sdir" not in mention.groups and context.tense(mention) == "future"):
        return this if order.index(season) > now else this + 1
    return this if "sdir" in mention.groups or order.index(season) <= now else this - 1


def read_quarter(mention: Mention, context: Context) -> Reading:
    """A quarter of a year; a bare "the quarter" is the one the report is about."""
    published, story = context.published, context.story
    named = named_year(mention, context)
    nth, back = mention.one("nth"), "back" in mention.groups
    story.months = False
    year: int | None
    if nth is not None:
        quarter = int(nth.number)
        if not 1 <= quarter <= 4:
            return Reading("DATE", None)
        if named is not None:
            year, anchor = named
        elif published is None:
            return Reading("DATE", None)
        else:
            anchor = "published"
            year = published.year - (quarter > values.quarter_of(published))
    else:
        anchor = "story" if story.quarter else "published"
        if story.quarter is not None:
            year, quarter = story.quarter
        elif (
            published is not None
            and not context.narrative
            and context.tokens[mention.last - 1].kind != "PERIOD"
        ):
            shift = -1 if context.tokens[mention.first].text.lower() != "this" else 0
            year, month = values.month_shift(published.year, published.month, 3 * shift)
            quarter = (month - 1) // 3 + 1
        else:
            return Reading("DATE", None)
        if named is not None:
            year = named[0]
    if year is None:
        return Reading("DATE", None)
    if back:
        year -= 1
    elif named is None or named[1] != "explicit":
        now = None if published is None else (published.year, values.quarter_of(published))
        story.quarter = (year, quarter) if now is None or (year, quarter) < now else story.quarter
    return dated(f"{year:04d}-Q{quarter}", anchor) if 1 <= year <= 9999 else Reading("DATE", None)


def read_half(mention: Mention, context: Context) -> Reading:
    """For example "the first half of 2014"."""
    nth = mention.one("nth")
    if nth is None:
        return Reading("DATE", None)
    half = 2 if nth.kind == "LAST" else int(nth.number)
    named = named_year(mention, context)
    base = context.story.year if context.narrative else context.published.year if context.published else None
    year, anchor = named if named is not None else (base, "story" if context.narrative else "published")
    if year is None or half not in (1, 2) or not 1 <= year <= 9999:
        return Reading("DATE", None)
    return dated(f"{year:04d}-H{half}", anchor)


def read_weekend(mention: Mention, context: Context) -> Reading:
    """A weekend, the one past unless the tense looks ahead."""
    if context.published is None or context.narrative:
        return Reading("DATE", None)
    step = step_of(mention.kinds("wdir"))
    week = values.days_after(context.published, 0)
    if step < 0 or (step == 0 and "THIS" not in mention.kinds("wdir") and context.tense(mention) != "future"):
        # The weekend the report was written on or after: Monday looks back to the week before.
        week = values.days_after(context.published, -7 if context.published.weekday() < 5 or step < 0 else 0)
    elif step > 0:
        week = values.days_after(context.published, 7 if context.published.weekday() >= 5 else 0)
    return dated(None if week is None else values.week_value(week) + "-WE", "published")
