"""Words before and after a number that change its value ("at least", "fewer than", "or more")."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.reading.quantities.lexicon import number_words, qualifiers
from variorum.reading.quantities.numbers import NumberPhrase
from variorum.reading.quantities.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Qualified:
    """A number with the words around it: tokens `first` to `last` (exclusive), and the values they allow
    together."""

    first: int
    last: int
    minimum: int | None
    maximum: int | None
    approximate: bool
    effects: frozenset[str]


def _before(tokens: Tokens, index: int) -> tuple[int, list[str]]:
    """Qualifiers that end right before `index`: where they begin, and their effects, nearest first."""
    effects: list[str] = []
    table = qualifiers("before")
    for _ in range(4):
        if tokens.word(index - 1) in ('"', "“") and tokens.touches(index) and tokens.word(index - 2) in table:
            index -= 1
        for parts, effect in table.get(tokens.word(index - 1), ()):
            first = index - len(parts)
            if first >= 0 and tuple(tokens.lower[first:index]) == parts:
                effects.append(effect)
                index = first
                break
        else:
            break
    return index, effects


def after(tokens: Tokens, index: int) -> tuple[int, str | None]:
    """A qualifier that begins at `index` ("or more"): the token after it and its effect, or `index` and
    None."""
    step = index
    if tokens.word(step) in ("-", "‑") and tokens.touches(step):
        step += 1
    if tokens.word(step) == "+" and tokens.touches(step):
        return step + 1, "least"
    for parts, effect in qualifiers("after").get(tokens.word(step), ()):
        end = step + len(parts)
        # "15 dead and more than 20 hurt": the words belong to the next number.
        if (
            tuple(tokens.lower[step:end]) == parts
            and tokens.word(end) != "than"
            and not _number_begins(tokens, end)
        ):
            return end, effect
    return index, None


def _number_begins(tokens: Tokens, index: int) -> bool:
    return tokens.kind(index) == "number" or tokens.word(index) in number_words()


def qualify(tokens: Tokens, number: NumberPhrase) -> Qualified:
    """The number with its qualifiers, and the values that they allow."""
    first, effects = _before(tokens, number.first)
    last, late = after(tokens, number.last)
    if late is not None:
        effects.append(late)
    low: int | None = number.minimum
    high: int | None = number.maximum
    approximate = number.approximate or "about" in effects
    base = number.minimum
    top = base if high is None else high
    bound = next((effect for effect in effects if effect in ("least", "more", "most", "fewer")), None)
    if bound == "least" and number.role != "range":
        high = None
    elif bound == "more":
        low, high = (base if number.maximum is None else top + 1), None
    elif bound == "most":
        low, high = None, top
    elif bound == "fewer":
        low, high = None, max(top - 1, 0)
    found = frozenset(effects)
    return Qualified(first, last, low, high, approximate, found)
