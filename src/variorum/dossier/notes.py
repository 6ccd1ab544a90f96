"""Notes: the words in a text that claims rest on, numbered as in the notes of an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from variorum.dossier.wording import gist, source_name
from variorum.model import Claim, Dossier
from variorum.reconciling.order import text_order


@dataclass(frozen=True)
class Note:
    """A claim's words in the text under a running number, as in the notes of an edition."""

    number: int
    claim: Claim
    source: str
    gist: str
    answered: bool
    """Whether the claim answers a question of the table, so that the words can lead back to a figure
    there."""
    siglum: str = ""
    """The letter of the report, where there are several: note 3 of report B is B3."""

    @property
    def mark(self) -> str:
        """The note's name: its number, after the report's letter where there are several reports."""
        return f"{self.siglum}{self.number}"

    @property
    def words(self) -> str:
        """The evidence."""
        return self.claim.evidence.quote

    @property
    def start(self) -> int:
        """The evidence's first character in the text."""
        return self.claim.evidence.start

    @property
    def end(self) -> int:
        """The character after the evidence."""
        return self.claim.evidence.end

    @property
    def certainty(self) -> str:
        """How surely the source puts it, in a word."""
        return self.claim.certainty.value


def notes_on(claims: Iterable[Claim], answered: Collection[str], siglum: str = "") -> tuple[Note, ...]:
    """The claims of one report as notes, in the order of its text. `answered` has the ids of claims that answer a question."""
    return tuple(
        Note(number, claim, source_name(claim.source.party), gist(claim), claim.id in answered, siglum)
        for number, claim in enumerate(text_order(claims), start=1)
    )


def answered_in(dossiers: Iterable[Dossier]) -> frozenset[str]:
    """The ids of all claims that answer a question of some dossiers."""
    return frozenset(
        claim
        for dossier in dossiers
        for question in dossier.questions
        for position in question.positions
        for answer in position.answers
        for claim in answer.claims
    )
