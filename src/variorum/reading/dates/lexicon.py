"""The words that time expressions are made of, read once from the package's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Word:
    """A lexicon entry: its class in the grammar, its value, and whether it must be capitalised."""

    kind: str
    value: str
    capital: bool


def lines(name: str) -> list[str]:
    """The lines of a data file, without comments and empty lines."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def rows(name: str) -> list[list[str]]:
    """The tab-separated rows of a data file."""
    return [line.split("\t") for line in lines(name)]


@cache
def words() -> dict[str, Word]:
    """Every word the grammar knows, by its lower-case form."""
    return {form.lower(): Word(kind, value, form != form.lower()) for form, kind, value in rows("words.tsv")}


@cache
def holidays() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Holidays as (lower-case words, day), longest first; a day is MM-DD or the name of a rule."""
    found = [(tuple(name.lower().split()), day) for name, day in rows("holidays.tsv")]
    return tuple(sorted(found, key=lambda each: -len(each[0])))


@cache
def guards() -> dict[str, frozenset[str]]:
    """Lower-case words that speak for or against a mention beside them, by what they say."""
    names = {name for _, name in rows("guards.tsv")}
    return {name: frozenset(form for form, each in rows("guards.tsv") if each == name) for name in names}


@cache
def cues() -> dict[str, str]:
    """Words that tell the tense of a clause: "past" or "future", by lower-case form."""
    found = ((form, tense) for form, tense in rows("tense.tsv"))
    return dict(found)
