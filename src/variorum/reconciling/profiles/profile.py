"""What a profile is: a name, an owner, and functions from a dossier to figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from variorum.model import Dossier
from variorum.reconciling.profiles.tally import Figure, Grade, Tally


def _no_grades(dossier: Dossier) -> tuple[Grade, ...]:
    return ()


def _no_notes(dossier: Dossier) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Profile:
    """A named rule for settling conflicting tolls. `gist` is the rule in one sentence."""

    name: str
    owner: str
    link: str
    gist: str
    figures: Callable[[Dossier], tuple[Figure, ...]]
    grades: Callable[[Dossier], tuple[Grade, ...]] = _no_grades
    notes: Callable[[Dossier], tuple[str, ...]] = _no_notes

    def tally(self, dossier: Dossier) -> Tally:
        """The dossier's tolls by this profile."""
        return Tally(
            profile=self.name,
            owner=self.owner,
            link=self.link,
            incident=dossier.incident,
            figures=self.figures(dossier),
            grades=self.grades(dossier),
            notes=self.notes(dossier),
        )
