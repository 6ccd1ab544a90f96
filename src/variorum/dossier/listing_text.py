"""The list of incidents as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.dossier.listing import Entry, Listed, number
from variorum.dossier.plain_lines import Page
from variorum.dossier.wording import STATUS_SIGNS
from variorum.model import Status

_AFTER_DAY = 13
"""The column where a report's publisher begins, after its day."""


def render_list(entries: Sequence[Entry], *, width: int | None = None, colour: bool = False) -> str:
    """One block an incident, and a line with the sums; at most `width` columns (default 100) as far as words allow."""
    page = Page(width or 100, colour)
    return "\n".join(["".join(_block(page, entry)) for entry in entries] + [_sum(page, entries)])


def _block(page: Page, entry: Entry) -> Iterator[str]:
    yield page.bold(page.line(entry.title))
    yield page.line(" · ".join((*entry.facts, entry.told_by, entry.asked)))
    yield page.dim(page.line(entry.id))
    for label, how in entry.disputes:
        yield page.line(f"{STATUS_SIGNS[Status.CONTESTED]} {label}: {how}", 2, 4)
    for listed in entry.reports:
        yield from _report(page, listed)
    for report in entry.also:
        yield page.line(f"told besides by {report.publisher or 'publisher unknown'}: {report.id}", 2, 4)


def _report(page: Page, listed: Listed) -> Iterator[str]:
    report = listed.report
    told = f"{report.publisher or 'publisher unknown'}: {report.title or 'Untitled report'} [{report.id}]"
    yield page.line(f"{listed.day} {told}", 2, _AFTER_DAY)
    if listed.why:
        yield page.dim(page.line(listed.why, _AFTER_DAY))


def _sum(page: Page, entries: Sequence[Entry]) -> str:
    reports = sum(len(entry.reports) for entry in entries)
    alone = sum(len(entry.reports) == 1 for entry in entries)
    told = f"{number(len(entries), 'incident')} in {number(reports, 'report')}; {alone:,} told by one report alone."
    return page.line(told if entries else "No incident.")
