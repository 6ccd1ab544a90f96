"""What was handed over → documents that can be opened: files, files in folders, addresses, standard input."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from variorum.intake.draft import Notify
from variorum.intake.shapes import is_known
from variorum.model import InputError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read. `where` names it in errors; `suffix` is its lower-case file ending, or empty.

    `url` is where it was fetched from, and `charset` the encoding that was declared there.
    """

    where: str
    suffix: str
    open: Callable[[], io.BufferedReader]
    url: str | None = None
    charset: str | None = None
    is_fetched: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Something to fetch."""

    url: str

    @property
    def where(self) -> str:
        """What names it in errors."""
        return self.url


def documents(
    inputs: Iterable[str | Path], notify: Notify, stdin: BinaryIO | None = None
) -> Iterator[Document | Address | InputError]:
    """The documents behind paths and addresses, in the order given; `-` is standard input, a folder its files by path."""
    for name in inputs:
        if str(name) == "-":
            source = stdin if stdin is not None else sys.stdin.buffer
            yield Document(_STDIN, "", lambda source=source: _buffered(source))  # type: ignore[misc]
            continue
        if _ADDRESS.match(str(name)):  # of any kind: which are fetched is not decided here
            yield Address(str(name))
            continue
        path = Path(name)
        try:
            if path.is_dir():
                yield from _folder(path, notify)
            elif path.exists():
                yield _file(path)
            else:
                yield _missing(str(name))
        except (
            OSError,
            ValueError,
        ) as error:  # a name too long, a NUL in it, a folder that may not be entered
            yield unreadable(error, str(name))


def unreadable(error: Exception, where: str) -> InputError:
    """The error for what the operating system will not let us read."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(
        f"cannot be read: {reason}",
        where=where,
        remedy="check the path and its permissions",
        code="unreadable-file",
    )


def _missing(name: str) -> InputError:
    return InputError(
        "there is no such file or folder", where=name, remedy="check the path", code="no-such-file"
    )


def _file(path: Path) -> Document:
    return Document(str(path), path.suffix.lower(), lambda: path.open("rb"))


def _folder(folder: Path, notify: Notify) -> Iterator[Document | InputError]:
    found = False
    faults: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            if is_known(name):
                found = True
                yield _file(path)
            else:
                notify(
                    InputError(
                        "left out: no file of text, HTML, JSON or XML by its name",
                        where=str(path),
                        remedy="name it on the command line to read it all the same",
                        code="skipped-file",
                    )
                )
    for fault in faults:
        yield unreadable(fault, str(fault.filename))
    if not found and not faults:
        yield InputError(
            "no readable file in this folder",
            where=str(folder),
            remedy="put .txt, .html, .jsonl, .json or .xml files into it",
            code="empty-folder",
        )


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream))
