"""What the reader knows of parties before it reads: names, countries, bodies, roles, nouns for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from variorum.model.errors import SettingError
from variorum.model.values import PartyKind
from variorum.reading.parties.tokens import Words, normal, split

GENERIC_BODY = "{c} {f} Ministry"


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party of the lexicon. `body` is the common noun by which reports call it within its country."""

    name: str
    kind: PartyKind
    country: str | None = None
    body: str | None = None
    rank: int = 0
    """Place in the lexicon: of two parties with one alias the earlier is meant unless the country decides."""


@dataclass(frozen=True, slots=True)
class Land:
    """A country, or a land inside or across countries that has bodies of its own."""

    iso: str
    name: str
    adjective: str = ""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.iso[:2]


@dataclass(frozen=True, slots=True)
class Body:
    """A sort of body that every country may have, with the form of its name."""

    id: str
    kind: PartyKind
    template: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase may mean. `tag` is one of party, land, seat, people-of, city, body, office, voice, document, rank,
    courtesy, noun (people unnamed), group (definite descriptions); `value` the thing; `need` the case it asks for."""

    tag: str
    value: object
    need: str = ""
    homes: frozenset[str] | None = None
    """Countries that a report must be about for the phrase to mean this; None for all."""


@dataclass(slots=True)
class Lexicon:
    """All phrases by their first word, and tables of bodies and lands."""

    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    lands: dict[str, Land] = field(default_factory=dict)
    by_body: dict[tuple[str, str], KnownParty] = field(default_factory=dict)
    """The known party behind (country, body)."""
    local: dict[tuple[str, str], str] = field(default_factory=dict)
    """Form of the name of a place's body, by (body, country or *)."""
    leaders: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Country and office of heads of state and government, by surname."""
    speakers: dict[str, KnownParty] = field(default_factory=dict)
    """The party of persons known by name, by the name's normal form."""
    heads: dict[str, PartyKind] = field(default_factory=dict)
    """Last words of names of bodies."""
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Function words by class."""
    abbreviations: frozenset[str] = frozenset()
    size: int = 0

    def add(self, phrase: str, sense: Sense) -> None:
        """Let a phrase have a meaning."""
        words = _words(phrase, self.abbreviations)
        if words and words[0] in self.words["articles"] and len(words) > 1 and sense.tag == "party":
            words = words[1:]
            if len(words) == 1 and not sense.need and _everyday(sense.value):
                sense = Sense(sense.tag, sense.value, "capital")
        if words:
            self.phrases.setdefault(words[0], []).append((words, sense))

    def add_party(self, party: KnownParty, aliases: Iterable[str]) -> None:
        """Let a party be known by its name and aliases."""
        for told in dict.fromkeys([party.name, *aliases]):
            name, _, home = told.partition("@")
            need = _case(name) or ("name" if party.kind is PartyKind.ORGANISATION else "")
            self.add(
                name,
                Sense("party", party, "" if home else need, frozenset(home.split("+")) if home else None),
            )
        if party.country and party.body:
            self.by_body[party.country, party.body] = party
        self.size += 1

    def at(self, words: Words, i: int, limit: int) -> tuple[int, list[Sense]]:
        """The longest phrase that starts at word i and ends before `limit`: its length and all it may mean."""
        best, senses = 0, list[Sense]()
        for phrase, sense in self.phrases.get(words.norm[i], ()):
            size = len(phrase)
            if size < best or i + size > limit or (size > 1 and tuple(words.norm[i : i + size]) != phrase):
                continue
            if sense.need and not _fits(words, i, size, sense.need, self.words["acronymless"]):
                continue
            if size > best:
                best, senses = size, []
            senses.append(sense)
        return best, senses


def _words(phrase: str, abbreviations: frozenset[str]) -> tuple[str, ...]:
    """The words of a phrase as `split` gives them, by a short cut where nothing but letters is in it."""
    plain = phrase.replace("-", " ")
    if plain.isascii() and plain.replace(" ", "").isalnum():
        return tuple(plain.lower().split())
    return tuple(split(phrase, abbreviations).norm)


def _case(name: str) -> str:
    """The case a name asks for: "upper" for acronyms, "capital" for other single words, "" for longer names."""
    if name.isupper() or (len(name) <= 6 and sum(c.isupper() for c in name) >= 2):
        return "upper"
    return "" if " " in name else "capital"


def _everyday(value: object) -> bool:
    """Whether a party is of a sort whose names are often made of everyday words ("The Independent", "Aid Group")."""
    return isinstance(value, KnownParty) and value.kind in (PartyKind.MEDIA, PartyKind.ORGANISATION)


def _fits(words: Words, i: int, size: int, need: str, everyday: frozenset[str]) -> bool:
    if words.lower_case:
        return len(words.norm[i]) > 2 and words.norm[i] not in everyday
    if need == "capital":
        return words.capital[i]
    if need == "name" and size > 1:
        return any(words.capital[i : i + size])
    surface = words.text[words.start[i] : words.end[i + size - 1]]
    return sum(c.isupper() for c in surface) >= 2 or (
        len(surface) > 3 and words.capital[i] and surface.lower() not in everyday
    )


def _lines(name: str) -> Iterator[list[str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    separator = "\t" if name.endswith(".tsv") else "|"
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split(separator)]


def _list(text: str, mark: str = ",") -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeou" else noun + "s"


def load_lexicon(extra: Iterable[Path] = ()) -> Lexicon:
    """The shipped lexicon with users' own parties from YAML files (a list of {name, kind, country, body, aliases}).

    Raises SettingError for a file that is missing or has another form.
    """
    if not (paths := tuple(extra)):
        return _shipped()
    lexicon = _build()
    for path in paths:
        for party, aliases in _from_yaml(path):
            lexicon.add_party(party, aliases)
    return lexicon


@cache
def _shipped() -> Lexicon:
    return _build()


def _from_yaml(path: Path) -> Iterator[tuple[KnownParty, list[str]]]:
    remedy = "give a list of entries with name, and as needed kind, country, body, aliases"
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in rows or []:
            kind = PartyKind(row.get("kind", "organisation"))
            aliases = [str(alias) for alias in row.get("aliases") or []]
            yield KnownParty(str(row["name"]), kind, row.get("country"), row.get("body"), -1), aliases
    except (
        OSError,
        UnicodeDecodeError,
        yaml.YAMLError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise SettingError(f"no readable parties lexicon: {error}", where=str(path), remedy=remedy) from error


def _build() -> Lexicon:
    lexicon = Lexicon()
    for (line,) in _lines("function.txt"):
        name, _, words = line.partition(":")
        lexicon.words[name] = frozenset(_list(words))
    lexicon.words["verbs"] = frozenset(word for (line,) in _lines("verbs.txt") for word in _list(line))
    _add_lands(lexicon)
    _add_bodies(lexicon)
    _add_people(lexicon)
    _add_ministries(lexicon)
    for iso, office, names in _lines("leaders.txt"):
        for name in _list(names):
            lexicon.leaders[normal(name)] = (iso, office)
    by_name = dict[str, KnownParty]()
    for rank, (name, kind, country, body, aliases) in enumerate(_lines("parties.tsv")):
        party = KnownParty(name, PartyKind(kind), country or None, body or None, rank)
        lexicon.add_party(party, _list(aliases, ";"))
        by_name[name] = party
    for name, persons in _lines("speakers.txt"):
        for person in _list(persons):
            lexicon.speakers[" ".join(_words(person, frozenset()))] = by_name[name]
    return lexicon


def _add_lands(lexicon: Lexicon) -> None:
    for iso, name, peoples, others, seats in _lines("countries.txt"):
        land = lexicon.lands[iso] = Land(iso, name, (_list(peoples) or [name])[0])
        for other in [name, *_list(others)]:
            lexicon.add(
                other, Sense("land", land, "upper" if other.replace(".", "").isupper() else "capital")
            )
        for people in _list(peoples):
            lexicon.add(people, Sense("people-of", land, "capital"))
        for seat in _list(seats):
            lexicon.add(seat, Sense("seat", land, "capital"))
    for iso, cities in _lines("cities.tsv"):
        if iso in lexicon.lands:
            for city in _list(cities, ";"):
                lexicon.add(city, Sense("city", lexicon.lands[iso], "capital"))


def _add_bodies(lexicon: Lexicon) -> None:
    for id_, kind, template, phrases in _lines("bodies.txt"):
        body = lexicon.bodies[id_] = Body(id_, PartyKind(kind), template)
        for phrase in _list(phrases):
            lexicon.add(phrase, Sense("body", body))
    for body_id, country, template in _lines("local.txt"):
        lexicon.local[body_id, country] = template


def _add_ministries(lexicon: Lexicon) -> None:
    for name, phrases in _lines("functions.txt"):
        id_ = f"{name.lower()} ministry"
        ministry = lexicon.bodies[id_] = Body(id_, PartyKind.GOVERNMENT, GENERIC_BODY.replace("{f}", name))
        for f in _list(phrases):
            for phrase in (
                f"{f} ministry",
                f"ministry of {f}",
                f"ministry for {f}",
                f"department of {f}",
                f"secretariat of {f}",
            ):
                lexicon.add(phrase, Sense("body", ministry))
            for phrase in (
                f"{f} minister",
                f"minister of {f}",
                f"minister for {f}",
                f"{f} secretary",
                f"{f} cabinet secretary",
                f"cabinet secretary for {f}",
                f"secretary of {f}",
            ):
                lexicon.add(phrase, Sense("office", ministry))


def _add_people(lexicon: Lexicon) -> None:
    short = set[str]()
    for tag, body_id, phrases in _lines("roles.txt"):
        for phrase in _list(phrases):
            value = lexicon.bodies.get(body_id) if tag in ("office", "rank") else phrase
            lexicon.add(phrase, Sense(tag, value))
            if tag in ("rank", "courtesy", "office") and len(phrase) <= 4:
                short.add(phrase)
    lexicon.abbreviations = frozenset(short) | lexicon.words["abbreviations"]
    for kind, nouns in _lines("people.txt"):
        for noun in _list(nouns):
            one, _, many = noun.partition("/")
            for phrase in dict.fromkeys([one, many or _plural(one)]):
                lexicon.add(phrase, Sense("noun", PartyKind(kind)))
    for kind, nouns in _lines("groups.txt"):
        for noun in _list(nouns):
            for phrase in dict.fromkeys([noun, noun if noun.endswith("s") else _plural(noun)]):
                lexicon.add(phrase, Sense("group", PartyKind(kind)))
    for kind, nouns in _lines("heads.txt"):
        for noun in _list(nouns):
            lexicon.heads[noun] = PartyKind(kind)
