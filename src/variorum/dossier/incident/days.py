"""The days of an incident: when it was, what was said and what was published on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from variorum.dossier.incident.edition import Edition, LetteredReport
from variorum.dossier.incident.table import Quotation, quotations
from variorum.dossier.notes import Note
from variorum.dossier.wording import day_in_words
from variorum.model import Incident


@dataclass
class _Page:
    incident: str = ""
    said: dict[str, list[Note]] = field(default_factory=dict)
    published: list[LetteredReport] = field(default_factory=list)


@dataclass(frozen=True)
class DayPage:
    """What belongs to one day. `incident` says how exact the incident's day is, where it is this one; else empty."""

    day: str
    incident: str
    said: tuple[tuple[str, tuple[Quotation, ...]], ...]
    """Who said something that day, by the reports' account, and what."""
    published: tuple[LetteredReport, ...]


def days_of(
    summary: Incident | None, edition: Edition
) -> tuple[tuple[DayPage, ...], tuple[LetteredReport, ...]]:
    """The days in their order, and the reports whose day of publication is not known."""
    pages: dict[str, _Page] = {}
    if summary and summary.day:
        pages.setdefault(summary.day.first.isoformat(), _Page()).incident = day_in_words(summary.day)
    for lettered in edition.all:
        if lettered.report.published:
            pages.setdefault(lettered.day, _Page()).published.append(lettered)
        for note in lettered.notes:
            if note.claim.said and _is_day(note.claim.said):
                pages.setdefault(note.claim.said, _Page()).said.setdefault(note.source, []).append(note)
    undated = tuple(lettered for lettered in edition.all if not lettered.report.published)
    return tuple(_day(day, page) for day, page in sorted(pages.items())), undated


def _day(day: str, page: _Page) -> DayPage:
    said = tuple((source, quotations(_one_each(notes))) for source, notes in page.said.items())
    return DayPage(day, page.incident, said, tuple(page.published))


def _one_each(notes: Sequence[Note]) -> list[Note]:
    """Each claim once: a copied text has its statements only once."""
    first: dict[str, Note] = {}
    for note in notes:
        first.setdefault(note.claim.id, note)
    return list(first.values())


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True
