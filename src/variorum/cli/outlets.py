"""Where products go: standard output, a file, or one file a report in a folder."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TextIO

from variorum.model import Report, SettingError

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Outlet(Protocol):
    """Takes the products of reports, in order."""

    def put(self, report: Report, product: str) -> None:
        """Write one product."""


class Stream:
    """All products into one stream, one after the other; where each is a whole page, only one."""

    def __init__(self, stream: TextIO, *, single: bool = False) -> None:
        self._stream, self._single, self._used = stream, single, False

    def put(self, report: Report, product: str) -> None:
        """Write one product. Raises `SettingError` for a second page."""
        if self._single and self._used:
            raise SettingError(
                "several reports would each be a page of its own",
                where="--output",
                remedy="give a folder as --output",
            )
        self._stream.write(product)
        self._stream.flush()
        self._used = True


class Folder:
    """One file a report, named after the report's id."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder, self._suffix = folder, suffix

    def put(self, report: Report, product: str) -> None:
        """Write one product into its file, replacing it only when the new one is whole."""
        path = self._folder / (_file_name(report.id) + self._suffix)
        with replacing(path) as stream:
            stream.write(product)


@contextlib.contextmanager
def outlet(output: Path | None, *, pages: bool) -> Iterator[Outlet]:
    """The outlet for `--output`: none is standard output. `pages` tells that each product is a whole page.

    A file is written beside itself, as NAME.part, and takes its name at the end: what was there before is not
    harmed by a run that breaks off. Raises `SettingError` for a place that cannot be written.
    """
    if output is None:
        yield Stream(sys.stdout, single=pages)
        return
    try:
        if pages and (output.is_dir() or not output.suffix):
            output.mkdir(parents=True, exist_ok=True)
            yield Folder(output, ".html")
        else:
            with replacing(output) as stream:
                yield Stream(stream, single=pages)
    except OSError as error:
        raise SettingError(
            f"cannot be written: {error.strerror or error}",
            where=str(output),
            remedy="choose another --output",
        ) from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A stream that takes the place of a file when all is written."""
    if path.exists() and not path.is_file():  # a device or pipe has no name to hand over
        with path.open("w", encoding="utf-8") as stream:
            yield stream
        return
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream
    os.replace(part, path)


def _file_name(name: str) -> str:
    """A file name for an id: itself where it is safe as one, else cleaned and made unique by a hash."""
    clean = _UNSAFE.sub("_", name).strip(".")[:80]
    return clean if clean == name else f"{clean or 'report'}-{sha256(name.encode()).hexdigest()[:8]}"
