"""The grammar of time expressions: patterns over classes of words, and the finder that applies them.

The patterns stand in ``data/grammar.txt``: regular expressions whose atoms are class names in
capitals; named groups hand their tokens to the readers of mentions.  Every
repetition is bounded, so a pattern looks at no more than a few dozen tokens from where it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.reading.dates.lexicon import lines
from variorum.reading.dates.tokens import CODES, OTHER, Token, code

_SETS = {
    "NUM": ("SMALL", "DAYN", "YEARN", "NUMBER", "CARD"),
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


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens that a rule took for a time expression.

    ``first`` and ``last`` are places in the list of tokens (``last`` excluded); ``groups`` are the
    tokens under each named group of the rule.
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
        return CODES[name]

    return re.compile(re.sub(r"(?<!\?)\b[A-Z][A-Z0-9]*\b", atom, pattern).replace(" ", ""))


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    pieces: dict[str, str] = {}
    rules: list[tuple[str, re.Pattern[str]]] = []
    for line in lines("grammar.txt"):
        named = re.fullmatch(r"(\w+) ?([=:]) (.*)", line)
        if named is None:
            raise ValueError(f"grammar.txt: neither a piece nor a rule: {line}")
        pattern = re.sub(r"\$\{(\w+)\}", lambda found: pieces[found[1]], named[3])
        if named[2] == "=":
            pieces[named[1]] = pattern
        else:
            rules.append((named[1], _compile(pattern)))
    return tuple(rules)


@cache
def _any() -> re.Pattern[str]:
    """All rules in one, which tells quickly that nothing starts at a token."""
    return re.compile("|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern) for _, rule in _compiled()))


@cache
def _starters() -> frozenset[str]:
    return frozenset(CODES.values()) - {CODES[name] for name in ("OPEN", "CLOSE", "DOT", "COMMA", "BREAK")}


def candidates(tokens: list[Token]) -> list[list[Mention]]:
    """For each token, the mentions that may start there: longest first, then in the order of the rules."""
    codes = "".join(map(code, tokens))
    starters, anything = _starters(), _any()
    found: list[list[Mention]] = []
    for at, char in enumerate(codes):
        here: list[Mention] = []
        if char != OTHER and char in starters and anything.match(codes, at):
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
