"""Damage done to sound inputs for `fuzz.py`: to bytes, to the words of a text, and to the values of JSON."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

LONGEST = 200_000
"""Characters of an input at most: what is too long is refused anyway, and what grows too fast shows before."""
MOST_VALUES = 800
"""Lists and objects in a damaged JSON."""

NASTY: tuple[str, ...] = tuple(yaml.safe_load(Path(__file__).with_name("fuzz_nasty.yaml").read_text("utf-8")))
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1.5, 1e308, float("inf"), float("nan"), "", " ", "x", "\ud800", "\0", [], {}, [[]], [None],
    {"": ""}, "9" * 5000, "2025-02-30", "0000-00-00", "2025-03-15T25:61:00+99:00", "http://[::1", "a" * 3000,
)  # fmt: skip


def bytes_damaged(dice: Random, seeds: Sequence[bytes], words: Sequence[str]) -> bytes:
    """One of the seeds after some changes at random places; the same for the same dice."""
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.choice((0, 1, 1, 2, 3, 5, 8, 20, 60))):
        _change(dice, data, seeds, words)
        del data[LONGEST:]
    return bytes(data)


def _change(dice: Random, data: bytearray, seeds: Sequence[bytes], words: Sequence[str]) -> None:
    at = dice.randint(0, len(data))
    end = min(len(data), at + int(dice.expovariate(1 / 20)))
    match dice.randrange(12):
        case 0 if at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        case 1 if at < len(data):
            data[at] = dice.choice(
                (0, 9, 10, 13, 32, 34, 39, 60, 127, 128, 0xC3, 0xED, 0xFF, dice.randrange(256))
            )
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = data[at:end]
        case 4:
            part = bytes(data[at:end]) or b"("
            data[at:at] = part * dice.choice((2, 10, 100, LONGEST // len(part)))
        case 5:
            data[at:at] = dice.randbytes(dice.randint(1, 8))
        case 6:
            other = dice.choice(seeds)
            start = dice.randint(0, len(other))
            data[at:end] = other[start : start + dice.randint(0, 200)]
        case 7 if dice.random() < 0.2:
            del data[at:]
        case 8:
            data[at:end] = dice.choice(NASTY).encode("utf-8", "surrogatepass")
        case 9:
            numbers = list(re.finditer(rb"\d+", data))
            if numbers:
                first, last = dice.choice(numbers).span()
                data[first:last] = str(dice.choice((0, 1, 13, 32, 61, 10**6, 2**31, 2**63, 10**40))).encode()
        case _:
            data[at:at] = f" {dice.choice(words)} ".encode() if words else b" "


def words_damaged(dice: Random, seeds: Sequence[bytes], words: Sequence[str]) -> bytes:
    """A text of a seed's words, left out, doubled, put elsewhere, and mixed with those of lexicons and with odd marks."""
    text = dice.choice(seeds).decode("utf-8", "replace")
    first = dice.randint(0, len(text))
    parts = re.findall(r"\w+|\s+|[^\w\s]", text[first : first + dice.choice((40, 200, 1000, 4000))])
    for _ in range(dice.choice((0, 1, 3, 10, 40))):
        at = dice.randint(0, len(parts))
        end = min(len(parts), at + dice.randint(0, 6))
        match dice.randrange(6):
            case 0:
                del parts[at:end]
            case 1:
                parts[at:at] = parts[at:end] * dice.choice((1, 1, 2, 30))
            case 2:
                parts[at:at] = [dice.choice(NASTY)]
            case 3:
                other = dice.randint(0, len(parts))
                parts[at:end], parts[other : other + 4] = parts[other : other + 4], parts[at:end]
            case 4:
                parts[at:end] = [part.swapcase() for part in parts[at:end]]
            case _:
                parts[at:at] = [" ", dice.choice(words), dice.choice((" ", "-", ", ", ". ", "’s "))]
    return "".join(parts)[: LONGEST // 4].encode("utf-8", "replace")


def json_damaged(dice: Random, seeds: Sequence[bytes], words: Sequence[str]) -> bytes:
    """A seed's JSON with some of its values replaced, left out or put deeper; at times as bytes are damaged."""
    if dice.random() < 0.3:
        return bytes_damaged(dice, seeds, words)
    value = json.loads(dice.choice(seeds))
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        value = _value_changed(dice, value)
    if len(_holders(value)) > MOST_VALUES:  # too deep for the writer, or too much of it
        return bytes_damaged(dice, seeds, words)
    return json.dumps(value, ensure_ascii=dice.random() < 0.7).encode("utf-8", "surrogatepass")[:LONGEST]


def _value_changed(dice: Random, value: Any) -> Any:
    holders = [one for one in _holders(value) if one]
    if not holders or dice.random() < 0.02:
        return dice.choice(_VALUES)
    holder = dice.choice(holders)
    key: Any = dice.choice(list(holder)) if isinstance(holder, dict) else dice.randrange(len(holder))
    match dice.randrange(7):
        case 0:
            del holder[key]
        case 1:
            holder[key] = [holder[key]] * dice.choice((1, 2, 300))
        case 2:
            deep: Any = holder[key]
            for _ in range(dice.choice((1, 3, 300))):
                deep = {"a": deep} if dice.random() < 0.5 else [deep]
            holder[key] = deep
        case 3 if isinstance(holder[key], str):
            holder[key] = "".join(dice.choice((holder[key], *NASTY)) for _ in range(dice.randint(1, 4)))
        case 4 if isinstance(holder[key], int):
            holder[key] = dice.choice((-1, 0, 1, holder[key] + 1, 10**6, 2**63))
        case _:
            holder[key] = dice.choice(_VALUES)
    return value


def _holders(value: Any) -> list[Any]:
    found, waiting = [], [value]
    while waiting and len(found) <= MOST_VALUES:
        one = waiting.pop()
        if isinstance(one, dict | list):
            found.append(one)
            waiting.extend(one.values() if isinstance(one, dict) else one)
    return found


Damage = Callable[[Random, Sequence[bytes], Sequence[str]], bytes]


def packed(inner: Damage, name: str) -> Damage:
    """Damage inside an archive that is sound, or to the archive itself: gz, or a zip with the damaged file as `name`."""

    def damage(dice: Random, seeds: Sequence[bytes], words: Sequence[str]) -> bytes:
        def pack(data: bytes) -> bytes:
            if name == "gz":
                return gzip.compress(data, mtime=0)
            target = io.BytesIO()
            with zipfile.ZipFile(
                target, "w", dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            ) as archive:
                for other in dict.fromkeys(
                    (name, dice.choice(("datapackage.json", "b.txt", "a/../c.jsonl", "d.zip")))
                ):
                    archive.writestr(zipfile.ZipInfo(other), data if other == name else dice.choice(seeds))
            return target.getvalue()

        data = inner(dice, seeds, words)
        return pack(data) if dice.random() < 0.5 else bytes_damaged(dice, [pack(data)], words)

    return damage
