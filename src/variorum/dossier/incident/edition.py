"""Reports under letters, as in a variorum edition, each with its notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.dossier.notes import Note, answered_in, notes_on
from variorum.model import Dossier, Reading, Report

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class LetteredReport:
    """One report under its letter. `notes` are its claims about the incident, in the order of its text."""

    siglum: str
    reading: Reading
    notes: tuple[Note, ...]

    @property
    def report(self) -> Report:
        """The report."""
        return self.reading.report

    @property
    def publisher(self) -> str:
        """Who published it, in words where that is not known."""
        return self.report.publisher or "publisher unknown"

    @property
    def day(self) -> str:
        """The day of publication, in words where that is not known."""
        return self.report.published.isoformat() if self.report.published else "day unknown"

    @property
    def title(self) -> str:
        """Its title, in words where it has none."""
        return self.report.title or "Untitled report"


@dataclass(frozen=True)
class Edition:
    """All reports of an incident, the earliest first, and where each claim stands in them."""

    all: tuple[LetteredReport, ...]
    by_report: Mapping[str, LetteredReport]
    by_claim: Mapping[str, tuple[Note, ...]]

    def notes(self, claims: Sequence[str]) -> tuple[Note, ...]:
        """The notes of some claims, in the order given; a claim that several reports carry has a note in each."""
        return tuple(note for claim in claims for note in self.by_claim.get(claim, ()))

    def sigla(self, reports: Sequence[str]) -> tuple[str, ...]:
        """The letters of some reports, in the order of the letters."""
        wanted = set(reports)
        return tuple(lettered.siglum for lettered in self.all if lettered.report.id in wanted)


def siglum(number: int) -> str:
    """The letter for the report with this number, from 0: A to Z, then AA, AB and so on."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, len(_LETTERS))
        name = _LETTERS[letter] + name
    return name


def edition_of(dossier: Dossier, readings: Sequence[Reading]) -> Edition:
    """The reports of a dossier, in its order, under letters; the order of `readings` is without effect."""
    by_id = {reading.report.id: reading for reading in readings}
    order = dossier.reports or tuple(
        reading.report.id for reading in sorted(readings, key=lambda reading: reading.report.place_in_time)
    )
    answered, mine = answered_in((dossier,)), set(dossier.claims)
    found = []
    for number, name in enumerate(order):
        reading, letter = by_id[name], siglum(number)
        claims = [claim for claim in reading.claims if claim.id in mine]
        found.append(LetteredReport(letter, reading, notes_on(claims, answered, letter)))
    by_claim: dict[str, tuple[Note, ...]] = {}
    for note in (note for lettered in found for note in lettered.notes):
        by_claim[note.claim.id] = (*by_claim.get(note.claim.id, ()), note)
    return Edition(tuple(found), {lettered.report.id: lettered for lettered in found}, by_claim)
