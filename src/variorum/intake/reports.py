"""The public functions: inputs of any kind → reports, readings that were kept, and what agencies say, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from variorum.intake.dates import parse_day
from variorum.intake.documents import documents
from variorum.intake.draft import Draft, Notify
from variorum.intake.duplicates import SeenIds
from variorum.intake.feeds import FeedItem
from variorum.intake.fetching import Fetcher, Fetches
from variorum.intake.language import check_language
from variorum.intake.opening import Found, Opener
from variorum.intake.soundness import check_text
from variorum.intake.wire import Wire, WireStatus
from variorum.model import InputError, Reading, Report, content_id


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it came in at `where`, with what its agency says of it and its reading, if one was kept."""

    where: str
    report: Report
    wire: Wire | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An agency's word that an item is withheld or canceled: no text to read, but one that must not be lost."""

    where: str
    wire: Wire
    title: str | None = None


def read_reports(
    inputs: Iterable[str | Path],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    notify: Notify | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetches | None = None,
) -> Iterator[Report | InputError]:
    """Every report in the inputs, in order; in the place of one that cannot be read, the error that says why.

    `inputs` are paths of files and folders, addresses of pages and feeds, and `-` for standard input (or `stdin`).
    Files may be text, pages, JSON, wire items (ninjs, NewsML-G2), feeds, WARC, and zip or gzip of these; what a
    file is tells its ending, else its content. `published` (a day, or
    ISO 8601) and `publisher` hold for plain text and pages, whatever a page says; JSON reports without
    a date or publisher of their own get them too. `notify` is called with notes on reports that are read all
    the same: no-date, guessed-encoding, hidden-characters, skipped-file. `fetcher` asks the network for addresses
    among the inputs, and for what a feed at such an address names; a file never makes it ask.

    Memory does not grow with the number of reports. Raises `InputError` bad-date at once for an impossible
    `published`, and `SettingError` missing-extra where an input needs a package that is not installed.
    """
    found = read_inputs(
        inputs, published=published, publisher=publisher, notify=notify, stdin=stdin, fetcher=fetcher
    )
    return (one.report if isinstance(one, Reading) else one for one in found)


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    notify: Notify | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetches | None = None,
) -> Iterator[Report | Reading | InputError]:
    """The same, with readings that were kept as they are: they need no reading again.

    A kept reading is a JSON object with the field `reading`, as `variorum read --as json --separately` writes it; its
    evidence has been checked.
    """
    day = parse_day(published, where="published") if published is not None else None
    arrivals = _arrivals(inputs, day, publisher, notify or _silent, stdin, fetcher, one_each=True)
    return (_plain(one) for one in arrivals)


def take_in(
    inputs: Iterable[str | Path],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    notify: Notify | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetches | None = None,
) -> Iterator[Arrival | Withdrawal | InputError]:
    """The same for a store: each report with where it was found and what its agency says of it.

    A report that comes twice is told twice, since each is a sighting; what is withdrawn is told, not refused.
    """
    day = parse_day(published, where="published") if published is not None else None
    return _arrivals(inputs, day, publisher, notify or _silent, stdin, fetcher, one_each=False)


def take_item(
    item: FeedItem, *, fetcher: Fetches, notify: Notify | None = None
) -> Iterator[Arrival | Withdrawal | InputError]:
    """The same for one item of a feed, as `Watch` tells of it."""
    told = notify or _silent
    for found in Opener(fetcher, told).item_drafts(item):
        yield _arrival(found, item.where, None, told)


def _silent(note: InputError) -> None:
    """Tell nobody."""


def _arrivals(
    inputs: Iterable[str | Path],
    published: date | None,
    publisher: str | None,
    notify: Notify,
    stdin: BinaryIO | None,
    fetcher: Fetches | None,
    one_each: bool,
) -> Iterator[Arrival | Withdrawal | InputError]:
    opener = Opener(fetcher or Fetcher(), notify, published, publisher)
    with ExitStack() as stack:
        seen = stack.enter_context(SeenIds()) if one_each else None
        for document in documents(inputs, notify, stdin):
            if isinstance(document, InputError):
                yield document
                continue
            for found in opener.drafts(document):
                yield _arrival(found, document.where, seen, notify)


def _arrival(
    found: Found, where: str, seen: SeenIds | None, notify: Notify
) -> Arrival | Withdrawal | InputError:
    try:
        if isinstance(found, Reading):
            if seen:
                seen.add(found.report.id, where)
            return Arrival(where, found.report, reading=found)
        if isinstance(found, InputError):
            return found
        if found.wire and found.wire.status is not WireStatus.USABLE:
            return Withdrawal(found.where, found.wire, found.title)
        return Arrival(found.where, _report(found, seen, notify), found.wire)
    except InputError as error:
        return error


def _plain(one: Arrival | Withdrawal | InputError) -> Report | Reading | InputError:
    if isinstance(one, Arrival):
        return one.reading or one.report
    if isinstance(one, InputError):
        return one
    return InputError(
        f"its agency has {one.wire.status} it",
        where=one.where,
        remedy="leave it out; an earlier version of it should not be used either",
        code="withdrawn",
    )


def _report(draft: Draft, seen: SeenIds | None, notify: Notify) -> Report:
    """The report of a draft that passes every check."""
    check_text(draft, notify)
    check_language(draft.text, draft.language, draft.where)
    name = draft.id or content_id("report", draft.text, draft.publisher, draft.url, draft.published)
    if seen:
        seen.add(name, draft.where)
    if draft.published is None:
        notify(
            InputError(
                "no publication date: days told as “Friday” or “yesterday” stay unknown",
                where=draft.where,
                remedy="give `published`",
                code="no-date",
            )
        )
    return Report(
        id=name,
        text=draft.text,
        publisher=draft.publisher,
        url=draft.url,
        title=draft.title,
        published=draft.published,
        language="en",
    )
