"""The grammar of time expressions: patterns over classes of words, and the finder that applies them.

A pattern is a regular expression whose atoms are class names in capitals (``words.tsv``, the marks
and shapes of ``tokens``, or the sets below); named groups hand their tokens to the resolver.  Every
repetition is bounded, so a pattern looks at no more than a few dozen tokens from where it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.reading.dates.tokens import CODES, OTHER, Token, code

_SETS = {
    "NUM": ("SMALL", "DAYN", "YEARN", "NUMBER", "CARD"),
    "INT": ("SMALL", "DAYN", "CARD"),
    "DAY": ("SMALL", "DAYN"),
    "NTH": ("ORD", "ORDN", "SECOND"),
    "MON": ("MONTH", "MONTHABBR"),
    "WDAY": ("WEEKDAY", "WDABBR"),
    "YEAR": ("YEARN",),
    "YY": ("YEARN", "SHORTYEAR"),
    "UNIT1": ("DAY1", "WEEK1", "MONTH1", "YEAR1", "UNIT", "QUARTER"),
    "UNITN": ("DAY1", "WEEK1", "MONTH1", "YEAR1", "UNIT", "QUARTER", "SECOND", "UNITS"),
    "JOIN": ("DASH", "TO", "AND", "OR", "COMMA", "SLASH"),
    "DIR": ("LAST", "NEXT", "THIS", "PREV", "FOLLOW", "COMING", "PAST", "CURRENT"),
    "EDGE": ("END", "START", "MIDDLE"),
    "WHEN": ("EARLY", "LATE", "EARLIER", "LATER"),
}

_APPROX = "(?:APPROX|UP TO|AT LEAST|AT? THE? LEAST|NOT? MORE THAN|MORE THAN|LATER THAN|EARLY AS){0,2}"
_QUANT = (
    "(?P<quant>(?:A|THE)? FEW OF? |NUM (?:(?:TO|OR|DASH|AND) NUM)? (?:AND A? HALF)? |HALF (?:A|DASH)?"
    "|A NUM |A HALF DASH? |A)"
)
_CLOCK = (
    "(?P<clock>NOON|NUM (?:(?:COLON|DOT) NUM)? (?:MERIDIEM|OCLOCK)|NUM COLON NUM (?:MERIDIEM|UNITS)?"
    "|NUM (?:UNITS)? TZ) (?:LOCAL TIME)? (?:OPEN? TZ (?:SLASH TZ)? (?:NUM TZ)? CLOSE?)?"
)
_CLOCK2 = _CLOCK.replace("<clock>", "<clock2>")
_MOD = "(?:THE? (?P<mod>EARLY|LATE|MID|MIDDLE|END|START|EARLIER|LATER) (?:PART)? (?:DASH|OF|IN)? THE?)?"
_YEAR_OF = (
    "(?:COMMA? (?:IN|OF)? (?:THE YEAR1)? (?P<year>YY) (?P<bc>BC|AD)?"
    "|COMMA? (?:OF|IN)? (?P<ydir>DIR) YEAR1|COMMA? (?:OF|IN)? (?P<ysame>THAT SAME?|THE? SAME) YEAR1)"
)
_PART_OF = "(?:THE? (?:EARLY|LATE|MID)? DASH? (?P<part>PART) UNITS? (?:OF|ON) THE?)?"
_AFTER_DAY = "(?:(?P<part2>PART|PARTS)|COMMA? AT? (?:APPROX)? " + _CLOCK2 + ")?"
_BEFORE_DAY = "(?:" + _CLOCK + " COMMA? (?:ON|OF|DASH)? )?" + _PART_OF

_DAYS = (
    "(?:(?P<weekday>WDAY) COMMA? ON?)? THE? (?P<day>DAY|NTH) (?:OF|DASH|COMMA|SLASH)? (?P<month>MON)"
    "(?:" + _YEAR_OF + "|(?:DASH|SLASH) (?P<year2>YEAR))?",
    "(?:(?P<weekday>WDAY) COMMA? ON?)? (?P<month>MON) THE? (?P<day>DAY|NTH) (?:" + _YEAR_OF + ")?",
    "(?P<wdir>DIR|THIS COMING|THIS PAST|THE DIR)? (?P<weekday>WEEKDAY) (?:(?:OF)? (?P<weekdir>DIR) WEEK1)?",
    "(?P<deictic>DATEREF)",
    "(?P<holiday>HOLIDAY) (?:DAY1)? (?:" + _YEAR_OF + ")?",
    "(?P<wdir>DIR|THE DIR) (?P<holiday>HOLIDAY)",
    "(?P<same>THE? (?:SAME|NEXT|FOLLOW|PREV)|THAT SAME?|THIS SAME) DAY1",
)

_RULES: tuple[tuple[str, str], ...] = (
    ("iso", "(?P<year>YEAR) DASH (?P<month>DAY) DASH (?P<day>DAY)"),
    ("numeric", "(?P<one>DAY) (?P<sep>SLASH|DOT) (?P<two>DAY) (?:SLASH|DOT) (?P<year>YEAR|DAY|NUMBER)"),
    ("numeric", "(?P<one>NUMBER) (?P<sep>DOT) (?P<year>YEAR)"),
    *(
        ("day", "(?:(?P<mod>WHEN) (?:ON|OF|IN)? )?" + _BEFORE_DAY + core + _AFTER_DAY)
        for core in _DAYS
    ),
    ("days", "(?P<month>MON) (?P<day>DAY|NTH) (?P<join>JOIN) (?P<day2>DAY|NTH) (?:" + _YEAR_OF + ")?"),
    (
        "days",
        "THE? (?P<day>DAY|NTH) (?P<join>JOIN) THE? (?P<day2>DAY|NTH) (?:OF)? (?P<month>MON) (?:" + _YEAR_OF + ")?",
    ),
    ("dayofstory", "THE (?P<day>ORDN|ORD)"),
    ("weekof", "THE? WEEK1 (?:OF|BEGIN) (?P<month>MON) (?P<day>DAY|NTH) (?:" + _YEAR_OF + ")?"),
    ("weekof", "THE? WEEK1 OF THE? (?P<day>DAY|NTH) OF? (?P<month>MON) (?:" + _YEAR_OF + ")?"),
    ("month", _MOD + "(?P<mdir>DIR|THE DIR)? (?P<month>MON) (?:" + _YEAR_OF + ")?"),
    ("month", _MOD + "(?P<month>MON) (?:OF)? (?P<yago>A YEAR1 (?:AGO|EARLIER))"),
    ("year", _MOD + "(?:THE YEAR1|FISCAL YEAR1?)? (?P<year>YY) (?P<bc>BC|AD)?"),
    ("year", _MOD + "(?:THE YEAR1)? (?P<year>NUM) (?P<bc>BC)"),
    ("years", _MOD + "(?:THE UNITS)? (?P<year>YEAR) (?P<join>DASH|SLASH|TO) (?P<year2>YEAR|DAY|NUMBER|SHORTYEAR)"),
    ("years", "(?P<year>NUM) BC? (?P<join>DASH|SLASH|TO) (?P<year2>NUM) (?P<bc>BC)"),
    ("decade", _MOD + "(?P<decade>DECADE|THE DECADEW)"),
    ("century", _MOD + "(?P<nth>NTH) DASH? (?P<unit>UNIT) (?P<bc>BC|AD)?"),
    ("season", _MOD + "(?P<sdir>DIR|THE DIR)? (?P<season>SEASON) (?:" + _YEAR_OF + ")?"),
    ("quarter", _MOD + "(?P<qdir>DIR|LATEST)? FISCAL? (?P<nth>NTH) DASH? QUARTER (?:" + _YEAR_OF + ")?"),
    ("quarter", "(?:THE)? (?P<year>YEAR) (?P<nth>NTH) DASH? QUARTER"),
    ("quarter", "(?P<ydir>THIS|LAST|NEXT) YEAR1 POSS (?P<nth>NTH) DASH? QUARTER"),
    ("quarter", "(?:THE|A)? (?P<back>YEAR1 DASH (?:AGO|EARLIER)) (?P<nth>NTH)? DASH? (?:QUARTER|PERIOD)?"),
    ("quarter", "(?:THE (?:SAME|LATEST|CURRENT|LAST|NEXT|PREV)?|SAME|LATEST|CURRENT|LAST|THIS|NEXT|PREV|YEAR1 POSS) (?P<bare>QUARTER|PERIOD) (?P<back>A YEAR1 (?:AGO|EARLIER))?"),
    ("quarter", "THE (?P<year>YEAR) (?P<bare>QUARTER|PERIOD)"),
    ("half", _MOD + "(?P<nth>NTH|LAST) DASH? HALF (?:OF)? (?:" + _YEAR_OF + "|(?P<tyear>THE YEAR1))"),
    ("weekend", "(?P<mod>WHEN)? APPROX? (?P<wdir>DIR|THE|THE DIR|THIS PAST|THIS COMING|THE PAST) (?P<weekend>WEEKEND)"),
    ("unit", _MOD + "(?P<dir>DIR|THIS COMING|THE (?:CURRENT|LATEST|PREV|PAST|FOLLOW|COMING)) FISCAL? (?P<unit>UNIT1) (?P<part2>PART)?"),
    ("unit", "THE? (?P<mod>EDGE) OF (?P<dir>DIR|THE DIR) FISCAL? (?P<unit>UNIT1)"),
    ("story", _MOD + "(?P<same>THAT SAME?|THE? SAME|THE (?:NEXT|FOLLOW|PREV)) (?P<unit>UNIT1|PART|SEASON|WEEKEND)"),
    ("story", "(?P<mod>WHEN) (?:IN|OF)? (?P<same>THAT SAME?|THE? SAME|THE) (?P<unit>UNIT1)"),
    ("story", "THE? (?P<mod>EDGE|REST) OF (?P<same>THE|THAT|THE SAME) (?P<unit>MONTH1|YEAR1|WEEK1|UNIT)"),
    ("story", "(?P<same>THE) (?P<unit>DAY1) (?P<shift>BEFORE)"),
    ("yearend", "(?:APPROX|THE)? (?P<unit>YEAR1) (?:POSS|DASH)? END"),
    ("yearend", "(?P<unit>YEAREND)"),
    ("ago", _APPROX + _QUANT + "MORE? (?P<unit>UNITN) (?:(?P<half>AND A HALF)|OR SO)? (?P<shift>AGO)"),
    ("ago", "(?P<when>EARLIER|WHEN)? " + _APPROX + _QUANT + "MORE? (?P<unit>UNITN) (?:(?P<half>AND A HALF)|OR SO)? (?P<shift>EARLIER|LATER|BEFORE)"),
    ("ago", "(?P<unit>UNITS) (?P<shift>AGO|EARLIER|LATER|BEFORE)"),
    (
        "span",
        _APPROX + "(?:THE|THIS|THAT)? (?P<dir>(?:LAST|PAST|NEXT|FOLLOW|COMING|PREV|NTH|LATEST))? " + _APPROX + _QUANT
        + "MORE? (?:TRADING)? DASH? (?P<unit>UNITN) (?P<half>AND A HALF)? (?P<old>DASH? OLD|DASH? LONG|OF AGE)?",
    ),
    ("span", "(?P<quant>FEW|NUM|A) (?:OR) (?P<two>NUM) (?P<unit>UNITN)"),
    ("span", "THE (?P<quant>NTH) (?P<unit>UNITS)"),
    ("span", "(?P<dir>THE? (?:PAST|RECENT|COMING|NEXT|LAST|EARLY))? (?P<unit>UNITS) (?:OR|AND) (?P<unit2>UNITS) (?P<long>DASH LONG)?"),
    ("span", "THE? (?P<dir>PAST|RECENT|COMING|FUTURE)? (?P<unit>UNITS) (?P<ahead>AHEAD)? (?P<long>DASH LONG)?"),
    ("span", "THE (?P<past>PAST) (?P<unit>UNIT)"),
    ("span", "(?P<unit>UNIT1) DASH LONG"),
    ("set", "(?P<every>EVERY) (?P<num>NUM|FEW)? (?P<unit>UNITN|WEEKDAY|MON|SEASON|PART|WEEKEND)"),
    ("set", "(?P<per>PER) (?P<unit>UNIT1)"),
    ("set", "(?P<setw>SETW)"),
    ("set", "(?P<weekdays>WEEKDAYS) (?P<part2>PARTS|PART)?"),
    ("set", "(?P<weekdays>WEEKDAY) PARTS"),
    ("ref", "(?P<ref>REF)"),
    ("ref", "(?:RIGHT|JUST) (?P<ref>REF)"),
    ("ref", "MORE (?P<ref>REF)"),
    ("ref", "THIS (?P<present>MOMENT)"),
    ("ref", "(?P<present>CURRENT)"),
    ("ref", "(?P<present>PRESENT DASH? DAY1|THESE UNITS)"),
    ("ref", "(?P<past>RECENT)"),
    ("ref", "THE (?P<past>PAST)"),
    ("ref", "THE? DISTANT? (?P<future>FUTURE)"),
    ("ref", "THE (?P<future>DISTANT TERM|SHORT TERM|LONG TERM)"),
    ("ref", "THE (?P<present>TIME BEING)"),
    ("part", "(?:EARLY|LATE|LATER|EARLIER)? (?P<dir>THIS|THAT|THE SAME|THE NEXT|THE FOLLOW|THE PREV|THE|LAST) (?:EARLY|LATE|MID)? DASH? (?P<part>PART)"),
    ("part", "(?:BY)? MID DASH? (?P<part>PART)"),
    ("part", "(?P<part>TONIGHT|OVERNIGHT)"),
    ("part", "(?P<deictic>DATEREF) (?P<part>PART)"),
    ("part", "(?P<part>NOON)"),
    ("clock", "(?:APPROX)? " + _CLOCK + "(?P<dir>(?:IN)? THE (?P<part>PART))?"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens that a rule took for a time expression.

    ``first`` and ``last`` are places in the list of tokens (``last`` excluded); ``groups`` are the
    tokens under each named group of the rule; ``next_`` is where the finder goes on.
    """

    kind: str
    first: int
    last: int
    groups: dict[str, tuple[Token, ...]]

    def one(self, name: str) -> Token | None:
        """The last token of a group, the one that carries its meaning; None if it is absent."""
        found = self.groups.get(name)
        return found[-1] if found else None

    def kinds(self, name: str) -> tuple[str, ...]:
        """The classes of a group's tokens; empty if it is absent."""
        return tuple(token.kind for token in self.groups.get(name, ()))


def _compile(pattern: str) -> re.Pattern[str]:
    def atom(found: re.Match[str]) -> str:
        name = found.group()
        if name in _SETS:
            return "[" + "".join(CODES[each] for each in _SETS[name]) + "]"
        # A name that no word bears can never match: words are data and may be taken away.
        return CODES.get(name, "(?!)")

    return re.compile(re.sub(r"(?<!\?)\b[A-Z][A-Z0-9]*\b", atom, pattern).replace(" ", ""))


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, _compile(pattern)) for kind, pattern in _RULES)


@cache
def _starters() -> frozenset[str]:
    return frozenset(CODES.values()) - {CODES[name] for name in ("OPEN", "CLOSE", "DOT", "COMMA", "BREAK")}


def candidates(tokens: list[Token]) -> list[list[Mention]]:
    """For each token, the mentions that may start there: longest first, then in the order of the rules."""
    codes = "".join(map(code, tokens))
    starters = _starters()
    found: list[list[Mention]] = []
    for at, char in enumerate(codes):
        here: list[Mention] = []
        if char != OTHER and char in starters:
            for kind, pattern in _compiled():
                match = pattern.match(codes, at)
                if match is not None and match.end() > at:
                    groups = {
                        name: tuple(tokens[match.start(name) : match.end(name)])
                        for name, text in match.groupdict().items()
                        if text
                    }
                    here.append(Mention(kind, at, match.end(), groups))
            here.sort(key=lambda mention: -mention.last)
        found.append(here)
    return found
