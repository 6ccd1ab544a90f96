"""One incident as a sheet: columns, rows, what else each one says, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.dossier.notes import Note
from variorum.dossier.wording import (
    REPORT_ITSELF,
    answer_in_words,
    capital,
    day_in_words,
    facts_of,
    incident_in_words,
    source_name,
)
from variorum.model import (
    REPORTER,
    Account,
    Answer,
    Dossier,
    Incident,
    Party,
    PartyKind,
    Position,
    Question,
    Reading,
    Report,
    Status,
)


@dataclass(frozen=True)
class Figure:
    """One answer of one source: the number or word that stands in a cell, and the notes it rests on."""

    text: str
    number: bool
    who: str | None
    superseded: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Row:
    """A question with the columns' answers."""

    label: str
    status: Status
    reason: str
    cells: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True)
class Column:
    """A source: its name as shown and, where known, what it is."""

    party: str
    name: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """What is dated to one day."""

    day: str
    what: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One incident."""

    title: str
    facts: tuple[tuple[str, str], ...]
    background: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    accounts: tuple[tuple[Column, tuple[Note, ...]], ...]
    timeline: tuple[Entry, ...]

    @property
    def contested(self) -> int:
        """How many questions are contested."""
        return sum(row.status is Status.CONTESTED for row in self.rows)


def sheet_of(dossier: Dossier, reading: Reading, notes: Mapping[str, Note]) -> Sheet:
    """A dossier of one reading. `notes` are those of the reading by the ids of their claims."""
    incident = next((one for one in reading.incidents if one.id == dossier.incident), None)
    kinds = {party.name: party for party in reading.parties}
    answering = {p.source for question in dossier.questions for p in question.positions}
    columns = tuple(column_of(party, kinds) for party in dossier.parties if party in answering)
    mine = [notes[claim] for claim in dossier.claims if claim in notes]
    accounts = [(column_of(party, kinds), _accounts_of(party, mine)) for party in dossier.parties]
    return Sheet(
        title="Other incidents" if incident is None and dossier.background else incident_in_words(incident),
        facts=facts_of(incident),
        background=dossier.background,
        columns=columns,
        rows=tuple(_row(question, columns, notes) for question in dossier.questions),
        accounts=tuple((column, said) for column, said in accounts if said),
        timeline=_timeline(incident, mine, reading.report, main=not dossier.background),
    )


def column_of(party: str, known: Mapping[str, Party]) -> Column:
    """A party's column; `known` are the parties by name."""
    kind = known[party].kind if party in known else PartyKind.UNNAMED
    shown = "" if kind in (PartyKind.UNNAMED, PartyKind.REPORTER) or party == REPORTER else kind.value
    return Column(party, source_name(party), shown)


def _accounts_of(party: str, notes: Sequence[Note]) -> tuple[Note, ...]:
    """What a party says that answers no question of the table."""
    said = (note for note in notes if note.claim.source.party == party and isinstance(note.claim, Account))
    return tuple(note for note in said if not note.answered)


def _row(question: Question, columns: Sequence[Column], notes: Mapping[str, Note]) -> Row:
    cells = tuple(
        tuple(
            _figure(question, position, answer, notes)
            for position in question.positions
            if position.source == column.party
            for answer in position.answers
        )
        for column in columns
    )
    return Row(label=capital(question.label), status=question.status, reason=question.reason, cells=cells)


def _figure(question: Question, position: Position, answer: Answer, notes: Mapping[str, Note]) -> Figure:
    behind = tuple(notes[claim] for claim in answer.claims if claim in notes)
    text = answer_in_words(question, answer, [note.claim for note in behind])
    nobody = answer.max == 0  # "none soldier" is no English
    return Figure(text, answer.stance is None, None if nobody else answer.who, answer.superseded, behind)


def _timeline(
    incident: Incident | None, notes: Sequence[Note], report: Report, *, main: bool
) -> tuple[Entry, ...]:
    entries: list[tuple[str, int, Entry]] = []
    if incident and incident.day:
        entries.append((incident.day.first.isoformat(), 0, Entry(day_in_words(incident.day), "the incident")))
    said: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        if note.claim.said:
            said.setdefault((note.claim.said, note.source), []).append(note)
    for (day, source), group in said.items():
        entries.append(
            (
                day,
                1,
                Entry(
                    day,
                    f"said by {source[:1].lower() + source[1:] if source == REPORT_ITSELF else source}",
                    tuple(group),
                ),
            )
        )
    if entries and main and report.published:
        by = f" by {report.publisher}" if report.publisher else ""
        entries.append(
            (report.published.isoformat(), 2, Entry(report.published.isoformat(), f"report published{by}"))
        )
    return tuple(entry for _, _, entry in sorted(entries, key=lambda item: (item[0], item[1])))
