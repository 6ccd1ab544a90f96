"""NewsML-G2, the wire format of IPTC in XML: news items → their texts and what the agency says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from variorum.intake.dates import parse_day
from variorum.intake.draft import Draft
from variorum.intake.markup import fragment, paragraphs
from variorum.intake.wire import Wire, WireStatus, status_of, time_of, version_of
from variorum.intake.xml import child, children, local_name, parse_xml, words
from variorum.model import InputError

ROOTS = frozenset({"newsItem", "newsMessage", "packageItem"})
"""Root elements of the format."""

_MOST_ITEMS = 10_000
_REPLACED = frozenset({"irel:replaces", "irel:supersedes", "irel:evolvedFrom", "irel:previousVersion"})
_BODIES = ("body.content", "body")


def read_newsml(
    data: bytes, *, where: str, published: date | None = None, publisher: str | None = None
) -> Iterator[Draft | InputError]:
    """The drafts of all news items in a document, with their wire facts; pictures and packages have no text and are errors.

    Raises `InputError` bad-xml, xml-doctype; yields bad-wire-item.
    """
    root = parse_xml(data, where)
    items = [root] if local_name(root) == "newsItem" else list(_all(root, "newsItem"))[:_MOST_ITEMS]
    if not items:
        yield _bad("there is no news item in it", where)
    for number, item in enumerate(items, 1):
        spot = where if len(items) == 1 else f"{where}: item {number}"
        try:
            yield _draft(item, spot, published, publisher)
        except InputError as error:
            yield error


def _draft(item: Any, where: str, published: date | None, publisher: str | None) -> Draft:
    name = (item.get("guid") or "").strip()
    if not name:
        raise _bad("it has no `guid`", where)
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    written = child(meta, "pubStatus")
    code = written.get("qcode") or written.get("uri", "").rpartition("/")[2] if written is not None else None
    status = status_of(code)
    if status is None:
        raise _bad(f"its pubStatus is {str(code)[:40]!r}", where)
    text = _body(child(item, "contentSet"))
    if not text and status is WireStatus.USABLE:
        kind = child(meta, "itemClass")
        named = kind.get("qcode", "").rpartition(":")[2] if kind is not None else ""
        raise _bad(f"a {named[:40]} without text" if named and named != "text" else "it has no text", where)
    issued = words(child(meta, "versionCreated")) or words(child(meta, "firstCreated"))
    language = child(content, "language")
    wire = Wire(
        standard="newsml-g2",
        item=name,
        version=version_of(item.get("version")),
        status=status,
        issued=time_of(issued),
        embargoed=words(child(meta, "embargoed")),
        supersedes=tuple(_replaced(meta, name)),
        signals=tuple(
            code.rpartition(":")[2] for each in children(meta, "signal") if (code := each.get("qcode"))
        ),
        note=words(child(meta, "edNote")),
    )
    return Draft(
        where=where,
        text=text,
        publisher=_agency(meta, content) or publisher,
        title=words(child(content, "headline")) or words(child(meta, "title")),
        published=_day(issued) or published,
        language=(language.get("tag") if language is not None else None) or None,
        wire=wire,
    )


def _body(contents: Any) -> str:
    """The text of the first rendition that has one."""
    for part in children(contents, "inlineXML"):
        for name in _BODIES:
            for body in _all(part, name):
                if text := paragraphs(body):
                    return text
        if text := paragraphs(part):
            return text
    for part in children(contents, "inlineData"):
        written = "".join(part.itertext())
        kind = (part.get("contenttype") or "text/plain").lower()
        if text := fragment(written) if "html" in kind else written.strip():
            return text
    return ""


def _agency(meta: Any, content: Any) -> str | None:
    for parent, name in ((content, "infoSource"), (meta, "provider")):
        for element in children(parent, name):
            named = words(child(element, "name")) or (element.get("literal") or "").strip()
            if named:
                return named
    for element in children(meta, "provider"):
        if code := (element.get("qcode") or "").rpartition(":")[2].strip():
            return code
    return None


def _replaced(meta: Any, name: str) -> Iterator[str]:
    for link in children(meta, "link"):
        other = (link.get("residref") or link.get("href") or "").strip()
        if link.get("rel") in _REPLACED and other and other != name:
            yield other


def _day(written: str | None) -> date | None:
    with suppress(InputError):
        return parse_day(written) if written else None
    return None


def _all(parent: Any, name: str) -> Iterator[Any]:
    return (element for element in parent.iter() if local_name(element) == name)


def _bad(what: str, where: str) -> InputError:
    return InputError(
        f"a wire item that cannot be used: {what}",
        where=where,
        remedy="ask the agency's feed for the item again, with its text",
        code="bad-wire-item",
    )
