"""What was handed over → documents that can be opened: files, files in folders, standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from variorum.intake.draft import Notify
from variorum.model import InputError

TEXT = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
_KNOWN = TEXT | PAGES | LINES | JSON
_STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read. `where` names it in errors; `suffix` is its lower-case file ending, or empty."""

    where: str
    suffix: str
    open: Callable[[], io.BufferedReader]


def documents(
    inputs: Iterable[str | Path], notify: Notify, stdin: BinaryIO | None = None
) -> Iterator[Document | InputError]:
    """The documents behind paths, in the order given; `-` is standard input, a folder its files by path."""
    for name in inputs:
        if str(name) == "-":
            source = stdin if stdin is not None else sys.stdin.buffer
            yield Document(_STDIN, "", lambda source=source: _buffered(source))  # type: ignore[misc]
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
    address = name.startswith(("http://", "https://"))
    return InputError(
        "nothing is fetched from the network" if address else "there is no such file or folder",
        where=name,
        remedy="save the page and hand over the file" if address else "check the path",
        code="no-such-file",
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
            if path.suffix.lower() in _KNOWN:
                found = True
                yield _file(path)
            else:
                notify(
                    InputError(
                        "left out: no file of text, HTML or JSON by its name",
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
            remedy="put .txt, .html, .jsonl or .json files into it",
            code="empty-folder",
        )


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream))
