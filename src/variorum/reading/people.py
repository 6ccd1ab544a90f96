"""The nouns for people: one lexicon for the grammar of quantities and for the groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people: the group it speaks for (civilian, security, militant, unknown), how firmly, its
    number."""

    group: str
    weight: float
    singular: bool
    plural: bool


def read_table(package: str, name: str) -> list[list[str]]:
    """Rows of a tab-separated lexicon in the `data` folder of `package`; lines that begin with '#' are
    notes."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def person_nouns() -> MappingProxyType[str, PersonNoun]:
    """All forms of all nouns for people, lower case."""
    nouns: dict[str, PersonNoun] = {}
    for singular, plural, group, weight in read_table("variorum.reading", "people.tsv"):
        if singular != "-" and singular not in nouns:
            nouns[singular] = PersonNoun(group, float(weight), singular=True, plural=singular == plural)
        if plural not in nouns:
            nouns[plural] = PersonNoun(group, float(weight), singular=False, plural=True)
    for loaded, plain in read_table("variorum.reading.encoder", "loaded.tsv"):
        if plain in nouns:
            nouns[loaded] = nouns[plain]  # loaded words weigh exactly as much as plain ones
    return MappingProxyType(nouns)
