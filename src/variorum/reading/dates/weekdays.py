"""Which day a bare weekday, and which year a bare month or day, of a news report means."""

from __future__ import annotations

import datetime

from variorum.reading.dates import values
from variorum.reading.dates.context import Context, Tense
from variorum.reading.dates.expressions import Anchor
from variorum.reading.dates.rules import Mention

Day = datetime.date

_BACK = ("LAST", "PREV", "PAST")
_ON = ("NEXT", "FOLLOW", "COMING")


def weekday_date(mention: Mention, context: Context) -> tuple[Day | None, Anchor]:
    """The day a weekday stands for: mostly the last before the report, with a future verb the next."""
    token = mention.one("weekday")
    anchor: Anchor = "published"
    base = context.published
    kinds = mention.kinds("wdir")
    if context.narrative or "PREV" in kinds or "FOLLOW" in kinds:
        base, anchor = context.story.day, "story"
    if token is None or base is None:
        return None, anchor
    ahead = (int(token.value) - base.isoweekday()) % 7
    if "weekdir" in mention.groups:
        weekly = mention.kinds("weekdir")[-1]
        step = (
            -1 if weekly in ("LAST", "PREV", "PAST") else 1 if weekly in ("NEXT", "FOLLOW", "COMING") else 0
        )
        return values.days_after(base, int(token.value) - base.isoweekday() + 7 * step), anchor
    if any(kind in (*_ON, "THIS") for kind in kinds):
        return values.days_after(base, ahead or 7), anchor
    if any(kind in _BACK for kind in kinds):
        return values.days_after(base, ahead - 7), anchor
    if context.narrative or context.tense(mention) == "future":
        return values.days_after(base, ahead), anchor
    return values.days_after(base, ahead - 7 if ahead else 0), anchor


# How many days, or months, ahead of the report a bare date may lie, by the tense of its clause.
# Without a year a writer means the nearest such date; the tense shifts the middle.
_AHEAD_DAYS: dict[Tense | None, int] = {"past": 60, None: 180, "future": 250}
_AHEAD_MONTHS: dict[Tense | None, int] = {"past": 1, None: 4, "future": 9}


def nearest_year(published: Day, month: int, number: int | None, tense: Tense | None) -> int:
    """The year of a bare month or day: the nearest to the report, leaning to the side of the tense."""
    if number is None:
        months = (month - published.month) % 12
        ahead = months <= _AHEAD_MONTHS[tense]
        return published.year + (ahead and month < published.month) - (not ahead and month > published.month)
    here = published.year + ((month, number) < (published.month, published.day))
    coming = values.day(here, month, number)
    if coming is None:
        return published.year
    return here if (coming - published).days <= _AHEAD_DAYS[tense] else here - 1
