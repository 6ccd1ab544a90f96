"""The linker of a ledger, kept between runs so that each takes in only what is new.

What is kept is no record: it follows from the readings, and is made anew whenever it does not fit them. It is kept in the
user's own cache folder and not beside the ledger, since it is a pickle: one that came with somebody else's ledger could
run anything.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import variorum.linking
from variorum.linking import Linker
from variorum.model import Reading

Known = dict[int, tuple[str, str]]
"""Readings by their numbers: report and reader."""

_WORTH_KEEPING: Final = 50
"""The file is written again once a fiftieth of the readings is new."""


class KeptLinker:
    """A linker with the readings that it has taken in."""

    def __init__(self, file: Path | None = None) -> None:
        """`file` is where to keep it; None keeps it in memory only."""
        self._file = file
        self._linker: Linker | None = None
        self._known: Known = {}
        self._on_file = 0

    def catch_up(self, current: Known, recall: Callable[[Iterable[int]], Iterator[Reading]]) -> Linker:
        """The linker of these readings, and no others. `recall` gives readings by their numbers."""
        if self._linker is None:
            self._load()
        if self._linker is None or not self._known.items() <= current.items():
            self._linker, self._known, self._on_file = Linker(), {}, 0
        for reading in recall(sorted(current.keys() - self._known.keys())):
            self._linker.add(reading)
        self._known = dict(current)
        return self._linker

    def keep(self) -> None:
        """Write the linker to its file, if there is one and enough is new. A disk that is full or read-only is no fault."""
        new = len(self._known) - self._on_file
        if self._file is None or self._linker is None or new * _WORTH_KEEPING < len(self._known) or not new:
            return
        fresh = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                pickle.dump((_form(), self._known, self._linker), stream, pickle.HIGHEST_PROTOCOL)
            fresh.replace(self._file)
            self._on_file = len(self._known)
        except OSError:
            fresh.unlink(missing_ok=True)

    def _load(self) -> None:
        if self._file is None or not _is_ours(self._file):
            return
        try:
            with self._file.open("rb") as stream:
                form, known, linker = pickle.load(stream)
        except Exception:  # whatever is wrong with it: it can be made anew
            return
        if form == _form() and isinstance(linker, Linker):
            self._known, self._linker, self._on_file = known, linker, len(known)


def cache_file(where: str, folder: Path) -> Path:
    """Where the linker of a ledger is kept in a folder."""
    return folder / f"linker-{hashlib.sha256(where.encode()).hexdigest()[:24]}.pickle"


def user_cache(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of this user for what can be made anew."""
    named = environment.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "variorum"


def _is_ours(file: Path) -> bool:
    """Whether nobody else can have written a file."""
    try:
        found = (file.stat(), file.parent.stat())
    except OSError:
        return False
    return all(one.st_uid == os.getuid() and not one.st_mode & 0o022 for one in found)


@cache
def _form() -> str:
    """What a pickle depends on besides the readings: the code and the data of linking."""
    folder = Path(variorum.linking.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
