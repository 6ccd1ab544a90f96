"""The public functions: inputs of any kind → reports, and readings that were kept, one at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from variorum.intake.dates import parse_day
from variorum.intake.documents import JSON, LINES, PAGES, TEXT, Document, documents, unreadable
from variorum.intake.draft import Draft, Notify
from variorum.intake.duplicates import SeenIds
from variorum.intake.html import read_html
from variorum.intake.language import check_language
from variorum.intake.limits import read_all
from variorum.intake.plain import read_plain
from variorum.intake.records import read_document, read_lines
from variorum.intake.soundness import check_text
from variorum.model import InputError, Reading, Report, content_id

_PEEK = 1 << 16
_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_RECORD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[{\[]\s*(?:[\"{\[\]}])")


def read_reports(
    inputs: Iterable[str | Path],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    notify: Notify | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | InputError]:
    """Every report in the inputs, in order; in the place of one that cannot be read, the error that says why.

    `inputs` are paths of files and folders, and `-` for standard input (or `stdin`). `published` (a day, or
    ISO 8601) and `publisher` hold for plain text and pages, whatever a page says; JSON reports without
    a date or publisher of their own get them too. `notify` is called with notes on reports that are read all
    the same: no-date, guessed-encoding, hidden-characters, skipped-file.

    Memory does not grow with the number of reports. Raises `InputError` bad-date at once for an impossible
    `published`.
    """
    found = read_inputs(inputs, published=published, publisher=publisher, notify=notify, stdin=stdin)
    return (one.report if isinstance(one, Reading) else one for one in found)


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    notify: Notify | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Reading | InputError]:
    """The same, with readings that were kept as they are: they need no reading again.

    A kept reading is a JSON object with the field `reading`, as `variorum read --as json --separately` writes it; its
    evidence has been checked.
    """
    day = parse_day(published, where="published") if published is not None else None
    return _read(inputs, day, publisher, notify or (lambda note: None), stdin)


def _read(
    inputs: Iterable[str | Path],
    published: date | None,
    publisher: str | None,
    notify: Notify,
    stdin: BinaryIO | None,
) -> Iterator[Report | Reading | InputError]:
    with SeenIds() as seen:
        for document in documents(inputs, notify, stdin):
            drafts = (
                [document]
                if isinstance(document, InputError)
                else _drafts(document, published, publisher, notify)
            )
            for draft in drafts:
                try:
                    if isinstance(draft, Reading):
                        seen.add(draft.report.id, document.where)
                        yield draft
                    else:
                        yield draft if isinstance(draft, InputError) else _report(draft, seen, notify)
                except InputError as error:
                    yield error


def _drafts(
    document: Document, published: date | None, publisher: str | None, notify: Notify
) -> Iterator[Draft | Reading | InputError]:
    """The drafts in one document, by its file ending, or by its first bytes where that tells nothing."""
    where = document.where
    try:
        with document.open() as stream:
            shape = _shape(document.suffix, stream)
            if shape is LINES:
                yield from read_lines(stream, where=where, published=published, publisher=publisher)
            elif shape is JSON:
                yield from read_document(stream, where=where, published=published, publisher=publisher)
            else:
                read = read_html if shape is PAGES else read_plain
                data = read_all(stream, where)
                yield read(data, where=where, notify=notify, published=published, publisher=publisher)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield unreadable(error, where)


def _shape(suffix: str, stream: BufferedReader) -> frozenset[str]:
    """Which of the kinds of file this is: TEXT, PAGES, LINES or JSON."""
    head = stream.peek(_PEEK)[:_PEEK]
    if suffix in LINES or suffix in PAGES:
        return LINES if suffix in LINES else PAGES
    if suffix in JSON or (suffix not in TEXT and _RECORD.match(head)):
        return LINES if _first_line_is_whole(head) else JSON
    return PAGES if _PAGE.match(head) else TEXT


def _first_line_is_whole(head: bytes) -> bool:
    """Whether the first line is an object by itself, or is too long to see its end."""
    first, newline, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not newline or rest.lstrip().startswith(b'{"'):
        return first.startswith(b'{"')
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _report(draft: Draft, seen: SeenIds, notify: Notify) -> Report:
    """The report of a draft that passes every check."""
    check_text(draft, notify)
    check_language(draft.text, draft.language, draft.where)
    name = draft.id or content_id("report", draft.text, draft.publisher, draft.url, draft.published)
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
