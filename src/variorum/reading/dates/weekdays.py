"""Which day a bare weekday, and which year a bare month or day, of a news report means."""

from __future__ import annotations

import datetime

from variorum.reading.dates import values
from variorum.reading.dates.context import Context, Tense
from variorum.reading.dates.expressions import Anchor
from variorum.reading.dates.rules import Mention

Day = datetime.date


def weekday_date(mention: Mention, context: Context) -> tuple[Day | None, Anchor]:
    """The day a weekday stands for: mostly the last before the report, with a future verb the next."""
    token = mention.one("weekday")
    base, anchor = context.published, "published"  # type: Day | None, Anchor
    kinds = mention.kinds("wdir")
    if context.narrative or "PREV" in kinds or "FOLLOW" in kinds:
        base, anchor = context.story.day, "story"
    if token is None or base is None:
        return None, anchor
    ahead = (int(token.value) - base.isoweekday()) % 7
    if "weekdir" in mention.groups:
        weekly = mention.kinds("weekdir")[-1]
        step = -1 if weekly in ("LAST", "PREV", "PAST") else 1 if weekly in ("NEXT", "FOLLOW", "COMING") else 0
        return values.days_after(base, int(token.value) - base.isoweekday() + 7 * step), anchor
    if any(kind in ("NEXT", "FOLLOW", "COMING", "THIS") for kind in kinds):
        return values.days_after(base, ahead or 7), anchor
    if any(kind in ("LAST", "PREV", "PAST") for kind in kinds):
        return values.days_after(base, ahead - 7), anchor
    if context.narrative or context.tense(mention) == "future":
        return values.days_after(base, ahead), anchor
    return values.days_after(base, ahead - 7 if ahead else 0), anchor


def nearest_year(published: Day, month: int, number: int | None, tense: Tense | None) -> int:
    """The year that puts a bare month or day before the report, or after it with a future verb."""
    here = (month, number or 0)
    now = (published.month, published.day if number else 0)
    if tense == "future":
        return published.year + (here < now)
    return published.year - (here > now)
