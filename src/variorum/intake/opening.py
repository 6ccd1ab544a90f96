"""A document of any kind → the drafts in it: files, pages of the web, feeds, wire items and archives of all of these."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from variorum.intake.documents import Address, Document, unreadable
from variorum.intake.draft import Draft, Notify
from variorum.intake.feeds import FeedItem, parse_feed
from variorum.intake.fetching import Fetched, Fetches
from variorum.intake.html import read_html
from variorum.intake.limits import read_all
from variorum.intake.newsml import read_newsml
from variorum.intake.plain import read_plain
from variorum.intake.records import read_document, read_lines
from variorum.intake.shapes import PEEK, Shape, is_known, shape_of
from variorum.intake.unpacking import (
    Allowance,
    Member,
    bad_archive,
    gunzipped,
    is_office_document,
    size_of,
    unzipped,
)
from variorum.intake.warc import ArchivedPage, archived_pages
from variorum.model import InputError, Reading

Found = Draft | Reading | InputError

_COLLECTIONS = frozenset({Shape.FEED, Shape.ZIP, Shape.GZIP, Shape.WARC})
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens documents. `published` and `publisher` are what the caller says of all of them."""

    fetcher: Fetches
    notify: Notify
    published: date | None = None
    publisher: str | None = None

    def drafts(self, source: Document | Address) -> Iterator[Found]:
        """The drafts in a document or at an address; in the place of what cannot be read, the error."""
        if isinstance(source, Document):
            yield from self._opened(source, None)
            return
        try:
            fetched = self.fetcher.fetch(source.url)
        except InputError as error:
            yield error
            return
        yield from self._opened(_fetched(fetched), None)

    def item_drafts(self, item: FeedItem) -> Iterator[Found]:
        """The drafts of a feed's item: what its address leads to, else the text that the feed itself has.

        Of publisher and day the page's own word goes before the feed's.
        """
        if item.url is None:
            yield self._item_text(item)
            return
        try:
            document = _fetched(self.fetcher.fetch(item.url))
            found: list[Found] = list(self._opened(document, None, single=True))
        except InputError as error:
            found = [error]
        if item.text is not None and all(isinstance(one, InputError) for one in found):
            for one in found:
                if isinstance(one, InputError):
                    self.notify(one)
            yield self._item_text(item)
            return
        for one in found:
            yield _filled(one, item) if isinstance(one, Draft) else one

    def _opened(
        self, document: Document, allowance: Allowance | None, single: bool = False
    ) -> Iterator[Found]:
        where = document.where
        try:
            with document.open() as stream:
                shape = shape_of(document.suffix, stream.peek(PEEK)[:PEEK])
                if single and shape in _COLLECTIONS:
                    raise _no_article(where)
                yield from self._read(shape, document, stream, allowance)
        except InputError as error:
            yield error
        except (OSError, ValueError) as error:
            yield unreadable(error, where)

    def _read(
        self, shape: Shape, document: Document, stream: io.BufferedReader, allowance: Allowance | None
    ) -> Iterator[Found]:
        where, day, publisher = document.where, self.published, self.publisher
        match shape:
            case Shape.LINES:
                yield from read_lines(stream, where=where, published=day, publisher=publisher)
            case Shape.JSON:
                yield from read_document(stream, where=where, published=day, publisher=publisher)
            case Shape.NEWSML:
                yield from read_newsml(
                    read_all(stream, where), where=where, published=day, publisher=publisher
                )
            case Shape.PAGE:
                yield self._page(read_all(stream, where), where, document.url, document.charset)
            case Shape.TEXT:
                data = read_all(stream, where)
                draft = read_plain(data, where=where, notify=self.notify, published=day, publisher=publisher)
                yield replace(draft, url=document.url)
            case Shape.FEED:
                yield from self._feed(read_all(stream, where), document)
            case Shape.OTHER_XML:
                raise InputError(
                    "XML of a kind that is not read",
                    where=where,
                    remedy="hand over NewsML-G2, RSS or Atom, or the article's text",
                    code="unknown-xml",
                )
            case Shape.WARC:
                for page in archived_pages(stream, where):
                    yield self._archived(page)
            case Shape.ZIP | Shape.GZIP:
                yield from self._unpacked(shape, document, stream, allowance)

    def _page(self, data: bytes, where: str, url: str | None, charset: str | None) -> Draft:
        draft = read_html(
            data,
            where=where,
            notify=self.notify,
            published=self.published,
            publisher=self.publisher,
            charset=charset,
        )
        if url is None:
            return draft
        # A page may name any address as its own; it is believed about its own host only.
        named, host = _host(draft.url or ""), _host(url)
        if named == host:
            return replace(draft, publisher=draft.publisher or host)
        publisher = None if draft.publisher == named else draft.publisher
        return replace(draft, url=url, publisher=publisher or host)

    def _archived(self, page: ArchivedPage | InputError) -> Draft | InputError:
        if isinstance(page, InputError):
            return page
        try:
            return self._page(page.data, page.where, page.url, page.charset)
        except InputError as error:
            return error

    def _feed(self, data: bytes, document: Document) -> Iterator[Found]:
        feed = parse_feed(data, where=document.where, base=document.url)
        if not feed.items:
            yield InputError(
                "the feed has no item",
                where=document.where,
                remedy="check in a browser that the address is the feed's own",
                code="empty",
            )
        for item in feed.items:
            # A file never makes us ask the network for what it names: only an address that was handed over does.
            if document.is_fetched:
                yield from self.item_drafts(item)
            else:
                yield self._item_text(item)

    def _item_text(self, item: FeedItem) -> Draft | InputError:
        if item.text is None:
            return InputError(
                "the feed has no whole text of this item",
                where=item.where,
                remedy=f"hand over its address: {item.url}" if item.url else "hand over the article",
                code="feed-summary",
            )
        draft = Draft(item.where, item.text, publisher=self.publisher, published=self.published)
        return _filled(draft, item)

    def _unpacked(
        self, shape: Shape, document: Document, stream: io.BufferedReader, outer: Allowance | None
    ) -> Iterator[Found]:
        where = document.where
        if outer is None or shape is Shape.ZIP:
            seekable, size = size_of(stream, where)
        else:
            seekable, size = stream, 0
        allowance = outer or Allowance(where, size)
        with closing(seekable), allowance.inside(where):
            if shape is Shape.GZIP:
                name = PurePosixPath(where.replace("\\", "/")).name
                inner = name[:-3] if name.lower().endswith(".gz") else name
                with gunzipped(seekable, allowance, where) as unpacked:
                    suffix = PurePosixPath(inner).suffix.lower()
                    within = Document(where, suffix, lambda: unpacked, document.url)
                    yield from self._opened(within, allowance)
                return
            if is_office_document(seekable):
                raise InputError(
                    "this is an office document, not text",
                    where=where,
                    remedy="save the document as plain text",
                    code="binary",
                )
            with unzipped(seekable, allowance, where) as members:
                yield from self._members(members, allowance, where)

    def _members(
        self, members: list[Member | InputError], allowance: Allowance, where: str
    ) -> Iterator[Found]:
        names = {member.name for member in members if isinstance(member, Member)}
        is_wacz = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
        found = False
        for member in members:
            if isinstance(member, InputError):
                yield member
                found = True
                continue
            suffix = PurePosixPath(member.name).suffix.lower()
            if is_wacz and not member.name.startswith("archive/"):
                continue
            if not is_known(member.name):
                self.notify(
                    InputError(
                        "left out: no file of text, HTML, JSON or XML by its name",
                        where=member.where,
                        remedy="unpack it and name it on the command line to read it all the same",
                        code="skipped-file",
                    )
                )
                continue
            found = True
            yield from self._opened(Document(member.where, suffix, member.open), allowance)
            if allowance.is_spent:
                return
        if not found:
            raise bad_archive("there is no readable file in it", where)


def _fetched(fetched: Fetched) -> Document:
    """What was fetched, as a document."""
    suffix = ".html" if fetched.media_type in _HTML and not _is_marked_up_data(fetched.data) else ""
    return Document(
        fetched.url,
        suffix,
        lambda: io.BufferedReader(io.BytesIO(fetched.data), PEEK),
        fetched.url,
        fetched.charset,
        is_fetched=True,
    )


def _is_marked_up_data(data: bytes) -> bool:
    """Whether something sent as a page is a feed or a wire item all the same."""
    return shape_of("", data[:PEEK]) in (Shape.FEED, Shape.NEWSML)


def _filled(draft: Draft, item: FeedItem) -> Draft:
    """A draft with what its feed says where it says nothing itself."""
    return replace(
        draft,
        url=draft.url or item.url,
        title=draft.title or item.title,
        publisher=draft.publisher or item.publisher,
        published=draft.published or item.published,
    )


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _no_article(where: str) -> InputError:
    return InputError(
        "the feed's item leads to another feed or an archive, not to an article",
        where=where,
        remedy="hand that address over by itself",
        code="no-article",
    )
