"""What every form of an incident's dossier shows, worked out once from the dossier and the readings of its reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.dossier.incident.days import DayPage, days_of
from variorum.dossier.incident.edition import Edition, LetteredReport, edition_of
from variorum.dossier.incident.kinship import Kinship, kinship_of
from variorum.dossier.incident.places import Named, places_of
from variorum.dossier.incident.reports import Listed, list_reports
from variorum.dossier.incident.series import Chart, charts_of
from variorum.dossier.incident.table import (
    OWN_VOICES,
    QuestionRow,
    Quotation,
    Told,
    counted,
    quotations,
    row_of,
)
from variorum.dossier.notes import Note
from variorum.dossier.sheet import Column, column_of
from variorum.dossier.wording import facts_of, incident_in_words, source_name
from variorum.model import REPORTER, Account, Dossier, Observation, Party, Reading, Status


@dataclass(frozen=True)
class Remark:
    """An observation: arithmetic that does not come out. `words` tell who said what."""

    kind: str
    words: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Voice:
    """What a source says besides the answers in the table."""

    column: Column
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True)
class IncidentLayout:
    """An incident's dossier over all its reports, ready to be shown."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[QuestionRow, ...]
    remarks: tuple[Remark, ...]
    voices: tuple[Voice, ...]
    days: tuple[DayPage, ...]
    undated: tuple[LetteredReport, ...]
    charts: tuple[Chart, ...]
    kinship: Kinship
    listed: tuple[Listed, ...]
    places: tuple[Named, ...]
    reports: tuple[LetteredReport, ...]
    readers: tuple[str, ...]

    @property
    def summary(self) -> str:
        """How many questions there are and how they stand: "12 questions: 3 contested, 9 single"."""
        counts = ((status, sum(row.status is status for row in self.rows)) for status in Status)
        told = ", ".join(f"{number} {status.value}" for status, number in counts if number)
        return f"{counted(len(self.rows), 'question')}: {told}" if self.rows else "no question was answered"

    @property
    def open_rows(self) -> tuple[QuestionRow, ...]:
        """The rows that are contested or revised."""
        return tuple(row for row in self.rows if row.status in (Status.CONTESTED, Status.REVISED))

    def standing(self, row: QuestionRow) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """What each column's source stands by in a row, for those that answer at all: figures, and of whom."""
        found = (
            (column.name, tuple(dict.fromkeys(_gist(one) for one in cell if not one.superseded)))
            for column, cell in zip(self.columns, row.cells, strict=True)
        )
        return tuple((name, standing) for name, standing in found if standing)


def _gist(one: Told) -> tuple[str, str]:
    return one.text, one.who if one.number else ""


def lay_out_incident(dossier: Dossier, readings: Sequence[Reading]) -> IncidentLayout:
    """The layout of an incident. `readings` are those of `dossier.reports`, in any order."""
    edition = edition_of(dossier, readings)
    known = _parties(edition.all)
    answering = {position.source for question in dossier.questions for position in question.positions}
    columns = tuple(_column(party, known) for party in dossier.parties if party in answering)
    days, undated = days_of(dossier.summary, edition)
    return IncidentLayout(
        id=dossier.incident or "",
        title=incident_in_words(dossier.summary),
        facts=_facts(dossier),
        columns=columns,
        rows=tuple(row_of(n, question, columns, edition) for n, question in enumerate(dossier.questions, 1)),
        remarks=tuple(
            Remark(one.kind, _with_source(one), edition.notes(one.claims)) for one in dossier.observations
        ),
        voices=_voices(dossier, known, edition),
        days=days,
        undated=undated,
        charts=charts_of(dossier.questions, edition),
        kinship=kinship_of(dossier.copies, edition),
        listed=list_reports(dossier, edition),
        places=places_of(dossier.summary, edition),
        reports=edition.all,
        readers=tuple(dict.fromkeys(lettered.reading.reader for lettered in edition.all)),
    )


def _with_source(observation: Observation) -> str:
    """An observation's words, with its source before them unless they begin with it."""
    name = source_name(observation.source)
    return observation.words if observation.words.startswith(name) else f"{name}: {observation.words}"


def _parties(reports: Iterable[LetteredReport]) -> Mapping[str, Party]:
    """Each party as the first report that names it has it."""
    found: dict[str, Party] = {}
    for lettered in reports:
        for party in lettered.reading.parties:
            found.setdefault(party.name, party)
    return found


def _column(party: str, known: Mapping[str, Party]) -> Column:
    return Column(REPORTER, OWN_VOICES, "") if party == REPORTER else column_of(party, known)


def _facts(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    facts = facts_of(dossier.summary)
    if dossier.as_of is None:
        return facts
    return (*facts, ("As of", f"{dossier.as_of.isoformat()}: only what was published up to that day"))


def _voices(dossier: Dossier, known: Mapping[str, Party], edition: Edition) -> tuple[Voice, ...]:
    """What each source says that answers no question, the parties in the dossier's order."""
    said: dict[str, list[Note]] = {}
    for note in (note for lettered in edition.all for note in lettered.notes):
        if isinstance(note.claim, Account) and not note.answered:
            said.setdefault(note.claim.source.party, []).append(note)
    return tuple(
        Voice(_column(party, known), quotations(said[party])) for party in dossier.parties if party in said
    )
