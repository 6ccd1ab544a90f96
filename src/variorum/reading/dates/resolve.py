"""Turn mentions into values: each kind of mention by the reader for its kind."""

from __future__ import annotations

from collections.abc import Callable

from variorum.reading.dates.context import Context
from variorum.reading.dates.days import (
    read_clock,
    read_day,
    read_day_of_story,
    read_days,
    read_iso,
    read_numeric,
    read_week_of,
)
from variorum.reading.dates.periods import (
    read_century,
    read_decade,
    read_half,
    read_month,
    read_quarter,
    read_season,
    read_weekend,
    read_year,
    read_years,
)
from variorum.reading.dates.readings import Reading
from variorum.reading.dates.relative import (
    read_ago,
    read_part,
    read_story,
    read_the_year,
    read_unit,
    read_year_end,
)
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.spans import reference, set_value, span_value


def read(mention: Mention, context: Context) -> list[Reading]:
    """The readings of a mention, one as a rule, two for "5-9 March"; the story moves on with them."""
    if mention.kind == "days":
        return read_days(mention, context)
    if mention.kind == "years":
        return read_years(mention, context)
    return [_READERS[mention.kind](mention, context)]


def _span(mention: Mention, context: Context) -> Reading:
    value = span_value(mention)
    unit = mention.one("unit")
    if unit is not None and unit.value == "M" and context.tokens[mention.first].kind == "THE":
        context.story.months = True
    return Reading("DATE" if value.endswith("REF") else "DURATION", value)


def _set(mention: Mention, context: Context) -> Reading:
    return Reading("SET", set_value(mention))


def _ref(mention: Mention, context: Context) -> Reading:
    return Reading("DATE", reference(mention))


_READERS: dict[str, Callable[[Mention, Context], Reading]] = {
    "day": read_day,
    "iso": read_iso,
    "numeric": read_numeric,
    "weekof": read_week_of,
    "dayofstory": read_day_of_story,
    "clock": read_clock,
    "month": read_month,
    "year": read_year,
    "decade": read_decade,
    "century": read_century,
    "season": read_season,
    "quarter": read_quarter,
    "half": read_half,
    "weekend": read_weekend,
    "unit": read_unit,
    "story": read_story,
    "theyear": read_the_year,
    "yearend": read_year_end,
    "ago": read_ago,
    "part": read_part,
    "span": _span,
    "set": _set,
    "ref": _ref,
}
