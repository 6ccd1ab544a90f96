"""Who gave which number when: the points of a revision chart, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from variorum.dossier.incident.edition import Edition
from variorum.dossier.incident.table import OWN_VOICES
from variorum.dossier.notes import Note
from variorum.dossier.wording import answer_in_words, capital, source_name
from variorum.model import REPORTER, Answer, Certainty, Position, Question, Status


@dataclass(frozen=True)
class Point:
    """One answer. An open bound is None; `day` is when it was first known, else when it was said, else None."""

    day: date | None
    low: int | None
    high: int | None
    text: str
    certainty: Certainty
    superseded: bool
    said: str
    notes: tuple[Note, ...]

    @property
    def drawn(self) -> bool:
        """Whether it can stand in the picture: it has a day, and does not say what is not so."""
        return self.day is not None and self.certainty is not Certainty.DENIED


@dataclass(frozen=True)
class Series:
    """The answers of one source, or of several that gave the same on the same days, oldest first."""

    names: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        """The names in one line: the first two, and how many more."""
        more = len(self.names) - 2
        return ", ".join(self.names[:2]) + (f" and {more} more" if more > 0 else "")

    @property
    def drawn(self) -> tuple[Point, ...]:
        """The points that can stand in the picture."""
        return tuple(point for point in self.points if point.drawn)


@dataclass(frozen=True)
class Chart:
    """All answers to one question that is contested or revised."""

    label: str
    status: Status
    series: tuple[Series, ...]

    @property
    def drawn(self) -> tuple[Series, ...]:
        """The series with anything to draw."""
        return tuple(series for series in self.series if series.drawn)


def charts_of(questions: tuple[Question, ...], edition: Edition) -> tuple[Chart, ...]:
    """A chart for each toll question that is contested or revised and has a number on a known day."""
    wanted = (Status.CONTESTED, Status.REVISED)
    found = (_chart(q, edition) for q in questions if q.kind == "toll" and q.status in wanted)
    return tuple(chart for chart in found if chart.drawn)


def _chart(question: Question, edition: Edition) -> Chart:
    alike: dict[tuple[object, ...], tuple[list[str], tuple[Point, ...]]] = {}
    for position in question.positions:
        points = tuple(_point(question, answer, edition) for answer in position.answers)
        key = tuple((point.day, point.low, point.high, point.text, point.certainty) for point in points)
        names, merged = alike.setdefault(key, ([], points))
        names.append(_name(position))
        if merged is not points:
            alike[key] = (names, tuple(_joined(one, two) for one, two in zip(merged, points, strict=True)))
    series = tuple(Series(tuple(dict.fromkeys(names)), points) for names, points in alike.values())
    return Chart(capital(question.label), question.status, series)


def _name(position: Position) -> str:
    own = position.source == REPORTER
    name = (position.outlet or OWN_VOICES) if own else source_name(position.source)
    return f"{name} ({position.line})" if position.line else name


def _point(question: Question, answer: Answer, edition: Edition) -> Point:
    notes = edition.notes(answer.claims)
    return Point(
        day=answer.known or _day(answer.said),
        low=answer.min,
        high=answer.max,
        text=answer_in_words(question, answer, [note.claim for note in notes]),
        certainty=answer.certainty,
        superseded=answer.superseded,
        said=answer.said or "",
        notes=notes,
    )


def _joined(one: Point, two: Point) -> Point:
    return Point(
        one.day,
        one.low,
        one.high,
        one.text,
        one.certainty,
        one.superseded and two.superseded,
        one.said or two.said,
        (*one.notes, *two.notes),
    )


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None
