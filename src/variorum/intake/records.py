"""JSON: reports, or readings that were kept, one a line, or one document that holds one or several."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO

from variorum.intake.dates import parse_day
from variorum.intake.decoding import decode_utf8, refuse_binary
from variorum.intake.draft import Draft
from variorum.intake.kept import is_kept, kept_reading
from variorum.intake.limits import MAX_BYTES, read_all, too_long
from variorum.intake.ninjs import is_ninjs, read_ninjs
from variorum.model import InputError, Reading

_BOM = b"\xef\xbb\xbf"
_REMEDY = (
    'write one object a line: {"id": …, "publisher": …, "published": …, "language": …, "title": …, "text": …}'
)

_MOST_BROKEN = 1000
"""After so many lines in a row that are no JSON, the rest is no JSON Lines either, and is not read."""


def read_lines(
    stream: BinaryIO, *, where: str, published: date | None, publisher: str | None
) -> Iterator[Draft | Reading | InputError]:
    """The drafts of JSON Lines, one after the other; a bad line is an error and the next line is read, up to `_MOST_BROKEN`.

    At most one line is held in memory, and never more than the limit of one.
    """
    found, broken = False, 0
    for number, line in _lines(stream, where):
        spot = f"{where}:{number}"
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            try:
                broken += 1
                value = _parse(line, spot)
                broken = 0
                if _holds_reports(value):  # a whole document that was written without line breaks
                    yield from _drafts(value, spot, published, publisher)
                else:
                    yield _draft(value, spot, published, publisher)
            except InputError as error:
                yield error
        else:
            continue
        found = True
        if broken == _MOST_BROKEN:
            yield InputError(
                f"{_MOST_BROKEN:,} lines in a row are no JSON: what follows is left unread",
                where=spot,
                remedy="get the file again, or cut out what is damaged",
                code="not-json-lines",
            )
            return
    if not found:
        yield InputError("there is no line in it", where=where, remedy=_REMEDY, code="empty")


def read_document(
    stream: BinaryIO, *, where: str, published: date | None, publisher: str | None
) -> Iterator[Draft | Reading | InputError]:
    """The drafts of one JSON document: an object, a list of objects, or one with a list of `reports`."""
    try:
        data = read_all(stream, where).removeprefix(_BOM)
        if not data.strip():
            raise InputError("the file is empty", where=where, remedy=_REMEDY, code="empty")
        whole = _parse(data, where)
    except InputError as error:
        yield error
        return
    yield from _drafts(whole, where, published, publisher)


def _holds_reports(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("reports"), list)


def _drafts(
    whole: Any, where: str, published: date | None, publisher: str | None
) -> Iterator[Draft | Reading | InputError]:
    """The drafts of one document's reports, each refused by itself."""
    if _holds_reports(whole):
        whole = whole["reports"]
    if not isinstance(whole, list):
        whole = [whole]
        spots = [where]
    else:
        spots = [f"{where}: report {n}" for n in range(1, len(whole) + 1)]
    if not whole:
        yield InputError("the list of reports is empty", where=where, remedy=_REMEDY, code="empty")
    for spot, value in zip(spots, whole, strict=True):
        try:
            yield _draft(value, spot, published, publisher)
        except InputError as error:
            yield error


def _lines(stream: BinaryIO, where: str) -> Iterator[tuple[int, bytes | InputError]]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) <= MAX_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, too_long(f"{where}:{number}", f"a line of more than {MAX_BYTES:,} bytes")


def _parse(data: bytes, where: str) -> Any:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("JSON in UTF-16", where=where, remedy="save it as UTF-8", code="not-utf8")
    if data[:1] not in b"{[":  # a compressed or binary file under a JSON name deserves its own name
        refuse_binary(data[:4096], where)
    text = decode_utf8(data, where).rstrip()
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError(
            "JSON nested too deep",
            where=where,
            remedy="a report is a flat object: " + _REMEDY,
            code="nested-too-deep",
        ) from None
    except json.JSONDecodeError as error:
        if error.pos >= len(text) or error.msg.startswith("Unterminated"):
            raise InputError(
                "the JSON breaks off before its end",
                where=where,
                remedy="get it again: a part is missing",
                code="cut-json",
            ) from None
        raise InputError(
            f"not JSON: {error.msg} at character {error.pos}", where=where, remedy=_REMEDY, code="bad-json"
        ) from None
    except ValueError as error:  # numbers of thousands of digits
        raise InputError(f"not JSON: {error}", where=where, remedy=_REMEDY, code="bad-json") from None


def _draft(value: Any, where: str, published: date | None, publisher: str | None) -> Draft | Reading:
    """A draft of one object. Known fields must have their type, unknown ones are read past.

    The report's own date and publisher go before the caller's. `dct` and `date` serve as `published`, and
    `domain` (the publisher's site) as `publisher`, where those are absent; a `dct` or `date` that is no day counts as absent.
    """
    if not isinstance(value, dict):
        raise InputError(
            f"a JSON {_kind(value)} where a report should be",
            where=where,
            remedy=_REMEDY,
            code="not-an-object",
        )
    if is_kept(value):
        return kept_reading(value, where)
    if is_ninjs(value):
        return read_ninjs(value, where=where, published=published, publisher=publisher)
    if value.get("text") is None:
        raise InputError(
            "no field `text`", where=where, remedy="put the report's text in `text`", code="missing-text"
        )
    name = value.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        value = {**value, "id": str(name)}
    text = _field(value, "text", where) or ""
    return Draft(
        where=where,
        text=text,
        id=_field(value, "id", where),
        publisher=_field(value, "publisher", where) or _field(value, "domain", where) or publisher,
        url=_field(value, "url", where),
        title=_field(value, "title", where),
        published=_published(value, where) or published,
        language=_field(value, "language", where),
    )


def _published(value: dict[str, Any], where: str) -> date | None:
    """The report's day: `published`, which must be one, else `dct` or `date` where they hold one."""
    if value.get("published") not in (None, ""):
        return parse_day(value["published"], where=where)
    for field in ("dct", "date"):  # other people's fields, in which other things than days are found
        with suppress(InputError):
            if value.get(field) not in (None, ""):
                return parse_day(value[field], where=where)
    return None


def _field(value: dict[str, Any], name: str, where: str) -> str | None:
    """A field's string, exactly as given; None where it is absent, null or empty."""
    found = value.get(name)
    if found is None or isinstance(found, str):
        return found or None
    raise InputError(
        f"the field `{name}` is a JSON {_kind(found)}",
        where=where,
        remedy="write it as a string",
        code="bad-field",
    )


def _kind(value: Any) -> str:
    names = {list: "list", dict: "object", str: "string", bool: "truth value", type(None): "null"}
    return names.get(type(value), "number")
