"""WARC: pages that were archived from the web, record by record."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from variorum.intake.addresses import is_address
from variorum.intake.extras import needed
from variorum.intake.limits import MAX_BYTES, too_long
from variorum.model import InputError

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_LINE = 1 << 18
"""Bytes; lines stand in the heads of records and answers only."""

# Its complaints quote records; ours have codes.
logging.getLogger("warcio").setLevel(logging.CRITICAL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it was answered: from which address, and in which encoding by the answer's head."""

    where: str
    data: bytes
    url: str | None
    charset: str | None


class _AsItComes:
    """A stream that gives what is there, and only then the error: a full block would be lost with the error in it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read1(size)


def _with_short_lines(archive: Any) -> Any:
    """A warcio archive whose lines have an end: reading one without raises ValueError.

    By itself it puts a line together block by block and copies all of it each time. One of many megabytes, which packs to
    nothing, would hold it for hours.
    """
    whole = archive.reader.readline

    def readline(length: int | None = None) -> bytes:
        most = min(length or _LONGEST_LINE, _LONGEST_LINE)
        parts, size = [], 0
        while size < most and (part := whole(most - size)):
            parts.append(part)
            size += len(part)
            if part.endswith(b"\n"):
                break
        else:
            if size >= _LONGEST_LINE:
                raise ValueError("a line without end")
        return b"".join(parts)

    archive.reader.readline = readline
    archive.INC_RECORD = ""  # it would write words of a damaged record to standard error, and so into logs
    return archive


def archived_pages(stream: io.BufferedReader, where: str) -> Iterator[ArchivedPage | InputError]:
    """The pages of a WARC that is not compressed, one at a time; what is no page that was found is passed over.

    A damaged or cut archive is an error at its place: the records before it are read, those after it are not.
    Yields `InputError` bad-archive, too-long; raises `SettingError` missing-extra.
    """
    with needed("warc", "reading WARC"):
        from warcio.archiveiterator import ArchiveIterator
    number, found = 0, False
    try:
        for number, record in enumerate(_with_short_lines(ArchiveIterator(_AsItComes(stream))), 1):
            spot = f"{where}: record {number}"
            if (head := _page_head(record)) is None:
                continue
            found = True
            data = record.content_stream().read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                yield too_long(spot, f"more than {MAX_BYTES:,} bytes")
                continue
            if getattr(record.raw_stream, "limit", 0) > 0:
                yield _cut(spot)
                return
            yield ArchivedPage(spot, data, _address(record), _charset(head))
    except Exception as error:  # a record can break the parser in more ways than its authors name
        if isinstance(error, InputError):
            raise
        yield InputError(
            f"the archive is damaged after record {number} ({type(error).__name__})",
            where=where,
            remedy="get it again; what stood before was read",
            code="bad-archive",
        )
        return
    if not found:
        yield InputError(
            "there is no page in the archive",
            where=where,
            remedy="hand over the archive that has the pages themselves (records of type response)",
            code="empty",
        )


def _page_head(record: Any) -> str | None:
    """The media type with its parameters of a record that holds a page, else None."""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return None
        kind = record.http_headers.get_header("Content-Type")
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type")
    else:
        return None
    return kind if isinstance(kind, str) and kind.strip().lower().startswith(_PAGES) else None


def _address(record: Any) -> str | None:
    """Where the page was; some crawlers put brackets around it."""
    found = (record.rec_headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
    return found if is_address(found) and found.isprintable() else None


def _charset(head: str) -> str | None:
    found = _CHARSET.search(head[:500])
    return found[1] if found else None


def _cut(where: str) -> InputError:
    return InputError(
        "the archive breaks off within this record",
        where=where,
        remedy="get it again; what stood before was read",
        code="bad-archive",
    )


def starts_warc(head: bytes) -> bool:
    """Whether the first bytes are those of a WARC."""
    return head.startswith(b"WARC/1.") or head.startswith(b"WARC/0.1")
