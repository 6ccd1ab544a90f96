"""What stands behind one figure of an incident: the words in their sentence, how far they reach, whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from variorum.dossier.incident.edition import LetteredReport
from variorum.dossier.incident.layout import IncidentLayout
from variorum.dossier.incident.table import QuestionRow, Quotation, Told
from variorum.dossier.notes import Note
from variorum.dossier.sheet import Column
from variorum.reading.sentences import sentence_end, sentence_start

_REACH = 500
"""How many characters before and behind the words are shown at most."""


@dataclass(frozen=True)
class Heard:
    """Words as they stand in a report, between `before` and `after` of their own sentence."""

    note: Note
    lettered: LetteredReport
    before: str
    after: str
    also: tuple[tuple[Note, LetteredReport], ...]
    """Where the same words stand in other reports."""


@dataclass(frozen=True)
class Figure:
    """Where the answer stands that a claim gives."""

    row: QuestionRow
    column: Column
    told: Told


@dataclass(frozen=True)
class Behind:
    """A claim with all that the answer it gives rests on. `figure` is None for what answers no question.

    `heard` begins with the claim's own words. `reports` are all that carry the answer, copies included.
    """

    claim: str
    heard: tuple[Heard, ...]
    reports: tuple[LetteredReport, ...]
    figure: Figure | None

    @property
    def first(self) -> Heard:
        """The claim's own words."""
        return self.heard[0]


def behind(layout: IncidentLayout, claim: str) -> Behind | None:
    """What stands behind a claim; None where the incident has no such claim."""
    by_siglum = {lettered.siglum: lettered for lettered in layout.reports}
    notes = [note for one in layout.reports for note in one.notes if note.claim.id == claim]
    if not notes:
        return None
    figure = next(_figures(layout, claim), None)
    quotations = list(figure.told.quotations) if figure else list(_other(layout, notes))
    mine = next((one for one in quotations if claim in _claims(one)), Quotation(notes[0], tuple(notes[1:])))
    heard = [_heard(_led_by(mine, claim), by_siglum)]
    heard += [_heard(one, by_siglum) for one in quotations if one is not mine]
    letters = {note.siglum for one in (mine, *quotations) for note in (one.note, *one.also)}
    letters |= set(figure.told.sigla) if figure else set()
    reports = tuple(lettered for lettered in layout.reports if lettered.siglum in letters)
    return Behind(claim, tuple(heard), reports, figure)


def _figures(layout: IncidentLayout, claim: str) -> Iterator[Figure]:
    for row in layout.rows:
        for column, cell in zip(layout.columns, row.cells, strict=True):
            for told in cell:
                if any(claim in _claims(one) for one in told.quotations):
                    yield Figure(row, column, told)


def _other(layout: IncidentLayout, notes: Iterable[Note]) -> Iterator[Quotation]:
    """The words of a claim that answers no question."""
    wanted = {note.claim.id for note in notes}
    for voice in layout.voices:
        yield from (one for one in voice.quotations if wanted & _claims(one))


def _claims(quotation: Quotation) -> set[str]:
    return {note.claim.id for note in (quotation.note, *quotation.also)}


def _led_by(quotation: Quotation, claim: str) -> Quotation:
    """The same words, with the report in front that has the claim itself."""
    notes = (quotation.note, *quotation.also)
    first = next(note for note in notes if note.claim.id == claim)
    return Quotation(first, tuple(note for note in notes if note is not first))


def _heard(quotation: Quotation, by_siglum: dict[str, LetteredReport]) -> Heard:
    note = quotation.note
    lettered = by_siglum[note.siglum]
    text = lettered.report.text
    start = sentence_start(text, note.start, _REACH)
    end = sentence_end(text, max(note.start, note.end - 1), _REACH) + 1
    return Heard(
        note=note,
        lettered=lettered,
        before=text[start : note.start].lstrip(),
        after=text[note.end : max(end, note.end)].rstrip(),
        also=tuple((one, by_siglum[one.siglum]) for one in quotation.also),
    )
