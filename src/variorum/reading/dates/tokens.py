"""Cut a text into the tokens of the grammar of time expressions.

Each token carries one character for its class, so that rules are regular expressions over the
string of classes: matching costs time in proportion to the number of tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.reading.dates.lexicon import holidays, words

_MARKS = {
    "-": "DASH", "–": "DASH", "—": "DASH", "‑": "DASH", "/": "SLASH", ".": "DOT", ",": "COMMA", ":": "COLON",
    "(": "OPEN", ")": "CLOSE", "'": "QUOTE", "’": "QUOTE",
}  # fmt: skip
_SHAPES = (
    "DECADE",
    "ORDN",
    "SMALL",
    "DAYN",
    "YEARN",
    "NUMBER",
    "SHORTYEAR",
    "MERIDIEM",
    "POSS",
    "BREAK",
    "HOLIDAY",
)
OTHER = "x"

_TOKEN = re.compile(
    r"""
    (?P<decade>['’]?(?:[0-9]{2})?[0-9]0['’]?s\b)
  | (?P<era>(?<=[0-9 ])[BA]\.[CD]\b\.?(?:E\.)?)
  | (?P<shortyear>(?<![\w'’])['’][0-9]{2}\b)
  | (?P<ordinal>[0-9]{1,3}(?:st|nd|rd|th)\b)
  | (?P<number>[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])(?:\.[0-9]++)?
             | (?<![0-9]\.)[0-9]++\.[0-9]++(?![.]?[0-9])|[0-9]++)
  | (?P<meridiem>[ap]\.m\b\.?|[ap]m\b)
  | (?P<possessive>['’]s\b)
  | (?P<word>o['’]clock\b|[^\W\d_]++)
  | (?P<gap>\n[^\S\n]*+\n)
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: offsets, its words, its class in the grammar and its value there."""

    start: int
    end: int
    text: str
    kind: str
    value: str = ""

    @property
    def number(self) -> float:
        """The number the token stands for; 0 where it stands for none."""
        try:
            return float(self.value)
        except ValueError:
            return 0.0


def _classes() -> dict[str, str]:
    names = sorted({word.kind for word in words().values()} | set(_MARKS.values()) | set(_SHAPES))
    return {name: chr(0xE000 + i) for i, name in enumerate(names)}


CODES: dict[str, str] = _classes()


def code(token: Token) -> str:
    """The one character that stands for the token's class."""
    return CODES.get(token.kind, OTHER)


def tokenise(text: str) -> list[Token]:
    """The tokens of a text, number words joined ("twenty-one") and holidays joined ("New Year")."""
    raw = _absorb_dots([_token(found) for found in _TOKEN.finditer(text)])
    return _join_numbers(_join_holidays(raw), text)


def _token(found: re.Match[str]) -> Token:
    start, end, text = found.start(), found.end(), found.group()
    match found.lastgroup:
        case "decade":
            return Token(start, end, text, "DECADE", re.sub("[^0-9]", "", text))
        case "shortyear":
            return Token(start, end, text, "SHORTYEAR", text[1:])
        case "ordinal":
            return Token(start, end, text, "ORDN", text[:-2])
        case "number":
            return Token(start, end, text, *_numeral(text))
        case "meridiem":
            # "3 p.m. Friday" but "at 3 p.m." at the end of a sentence: the dot belongs to both.
            return Token(start, end, text, "MERIDIEM", text[0].lower())
        case "era":
            return Token(start, end, text, "BC" if text[0] in "Bb" else "AD")
        case "possessive":
            return Token(start, end, text, "POSS")
        case "word":
            word = words().get(text.lower().replace("’", "'"))
            if word is None or (word.capital and not text[0].isupper()):
                return Token(start, end, text, "WORD")
            if word.kind in ("BC", "AD", "TZ") and not text.isupper():
                return Token(start, end, text, "WORD")
            return Token(start, end, text, word.kind, word.value)
        case "gap":
            return Token(start, end, text, "BREAK")
    return Token(start, end, text, _MARKS.get(text, "MARK"))


def _numeral(text: str) -> tuple[str, str]:
    plain = text.replace(",", "")
    if len(plain) > 12:
        return "MARK", ""
    if "." in text or "," in text:
        return "NUMBER", plain
    number = int(plain)
    if len(text) <= 2 and 1 <= number <= 31:
        return ("SMALL" if number <= 12 else "DAYN"), plain
    if len(text) == 4 and 1000 <= number <= 2199:
        return "YEARN", plain
    return "NUMBER", plain


def _absorb_dots(tokens: list[Token]) -> list[Token]:
    """Give the dot of "Nov." and "Mon." to its word."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if (
            token.kind == "DOT"
            and before is not None
            and before.kind in ("MONTHABBR", "WDABBR")
            and before.end == token.start
            and not before.text.endswith(".")
        ):
            joined[-1] = Token(before.start, token.end, before.text + ".", before.kind, before.value)
        else:
            joined.append(token)
    return joined


def _join_holidays(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    at = 0
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for names, day in holidays():
        by_first.setdefault(names[0].split("'")[0], []).append((names, day))
    while at < len(tokens):
        token = tokens[at]
        here = by_first.get(token.text.lower(), ()) if token.text[:1].isupper() else ()
        for names, day in here:
            parts = [part for name in names for part in re.split("(?='s)", name)]
            found = [each.text.lower().replace("’", "'") for each in tokens[at : at + len(parts)]]
            if found == parts:
                last = tokens[at + len(parts) - 1]
                words_ = " ".join(each.text for each in tokens[at : at + len(parts)])
                joined.append(Token(token.start, last.end, words_, "HOLIDAY", day))
                at += len(parts)
                break
        else:
            joined.append(token)
            at += 1
    return joined


def _join_numbers(tokens: list[Token], text: str) -> list[Token]:
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "CARD":
            token, at = _number_words(tokens, at)
        elif tokens[at].kind in ("SMALL", "DAYN", "NUMBER") and _half_follows(tokens, at):
            last = tokens[at + 3]
            amount = tokens[at].number + tokens[at + 1].number / tokens[at + 3].number
            token = Token(
                tokens[at].start, last.end, text[tokens[at].start : last.end], "NUMBER", f"{amount:g}"
            )
            at += 4
        else:
            token = tokens[at]
            at += 1
        joined.append(token)
    return joined


def _half_follows(tokens: list[Token], at: int) -> bool:
    """Whether "1/2" or the like follows a whole number, as in "2 1/2 years"."""
    if at + 3 >= len(tokens):
        return False
    top, slash, bottom = tokens[at + 1 : at + 4]
    return (
        slash.kind == "SLASH"
        and top.kind == bottom.kind == "SMALL"
        and top.start > tokens[at].end
        and top.number < bottom.number
        and top.end == slash.start
        and slash.end == bottom.start
    )


def _number_words(tokens: list[Token], at: int) -> tuple[Token, int]:
    """The number that the words from ``at`` on make up, and the place after it."""
    first = at
    parts: list[int] = []
    ordinal = False
    while at < len(tokens) and at - first < 9:
        kind = tokens[at].kind
        if kind == "CARD":
            parts.append(int(tokens[at].value))
        elif kind in ("ORD", "SECOND") and parts and parts[-1] in range(20, 100, 10):
            if kind == "SECOND" and tokens[at - 1].kind != "DASH":
                break
            parts.append(int(tokens[at].value))
            ordinal = True
            at += 1
            break
        elif kind in ("DASH", "AND"):
            after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
            joins = parts and parts[-1] in (100, 1000) if kind == "AND" else parts and 20 <= parts[-1] < 100
            if not joins or after not in ("CARD", "ORD", "SECOND"):
                break
        else:
            break
        at += 1
    while tokens[at - 1].kind in ("DASH", "AND"):
        at -= 1
    value, year = _total(parts)
    kind = "ORD" if ordinal else "YEARN" if year else "CARD"
    piece = tokens[first:at]
    return Token(piece[0].start, piece[-1].end, " ".join(each.text for each in piece), kind, str(value)), at


def _total(parts: list[int]) -> tuple[int, bool]:
    """The sum of number words, and whether they are said the way years are ("nineteen ninety-six")."""
    if len(parts) >= 2 and 10 <= parts[0] <= 20 and 10 <= parts[1] <= 90:
        return parts[0] * 100 + sum(parts[1:3]), True
    total = current = 0
    for part in parts:
        if part == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif part == 100:
            current = max(current, 1) * 100
        else:
            current += part
    total += current
    return total, 2000 <= total <= 2030 and len(parts) > 2
