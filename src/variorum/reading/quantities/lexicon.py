"""The word lists of the grammar of quantities, read once from the data files beside it."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from variorum.reading.people import read_table

_PACKAGE = "variorum.reading.quantities"


@cache
def number_words() -> MappingProxyType[str, tuple[str, int]]:
    """Number word to its role in the number grammar and its value."""
    return MappingProxyType(
        {word: (role, int(value)) for word, role, value in read_table(_PACKAGE, "numbers.tsv")}
    )


@cache
def things() -> frozenset[str]:
    """Nouns, both numbers, that certainly are not people."""
    return frozenset(form for row in read_table(_PACKAGE, "things.tsv") for form in row)


@cache
def words(name: str) -> frozenset[str]:
    """The closed class of words called `name` in words.tsv."""
    return frozenset(word for group, word in read_table(_PACKAGE, "words.tsv") if group == name)


@cache
def qualifiers(place: str) -> MappingProxyType[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Qualifying phrases that stand `before` or `after` a number, with their effect, longest first.

    Keyed by the word next to the number: the last of a phrase before it, the first of one after it.
    """
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, effect, where in read_table(_PACKAGE, "qualifiers.tsv"):
        if where == place:
            parts = tuple(phrase.split())
            table.setdefault(parts[-1] if place == "before" else parts[0], []).append((parts, effect))
    return MappingProxyType(
        {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in table.items()}
    )
