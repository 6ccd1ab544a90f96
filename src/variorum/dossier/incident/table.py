"""The table of an incident: what each source answers, over all reports, with its history and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.dossier.incident.edition import Edition
from variorum.dossier.notes import Note
from variorum.dossier.printable import one_line
from variorum.dossier.sheet import Column
from variorum.dossier.wording import answer_in_words, capital
from variorum.model import REPORTER, Answer, Origin, Position, Question, Status, Support
from variorum.reconciling.statuses import answer_in_words as words_of_answer

PART = "part"
"""The line of a figure that its source gives for some of the people only, without saying which."""
OWN_VOICES = "The reports themselves"
"""How the own voices of all reports together are shown."""


@dataclass(frozen=True)
class Quotation:
    """Words in one report, and the notes where the same words stand in others."""

    note: Note
    also: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Basis:
    """An answer that stands, with whose word it rests on and how far it reaches."""

    answer: str
    origins: tuple[tuple[str, str], ...]
    """Each independent origin's name, and the rule that told so."""
    sigla: tuple[str, ...]

    @property
    def words(self) -> str:
        """The whole in words: "33: 1 independent origin (Pakistan Army) in 4 reports"."""
        names = ", ".join(name for name, _ in self.origins)
        origins, reports = (
            counted(len(self.origins), "independent origin"),
            counted(len(self.sigla), "report"),
        )
        return f"{self.answer}: {origins} ({names}) in {reports}"


@dataclass(frozen=True)
class Told:
    """An answer as it stands in a cell, with its words. `outlets` say whose own voice it is, where that is known."""

    text: str
    number: bool
    who: str
    superseded: bool
    known: str
    """The day of the first report that carries it; empty if not known."""
    outlets: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    sigla: tuple[str, ...]
    """The reports that carry it."""
    basis: Basis | None = None
    """What it rests on, together with all who answer the same; None for what stands no longer or counts only a part."""


@dataclass(frozen=True)
class QuestionRow:
    """A question with all columns' answers. `name` is unique among the rows and fit for an id."""

    name: str
    label: str
    status: Status
    reason: str
    cells: tuple[tuple[Told, ...], ...]
    support: tuple[Basis, ...]


def counted(number: int, thing: str) -> str:
    """A number of things: "1 report", "4 reports"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def quotations(notes: Iterable[Note]) -> tuple[Quotation, ...]:
    """Notes with the same words, put as surely and passed on by the same, as one; in the order of the first of them."""
    groups: dict[tuple[object, ...], list[Note]] = {}
    for note in notes:
        claim = note.claim
        key = (one_line(note.words).casefold(), claim.certainty, claim.source.via, claim.said)
        groups.setdefault(key, []).append(note)
    return tuple(
        Quotation(first, tuple(rest)) for first, *rest in (sorted(g, key=_order) for g in groups.values())
    )


def _order(note: Note) -> tuple[int, str, int]:
    """Notes by the letters of their reports, A to Z before AA, then by their numbers."""
    return (len(note.siglum), note.siglum, note.number)


def row_of(number: int, question: Question, columns: Sequence[Column], edition: Edition) -> QuestionRow:
    """A question as a row of the table."""
    return QuestionRow(
        name=f"q-{number}",
        label=capital(question.label),
        status=question.status,
        reason=question.reason,
        cells=tuple(_cell(question, column.party, edition) for column in columns),
        support=tuple(_basis(support, edition) for support in question.support),
    )


def _cell(question: Question, party: str, edition: Edition) -> tuple[Told, ...]:
    """A source's answers, oldest first within a position. Own voices that answer alike are one."""
    groups: dict[tuple[object, ...], list[tuple[Position, Answer, str]]] = {}
    for place, position in enumerate(question.positions):
        if position.source != party:
            continue
        for answer in position.answers:
            claims = [note.claim for note in edition.notes(answer.claims)]
            text = answer_in_words(question, answer, claims)
            own = party == REPORTER
            key = (text, position.line, answer.superseded) if own else (place, id(answer))
            groups.setdefault(key, []).append((position, answer, text))
    return tuple(_told(question, group, edition) for group in groups.values())


def _told(question: Question, group: Sequence[tuple[Position, Answer, str]], edition: Edition) -> Told:
    position, first, text = group[0]
    notes = edition.notes([claim for _, answer, _ in group for claim in answer.claims])
    known = min((answer.known for _, answer, _ in group if answer.known), default=None)
    reports = [report for _, answer, _ in group for report in answer.reports]
    key = (position.line, words_of_answer(first))
    support = next((one for one in question.support if (one.line, one.answer) == key), None)
    return Told(
        text=text,
        number=first.stance is None,
        who=first.who or ("(a part)" if position.line == PART else position.line),
        superseded=first.superseded,
        known=known.isoformat() if known else "",
        outlets=tuple(dict.fromkeys(position.outlet for position, _, _ in group if position.outlet)),
        quotations=quotations(notes),
        sigla=edition.sigla([*reports, *(note.claim.report for note in notes)]),
        basis=_basis(support, edition) if support and not first.superseded else None,
    )


def _basis(support: Support, edition: Edition) -> Basis:
    origins = tuple((_origin_name(origin, edition), origin.because) for origin in support.origins)
    answer = f"{support.answer} ({support.line})" if support.line else support.answer
    return Basis(answer, origins, edition.sigla(support.reports))


def _origin_name(origin: Origin, edition: Edition) -> str:
    """An origin's name; of a report that names nobody, its letter."""
    known = edition.by_report.get(origin.name) if origin.kind == "report" else None
    return f"report {known.siglum}" if known else capital(origin.name)
