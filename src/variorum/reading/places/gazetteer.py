"""The gazetteer: a sorted table in one file, mapped into memory and searched by halving.

`training/gazetteer.py` writes the file with `write_tables`. Nothing is parsed on opening;
the operating system loads only the pages that are looked at. All numbers are little-endian.

    header    8 bytes of MAGIC, then for each table its length in bytes (8 bytes each)
    hashes    u32: the upper 32 of the 48 bits of each name key's digest; ascending by all 48
    checks    u16: the lower 16
    counts    u8: how many postings each key has
    blocks    u32: where the postings of each BLOCK-th key begin
    postings  u32: place number << 2 | how the key names the place (PRIMARY, SHORT, ALTERNATE)
    ids       u32: GeoNames id, 0 where GeoNames was not the source
    lats      i32: degrees * 1e5
    lons      i32: degrees * 1e5
    parents   u16: number of the containing division or country; NO_PARENT without
    people    u8: round(16 * log10(population + 1)), at most 255
    levels    u8: index into LEVELS, plus 16 * UCDP where_prec for areas that state their own,
              plus 128 for the capital of a country
    labels    u32: where each place's name begins in `texts`; one more at the end
    texts     the names, UTF-8

Countries come first and are in the order of their codes, which `codes` holds (2 bytes each).
"""

from __future__ import annotations

import mmap
import struct
import sys
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal

from variorum.reading.places.names import name_key

MAGIC: Final = b"VPLACES1"
BLOCK: Final = 32
TABLES: Final = (
    "codes",
    "hashes",
    "checks",
    "counts",
    "blocks",
    "postings",
    "ids",
    "lats",
    "lons",
    "parents",
    "people",
    "levels",
    "labels",
    "texts",
)
LEVELS: Final = ("country", "admin1", "admin2", "town", "region", "water")
NO_PARENT: Final = 0xFFFF
PRIMARY, SHORT, ALTERNATE = 0, 1, 2
_FORMATS: Final[dict[str, Literal["B", "H", "I", "i"]]] = {
    "hashes": "I",
    "checks": "H",
    "counts": "B",
    "blocks": "I",
    "postings": "I",
    "ids": "I",
    "lats": "i",
    "lons": "i",
    "parents": "H",
    "people": "B",
    "levels": "B",
    "labels": "I",
}
_FILE: Final = Path(__file__).parent / "data" / "gazetteer.bin"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    `number` is its row; `id` its GeoNames id or None; `people` log10(population + 1);
    `country` an ISO alpha-2 code or None for what crosses borders; `admin1` and `admin2`
    the rows of the divisions that contain it (or are it), else None; `own_precision` the
    UCDP where_prec that the entry states of itself, 0 if it states none; `capital` whether
    it is the capital of its country.
    """

    number: int
    id: int | None
    name: str
    lat: float
    lon: float
    people: float
    level: str
    country: str | None
    admin1: int | None
    admin2: int | None
    own_precision: int
    capital: bool


def name_digest(key: str) -> int:
    """The 48-bit digest under which the gazetteer files a name key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "little")


def write_tables(path: Path, tables: dict[str, bytes]) -> None:
    """Write the tables named in TABLES as one gazetteer file."""
    header = MAGIC + b"".join(struct.pack("<Q", len(tables[name])) for name in TABLES)
    path.write_bytes(header + b"".join(tables[name] for name in TABLES))


class Gazetteer:
    """Look places up by name. Opening maps the file; it holds no other state than caches of rows.

    Raises ValueError where the file is not a gazetteer or the machine's numbers are big-endian.
    """

    def __init__(self, path: Path = _FILE) -> None:
        if sys.byteorder != "little":
            raise ValueError("the gazetteer needs a little-endian machine")
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC:
            raise ValueError(f"{path}: not a gazetteer, or of another version")
        view = memoryview(self._map)
        lengths = struct.unpack_from(f"<{len(TABLES)}Q", self._map, 8)
        offset = 8 + 8 * len(TABLES)
        tables: dict[str, memoryview] = {}
        for name, length in zip(TABLES, lengths, strict=True):
            part = view[offset : offset + length]
            tables[name] = part.cast(_FORMATS[name]) if name in _FORMATS else part
            offset += length
        self._tables = tables
        self._hashes, self._counts, self._postings = tables["hashes"], tables["counts"], tables["postings"]
        codes = bytes(tables["codes"]).decode()
        self.country_codes = tuple(codes[i : i + 2] for i in range(0, len(codes), 2))
        self._rows: dict[int, Place] = {}

    def __len__(self) -> int:
        return len(self._tables["ids"])

    def find(self, name: str) -> tuple[tuple[Place, int], ...]:
        """Every place called `name`, with PRIMARY, SHORT or ALTERNATE for how the name is its own."""
        return self.find_key(name_key(name))

    def find_key(self, key: str) -> tuple[tuple[Place, int], ...]:
        """As `find`, for a name already folded by `name_key`."""
        row = self._row_of(key)
        if row < 0:
            return ()
        block = row - row % BLOCK
        start = self._tables["blocks"][row // BLOCK] + sum(self._counts[block:row])
        return tuple((self.place(p >> 2), p & 3) for p in self._postings[start : start + self._counts[row]])

    def has_key(self, key: str) -> bool:
        """Whether any place has this name key."""
        return self._row_of(key) >= 0

    def place(self, number: int) -> Place:
        """The entry in row `number`."""
        known = self._rows.get(number)
        if known is None:
            if len(self._rows) > 50_000:
                self._rows.clear()
            known = self._rows[number] = self._read(number)
        return known

    def _row_of(self, key: str) -> int:
        if not key:
            return -1
        digest = name_digest(key)
        wanted, check = digest >> 16, digest & 0xFFFF
        row = bisect_left(self._hashes, wanted)
        while row < len(self._hashes) and self._hashes[row] == wanted:
            if self._tables["checks"][row] == check:
                return row
            row += 1
        return -1

    def _read(self, number: int) -> Place:
        t = self._tables
        level = t["levels"][number]
        name = bytes(t["texts"][t["labels"][number] : t["labels"][number + 1]]).decode()
        country: str | None = None
        admin1: int | None = None
        admin2: int | None = None
        row = number
        while row != NO_PARENT:
            if row < len(self.country_codes):
                country = self.country_codes[row]
                break
            kind = LEVELS[t["levels"][row] & 15]
            if kind == "admin1":
                admin1 = row
            elif kind == "admin2":
                admin2 = row
            row = t["parents"][row]
        return Place(
            number,
            t["ids"][number] or None,
            name,
            t["lats"][number] / 1e5,
            t["lons"][number] / 1e5,
            t["people"][number] / 16,
            LEVELS[level & 15],
            country,
            admin1,
            admin2,
            level >> 4 & 7,
            level > 127,
        )


@lru_cache(maxsize=1)
def open_gazetteer() -> Gazetteer:
    """The gazetteer shipped with the package, mapped once."""
    return Gazetteer()
