"""A list of incidents, each in a few lines: what, when, where, told by whom, and what is contested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.dossier.reasons import reasons_in_words
from variorum.dossier.wording import capital, day_in_words, incident_in_words
from variorum.linking import independent_publishers
from variorum.model import Dossier, Link, Question, Reading, Report, Status


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
    contested: tuple[tuple[str, str], ...]
    """Label and reason of each contested question."""
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
        return f"{number(self.questions, 'question')}, {len(self.contested) or 'none'} contested"


def entry_of(dossier: Dossier, readings: Sequence[Reading], linked: Sequence[str]) -> Entry:
    """The entry of a dossier. `readings` are those it rests on; `linked` are the ids of the reports that are mainly
    about it."""
    summary, by_id = dossier.summary, {reading.report.id: reading.report for reading in readings}
    main, ties = set(linked), {link.report: link for link in dossier.links}
    mine = [by_id[name] for name in dossier.reports if name in main]
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
        contested=tuple(_contested(question) for question in dossier.questions if _is_contested(question)),
        reports=tuple(Listed(report, _why(ties.get(report.id), len(mine) - 1)) for report in mine),
        also=tuple(by_id[name] for name in dossier.reports if name not in main),
    )


def number(count: int, thing: str) -> str:
    """A count with its noun: "1 question", "2 questions"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _is_contested(question: Question) -> bool:
    return question.status is Status.CONTESTED


def _contested(question: Question) -> tuple[str, str]:
    return capital(question.label), question.reason


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
