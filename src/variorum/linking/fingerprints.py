"""Fingerprints of texts: what two texts share, found without comparing all with all.

* `prints`: winnowed runs of eight words, which find any passage of `SURE` words that two texts share, wherever
  it stands (Schleimer, Wilkerson and Aiken 2003).
* `bands`: a MinHash over runs of three words, cut into bands: whole texts of which much is alike have one in common
  (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack
from typing import Final
from zlib import crc32

from rensa import RMinHash

RUN: Final = 8
WINDOW: Final = 6
SURE: Final = RUN + WINDOW - 1
"""Passages of this many words or more that two texts share always share a print."""

BANDS: Final = 20
ROWS: Final = 4
"""Two texts share a band with a chance of 1 - (1 - s**ROWS)**BANDS: 0.73 where half their shingles are alike, 0.99 for 0.7."""

_SHINGLE: Final = 3
_SEED: Final = 42
_BAND: Final = 1 << 32
"""Bands are numbers above this, prints are below."""


def bands(words: Sequence[str]) -> list[int]:
    """The bands of a text's MinHash. Texts shorter than a shingle have one shingle."""
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    minhash.update(sorted(shingles(words)))
    digest = minhash.digest()
    rows = (digest[i : i + ROWS] for i in range(0, BANDS * ROWS, ROWS))
    return [_BAND * (number + 1) + crc32(pack(f"<{ROWS}I", *row)) for number, row in enumerate(rows)]


def is_band(key: int) -> bool:
    """Whether a key is a band; else it is a print."""
    return key >= _BAND


def shingles(words: Sequence[str]) -> set[str]:
    """All runs of three words."""
    return {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}


def prints(words: Sequence[str]) -> list[tuple[int, int]]:
    """Hash and first word of the runs of eight words that stand for the text, in order.

    Of every `WINDOW` runs in a row, the one with the least hash is among them; the last of several.
    """
    hashes = [crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1)]
    found: list[tuple[int, int]] = []
    least = -1
    for start in range(max(bool(hashes), len(hashes) - WINDOW + 1)):
        end = min(start + WINDOW, len(hashes))
        if least < start:
            least = min(range(start, end), key=lambda i: (hashes[i], -i))
        elif hashes[end - 1] <= hashes[least]:
            least = end - 1
        if not found or found[-1][1] != least:
            found.append((hashes[least], least))
    return found


def blocks(
    a: Sequence[str], b: Sequence[str], seeds: Sequence[tuple[int, int]], least: int = RUN
) -> list[tuple[int, int, int]]:
    """Runs of words that two texts share: where in `a`, where in `b`, how many words.

    Each seed is a pair of places from which the same run of words starts; it is extended both ways. In the order of `a`,
    none overlapping another there.
    """
    found: list[tuple[int, int, int]] = []
    reached: dict[int, int] = {}
    for i, j in sorted(set(seeds)):
        if i < reached.get(j - i, 0):
            continue
        start = 0
        while i - start > 0 and j - start > 0 and a[i - start - 1] == b[j - start - 1]:
            start += 1
        end = 0
        while i + end < len(a) and j + end < len(b) and a[i + end] == b[j + end]:
            end += 1
        reached[j - i] = i + end
        found.append((i - start, j - start, start + end))
    kept: list[tuple[int, int, int]] = []
    for block in sorted(found, key=lambda block: (-block[2], block)):
        if block[2] >= least and all(
            block[0] + block[2] <= other[0] or other[0] + other[2] <= block[0] for other in kept
        ):
            kept.append(block)
    return sorted(kept)
