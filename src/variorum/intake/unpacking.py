"""Archives (zip, gzip) → what is in them, read as a stream; nothing is ever written under a member's name.

Held against bombs: what comes out is counted against what lay on disk, over all levels of packing.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from variorum.model import InputError

MAX_RATIO = 200
"""How many bytes may come of one packed byte, on the whole. Text packs to a tenth; bombs reach a thousand and more."""

FREE_BYTES = 32_000_000
"""So many bytes may come out whatever the ratio."""

MAX_UNPACKED = 64_000_000_000
"""Most bytes that come of one archive."""

MAX_COPIED = 8_000_000_000
"""Most bytes of an archive that comes as a stream (standard input, an archive in an archive)."""

MAX_MEMBERS = 200_000
MAX_DEPTH = 2
"""How many archives may lie in one another, counting the outermost."""

_BLOCK = 1 << 20
_FAULTS = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(slots=True)
class Allowance:
    """How much may still come out of an archive of `packed` bytes. Shared by all that lies in it."""

    where: str
    packed: int
    unpacked: int = 0
    depth: int = 0
    most: int | None = None

    def take(self, number: int) -> None:
        """Count bytes that came out. Raises `InputError` archive-bomb."""
        self.unpacked += number
        if self.is_spent:
            raise InputError(
                f"more than {self._most:,} bytes come out of an archive of {self.packed:,}",
                where=self.where,
                remedy="unpack it yourself if it is what it should be, and hand over the files",
                code="archive-bomb",
            )

    @property
    def is_spent(self) -> bool:
        """Whether no more may come out."""
        return self.unpacked > self._most

    @property
    def _most(self) -> int:
        return self.most or min(MAX_UNPACKED, max(FREE_BYTES, self.packed * MAX_RATIO))

    @contextlib.contextmanager
    def inside(self, where: str) -> Iterator[None]:
        """Around the reading of one archive. Raises `InputError` archive-too-deep."""
        if self.depth >= MAX_DEPTH:
            raise InputError(
                f"more than {MAX_DEPTH} archives in one another",
                where=where,
                remedy="unpack the inner ones and hand over the files",
                code="archive-too-deep",
            )
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: where it is, what it is called, and how to read it."""

    where: str
    name: str
    open: Callable[[], io.BufferedReader] = field(repr=False)


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted against an allowance; faults of packing are errors of ours."""

    def __init__(self, stream: gzip.GzipFile | zipfile.ZipExtFile, allowance: Allowance, where: str) -> None:
        self._stream, self._allowance, self._where = stream, allowance, where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._stream.read1(min(len(view), _BLOCK))
        except _FAULTS as error:
            raise bad_archive(str(error) or "it breaks off before its end", self._where) from None
        self._allowance.take(len(data))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def size_of(stream: BinaryIO, where: str) -> tuple[BinaryIO, int]:
    """A stream that can be gone back in, and its size in bytes; what cannot is copied to a temporary file first.

    Raises `InputError` archive-bomb for more than `MAX_COPIED` bytes.
    """
    if not stream.seekable():
        copy = tempfile.TemporaryFile(prefix="variorum-")  # noqa: SIM115 (the caller closes it)
        copied = Allowance(where, 0, most=MAX_COPIED)
        try:
            while block := stream.read(_BLOCK):
                copied.take(len(block))
                copy.write(block)
        except BaseException:
            copy.close()
            raise
        stream = copy
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return stream, size


def gunzipped(stream: BinaryIO, allowance: Allowance, where: str) -> io.BufferedReader:
    """What is in a gzip file. Reading raises `InputError` bad-archive, archive-bomb."""
    return io.BufferedReader(_Counted(gzip.GzipFile(fileobj=stream, mode="rb"), allowance, where), _BLOCK)


@contextlib.contextmanager
def unzipped(stream: BinaryIO, allowance: Allowance, where: str) -> Iterator[list[Member | InputError]]:
    """The files in a zip by name, without hidden ones; in the place of one that must not be read, the error.

    They can be opened until the context is left. Raises `InputError` bad-archive; the errors are archive-path and
    bad-archive.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (*_FAULTS, ValueError, OSError) as error:
        raise bad_archive(str(error), where) from None
    with archive:
        # Not by `is_dir`, which fails on a file without a name.
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if len(infos) > MAX_MEMBERS:
            raise bad_archive(f"it has more than {MAX_MEMBERS:,} files", where)
        infos.sort(key=lambda info: info.filename)
        members = (_member(archive, info, allowance, where) for info in infos)
        yield [member for member in members if member is not None]


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance, where: str
) -> Member | InputError | None:
    """A file that may be read, the error for one that may not, None for a hidden one."""
    name = info.filename
    spot = f"{where}/{name}"
    if (fault := _path_fault(info)) is not None:
        return InputError(
            f"the archive names a file {fault}: {name[:80]!r}",
            where=where,
            remedy="do not unpack this archive; get it from where it came from again",
            code="archive-path",
        )
    if any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts):
        return None
    if info.flag_bits & 1:
        return bad_archive("it is encrypted", spot)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return bad_archive("it is packed in a way that is not read", spot)
    return Member(spot, name, _opener(archive, info, allowance, spot))


def is_office_document(stream: BinaryIO) -> bool:
    """Whether a zip is an office document or a book, which is no collection of reports."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            return bool({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"} & names)
    except (*_FAULTS, ValueError, OSError):
        return False
    finally:
        stream.seek(0)


def bad_archive(what: str, where: str) -> InputError:
    """The error for an archive that cannot be read."""
    return InputError(
        f"the archive cannot be read: {what[:120]}",
        where=where,
        remedy="get it again, or unpack it yourself and hand over the files",
        code="bad-archive",
    )


def _opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance, where: str
) -> Callable[[], io.BufferedReader]:
    def opened() -> io.BufferedReader:
        try:
            stream = cast(zipfile.ZipExtFile, archive.open(info))
        except (*_FAULTS, ValueError, OSError) as error:
            raise bad_archive(str(error), where) from None
        return io.BufferedReader(_Counted(stream, allowance, where), 1 << 16)

    return opened


def _path_fault(info: zipfile.ZipInfo) -> str | None:
    """What is wrong with a member's name: it would lead out of a folder that it is unpacked to, or deceive."""
    name = info.orig_filename
    if not name:
        return "without a name"
    if not name.isprintable():
        return "with control characters in its name"
    if name.startswith(("/", "\\")) or name[1:2] == ":" or "\\" in name or ".." in PurePosixPath(name).parts:
        return "outside itself"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "that is a link"
    return None
