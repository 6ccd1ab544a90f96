"""Answers that were paid for, kept on disk: the same question is not asked twice, and runs again come to the same."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from variorum.model import SettingError


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer as it was written; `cut_off` where the model ran into the limit of its tokens."""

    content: str
    cut_off: bool = False


_KEPT = TypeAdapter(Kept)


class Answers:
    """A folder of answers by their questions; without a folder nothing is kept. What is damaged there is asked for anew."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise SettingError(
                f"cannot be written: {error.strerror or error}",
                where=str(folder),
                remedy="choose another --llm-cache",
            ) from None

    def get(self, key: str) -> Kept | None:
        """The answer to a question, if it is kept whole."""
        if self._folder is None:
            return None
        try:
            return _KEPT.validate_json(self._file(self._folder, key).read_bytes(), strict=True)
        except (OSError, ValidationError):
            return None

    def put(self, key: str, answer: Kept) -> None:
        """Keep an answer. A disk that is full stops nothing: the answer is asked for again next time."""
        if self._folder is None:
            return
        file = self._file(self._folder, key)
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True, mode=0o700)
            handle, made = tempfile.mkstemp(dir=file.parent, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    json.dump(asdict(answer), stream)
                os.replace(made, file)
            except OSError:
                os.unlink(made)

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key}.json"


def key_of(*parts: str) -> str:
    """What a question is kept under: a hash of all that its answer depends on."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
