"""Which mentions the grammar found are to be believed, judged by the words around them alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from variorum.reading.dates.lexicon import guards
from variorum.reading.dates.rules import Mention, candidates
from variorum.reading.dates.spans import clock_value
from variorum.reading.dates.tokens import Token

_BEFORE_YEAR = (
    "IN", "BY", "FROM", "TO", "UNTIL", "BETWEEN", "SINCE", "BEFORE", "OPEN", "EARLY", "LATE", "MID",
    "OF", "THE", "AND", "DASH", "SLASH", "COMMA", "FISCAL", "EARLIER", "OR", "BREAK", "FOLLOW", "A", "DOT",
    "THIS",
)  # fmt: skip
_LEADS = ("AT", "BY", "SINCE", "UNTIL", "FROM", "TO", "BETWEEN", "AND", "IN")
_AMOUNTS = ("NUMBER", "UNIT", "UNITS", "DAY1", "MONTH1", "WEEK1", "YEAR1", "HALF", "CARD", "SECOND")
_ROUND = 100


def mentions(tokens: Sequence[Token]) -> list[Mention]:
    """The time expressions of a text from left to right, none overlapping."""
    kept: list[Mention] = []
    at = 0
    found = candidates(list(tokens))
    while at < len(tokens):
        chosen = next((each for each in found[at] if believable(each, tokens)), None)
        if chosen is None:
            at += 1
        else:
            kept.append(chosen)
            at = chosen.last
    return kept


def believable(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a mention is a time expression where it stands."""
    before = tokens[mention.first - 1] if mention.first else None
    after = tokens[mention.last] if mention.last < len(tokens) else None
    match mention.kind:
        case "iso" | "numeric":
            piece = tokens[mention.first : mention.last]
            return all(a.end == b.start for a, b in pairwise(piece))
        case "year":
            return _year(mention, before, after)
        case "years":
            return _years(mention, before)
        case "month":
            return _month(mention, tokens, after)
        case "season":
            return _season(mention, before, after)
        case "clock":
            return _clock(mention, tokens)
        case "span":
            return _span(mention, tokens, before, after)
        case "dayofstory":
            return _nth(mention, before, after)
        case "ref":
            return _ref(mention, tokens)
        case "quarter":
            return _quarter(mention, tokens, after)
        case "theyear":
            return _word(before) in guards()["spell"]
        case "ago" | "story":
            return _adverb(mention, after)
        case "decade":
            return len(tokens[mention.last - 1].value) > 2 or _word(before) not in guards()["owner"]
        case "day":
            return _day(mention, tokens)
        case "half":
            return any(name in mention.groups for name in ("year", "ydir", "ysame", "tyear"))
        case "unit":
            return _unit(mention, tokens)
    return True


def _quarter(mention: Mention, tokens: Sequence[Token], after: Token | None) -> bool:
    if "bare" not in mention.groups:
        return True
    if tokens[mention.last - 1].kind == "PERIOD" and mention.last - mention.first < 3:
        return False
    return after is None or after.kind != "DASH"


def _adverb(mention: Mention, after: Token | None) -> bool:
    """Whether a date is meant: "two days before" is one, "two days before the attack" a length of time."""
    shift = mention.one("shift")
    if shift is None or shift.kind != "BEFORE":
        return True
    return after is None or not after.text[:1].isalnum()


def _unit(mention: Mention, tokens: Sequence[Token]) -> bool:
    unit = mention.one("unit")
    if unit is None or unit.value in ("TH", "TM", "ML") or unit.text[:1].isupper():
        return False
    after = [token.kind for token in tokens[mention.last : mention.last + 3]]
    if after[:1] == ["OF"] and unit.kind in ("WEEK1", "DAY1") and "MONTH" in after:
        # "the last week of August": the month is a date, the week in it is not settled.
        return False
    return not (unit.kind == "DAY1" and mention.kinds("dir")[-1] not in ("NEXT", "FOLLOW", "THIS", "PREV"))


def _day(mention: Mention, tokens: Sequence[Token]) -> bool:
    number = mention.one("day")
    if number is not None and tokens[mention.last - 1] is number and mention.last < len(tokens):
        # "March 3,000" and "May 5 percent" are amounts; "10:30" after a month is a time.
        follow = tokens[mention.last]
        if follow.kind == "COLON" and "clock" not in mention.groups and follow.start == number.end:
            return mention.last + 1 < len(tokens) and tokens[mention.last + 1].start > follow.end
    return True


def _year(mention: Mention, before: Token | None, after: Token | None) -> bool:
    year = mention.one("year")
    if year is None:
        return False
    if not year.value.isdigit():
        return False
    if "bc" in mention.groups:
        return len(year.value) <= 4
    if year.kind == "SHORTYEAR":
        return before is not None and before.kind in ("IN", "SINCE", "OF", "FROM", "TO", "BY", "UNTIL")
    if mention.last - mention.first > 1 and "mod" in mention.groups:
        return True
    number = int(year.value)
    if year.text[:1].isalpha():
        return 1500 <= number <= 2100
    if not 1100 <= number <= 2100:
        return False
    if (
        before is not None
        and before.end == year.start
        and before.kind not in ("OPEN", "DASH", "SLASH", "BREAK")
    ):
        return before.text in "[\"'“‘`"
    if after is not None and (after.text in ("%", "$", "€", "£") or after.kind in _AMOUNTS):
        return False
    if after is not None and after.start == year.end and after.kind in ("SLASH", "COLON"):
        return False
    plural = after is not None and after.text.islower() and after.text.endswith("s") and after.kind == "WORD"
    supported = before is None or before.kind in _BEFORE_YEAR or not before.text[:1].isalnum()
    if (number % _ROUND == 0 and number < 1900) or (number % 50 == 0 and plural):
        return supported and not (after is not None and after.text.islower() and after.kind == "WORD")
    return supported or not (plural or number % 50 == 0)


def _years(mention: Mention, before: Token | None) -> bool:
    first, second = mention.one("year"), mention.one("year2")
    if "bc" in mention.groups:
        if first is None or second is None or not (first.value + second.value).isdigit():
            return False
        return len(first.value) <= 4 and first.number > second.number
    if first is None or second is None or not 1100 <= int(first.value) <= 2100:
        return False
    if mention.kinds("join") == ("TO",):
        return second.kind == "YEARN" and int(first.value) < int(second.value) <= 2100
    if len(second.text) == 2:
        return int(first.value) % 100 < int(second.text)
    return second.kind == "YEARN" and int(first.value) < int(second.value) <= 2100


def _month(mention: Mention, tokens: Sequence[Token], after: Token | None) -> bool:
    month = mention.one("month")
    if month is None:
        return False
    if (
        mention.last - mention.first > 1
        and {"year", "ydir", "ysame", "mod", "mdir", "yago"} & mention.groups.keys()
    ):
        return True
    before = tokens[mention.first - 1] if mention.first else None
    if month.kind == "MONTHABBR":
        return before is not None and before.kind in ("IN", "SINCE", "FROM", "BY", "UNTIL", "LAST")
    if month.text.lower() not in guards()["forename"]:
        return True
    leads = before is not None and before.kind in _LEADS
    if month.text == "March" and not leads and _word(after) in guards()["goal"]:
        return False
    if before is not None and (
        before.kind in ("POSS", "LONG") or (before.kind == "WORD" and before.text[:1].isupper())
    ):
        return False
    opens = before is None or before.kind in ("DOT", "BREAK") or before.text in "\"”“'`!?"
    return not (opens and (month.text == "May" or _word(after) in guards()["pronoun"]))


def _word(token: Token | None) -> str:
    return "" if token is None else token.text.lower()


def _season(mention: Mention, before: Token | None, after: Token | None) -> bool:
    if {"year", "ydir", "ysame", "mod", "sdir"} & mention.groups.keys():
        return True
    season = mention.one("season")
    if season is None or season.text.lower() in ("spring", "fall"):
        leads = before is not None and before.kind in ("IN", "BY", "SINCE", "UNTIL", "THE")
        return leads and _ends(after) and (after is None or after.kind != "OF")
    return True


def _ends(after: Token | None) -> bool:
    return after is None or after.kind != "WORD" or not after.text.islower() or len(after.text) < 4


def _clock(mention: Mention, tokens: Sequence[Token]) -> bool:
    clock = mention.groups.get("clock")
    if clock is None:
        return False
    part = mention.one("part")
    if clock_value(clock, part.value if part else None) is None:
        return False
    if any(token.kind == "COLON" for token in clock):
        if len(clock) >= 3 and not (clock[0].end == clock[1].start and clock[1].end == clock[2].start):
            return False
        led = mention.first > 0 and tokens[mention.first - 1].kind in (*_LEADS, "APPROX")
        longer = len(clock) > 3 or mention.last - mention.first > 3
        return len(clock[2].text) == 2 and (led or longer)
    return True


def _span(mention: Mention, tokens: Sequence[Token], before: Token | None, after: Token | None) -> bool:
    unit = mention.one("unit")
    if unit is None:
        return False
    if unit.value in ("TM", "TS", "TH") and unit.text[:1].isupper():
        return False
    if unit.value == "Y" and "old" in mention.groups and mention.kinds("old")[-1] in ("OLD", "AGE"):
        return False
    if unit.value == "Q" and unit.kind == "UNITS" and after is not None and after.kind == "OF":
        return False
    quant = mention.groups.get("quant")
    if quant is None and unit.kind in ("UNITS",) and mention.last - mention.first == 1:
        counted = before is not None and (before.number > 0 or before.kind == "DASH")
        return unit.value not in ("Q", "WE", "TS") and not counted
    if quant is not None and len(quant) == 1 and quant[0].kind == "A":
        return unit.kind not in ("SECOND", "QUARTER", "UNITS")
    return unit.kind != "SECOND" or tokens[mention.last - 1].kind != "SECOND" or quant is None


def _nth(mention: Mention, before: Token | None, after: Token | None) -> bool:
    number = mention.one("day")
    if number is None or number.kind != "ORDN" or not 1 <= number.number <= 31:
        return False
    leads = before is not None and before.kind in ("ON", "BY", "UNTIL", "FROM", "TO", "AND")
    return leads and (after is None or after.kind != "WORD" or len(after.text) < 4)


def _ref(mention: Mention, tokens: Sequence[Token]) -> bool:
    last = tokens[mention.last - 1]
    if "past" in mention.groups and last.kind == "PAST":
        after = tokens[mention.last] if mention.last < len(tokens) else None
        if mention.first and tokens[mention.first - 1].kind == "IN":
            return after is None or after.kind not in ("CARD", "SMALL", "DAYN", "FEW", "UNITS")
        return after is None or not after.text[:1].isalnum() or after.kind != "WORD"
    return last.text not in ("Future", "Current", "Present", "Recent")
