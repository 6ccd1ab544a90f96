"""Turn mentions into values: each kind of mention against the context it needs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from variorum.reading.dates import values
from variorum.reading.dates.context import Context
from variorum.reading.dates.expressions import Anchor, TimeType
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.spans import amount, clock_value, duration, reference, set_value, span_value
from variorum.reading.dates.tokens import Token
from variorum.reading.dates.weekdays import nearest_year, weekday_date

Day = datetime.date


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


_STORY_DIRS = ("PREV", "FOLLOW")
_BACKWARD = 6
_DRIFT = (-1, 3)
_BACK = ("LAST", "PAST", "PREV")
_ON = ("NEXT", "FOLLOW", "COMING")


def read(mention: Mention, context: Context, following: Mention | None) -> list[Reading]:
    """The readings of a mention, one as a rule, two for "5-9 March"; the story moves on with them."""
    handler = _HANDLERS.get(mention.kind)
    if handler is None:
        return []
    if mention.kind in ("days", "years"):
        return _pair(mention, context)
    return [handler(mention, context, following)]


def _step(kinds: tuple[str, ...]) -> int:
    if any(kind in _BACK for kind in kinds):
        return -1
    return 1 if any(kind in _ON for kind in kinds) else 0


def _named_year(mention: Mention, context: Context) -> tuple[int | None, Anchor] | None:
    """The year the mention's own words give; None where they give none."""
    year = mention.one("year")
    if year is not None:
        if "bc" in mention.groups and mention.kinds("bc") == ("BC",):
            return -int(year.value), "explicit"
        number = int(year.value)
        if len(year.value) <= 2 and year.kind != "YEARN":
            number = _full_year(number, context)
        return number, "explicit"
    if "ydir" in mention.groups:
        kinds = mention.kinds("ydir")
        if context.published is not None and not context.narrative and kinds[-1] not in _STORY_DIRS:
            return context.published.year + _step(kinds), "published"
        return (None if context.story.year is None else context.story.year + _step(kinds)), "story"
    if "ysame" in mention.groups:
        return context.story.year, "story"
    if "yago" in mention.groups:
        base = context.published.year if context.published and not context.narrative else context.story.year
        return (None if base is None else base - 1), "published" if not context.narrative else "story"
    return None


def _full_year(short: int, context: Context) -> int:
    """The year that two digits stand for: the one nearest the story, else nearest the report's date."""
    base = context.story.year if context.narrative else None
    if base is None:
        base = context.published.year if context.published else 1990
    century = base // 100 * 100
    return min((century + short + shift for shift in (-100, 0, 100)), key=lambda year: abs(year - base))


def _borrowed_year(mention: Mention, context: Context, following: Mention | None) -> int | None:
    """The year of the next date where the two make a range or list ("31 May to 1 June 1916")."""
    if following is None or not 0 <= following.first - mention.last <= 2:
        return None
    between = context.tokens[mention.last : following.first]
    if not all(token.kind in ("DASH", "TO", "AND", "OR", "UNTIL", "COMMA", "THE", "SLASH") for token in between):
        return None
    year, month = following.one("year"), mention.one("month")
    after = following.one("month")
    if year is None or month is None or after is None or year.kind != "YEARN":
        return None
    return int(year.value) - (int(month.value) > int(after.value) and between[0].kind != "AND")


def _year_for(
    mention: Mention, context: Context, following: Mention | None, month: int, number: int | None
) -> tuple[int | None, Anchor]:
    """The year of a month or day, named or not."""
    named = _named_year(mention, context)
    if named is not None:
        return named
    borrowed = _borrowed_year(mention, context, following)
    if borrowed is not None:
        return borrowed, "explicit"
    if context.narrative:
        return _story_year(context, month), "story"
    if context.published is None:
        return None, "published"
    return nearest_year(context.published, month, number, context.tense(mention)), "published"


def _story_year(context: Context, month: int) -> int | None:
    """The year of a bare month in a story: a step back of more than half a year is a step on."""
    story = context.story
    if story.year is None:
        return None
    return story.year + (story.month is not None and story.month - month > _BACKWARD)


def _dated(value: str | None, anchor: Anchor, kind: TimeType = "DATE", slack: int = 0) -> Reading:
    return Reading(kind, value, anchor if value is not None else None, slack=slack)


def _time_of(mention: Mention) -> str:
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


def _on(found: Day | None, mention: Mention, context: Context, anchor: Anchor) -> Reading:
    """A reading for a day, with the time of day the mention adds; the story moves there."""
    time = _time_of(mention)
    if found is None:
        return Reading("TIME" if time else "DATE", None)
    context.story.tell(found.year, found.month, found.day)
    return _dated(found.isoformat() + time, anchor, "TIME" if time else "DATE")


def _day(mention: Mention, context: Context, following: Mention | None) -> Reading:
    month, number = mention.one("month"), mention.one("day")
    if month is not None and number is not None:
        m, n = int(month.value), int(number.number)
        year2 = mention.one("year2")
        year, anchor = (
            (int(year2.value), "explicit") if year2 else _year_for(mention, context, following, m, n)
        )  # type: tuple[int | None, Anchor]
        return _on(None if year is None else values.day(year, m, n), mention, context, anchor)
    holiday = mention.one("holiday")
    if holiday is not None:
        return _holiday(mention, holiday, context, following)
    if "same" in mention.groups:
        base = context.story.day or (None if context.narrative else context.published)
        shift = _step(mention.kinds("same"))
        return _on(None if base is None else values.days_after(base, shift), mention, context, "story")
    deictic = mention.one("deictic")
    if deictic is not None:
        return _deictic(mention, deictic, context)
    weekday = mention.one("weekday")
    if weekday is None:
        return Reading("DATE", None)
    found, anchor = weekday_date(mention, context)
    return _on(found, mention, context, anchor)


def _deictic(mention: Mention, word: Token, context: Context) -> Reading:
    shift = int(word.value[1:])
    if context.narrative:
        return Reading("DATE", {0: "PRESENT_REF", 1: "FUTURE_REF"}.get(shift, "PAST_REF"))
    if context.published is None:
        return Reading("DATE", None)
    return _on(values.days_after(context.published, shift), mention, context, "published")


def _holiday(mention: Mention, word: Token, context: Context, following: Mention | None) -> Reading:
    rule = word.value
    month = int(rule[:2]) if rule[:2].isdigit() else 11 if rule == "thanksgiving" else 4
    number = int(rule[3:]) if rule[:2].isdigit() else 25
    year, anchor = _year_for(mention, context, following, month, number)
    step = _step(mention.kinds("wdir"))
    if step and context.published is not None and not context.narrative:
        here = values.holiday(rule, context.published.year)
        year = context.published.year
        if here is not None and (step < 0 and here >= context.published or step > 0 and here <= context.published):
            year += step
    return _on(None if year is None else values.holiday(rule, year), mention, context, anchor)


def _week_of(mention: Mention, context: Context, following: Mention | None) -> Reading:
    month, number = mention.one("month"), mention.one("day")
    assert month is not None and number is not None
    m, n = int(month.value), int(number.number)
    year, anchor = _year_for(mention, context, following, m, n)
    found = None if year is None else values.day(year, m, n)
    return _dated(None if found is None else values.week_value(found), anchor)


def _iso(mention: Mention, context: Context, _: Mention | None) -> Reading:
    parts = [int(token.number) for name in ("year", "month", "day") for token in mention.groups[name]]
    return _on(values.day(*parts), mention, context, "explicit")


def _numeric(mention: Mention, context: Context, _: Mention | None) -> Reading:
    """"14.08.2014" is day first; "3/4/2014" is settled only where one order is possible."""
    sep, year = mention.one("sep"), mention.one("year")
    one, two = mention.one("one"), mention.one("two")
    assert sep is not None and year is not None and one is not None
    left, _dot, right = one.text.partition(".")
    first, second = (int(left), int(right or 0)) if two is None else (int(one.number), int(two.number))
    if len(year.text) not in (2, 4) or (len(year.text) == 2 and sep.kind == "DOT"):
        return Reading("DATE", None)
    number = int(year.value) if len(year.text) == 4 else _full_year(int(year.text), context)
    day_first, month_first = values.day(number, second, first), values.day(number, first, second)
    if sep.kind == "DOT":
        month_first = None
    found = {each for each in (day_first, month_first) if each is not None}
    return _on(found.pop() if len(found) == 1 else None, mention, context, "explicit")


def _pair(mention: Mention, context: Context) -> list[Reading]:
    """Both ends of "5-9 March 1918" or "1915-17", each a date of its own."""
    first, second = (mention.one("day"), mention.one("day2")) if mention.kind == "days" else (None, None)
    split = next(at for at in range(mention.first, mention.last) if context.tokens[at] is mention.groups["join"][0])
    if first is None or second is None:
        return _year_pair(mention, context, split)
    month = mention.one("month")
    assert month is not None
    year, anchor = _year_for(mention, context, None, int(month.value), int(second.number))
    readings = []
    for number, start, end in ((first, mention.first, split), (second, split + 1, mention.last)):
        found = None if year is None else values.day(year, int(month.value), int(number.number))
        if found is not None:
            context.story.tell(found.year, found.month, found.day)
        value = None if found is None else found.isoformat()
        readings.append(Reading("DATE", value, anchor if value else None, start, end))
    return readings


def _year_pair(mention: Mention, context: Context, split: int) -> list[Reading]:
    first, second = mention.one("year"), mention.one("year2")
    assert first is not None and second is not None
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


def _day_of_story(mention: Mention, context: Context, _: Mention | None) -> Reading:
    number, story = mention.one("day"), context.story
    if number is None or story.year is None or story.month is None:
        return Reading("DATE", None)
    return _on(values.day(story.year, story.month, int(number.number)), mention, context, "story")


def _month(mention: Mention, context: Context, following: Mention | None) -> Reading:
    token = mention.one("month")
    assert token is not None
    month = int(token.value)
    step_kinds = mention.kinds("mdir")
    published = context.published
    if step_kinds and published is not None and not context.narrative and not {"year", "ydir"} & mention.groups.keys():
        step = _step(step_kinds)
        year = published.year
        if step < 0 and month >= published.month or step > 0 and month <= published.month:
            year += step
        anchor: Anchor = "published"
        found: int | None = year
    elif step_kinds and context.story.year is not None and not {"year", "ydir"} & mention.groups.keys():
        now = context.story.month or 6
        step = _step(step_kinds)
        found, anchor = context.story.year, "story"
        if step < 0 and month >= now or step > 0 and month <= now:
            found += step
    else:
        found, anchor = _year_for(mention, context, following, month, None)
    if found is None or not 1 <= found <= 9999:
        return Reading("DATE", None)
    context.story.tell(found, month)
    return _dated(f"{found:04d}-{month:02d}", anchor)


def _year(mention: Mention, context: Context, _: Mention | None) -> Reading:
    named = _named_year(mention, context)
    if named is None or named[0] is None:
        return Reading("DATE", None)
    year = named[0]
    if year < 0:
        return Reading("DATE", f"BC{-year:04d}")
    if not 1 <= year <= 9999:
        return Reading("DATE", None)
    if _moves_story(mention, context, year):
        context.story.tell(year)
    return _dated(f"{year:04d}", "explicit")


def _moves_story(mention: Mention, context: Context, year: int) -> bool:
    """Whether a bare year carries the story on, rather than name a thing ("the 1954 conference")."""
    if context.story.year is None:
        return True
    at = mention.first - 1
    opens = at >= 0 and context.tokens[at].kind == "IN" and (at == 0 or context.tokens[at - 1].kind in ("DOT", "BREAK"))
    return opens or _DRIFT[0] <= year - context.story.year <= _DRIFT[1]


def _decade(mention: Mention, context: Context, _: Mention | None) -> Reading:
    word = mention.one("decade")
    assert word is not None
    digits = word.value
    if len(digits) == 2:
        base = context.published.year if context.published else 1999
        year = base // 100 * 100 + int(digits)
        digits = str(year if year <= base else year - 100)
    return _dated(digits[:3], "explicit") if len(digits) == 4 else Reading("DATE", None)


def _century(mention: Mention, context: Context, _: Mention | None) -> Reading:
    nth, unit = mention.one("nth"), mention.one("unit")
    if nth is None or unit is None or unit.value != "CE" or not 1 <= nth.number <= 30:
        return Reading("DURATION", None)
    before = "BC" if mention.kinds("bc") == ("BC",) else ""
    return _dated(f"{before}{int(nth.number) - 1:02d}", "explicit")


def _season(mention: Mention, context: Context, _: Mention | None) -> Reading:
    word = mention.one("season")
    assert word is not None
    season = word.value
    named = _named_year(mention, context)
    anchor: Anchor
    if named is not None:
        year, anchor = named
    elif context.narrative:
        anchor, year = "story", context.story.year
        if year is not None:
            late = context.story.month is not None and context.story.month >= 9
            year += (season in ("WI", "SP") and late) + _step(mention.kinds("sdir")) * (season not in ("WI", "SP"))
    elif context.published is None:
        return Reading("DATE", None)
    else:
        anchor, year = "published", _season_year(mention, context, season, context.published)
    if year is None or not 2 <= year <= 9998:
        return Reading("DATE", None)
    if anchor == "explicit" and year != context.story.year:
        context.story.tell(year)
    return _dated(f"{year:04d}-{season}", anchor)


def _season_year(mention: Mention, context: Context, season: str, published: Day) -> int:
    order = ("WI", "SP", "SU", "FA")
    now = order.index(values.season_of(published))
    this = published.year + (published.month == 12)
    step = _step(mention.kinds("sdir"))
    if step < 0:
        return this if order.index(season) < now else this - 1
    if step > 0 or "sdir" not in mention.groups and context.tense(mention) == "future":
        return this if order.index(season) > now else this + 1
    return this if "sdir" in mention.groups or order.index(season) <= now else this - 1


def _quarter(mention: Mention, context: Context, _: Mention | None) -> Reading:
    published, story = context.published, context.story
    named = _named_year(mention, context)
    nth, back = mention.one("nth"), "back" in mention.groups
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
        elif published is not None and not context.narrative and context.tokens[mention.last - 1].kind != "PERIOD":
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
        if published is None or (year, quarter) < (published.year, values.quarter_of(published)):
            story.quarter = (year, quarter)
    return _dated(f"{year:04d}-Q{quarter}", anchor) if 1 <= year <= 9999 else Reading("DATE", None)


def _half(mention: Mention, context: Context, _: Mention | None) -> Reading:
    nth = mention.one("nth")
    if nth is None:
        return Reading("DATE", None)
    half = 2 if nth.kind == "LAST" else int(nth.number)
    named = _named_year(mention, context)
    base = context.story.year if context.narrative else context.published.year if context.published else None
    year, anchor = named if named is not None else (base, "story" if context.narrative else "published")
    if year is None or half not in (1, 2) or not 1 <= year <= 9999:
        return Reading("DATE", None)
    return _dated(f"{year:04d}-H{half}", anchor)


def _weekend(mention: Mention, context: Context, _: Mention | None) -> Reading:
    if context.published is None or context.narrative:
        return Reading("DATE", None)
    step = _step(mention.kinds("wdir"))
    week = values.days_after(context.published, 0)
    if step < 0 or step == 0 and "THIS" not in mention.kinds("wdir") and context.tense(mention) != "future":
        # The weekend the report was written on or after: Monday looks back to the week before.
        week = values.days_after(context.published, -7 if context.published.weekday() < 5 or step < 0 else 0)
    elif step > 0:
        week = values.days_after(context.published, 7 if context.published.weekday() >= 5 else 0)
    return _dated(None if week is None else values.week_value(week) + "-WE", "published")


def _unit(mention: Mention, context: Context, _: Mention | None) -> Reading:
    """"last month", "this week", "the following year": a unit counted from a base."""
    unit = mention.one("unit")
    assert unit is not None
    kinds = mention.kinds("dir")
    by_story = context.narrative or kinds[-1] in _STORY_DIRS
    if kinds[-1] == "PAST":
        return Reading("DURATION", duration(1.0, unit.value))
    base, anchor = _base(context, by_story)
    if unit.value == "D" and kinds[-1] in ("NEXT", "FOLLOW") and not context.narrative:
        base, anchor = context.story.day or context.published, "story"
    return _shifted(context, base, _step(kinds), unit.value, anchor, mention)


def _base(context: Context, by_story: bool) -> tuple[tuple[int, int | None, Day | None] | None, Anchor]:
    story = context.story
    if by_story:
        if story.year is not None:
            return (story.year, story.month, story.day), "story"
        if context.narrative:
            return None, "story"
    if context.published is None:
        return None, "published"
    return (context.published.year, context.published.month, context.published), "published"


def _shifted(
    context: Context,
    base: tuple[int, int | None, Day | None] | Day | None,
    count: int,
    unit: str,
    anchor: Anchor,
    mention: Mention,
    slack: int = 0,
) -> Reading:
    """The date ``count`` units after a base, as coarse as the unit; None where the base is coarser."""
    if isinstance(base, Day):
        base = (base.year, base.month, base)
    if base is None:
        return Reading("DATE", None)
    year, month, on = base
    if unit == "F":
        unit, count = "W", count * 2
    if unit in ("D", "W"):
        moved = None if on is None else values.days_after(on, count * (7 if unit == "W" else 1))
        if moved is None:
            return Reading("DATE", None)
        if anchor == "story":
            context.story.tell(moved.year, moved.month, moved.day)
        if unit == "W" and slack == 0:
            return _dated(values.week_value(moved), anchor)
        time = _time_of(mention)
        return Reading("TIME" if time else "DATE", moved.isoformat() + time, anchor, slack=max(slack, 0))
    if unit in ("M", "Q"):
        if month is None:
            return Reading("DATE", None)
        year, month = values.month_shift(year, month, count * (3 if unit == "Q" else 1))
        if not 1 <= year <= 9999:
            return Reading("DATE", None)
        if unit == "Q":
            return _dated(f"{year:04d}-Q{(month - 1) // 3 + 1}", anchor)
        if anchor == "story":
            context.story.tell(year, month)
        return _dated(f"{year:04d}-{month:02d}", anchor)
    year += count * {"DE": 10, "CE": 100, "ML": 1000}.get(unit, 1)
    if not 1 <= year <= 9999:
        return Reading("DATE", None)
    if unit == "Y" and anchor == "story":
        context.story.tell(year)
    width = {"DE": 3, "CE": 2, "ML": 1}.get(unit, 4)
    return _dated(f"{year:04d}"[:width], anchor)


def _story(mention: Mention, context: Context, _: Mention | None) -> Reading:
    """"that day", "the next month", "later in the year": counted from the date named last."""
    unit = mention.one("unit")
    assert unit is not None
    kinds = mention.kinds("same")
    base, anchor = _base(context, context.narrative or "THAT" in kinds or "SAME" in kinds or _step(kinds) != 0)
    if base is not None and unit.value == "D" and base[2] is None and not context.narrative and context.published:
        base, anchor = (context.published.year, context.published.month, context.published), "published"
    step = -1 if "shift" in mention.groups else _step(kinds)
    if base is None:
        return Reading("DATE", None)
    if unit.kind == "PART":
        moved = None if base[2] is None else values.days_after(base[2], step)
        return Reading("TIME", None if moved is None else f"{moved}T{unit.value}", anchor if moved else None)
    if unit.kind == "SEASON":
        return _dated(f"{base[0]:04d}-{unit.value}", anchor)
    if unit.kind == "WEEKEND":
        on = None if base[2] is None else values.days_after(base[2], step * 7)
        return _dated(None if on is None else values.week_value(on) + "-WE", anchor)
    if unit.value in ("TH", "TM", "Q"):
        return Reading("DATE", None)
    return _shifted(context, base, step, unit.value, anchor, mention)


def _year_end(mention: Mention, context: Context, _: Mention | None) -> Reading:
    base, anchor = _base(context, context.narrative)
    return _dated(None if base is None else f"{base[0]:04d}", anchor)


def _ago(mention: Mention, context: Context, _: Mention | None) -> Reading:
    unit, shift = mention.one("unit"), mention.one("shift")
    assert unit is not None and shift is not None
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
    if letter == "Y" and count == 1 and back and context.story.quarter and not context.narrative:
        year, quarter = context.story.quarter
        return _dated(f"{year - 1:04d}-Q{quarter}", "story")
    by_story = context.narrative or shift.kind in ("LATER", "AFTER", "BEFORE") or shift.kind == "EARLIER" and letter != "Y"
    base, anchor = _base(context, by_story)
    if count != int(count):
        count, letter = (count * 12, "M") if letter == "Y" else (float(round(count)), letter)
    slack = 3 if letter == "W" else 0
    return _shifted(context, base, int(count) * (-1 if back else 1), letter, anchor, mention, slack)


def _span(mention: Mention, context: Context, _: Mention | None) -> Reading:
    value = span_value(mention)
    return Reading("DATE" if value.endswith("REF") else "DURATION", value)


def _set(mention: Mention, context: Context, _: Mention | None) -> Reading:
    return Reading("SET", set_value(mention))


def _ref(mention: Mention, context: Context, _: Mention | None) -> Reading:
    return Reading("DATE", reference(mention))


def _part(mention: Mention, context: Context, _: Mention | None) -> Reading:
    token = mention.one("part")
    assert token is not None
    kinds = mention.kinds("dir")
    base, anchor = _base(context, context.narrative or any(k in ("THAT", "SAME", "THE", "NEXT", "FOLLOW") for k in kinds))
    deictic = mention.one("deictic")
    shift = int(deictic.value[1:]) if deictic else _step(kinds)
    if token.kind == "OVERNIGHT" and not context.narrative:
        shift = -1
    on = base[2] if base is not None else None
    if on is None and context.published is not None and not context.narrative:
        on, anchor = context.published, "published"
    moved = None if on is None else values.days_after(on, shift)
    return Reading("TIME", None if moved is None else f"{moved}T{token.value}", anchor if moved else None)


def _clock(mention: Mention, context: Context, _: Mention | None) -> Reading:
    part = mention.one("part")
    clock = clock_value(mention.groups["clock"], part.value if part else None)
    on, anchor = context.story.day, "story"  # type: Day | None, Anchor
    if on is None and not context.narrative:
        on, anchor = context.published, "published"
    if on is None or clock is None:
        return Reading("TIME", None)
    return Reading("TIME", f"{on}T{clock}", anchor)


_HANDLERS: dict[str, Callable[[Mention, Context, Mention | None], Reading]] = {
    "day": _day, "iso": _iso, "numeric": _numeric, "days": _day, "weekof": _week_of, "dayofstory": _day_of_story, "month": _month,
    "year": _year, "years": _year, "decade": _decade, "century": _century, "season": _season, "quarter": _quarter,
    "half": _half, "weekend": _weekend, "unit": _unit, "story": _story, "yearend": _year_end, "ago": _ago,
    "span": _span, "set": _set, "ref": _ref, "part": _part, "clock": _clock,
}  # fmt: skip
