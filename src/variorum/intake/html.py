"""Saved web pages: the article's text and what the page's head says of it."""

from __future__ import annotations

import calendar
import logging
import re
from datetime import date
from typing import Any

from variorum.intake.dates import parse_day
from variorum.intake.decoding import decode
from variorum.intake.draft import Draft, Notify
from variorum.model import InputError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_TAG = re.compile(
    r"<(/?)(?:article|aside|b|blockquote|center|cite|div|dl|em|fieldset|font|form|i|main|nav|ol|q|section"
    r"|small|span|strong|table|u|ul)\b",
    re.IGNORECASE,
)
"""Elements that stay open until they are closed. (Others, such as p, li, tr, close by themselves.)"""
_FEWEST_WORDS = 10
_MANY_TAGS = 5_000
"""Beyond so many tags a page is taken apart in one way only: the time of the second grows with the square of them."""
_DEEPEST = 200

# The bounds are wide and fixed: the extractor's own upper bound is today's date, which would make reading the
# same page on two days give two results. Only a date that the page declares counts, none found in its body.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2100-01-01",
}

# Its complaints about a page come back as codes of ours; on the terminal they would be a second voice.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read_html(
    data: bytes,
    *,
    where: str,
    notify: Notify,
    published: date | None,
    publisher: str | None,
    charset: str | None = None,
) -> Draft:
    """The draft of a page. What the caller says of date and publisher goes before what the page says.

    `charset` is the encoding that came with the page; it goes before the one the page declares itself.
    An empty line separates paragraphs. Raises `InputError` no-article, bad-html, nested-too-deep, and those of decoding.
    """
    found = _CHARSET.search(data[:4096])
    declared = charset or (found[1].decode("ascii") if found else None)
    page = decode(data, where=where, notify=notify, declared=declared)
    if _too_deep(page):
        raise InputError(
            f"its elements are nested more than {_DEEPEST} deep",
            where=where,
            remedy="save the article's text as plain text",
            code="nested-too-deep",
        )
    article = _extract(page, where)
    text = (
        "\n\n".join(line.strip() for line in (article.text or "").splitlines() if line.strip())
        if article
        else ""
    )
    if not article or len(text.split()) < _FEWEST_WORDS:
        raise InputError(
            "no article found in this page",
            where=where,
            remedy="save the page of the article itself, or its text as plain text",
            code="no-article",
        )
    return Draft(
        where=where,
        text=text,
        publisher=publisher or article.sitename or article.hostname or None,
        url=article.url or None,
        title=article.title or None,
        published=published or _declared_day(article.date, page),
    )


def _extract(page: str, where: str) -> Any:
    from trafilatura import bare_extraction  # a third of a second: only for pages

    try:
        return bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
            fast=page.count("<") > _MANY_TAGS,
        )
    except Exception as error:  # a page can break the parser in more ways than its authors name
        raise InputError(
            f"the page cannot be taken apart ({type(error).__name__})",
            where=where,
            remedy="save the article's text as plain text",
            code="bad-html",
        ) from error


def _declared_day(written: str | None, page: str) -> date | None:
    """The day the extractor found, if the page really says so: it turns the 31st of February into the 1st."""
    try:
        day = parse_day(written) if written else None
    except InputError:
        return None
    if day is None:
        return None
    month = calendar.month_name[day.month]
    forms = (
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
    )
    return day if any(form in page for form in forms) else None


def _too_deep(page: str) -> bool:
    """Whether open elements pile up beyond what any article needs: they stall or break the parser."""
    depth = 0
    for tag in _TAG.finditer(page):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False
