"""Durations, sets and references: values that need neither the report's date nor the story."""

from __future__ import annotations

from variorum.reading.dates.rules import Mention
from variorum.reading.dates.tokens import Token

_FINE = ("TH", "TM", "TS")
_VAGUE = 99
_TENFOLD = {"DE": 10, "CE": 100, "ML": 1000}


def amount(tokens: tuple[Token, ...]) -> float | None:
    """The number that words of quantity stand for ("two or three" → 2); None for "a few"."""
    if any(token.kind == "FEW" and token.text.lower() != "couple" for token in tokens):
        return None
    numbers = [token.number for token in tokens if token.kind in ("SMALL", "DAYN", "YEARN", "NUMBER", "CARD")]
    half = 0.5 if any(token.kind == "HALF" for token in tokens) else 0.0
    if numbers:
        return numbers[0] + half
    if any(token.kind == "FEW" for token in tokens):
        return 2.0
    if half:
        return half
    return 1.0


def duration(count: float | None, unit: str) -> str:
    """A TIMEX3 duration: ``duration(2, "W")`` is P2W; a count of None makes PXW."""
    if unit == "WE":
        count, unit = (None if count is None else count * 2), "D"
    if unit == "Q":
        count, unit = (None if count is None else count * 3), "M"
    if unit == "F":
        count, unit = (None if count is None else count * 2), "W"
    if unit in _TENFOLD and count is not None:
        count, unit = count * _TENFOLD[unit], "Y"
    head, letter = ("PT", unit[1]) if unit in _FINE else ("P", unit)
    if count is None:
        return f"{head}X{letter}"
    whole = int(count)
    if count != whole:
        smaller = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S")}.get(unit)
        if smaller is None or round(smaller[0] * (count - whole), 6) % 1:
            return f"{head}{count:g}{letter}"
        rest = f"{round((count - whole) * smaller[0])}{smaller[1]}"
        return f"{head}{whole}{letter}{rest}" if whole else f"{head}{rest}"
    return f"{head}{whole}{letter}"


def span_value(mention: Mention) -> str:
    """The duration a mention of kind "span" stands for."""
    unit = mention.one("unit")
    assert unit is not None
    direction = mention.kinds("dir")[-1:]
    if "quant" not in mention.groups and direction in (("RECENT",), ("PAST",)):
        return "PAST_REF"
    if "quant" not in mention.groups and direction in (("COMING",), ("FUTURE",)):
        return "FUTURE_REF"
    letter = unit.value if unit.kind != "SECOND" else "TS"
    quant = mention.groups.get("quant")
    if quant is None:
        alone = "past" in mention.groups or unit.kind not in ("UNITS",)
        return duration(1.0 if alone else None, letter)
    if quant[-1].kind in ("ORD", "ORDN"):
        return duration(None, letter)
    count = amount(quant)
    if "half" in mention.groups and count is not None:
        count += 0.5
    return duration(count, letter)


def set_value(mention: Mention) -> str | None:
    """The value of a mention of kind "set": how often, as a period or a pattern of dates."""
    word = mention.one("setw")
    if word is not None:
        return word.value
    weekday = mention.one("weekdays")
    if weekday is not None:
        parts = "PARTS" in [kind for name in mention.groups for kind in mention.kinds(name)] or mention.one(
            "part2"
        )
        return f"XXXX-WXX-{weekday.value}" + ("TNI" if parts else "")
    unit = mention.one("unit")
    if unit is None:
        return None
    match unit.kind:
        case "WEEKDAY":
            return f"XXXX-WXX-{unit.value}"
        case "MONTH" | "MONTHABBR":
            return f"XXXX-{int(unit.value):02d}"
        case "SEASON":
            return f"XXXX-{unit.value}"
        case "WEEKEND":
            return "XXXX-WXX-WE"
        case "PART":
            return f"XXXX-XX-XXT{unit.value}"
        case "SECOND":
            return None
    if unit.value == "Q":
        return "P3M"
    number = mention.groups.get("num")
    return duration(amount(number) if number else 1.0, unit.value)


def reference(mention: Mention) -> str | None:
    """The value of a mention of kind "ref": past, present or future without a date."""
    word = mention.one("ref")
    if word is not None:
        return word.value
    for name, value in (("present", "PRESENT_REF"), ("past", "PAST_REF"), ("future", "FUTURE_REF")):
        if name in mention.groups:
            return value
    return None


def clock_value(tokens: tuple[Token, ...], part: str | None = None) -> str | None:
    """The time of day that clock words stand for ("7:15 p.m." → 19:15); None where there is no such time."""
    if tokens[0].kind == "NOON":
        return tokens[0].value
    numbers = [token for token in tokens if token.kind in ("SMALL", "DAYN", "YEARN", "NUMBER", "CARD")]
    texts = [each.value for each in numbers]
    minute = 0
    if len(numbers) == 1 and "." in texts[0]:
        left, right = texts[0].split(".")
        texts = [left, right]
    if len(texts) == 1 and len(numbers[0].text) == 4 and any(t.kind in ("TZ", "UNITS") for t in tokens):
        texts = [numbers[0].text[:2], numbers[0].text[2:]]
    try:
        hour = int(texts[0])
        if len(texts) > 1:
            if len(texts[1]) > 2:
                return None
            minute = int(texts[1])
    except ValueError:
        return None
    meridiem = next((token.value for token in tokens if token.kind == "MERIDIEM"), None)
    if meridiem is None and part in ("AF", "EV", "NI") and hour < 12:
        meridiem = "p"
    if meridiem is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridiem == "p" else 0)
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    return f"{hour:02d}:{minute:02d}"
