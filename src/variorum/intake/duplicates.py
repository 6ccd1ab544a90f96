"""Which ids were read already. Two reports under one id could not be told apart later."""

from __future__ import annotations

import tempfile
from hashlib import blake2b
from types import TracebackType
from typing import IO

from variorum.model import InputError

_KEY = 16
_SLOT = _KEY + 8
_FREE = bytes(_SLOT)
_FEWEST_SLOTS = 1 << 12


class SeenIds:
    """Ids with where they were first seen.

    They are kept in temporary files, as a hash table with open addressing, so that memory does not grow with
    their number. A slot is an id's 128-bit hash and where in the second file its place is written.
    """

    def __init__(self) -> None:
        self._table = _scratch()
        self._places = _scratch()
        self._slots, self._used = _FEWEST_SLOTS, 0
        self._table.truncate(self._slots * _SLOT)

    def __enter__(self) -> SeenIds:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._table.close()
        self._places.close()

    def add(self, name: str, where: str) -> None:
        """Remember an id. Raises `InputError` duplicate-id if it was seen before."""
        key = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
        number, slot = self._find(key)
        if slot != _FREE:
            raise InputError(
                f"the report {name!r} was read already, from {self._place(slot)}",
                where=where,
                remedy="give each report an id of its own; hand over each text once",
                code="duplicate-id",
            )
        at = self._places.seek(0, 2)
        place = where.encode("utf-8", "replace")[:1000]
        self._places.write(len(place).to_bytes(2, "big") + place)
        self._write(number, key + at.to_bytes(8, "big"))
        self._used += 1
        if self._used * 2 > self._slots:
            self._grow()

    def _find(self, key: bytes) -> tuple[int, bytes]:
        """The number and content of the slot that holds a key, or of the free slot where it belongs."""
        number = int.from_bytes(key[:8], "big") % self._slots
        while True:
            self._table.seek(number * _SLOT)
            slot = self._table.read(_SLOT)
            if slot == _FREE or slot.startswith(key):
                return number, slot
            number = (number + 1) % self._slots

    def _write(self, number: int, slot: bytes) -> None:
        self._table.seek(number * _SLOT)
        self._table.write(slot)

    def _grow(self) -> None:
        old, slots = self._table, self._slots
        self._table, self._slots = _scratch(), slots * 4
        self._table.truncate(self._slots * _SLOT)
        with old:
            for number in range(slots):
                old.seek(number * _SLOT)
                slot = old.read(_SLOT)
                if slot != _FREE:
                    self._write(self._find(slot[:_KEY])[0], slot)

    def _place(self, slot: bytes) -> str:
        self._places.seek(int.from_bytes(slot[_KEY:], "big"))
        length = int.from_bytes(self._places.read(2), "big")
        return self._places.read(length).decode("utf-8", "replace")


def _scratch() -> IO[bytes]:
    # Unbuffered: lookups jump about, and a buffer would be filled anew for each.
    return tempfile.TemporaryFile(prefix="variorum-", buffering=0)
