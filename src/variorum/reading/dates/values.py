"""Calendar arithmetic on TIMEX3 values: make them, move them, and read the days they cover."""

from __future__ import annotations

import datetime
import re

Day = datetime.date
_DAY = datetime.timedelta(days=1)
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
_DATE = re.compile(r"(\d{4})(?:-(?:W(\d{2})(-WE)?|Q([1-4])|H([12])|(SP|SU|FA|WI)|(\d{2})(?:-(\d{2}))?))?")


def day(year: int, month: int, number: int) -> Day | None:
    """The day, or None where the calendar has no such day."""
    try:
        return Day(year, month, number)
    except (ValueError, OverflowError):
        return None


def days_after(base: Day, count: int) -> Day | None:
    """The day ``count`` days after ``base``, or None outside the calendar."""
    try:
        return base + count * _DAY
    except OverflowError:
        return None


def week_value(of: Day) -> str:
    """The ISO week a day lies in, as a TIMEX3 value."""
    year, week, _ = of.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_shift(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month ``count`` months later."""
    months = year * 12 + (month - 1) + count
    return months // 12, months % 12 + 1


def season_of(of: Day) -> str:
    """The northern season a day lies in."""
    return {0: "WI", 1: "SP", 2: "SU", 3: "FA"}[of.month % 12 // 3]


def quarter_of(of: Day) -> int:
    """The calendar quarter a day lies in."""
    return (of.month - 1) // 3 + 1


def easter(year: int) -> Day:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return Day(year, month, number + 1)


def holiday(rule: str, year: int) -> Day | None:
    """The day of a holiday in a year; ``rule`` is MM-DD, "easter" with an offset, or "thanksgiving"."""
    if not 1583 <= year <= 9998:
        return None
    if rule == "thanksgiving":
        first = Day(year, 11, 1)
        return first + ((3 - first.weekday()) % 7 + 21) * _DAY
    if rule.startswith("easter"):
        return easter(year) + int(rule.removeprefix("easter")) * _DAY
    month, number = rule.split("-")
    return day(year, int(month), int(number))


def interval(value: str | None) -> tuple[Day, Day] | None:
    """The first and last day a DATE or TIME value covers; None for all that is no calendar date.

    A winter bears the name of one year but may begin or end in it: its interval covers both.
    """
    if not value:
        return None
    head = value.split("T", 1)[0]
    if re.fullmatch(r"\d{3}", head):
        return _years(int(head) * 10, 10)
    if re.fullmatch(r"\d{2}", head):
        return _years(int(head) * 100, 100)
    found = _DATE.fullmatch(head)
    if found is None:
        return None
    year, (week, weekend, quarter, half, season, month, number) = int(found[1]), found.groups()[1:]
    try:
        if week:
            monday = Day.fromisocalendar(year, int(week), 1)
            return (monday + 5 * _DAY if weekend else monday), monday + 6 * _DAY
        if quarter:
            return _months(year, int(quarter) * 3 - 2, 3)
        if half:
            return _months(year, int(half) * 6 - 5, 6)
        if season == "WI":
            return Day(year - 1, 12, 1), Day(year + 1, 3, 1) - _DAY
        if season:
            first, _ = _SEASONS[season]
            return _months(year, first, 3)
        if number:
            only = Day(year, int(month), int(number))
            return only, only
        if month:
            return _months(year, int(month), 1)
    except (ValueError, OverflowError):
        return None
    return _years(year, 1)


def _months(year: int, month: int, count: int) -> tuple[Day, Day]:
    after = month_shift(year, month, count)
    return Day(year, month, 1), Day(*after, 1) - _DAY


def _years(year: int, count: int) -> tuple[Day, Day] | None:
    if not 1 <= year <= 9999 - count:
        return None
    return Day(year, 1, 1), Day(year + count - 1, 12, 31)
