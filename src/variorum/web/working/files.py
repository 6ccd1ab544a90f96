"""Files that were handed over, kept under names of our own: no name from elsewhere is ever one here."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from variorum.web.working.orders import Kept

_ENDING = re.compile(r"(?:\.[a-z0-9]{1,8})?(?:\.gz)?")
_LONGEST = 200


def keep_file(folder: Path, number: int, name: str, stream: BinaryIO) -> Kept:
    """Copy a file into a folder. Its ending stays, as it tells intake what it is."""
    shown = name.replace("\\", "/").rpartition("/")[2][:_LONGEST] or "a file"
    kept = Kept(name=shown, file=f"{number:04}{_ending(shown)}")
    with (folder / kept.file).open("xb") as target:
        shutil.copyfileobj(stream, target, 1 << 20)
    return kept


def _ending(name: str) -> str:
    parts = PurePosixPath(name.lower()).suffixes
    ending = "".join(parts[-2:] if parts[-1:] == [".gz"] else parts[-1:])
    return ending if _ENDING.fullmatch(ending) else ""
