"""An incident's tolls by the rule of a profile, each figure with the notes of the claims it used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.dossier import IncidentLayout
from variorum.dossier.notes import Note
from variorum.dossier.wording import capital
from variorum.model import Dossier
from variorum.reconciling import group_in_words, outcome_in_words
from variorum.reconciling.profiles import PROFILES, Figure, Grade, Profile, apply


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with whom it counts, in words."""

    figure: Figure
    whom: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """How well a belligerent's responsibility is supported, by a profile that grades it."""

    grade: Grade
    notes: tuple[Note, ...]
    conceded: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally ready to be shown. `claims` are all that it used."""

    profile: Profile
    lines: tuple[Line, ...]
    grades: tuple[Graded, ...]
    notes: tuple[str, ...]
    claims: frozenset[str]


def counted_by(name: str, dossier: Dossier, layout: IncidentLayout) -> Counted:
    """The tally by a profile. Raises `SettingError` for a name that no profile has."""
    tally = apply(name, dossier)
    first = _first_notes(layout)
    used = [one.claims for one in tally.figures] + [one.claims for one in tally.grades]
    return Counted(
        profile=PROFILES[name],
        lines=tuple(_line(figure, first) for figure in tally.figures),
        grades=tuple(
            Graded(one, _notes(one.claims, first), tuple(_line(figure, first) for figure in one.conceded))
            for one in tally.grades
        ),
        notes=tally.notes,
        claims=frozenset(claim for claims in used for claim in claims),
    )


def _first_notes(layout: IncidentLayout) -> dict[str, Note]:
    """The note of each claim in the earliest report that has it."""
    found: dict[str, Note] = {}
    for note in (note for one in layout.reports for note in one.notes):
        found.setdefault(note.claim.id, note)
    return found


def _line(figure: Figure, first: dict[str, Note]) -> Line:
    who = "people" if figure.group is None else group_in_words(figure.group)
    line = f" ({figure.line})" if figure.line else ""
    return Line(
        figure, capital(f"{who} {outcome_in_words((figure.outcome,))}{line}"), _notes(figure.claims, first)
    )


def _notes(claims: Iterable[str], first: dict[str, Note]) -> tuple[Note, ...]:
    return tuple(first[claim] for claim in claims if claim in first)
