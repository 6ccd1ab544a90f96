"""The words that tell incidents, and the roles of the words around them, read once from the package's
data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from variorum.model import IncidentType
from variorum.reading.people import read_table

Role = Literal["event", "means", "harm"]

_TYPES = {
    "battle": IncidentType.BATTLE,
    "explosion": IncidentType.EXPLOSION,
    "civilians": IncidentType.VIOLENCE_AGAINST_CIVILIANS,
    "hostages": IncidentType.HOSTAGE_TAKING,
    "riot": IncidentType.RIOT,
    "protest": IncidentType.PROTEST,
    "strategic": IncidentType.STRATEGIC,
    "unknown": IncidentType.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of the lexicon: its words, the type it speaks for, and what it is.

    An `event` is the incident itself ("blast"), a `means` what it was done with ("mortar"), a `harm` what
    it left ("died"): only the first two speak for a type, only the first and the last happen on a day.
    """

    words: tuple[str, ...]
    type: IncidentType
    role: Role


@cache
def triggers() -> Mapping[str, tuple[Entry, ...]]:
    """Entries by their first word, the longest first."""
    found: dict[str, list[Entry]] = {}
    for phrase, type_, role in read_table(__package__, "triggers.tsv"):
        words = tuple(phrase.split())
        entry = Entry(words, _TYPES[type_], role)  # type: ignore[arg-type]
        found.setdefault(words[0], []).append(entry)
    return MappingProxyType(
        {word: tuple(sorted(entries, key=lambda e: -len(e.words))) for word, entries in found.items()}
    )


@cache
def words(kind: str) -> frozenset[str]:
    """The lower-case words of one kind of `words.tsv`."""
    return frozenset(word for row_kind, word in read_table(__package__, "words.tsv") if row_kind == kind)


@cache
def phrases(kind: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The phrases of one kind of `phrases.tsv` by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row_kind, phrase in read_table(__package__, "phrases.tsv"):
        if row_kind == kind:
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append(parts)
    return MappingProxyType({word: tuple(rows) for word, rows in found.items()})


@cache
def plain_words() -> Mapping[str, str]:
    """Loaded words and the plain ones read in their place, so that no value depends on who calls it what."""
    rows = read_table("variorum.reading.encoder", "loaded.tsv")
    return MappingProxyType({loaded: plain for loaded, plain in rows if " " not in loaded + plain})


@cache
def abbreviations() -> frozenset[str]:
    """Words whose point ends no sentence."""
    return words("abbreviation")
