"""Where products go: standard output, a file, or one file a product in a folder."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from variorum.model import SettingError

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Outlet(Protocol):
    """Takes products, in order."""

    def expect(self, number: int) -> None:
        """Be told how many products will come. Raises `SettingError` if there is no room for them."""

    def put(self, name: str, product: str) -> None:
        """Write the product of a report or incident of this id."""


class Stream:
    """All products into one stream, one after the other; where each is a whole page, only one."""

    def __init__(self, stream: TextIO, *, single: bool = False) -> None:
        self._stream, self._single, self._used = stream, single, 0

    def expect(self, number: int) -> None:
        """Raise `SettingError` for more pages than one."""
        if self._single and number > 1:
            raise SettingError(
                "several dossiers would each be a page of its own",
                where="--output",
                remedy="give a folder as --output",
            )

    def put(self, name: str, product: str) -> None:
        """Write one product. Raises `SettingError` for a second page."""
        self._used += 1
        self.expect(self._used)
        self._stream.write(product)
        self._stream.flush()


class Folder:
    """One file a product, named after the id."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder, self._suffix = folder, suffix

    def expect(self, number: int) -> None:
        """There is room for any number."""

    def put(self, name: str, product: str) -> None:
        """Write one product into its file, replacing it only when the new one is whole."""
        path = self._folder / (file_name(name) + self._suffix)
        with replacing(path) as stream:
            stream.write(product)


@contextlib.contextmanager
def outlet(output: Path | None, *, pages: bool = False) -> Iterator[Outlet]:
    """The outlet for `--output`: none is standard output. `pages` tells that each product is a whole page.

    A file is written beside itself, as NAME.part, and takes its name at the end: what was there before is not
    harmed by a run that breaks off. Raises `SettingError` for a place that cannot be written.
    """
    if output is None:
        yield Stream(sys.stdout, single=pages)
        return
    with told_where(output):
        if pages and (output.is_dir() or not output.suffix):
            output.mkdir(parents=True, exist_ok=True)
            yield Folder(output, ".html")
        else:
            with replacing(output) as stream:
                yield Stream(stream, single=pages)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A stream that takes the place of a file when all is written."""
    with replacing_bytes(path) as stream, TextIOWrapper(stream, encoding="utf-8", newline="\n") as text:
        yield text


@contextlib.contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for bytes."""
    if path.exists() and not path.is_file():  # a device or pipe has no name to hand over
        with path.open("wb") as stream:
            yield stream
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)  # of a run that broke off


@contextlib.contextmanager
def told_where(output: Path) -> Iterator[None]:
    """Turn a failure to write into a `SettingError` about `--output`."""
    try:
        yield
    except OSError as error:
        raise SettingError(
            f"cannot be written: {error.strerror or error}",
            where=str(output),
            remedy="choose another --output",
        ) from error


def file_name(name: str) -> str:
    """A file name for an id: itself where it is safe as one, else cleaned and made unique by a hash."""
    clean = _UNSAFE.sub("_", name).strip(".")[:80]
    return clean if clean == name else f"{clean or 'report'}-{sha256(name.encode()).hexdigest()[:8]}"
