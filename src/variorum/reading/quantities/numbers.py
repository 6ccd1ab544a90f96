"""Reads one number phrase, figures or words, and its value."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.reading.quantities.lexicon import number_words
from variorum.reading.quantities.tokens import Tokens

_LARGEST = 10_000_000_000


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number at tokens `first` to `last` (exclusive).

    `role`: exact, range, vague (an indefinite plural, value its least), pair ("both", "a couple"), zero,
    article
    ("a", "another"), or ordinal ("a third"). `figures` tells that it begins with digits.
    """

    first: int
    last: int
    minimum: int
    maximum: int | None
    role: str
    approximate: bool = False
    figures: bool = False


def _hyphen(tokens: Tokens, index: int) -> bool:
    return tokens.word(index) in ("-", "–", "—", "‑") and tokens.touches(index)


def _role(tokens: Tokens, index: int) -> tuple[str, int]:
    return number_words().get(tokens.word(index), ("", 0))


def _figure(tokens: Tokens, index: int) -> float | None:
    if tokens.kind(index) != "number":
        return None
    digits = tokens.raw[index].replace(",", "").replace("\u00a0", "").replace("\u202f", "")
    return float(digits)


def _below_hundred(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A number word below a hundred, and the token after it."""
    role, value = _role(tokens, index)
    if role == "ten":
        after = index + 1
        if _hyphen(tokens, after):
            after += 1
        next_role, next_value = _role(tokens, after)
        if next_role == "unit" and 0 < next_value < 10:
            return value + next_value, after + 1
        return value, index + 1
    return (value, index + 1) if role == "unit" else None


def _cardinal(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """An exact number from `index`: its value and the token after it, or None."""
    figure = _figure(tokens, index)
    small: float
    if figure is not None:
        small, after = figure, index + 1
    elif (low := _below_hundred(tokens, index)) is not None:
        small, after = low
    elif _role(tokens, index)[0] == "scale" and tokens.word(index) != "dozen":
        small, after = 1, index
    else:
        return None
    total, current, ceiling = 0.0, small, float(_LARGEST)
    for _ in range(8):
        role, value = _role(tokens, after)
        if role == "scale":
            current *= value
            after += 1
            if value >= 1000:
                total, current, ceiling = total + current, 0, value
            continue
        if (
            figure is not None
            or (current and not (current >= 100 and current % 100 == 0))
            or (not total and not current)
        ):
            break
        step = after + 1 if tokens.word(after) == "and" else after
        low = _below_hundred(tokens, step)
        if low is None or low[0] >= ceiling or (total and not current and after == step and low[0] < 1):
            break
        current, after = current + low[0], low[1]
    value_found = total + current
    if value_found != int(value_found) or value_found > _LARGEST:
        return None
    return int(value_found), after


def _with_article(tokens: Tokens, index: int) -> NumberPhrase | None:
    """ "a dozen", "half a million", "a few hundred", "a handful", "a couple of dozen", "a third"."""
    after = index + 1
    word = tokens.word(after)
    role, value = _role(tokens, after)
    if role == "scale":
        if (
            tokens.word(after + 1) == "and"
            and tokens.word(after + 2) == "a"
            and tokens.word(after + 3) == "half"
        ):
            return NumberPhrase(index, after + 4, value * 3 // 2, value * 3 // 2, "exact")
        found = _cardinal(tokens, after) if word != "dozen" else (value, after + 1)
        if found is not None:
            return NumberPhrase(index, found[1], found[0], found[0], "exact")
    if word == "score" and tokens.word(after + 1) in ("or", "of"):
        return NumberPhrase(index, after + 1, 20, 20, "exact")
    if word in ("handful", "few"):
        scale_role, scale = _role(tokens, after + 1)
        if scale_role == "scale":
            return NumberPhrase(index, after + 2, 3 * scale, None, "vague", approximate=True)
        return NumberPhrase(index, after + 1, 3, None, "vague", approximate=True)
    if role in ("pair", "set"):
        step = after + 2 if tokens.word(after + 1) == "of" else after + 1
        scale_role, scale = _role(tokens, step)
        if scale_role == "scale":
            return NumberPhrase(index, step + 1, 2 * scale, 2 * scale, "exact", approximate=True)
        return NumberPhrase(index, after + 1, value, value, "pair")
    if role == "ordinal":
        return NumberPhrase(index, after + 1, 1, 1, "ordinal")
    return None


def _vague(tokens: Tokens, index: int, role: str, value: int) -> NumberPhrase | None:
    after = index + 1
    if role == "several":
        scale_role, scale = _role(tokens, after)
        if scale_role == "scale":
            return NumberPhrase(index, after + 1, value * scale, None, "vague", approximate=True)
        return NumberPhrase(index, after, value, None, "vague", approximate=True)
    if tokens.word(after) == "of" and _role(tokens, after + 1)[0] == "many":
        least = _role(tokens, after + 1)[1]
        # "tens of thousands": twenty thousand; "hundreds of thousands": two hundred thousand.
        return NumberPhrase(index, after + 2, value * least // 2, None, "vague", approximate=True)
    return NumberPhrase(index, after, value, None, "vague", approximate=True)


def read_number(tokens: Tokens, index: int) -> NumberPhrase | None:
    """The number phrase that begins at `index`, without qualifiers; None if none begins there."""
    role, value = _role(tokens, index)
    word = tokens.word(index)
    if word == "half" and tokens.word(index + 1) in ("a", "an"):
        scale_role, scale = _role(tokens, index + 2)
        if scale_role == "scale":
            return NumberPhrase(index, index + 3, scale // 2, scale // 2, "exact")
        return None
    if word == "few" and _role(tokens, index + 1)[0] == "scale":
        return NumberPhrase(
            index, index + 2, 3 * _role(tokens, index + 1)[1], None, "vague", approximate=True
        )
    if role == "article":
        return _with_article(tokens, index) or NumberPhrase(index, index + 1, 1, 1, "article")
    if role in ("many", "several"):
        return _vague(tokens, index, role, value)
    if role == "pair":
        return NumberPhrase(index, index + 1, 2, 2, "pair") if word == "both" else None
    if word == "one" and tokens.word(index - 1) == "not":
        return NumberPhrase(index, index + 1, 0, 0, "zero")
    if role == "zero" or word == "zero":
        if word == "no" and _hyphen(tokens, index + 1) and tokens.word(index + 2) == "one":
            return NumberPhrase(index, index + 3, 0, 0, "zero")
        if word == "no" and tokens.word(index + 1) in ("one", "single"):
            return NumberPhrase(index, index + 2, 0, 0, "zero")
        return NumberPhrase(index, index + 1, 0, 0, "zero")
    if role == "ordinal":
        return None
    found = _cardinal(tokens, index)
    if found is None:
        return None
    low, after = found
    figures = tokens.kind(index) == "number"
    high, after = _upper(tokens, index, low, after)
    if high is None:
        return NumberPhrase(index, after, low, low, "exact", figures=figures)
    return NumberPhrase(index, after, low, high, "range", figures=figures)


def _upper(tokens: Tokens, first: int, low: int, after: int) -> tuple[int | None, int]:
    """The upper end of a range after its lower end ("20 to 30", "five or six", "20-30"), if there is one."""
    joint = tokens.word(after)
    between = joint == "and" and "between" in (tokens.word(first - 1), tokens.word(first - 2))
    if not between and joint not in ("to", "or", "-", "–", "—", "‑"):
        return None, after
    if joint not in ("to", "or", "and") and not (tokens.touches(after) and tokens.touches(after + 1)):
        return None, after
    found = _cardinal(tokens, after + 1)
    if found is None or found[0] <= low:
        return None, after
    if joint == "or" and found[0] > 2 * low + 10:
        return None, after
    return found
