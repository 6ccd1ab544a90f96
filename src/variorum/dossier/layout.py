"""What every form of the dossier shows, worked out once: columns, rows, notes, accounts, timeline, places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.model import (
    REPORTER,
    Account,
    Answer,
    Certainty,
    Claim,
    Day,
    Dossier,
    Incident,
    IncidentType,
    Party,
    PartyKind,
    Place,
    Position,
    Question,
    Reading,
    Report,
    Responsibility,
    Stance,
    Status,
    Toll,
)
from variorum.reconciling import figure_in_words, group_in_words, outcome_in_words
from variorum.reconciling.order import text_order

REPORT_ITSELF = "The report itself"
"""How the party `reporter` is shown."""

STATUS_SIGNS = {Status.CONTESTED: "≠", Status.REVISED: "→", Status.AGREED: "=", Status.SINGLE: "·"}
STATUS_MEANING = {
    Status.CONTESTED: "two sources' answers cannot both hold",
    Status.REVISED: "a source changed its own answer",
    Status.AGREED: "independent sources' answers can all hold",
    Status.SINGLE: "one source alone",
}
CERTAINTY_MEANING = {
    Certainty.STATED: "put as fact by the source",
    Certainty.HEDGED: "put with doubt: reportedly, may have, is feared",
    Certainty.DENIED: "the source says it is not so",
    Certainty.CONDITIONAL: "under a condition: if verified, would",
    Certainty.THREATENED: "announced or threatened, not done",
    Certainty.UNVERIFIED: "the report says it could not be verified",
}
_DAY_PRECISION = {
    1: "exact day",
    2: "within two to six days",
    3: "within a week",
    4: "within a month",
    5: "longer",
}
_PLACE_PRECISION = {
    1: "exact point",
    2: "within 25 km",
    3: "second-order area",
    4: "first-order area",
    5: "larger or vague area",
    6: "country",
    7: "international waters or airspace",
}
_STANCES = {
    Stance.CLAIMS: "says it did it",
    Stance.ACCUSES: "accuses it",
    Stance.DENIES: "denies it",
    Stance.REPORTS: "reports it",
}


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
    answered = {
        claim
        for dossier in dossiers
        for question in dossier.questions
        for position in question.positions
        for answer in position.answers
        for claim in answer.claims
    }
    notes = tuple(
        Note(number, claim, source_name(claim.source.party), gist(claim), claim.id in answered)
        for number, claim in enumerate(text_order(reading.claims), start=1)
    )
    by_claim = {note.claim.id: note for note in notes}
    return Layout(
        report=reading.report,
        reader=reading.reader,
        sheets=tuple(_sheet(dossier, reading, by_claim) for dossier in dossiers),
        notes=notes,
        places=_places(reading),
    )


def source_name(party: str) -> str:
    """A party's name as shown; unnamed sources begin with a capital."""
    return REPORT_ITSELF if party == REPORTER else _capital(party)


def gist(claim: Claim) -> str:
    """A claim in a few words: "33 militants killed"."""
    if isinstance(claim, Toll):
        number = figure_in_words(claim.min, claim.max, claim.approx)
        outcome = outcome_in_words(tuple(dict.fromkeys((claim.outcome, *claim.combined))))
        return f"{number} {claim.who or group_in_words(claim.group)} {outcome}"
    if isinstance(claim, Responsibility):
        return f"responsibility of {claim.actor}: {_STANCES[claim.stance]}"
    return "rejects another account" if claim.denies else "account"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sheet(dossier: Dossier, reading: Reading, notes: Mapping[str, Note]) -> Sheet:
    incident = next((one for one in reading.incidents if one.id == dossier.incident), None)
    kinds = {party.name: party for party in reading.parties}
    answering = {p.source for question in dossier.questions for p in question.positions}
    columns = tuple(_column(party, kinds) for party in dossier.parties if party in answering)
    mine = [notes[claim] for claim in dossier.claims if claim in notes]
    accounts = [(_column(party, kinds), _accounts_of(party, mine)) for party in dossier.parties]
    return Sheet(
        title=_title(incident, dossier),
        facts=_facts(incident),
        background=dossier.background,
        columns=columns,
        rows=tuple(_row(question, columns, notes) for question in dossier.questions),
        accounts=tuple((column, said) for column, said in accounts if said),
        timeline=_timeline(incident, mine, reading.report, main=not dossier.background),
    )


def _column(party: str, known: Mapping[str, Party]) -> Column:
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
    return Row(label=_capital(question.label), status=question.status, reason=question.reason, cells=cells)


def _figure(question: Question, position: Position, answer: Answer, notes: Mapping[str, Note]) -> Figure:
    behind = tuple(notes[claim] for claim in answer.claims if claim in notes)
    text = _answer_text(question, answer, behind)
    return Figure(text, answer.stance is None, answer.who, answer.superseded, behind)


def _answer_text(question: Question, answer: Answer, notes: Sequence[Note]) -> str:
    denied = answer.certainty is Certainty.DENIED
    if question.kind == "responsibility":
        stances = [note.claim.stance for note in notes if isinstance(note.claim, Responsibility)]
        said = list(dict.fromkeys(_STANCES[stance] for stance in stances))
        return "denies it" if denied else ", ".join(said)
    if answer.stance is not None:
        return f"denies that it is {answer.stance}" if denied else answer.stance
    number = figure_in_words(answer.min, answer.max, answer.approx)
    return f"not {number}" if denied else number


def _title(incident: Incident | None, dossier: Dossier) -> str:
    if incident is None:
        return "Other incidents" if dossier.background else "The incident"
    named = [] if incident.type is IncidentType.UNKNOWN else [incident.type.value]
    named += [incident.place.name] if incident.place else []
    title = ", ".join(named) or "The incident"
    return _capital(title)


def _facts(incident: Incident | None) -> tuple[tuple[str, str], ...]:
    if incident is None:
        return ()
    parties = ", ".join(source_name(party) for party in incident.parties if party != REPORTER)
    facts = (
        ("Day", day_in_words(incident.day) if incident.day else "not told"),
        ("Place", place_in_words(incident.place) if incident.place else "not told"),
        ("Parties", parties),
    )
    return tuple((name, value) for name, value in facts if value)


def day_in_words(day: Day) -> str:
    """The days an incident may have happened on, with their precision."""
    span = (
        day.first.isoformat()
        if day.first == day.last
        else f"{day.first.isoformat()} to {day.last.isoformat()}"
    )
    return f"{span} ({_DAY_PRECISION[day.precision]})"


def place_in_words(place: Place) -> str:
    """A place with its area, point and precision. Never a point without its precision."""
    area = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    if place.latitude is None or place.longitude is None:
        return f"{area} (no point known)" if place.geonameid is None else area
    precision = _PLACE_PRECISION.get(place.precision or 0, "precision not told")
    return f"{area} ({place.latitude:.3f}, {place.longitude:.3f}; {precision})"


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


def _places(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The places the report names, each once, in the order of the text: name and what is known of it."""
    found: dict[str, str] = {}
    for place in sorted(
        reading.places, key=lambda one: one.evidence.start if one.evidence else len(reading.report.text)
    ):
        found.setdefault(place.name, place_in_words(place))
    return tuple(found.items())
