"""What every form of one report's dossiers shows, worked out once: sheets, notes and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.dossier.notes import Note, answered_in, notes_on
from variorum.dossier.sheet import Sheet, sheet_of
from variorum.dossier.wording import place_in_words
from variorum.model import Dossier, Reading, Report


@dataclass(frozen=True)
class Layout:
    """A report's dossier, ready to be shown."""

    report: Report
    reader: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...]
    places: tuple[tuple[str, str], ...]


def lay_out(reading: Reading, dossiers: Sequence[Dossier]) -> Layout:
    """The layout of one reading's dossiers."""
    notes = notes_on(reading.claims, answered_in(dossiers))
    by_claim = {note.claim.id: note for note in notes}
    return Layout(
        report=reading.report,
        reader=reading.reader,
        sheets=tuple(sheet_of(dossier, reading, by_claim) for dossier in dossiers),
        notes=notes,
        places=_places(reading),
    )


def _places(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The places the report names, each once, in the order of the text: name and what is known of it."""
    found: dict[str, str] = {}
    for place in sorted(
        reading.places, key=lambda one: one.evidence.start if one.evidence else len(reading.report.text)
    ):
        found.setdefault(place.name, place_in_words(place))
    return tuple(found.items())
