"""Fingerprints of texts: what two texts share, found without comparing all with all.

* `sketch`: MinHash over runs of three words, which tells how much of two whole texts is alike (Broder 1997).
* `prints`: winnowed runs of eight words, which find any passage of `SURE` words that two texts share, wherever
  it stands (Schleimer, Wilkerson and Aiken 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from rensa import RMinHash

RUN: Final = 8
WINDOW: Final = 6
SURE: Final = RUN + WINDOW - 1
"""Passages of this many words or more that two texts share always share a print."""

PERMUTATIONS: Final = 128
_SHINGLE: Final = 3
_SEED: Final = 42


def sketch(words: Sequence[str]) -> RMinHash:
    """The MinHash of a text. Texts shorter than a shingle have one shingle."""
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update(sorted(shingles(words)))
    return minhash


def shingles(words: Sequence[str]) -> set[str]:
    """All runs of three words."""
    return {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}


def prints(words: Sequence[str]) -> list[tuple[int, int]]:
    """Hash and first word of the runs of eight words that stand for the text, in order.

    Of every `WINDOW` runs in a row, the one with the least hash is among them; the last of several.
    """
    hashes = [crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1)]
    found: list[tuple[int, int]] = []
    for start in range(max(bool(hashes), len(hashes) - WINDOW + 1)):
        least = min(range(start, min(start + WINDOW, len(hashes))), key=lambda i: (hashes[i], -i))
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
