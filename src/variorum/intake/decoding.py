"""Bytes → text, without losing or inventing a character.

In order: a byte order mark; UTF-8; the encoding a page declares; Windows-1252 where only few bytes lie beyond
ASCII (English text of old systems: curly quotes, dashes, accented names); a detector. What is guessed is told
in a note. What is broken is refused: replaced characters would be quoted as evidence.
"""

from __future__ import annotations

import codecs
from functools import cache
from importlib.resources import files

from variorum.intake.draft import Notify
from variorum.model import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\r\f\v\x1a\x1b")
_FEW = 0.05
_UTF8_REMEDY = "save it as UTF-8 from the program that wrote it"


def decode(data: bytes, *, where: str, notify: Notify, declared: str | None = None) -> str:
    """The text of some bytes.

    Raises `InputError`: binary, broken-utf8, broken-utf16, mixed-encodings, unknown-encoding.
    """
    mark = next((pair for pair in _MARKS if data.startswith(pair[0])), None)
    if mark:
        return _marked(data[len(mark[0]) :], mark[1], where)
    refuse_binary(data, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if declared and (text := _strictly(data, declared)) is not None:
        return text
    _refuse_broken_utf8(data, broken, where)
    if (text := _windows_1252(data)) is not None:
        encoding = "Windows-1252"
    else:
        text, encoding = _detected(data, where)
    notify(
        InputError(
            f"not UTF-8; read as {encoding}, which is a guess",
            where=where,
            remedy=_UTF8_REMEDY,
            code="guessed-encoding",
        )
    )
    return text


def decode_utf8(data: bytes, where: str) -> str:
    """The text of bytes that must be UTF-8, as JSON must. Raises `InputError` broken-utf8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken_utf8(error, where) from None


def refuse_binary(data: bytes, where: str) -> None:
    """Raise `InputError` binary for what is no text, by its first bytes or its many control characters."""
    for start, kind, remedy in _signatures():
        if data.startswith(start):
            raise InputError(f"this is {kind}, not text", where=where, remedy=remedy, code="binary")
    if len(data) > 3 and max(data[::2].count(0), data[1::2].count(0)) > len(data) * 0.4:
        raise InputError(
            "looks like UTF-16 without a byte order mark",
            where=where,
            remedy=_UTF8_REMEDY,
            code="unknown-encoding",
        )
    # A stray NUL or two in a long text is damage with its own code (nul-bytes), not another kind of file.
    if len(data) - len(data.translate(None, _CONTROLS)) > max(3, len(data) * 0.005):
        raise InputError(
            "this is no text: too many control characters",
            where=where,
            remedy="hand over plain text, HTML or JSON Lines",
            code="binary",
        )


@cache
def _signatures() -> tuple[tuple[bytes, str, str], ...]:
    lines = files("variorum.intake").joinpath("data/signatures.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((bytes.fromhex(start), kind, remedy) for start, kind, remedy in rows)


def _marked(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            raise _broken_utf8(error, where) from None
        raise InputError(
            f"has the byte order mark of {encoding.upper()} but is damaged at byte {error.start}",
            where=where,
            remedy=_UTF8_REMEDY,
            code="broken-utf16",
        ) from None


def _broken_utf8(error: UnicodeDecodeError, where: str) -> InputError:
    return InputError(
        f"broken UTF-8 at byte {error.start}: {error.reason}",
        where=where,
        remedy="get the file again, or " + _UTF8_REMEDY,
        code="broken-utf8",
    )


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError, where: str) -> None:
    """Tell UTF-8 that is damaged or has another encoding pasted into it from text in a legacy encoding.

    Bytes beyond ASCII that happen to form valid UTF-8 are next to impossible in legacy English text.
    """
    cut_off = error.reason == "unexpected end of data"
    if data.decode("utf-8", "ignore").isascii() and not (cut_off and len(data) - error.start > 1):
        return
    if cut_off:
        raise _broken_utf8(error, where)
    raise InputError(
        f"mixes UTF-8 with another encoding, first at byte {error.start}",
        where=where,
        remedy="convert each part to UTF-8 before joining them",
        code="mixed-encodings",
    )


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _windows_1252(data: bytes) -> str | None:
    beyond = sum(byte >= 0x80 for byte in data)
    return _strictly(data, "cp1252") if beyond <= len(data) * _FEW else None


def _detected(data: bytes, where: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # only needed for the rare file that is neither UTF-8 nor Latin

    best = from_bytes(data[:200_000]).best()
    text = _strictly(data, best.encoding) if best else None
    if best is None or text is None:
        raise InputError(
            "in no encoding that can be told", where=where, remedy=_UTF8_REMEDY, code="unknown-encoding"
        )
    return text, best.encoding
