"""Feeds: RSS, Atom and JSON Feed → items, each with its address, day and publisher."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

from variorum.intake.addresses import is_address
from variorum.intake.dates import parse_day
from variorum.intake.markup import fragment, paragraphs
from variorum.intake.xml import child, children, local_name, parse_xml, words
from variorum.model import InputError

ROOTS = frozenset({"rss", "feed", "RDF"})
"""Root elements of feeds in XML."""

_DAYS = ("pubDate", "date", "published", "issued")
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_MOST_ITEMS = 5000
_LONGEST_KEY = 300
_FEWEST_WORDS = 50
"""With fewer words than these the text in a feed is taken for a summary of the article, not for the article."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed, found at `where`. `key` names it among the feed's; `state` changes when the entry does.

    `published` is the day as the feed writes it. `text` is the whole article where the feed carries it, else None.
    """

    where: str
    key: str
    state: str
    url: str | None = None
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it stands. `minutes` is how long the feed says that it need not be asked again."""

    title: str | None
    items: tuple[FeedItem, ...]
    minutes: int | None = None


def is_json_feed(value: Any) -> bool:
    """Whether a JSON value is a JSON Feed."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("items"), list)
        and "jsonfeed.org/version/" in str(value.get("version"))[:100]
    )


def parse_feed(data: bytes, *, where: str, base: str | None = None) -> Feed:
    """A feed's items, in its order. `base` is its address, to which the items' may be relative.

    Raises `InputError` bad-feed, xml-doctype.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower()
    if (
        start == b"<!doctype html"
    ):  # a page, of which there is more to say than that it declares a document type
        raise _bad(where)
    if start[:1] == b"{":
        try:
            value = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            value = None
        if not is_json_feed(value):
            raise _bad(where)
        return _json_feed(value, where, base)
    try:
        root = parse_xml(_NAMED.sub(_numbered, data), where, recover=True)
    except InputError as error:
        raise error if error.code == "xml-doctype" else _bad(where) from None
    if local_name(root) not in ROOTS:
        raise _bad(where)
    is_atom = local_name(root) == "feed"
    head = root if is_atom else child(root, "channel")
    if head is None:
        raise _bad(where)
    # Wherever they are: an element that was not closed before them holds them, when it is mended.
    entries = [each for each in root.iter() if local_name(each) == ("entry" if is_atom else "item")][
        :_MOST_ITEMS
    ]
    title = words(_own(head, "title"))
    items = tuple(
        _entry(entry, f"{where}: item {number}", title, base) for number, entry in enumerate(entries, 1)
    )
    return Feed(title, items, _minutes(words(_own(head, "ttl"))))


def _numbered(name: re.Match[bytes]) -> bytes:
    """A character that HTML names, as XML can tell it: feeds use such names without declaring them."""
    found = html5.get(name[1].decode("ascii") + ";")
    return "".join(f"&#{ord(character)};" for character in found).encode("ascii") if found else name[0]


def _entry(entry: Any, where: str, feed: str | None, base: str | None) -> FeedItem:
    """The item of an `item` of RSS (all versions) or an `entry` of Atom."""
    guid = _own(entry, "guid")
    link = next((found for each in children(entry, "link") if (found := _link(each))), None)
    if link is None and guid is not None and guid.get("isPermaLink") != "false":
        link = words(guid)
    source = child(entry, "source")
    title = _own(entry, "title")
    return _item(
        where,
        key=words(guid) or words(_own(entry, "id")),
        link=link,
        base=base,
        title=fragment(words(title) or "")
        if title is not None and title.get("type") == "html"
        else words(title),
        # RSS has one date for an item and two spellings of it; Atom's `updated` is no day of publication.
        written=next((day for name in _DAYS if (day := words(child(entry, name)))), None),
        publisher=words(_own(source, "title")) or words(source) or feed,
        texts=[_text(part) for name in ("encoded", "content") for part in children(entry, name)],
        state=tuple(words(_own(entry, name)) for name in ("updated", "summary", "description")),
    )


def _text(part: Any) -> tuple[str, bool]:
    """An entry's text, and whether it is marked up."""
    if len(part):  # XHTML, as elements
        return paragraphs(part), False
    return part.text or "", local_name(part) == "encoded" or "html" in (part.get("type") or "")


def _link(element: Any) -> str | None:
    if element.get("href"):
        return element.get("href") if element.get("rel") in (None, "alternate") else None
    return words(element)


def _own(parent: Any, name: str) -> Any:
    """A child in its parent's own namespace: extensions for pictures and sounds use the same names."""
    if parent is None or not isinstance(parent.tag, str):
        return None
    space, brace, _ = parent.tag.rpartition("}")
    # Not by lxml's paths: a namespace of a damaged feed can have brackets and colons in it, which mean something there.
    return next((each for each in parent if each.tag == f"{space}{brace}{name}"), None)


def _json_feed(value: dict[str, Any], where: str, base: str | None) -> Feed:
    title = _line(value.get("title"))
    items = []
    for number, item in enumerate(value["items"][:_MOST_ITEMS], 1):
        if isinstance(item, dict):
            bodies = [(item.get("content_text"), False), (item.get("content_html"), True)]
            items.append(
                _item(
                    f"{where}: item {number}",
                    key=item.get("id"),
                    link=item.get("url"),
                    base=base,
                    title=item.get("title"),
                    written=item.get("date_published"),
                    publisher=title,
                    texts=[(text, marked) for text, marked in bodies if isinstance(text, str)],
                    state=(item.get("date_modified"), item.get("summary")),
                )
            )
    return Feed(title, tuple(items))


def _item(
    where: str,
    *,
    key: Any,
    link: Any,
    base: str | None,
    title: Any,
    written: Any,
    publisher: Any,
    texts: list[tuple[str, bool]],
    state: tuple[Any, ...],
) -> FeedItem:
    url = _address(link, base)
    whole = next(_whole(texts), None)
    heading = _line(title)
    return FeedItem(
        where=where,
        key=_key(_line(key) or url or _hash(heading, whole)),
        state=_hash(heading, whole, written, *state),
        url=url,
        title=heading,
        published=_day(written),
        publisher=_line(publisher),
        text=whole,
    )


def _key(told: str) -> str:
    """A name that any store can keep: one that is long, or has characters that no database takes, as its hash."""
    return told if len(told) <= _LONGEST_KEY and told.isprintable() else _hash(told)


def _whole(texts: list[tuple[str, bool]]) -> Iterator[str]:
    for text, marked in texts:
        plain = fragment(text) if marked else text
        if len(plain.split()) >= _FEWEST_WORDS:
            yield plain


def _address(link: Any, base: str | None) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    with suppress(ValueError):
        whole = urljoin(base, link.strip()) if base else link.strip()
        return whole if is_address(whole) else None
    return None


def _day(written: Any) -> date | None:
    """The day as written, in whatever of the two forms of feeds; no shift to another time zone."""
    if not isinstance(written, str):
        return None
    with suppress(InputError):
        return parse_day(written)
    with suppress(TypeError, ValueError, OverflowError):
        return parsedate_to_datetime(written).date()
    return None


def _minutes(written: Any) -> int | None:
    text = str(written).strip()
    return min(int(text), 7 * 24 * 60) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _line(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _hash(*parts: Any) -> str:
    return blake2b(repr(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _bad(where: str) -> InputError:
    return InputError(
        "no RSS, Atom or JSON Feed that can be read",
        where=where,
        remedy="check in a browser that the address is the feed's own",
        code="bad-feed",
    )
