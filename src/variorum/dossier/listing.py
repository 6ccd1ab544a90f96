"""A list of incidents, each in a few lines: what, when, where, told by whom, and what is contested."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.dossier.reasons import reasons_in_words
from variorum.dossier.wording import capital, day_in_words, incident_in_words, source_name
from variorum.linking import independent_publishers
from variorum.model import Certainty, Dossier, Link, Question, Reading, Report, Status

_BRIEF = 300


@dataclass(frozen=True)
class Listed:
    """One report of an incident; `why` tells what ties it to the others, and is empty for the first."""

    report: Report
    why: str

    @property
    def day(self) -> str:
        """The day of publication, in words where that is not known."""
        return self.report.published.isoformat() if self.report.published else "day unknown"


@dataclass(frozen=True)
class Entry:
    """One incident of the list."""

    id: str
    title: str
    facts: tuple[str, ...]
    publishers: int
    questions: int
    contested: int
    disputes: tuple[tuple[str, str], ...]
    """What is contested, and how: a pair for each toll or account, and one for responsibility as a whole."""
    reports: tuple[Listed, ...]
    also: tuple[Report, ...]
    """Reports about another incident that speak of this one too."""

    @property
    def told_by(self) -> str:
        """How many reports and publishers there are, in words."""
        if len(self.reports) == 1:
            return "one report"
        return f"{len(self.reports)} reports by {number(self.publishers, 'independent publisher')}"

    @property
    def asked(self) -> str:
        """How many questions there are, in words."""
        if not self.questions:
            return "no question answered"
        return f"{number(self.questions, 'question')}, {self.contested or 'none'} contested"


def entry_of(dossier: Dossier, readings: Sequence[Reading], linked: Sequence[str]) -> Entry:
    """The entry of a dossier. `readings` are those it rests on; `linked` are the ids of the reports that are mainly
    about it."""
    summary, by_id = dossier.summary, {reading.report.id: reading.report for reading in readings}
    main, ties = set(linked), {link.report: link for link in dossier.links}
    mine = [by_id[name] for name in dossier.reports if name in main]
    contested = [question for question in dossier.questions if question.status is Status.CONTESTED]
    facts = (
        day_in_words(summary.day) if summary and summary.day else "day not told",
        *(() if summary and summary.place else ("place not told",)),
    )
    return Entry(
        id=dossier.incident or "",
        title=incident_in_words(summary),
        facts=facts,
        publishers=independent_publishers(mine, dossier.copies),
        questions=len(dossier.questions),
        contested=len(contested),
        disputes=tuple(_disputes(contested)),
        reports=tuple(Listed(report, _why(ties.get(report.id), len(mine) - 1)) for report in mine),
        also=tuple(by_id[name] for name in dossier.reports if name not in main),
    )


def number(count: int, thing: str) -> str:
    """A count with its noun: "1 question", "2 questions"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def brief(reason: str) -> str:
    """A reason that fits a list: its beginning, if it is long."""
    return textwrap.shorten(reason, _BRIEF, placeholder=" …")


def _disputes(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    responsibility = [question for question in questions if question.actor]
    for question in questions:
        if not question.actor:
            yield capital(question.label), brief(question.reason)
    if responsibility:
        yield "Who is responsible", "; ".join(_named(responsibility))


def _named(questions: Sequence[Question]) -> Iterator[str]:
    """Whom each source names and whom it does not, over all questions on responsibility."""
    named: dict[str, list[str]] = {}
    for question in questions:
        for position in question.positions:
            denied = "not " if position.standing.certainty is Certainty.DENIED else ""
            named.setdefault(source_name(position.source), []).append(f"{denied}{question.actor}")
    for source, actors in named.items():
        yield f"{source} says {', '.join(actors)}"


def _why(link: Link | None, others: int) -> str:
    """Why a report is in its incident: "0.97 with agency-3 (0.91 with all): it shares a rare name". `others` is how
    many other reports the incident has."""
    if link is None:
        return ""
    if link.by == "same text":
        return f"same text as {link.other}"
    if link.by == "decision":
        return f"by decision, with {link.other}"
    overall = f" ({_probability(link.support)} with all)" if others > 1 else ""
    reasons = "; ".join(reasons_in_words(link))
    if link.by == "whole":
        return f"{_probability(link.score)} with all together{f': {reasons}' if reasons else ''}"
    return f"{_probability(link.score)} with {link.other}{overall}{f': {reasons}' if reasons else ''}"


def _probability(value: float) -> str:
    return ">0.99" if value > 0.99 else f"{value:.2f}"
