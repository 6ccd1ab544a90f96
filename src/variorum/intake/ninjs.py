"""ninjs, the news in JSON of IPTC (versions 1 to 3): a wire item → its text and what the agency says of it.

Versions differ in how they spell names (`body_text`, `bodies`, `pubStatus`); what they mean is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from pydantic import ValidationError

from variorum.intake.dates import parse_day
from variorum.intake.draft import Draft
from variorum.intake.markup import fragment
from variorum.intake.wire import Wire, WireStatus, status_of, time_of, version_of
from variorum.model import InputError

_MARKS = frozenset(
    {"pubstatus", "versioncreated", "bodies", "headlines", "body_text", "body_html", "body_xhtml"}
)
_MAIN = frozenset({"", "main", "body", "text"})


def is_ninjs(value: Any) -> bool:
    """Whether a JSON value is a wire item rather than a report of ours."""
    if not isinstance(value, dict) or "text" in value:
        return False
    item = _lowered(value)
    standard = item.get("standard")
    named = isinstance(standard, dict) and str(standard.get("name", "")).lower() == "ninjs"
    return named or (_text(item, "uri", "guid") is not None and not _MARKS.isdisjoint(item))


def read_ninjs(
    value: dict[str, Any], *, where: str, published: date | None = None, publisher: str | None = None
) -> Draft:
    """The draft of a wire item, with its wire facts. The item's own day and agency go before the caller's.

    A withheld or canceled item need not have a text. Raises `InputError` bad-wire-item.
    """
    item = _lowered(value)
    name = _text(item, "uri", "guid")
    if name is None:
        raise _bad("it has no `uri`", where)
    written = item.get("pubstatus")
    status = status_of(written) if written is None or isinstance(written, str) else None
    if status is None:
        raise _bad(f"its `pubstatus` is {str(written)[:40]!r}", where)
    text = _body(item)
    if text is None and status is WireStatus.USABLE:
        kind = _text(item, "type")
        raise _bad(f"a {kind} without text" if kind else "it has no text", where)
    issued = _text(item, "versioncreated", "firstcreated")
    try:
        wire = Wire(
            standard="ninjs",
            item=name,
            version=version_of(item.get("version")),
            status=status,
            issued=time_of(issued),
            embargoed=_text(item, "embargoed", "embargoeduntil"),
            supersedes=tuple(dict.fromkeys(_texts(item.get("evolvedfrom")))),
            signals=tuple(dict.fromkeys(_texts(item.get("signals")))),
            note=_text(item, "ednote"),
        )
    except ValidationError:  # half a character, which JSON can have
        raise _bad("half a character (a lone surrogate) in what its agency says of it", where) from None
    return Draft(
        where=where,
        text=text or "",
        publisher=_agency(item) or publisher,
        title=_headline(item),
        published=_day(issued) or published,
        language=_text(item, "language"),
        wire=wire,
    )


def _body(item: dict[str, Any]) -> str | None:
    """The text: plain where there is a plain one, else the paragraphs of the marked-up one."""
    for body in _ranked(item.get("bodies")):
        kind = str(body.get("contenttype") or "text/plain").lower()
        value = body["value"]
        if text := value if kind.startswith("text/plain") else fragment(value):
            return str(text)
    if (text := _text(item, "body_text")) is not None:
        return text
    for field in ("body_xhtml", "body_html"):
        if (markup := _text(item, field)) and (text := fragment(markup)):
            return text
    return None


def _headline(item: dict[str, Any]) -> str | None:
    if (title := _text(item, "headline")) is not None:
        return title
    for headline in _ranked(item.get("headlines")):
        kind = str(headline.get("contenttype") or "text/plain").lower()
        return (
            str(headline["value"]) if kind.startswith("text/plain") else fragment(headline["value"]) or None
        )
    return _text(item, "title", "name")


def _ranked(values: Any) -> list[dict[str, Any]]:
    """The bodies or headlines of an item: plain text first, the main ones first."""
    lowered = (
        [_lowered(value) for value in values if isinstance(value, dict)] if isinstance(values, list) else []
    )
    usable = [value for value in lowered if isinstance(value.get("value"), str) and value["value"].strip()]
    return sorted(
        usable,
        key=lambda value: (
            str(value.get("role") or "").lower() not in _MAIN,
            not str(value.get("contenttype") or "text/plain").lower().startswith("text/plain"),
        ),
    )


def _agency(item: dict[str, Any]) -> str | None:
    for source in _objects(item.get("infosources")) or _objects(item.get("infosource")):
        if name := _text(source, "name"):
            return name
    return _text(item, "provider", "source", "copyrightholder")


def _day(written: str | None) -> date | None:
    with suppress(InputError):
        return parse_day(written) if written else None
    return None


def _text(item: dict[str, Any], *names: str) -> str | None:
    """The first of some fields that is a string with something in it."""
    for name in names:
        found = item.get(name)
        if isinstance(found, str) and found.strip():
            return found
    return None


def _texts(value: Any) -> Iterator[str]:
    """The strings in a field that is one, or a list of them, or of objects with a name."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield each
        elif isinstance(each, dict):
            found = _lowered(each)
            if name := _text(found, "uri", "qcode", "code", "name", "literal"):
                yield name


def _objects(value: Any) -> list[dict[str, Any]]:
    return [_lowered(each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _lowered(value: dict[str, Any]) -> dict[str, Any]:
    return {str(name).lower(): found for name, found in value.items()}


def _bad(what: str, where: str) -> InputError:
    return InputError(
        f"a wire item that cannot be used: {what}",
        where=where,
        remedy="ask the agency's feed for the item again, as ninjs or NewsML-G2 with its text",
        code="bad-wire-item",
    )
