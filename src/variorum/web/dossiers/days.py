"""What was known when: the days on which an incident's dossier changed, and what changed on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from variorum.dossier.incident.edition import LetteredReport
from variorum.dossier.wording import STATUS_SIGNS, capital, source_name
from variorum.model import Status
from variorum.reconciling import IncidentChange, changes_between
from variorum.web.dossiers.keeping import KeptDossiers, Shown


@dataclass(frozen=True, slots=True)
class Stop:
    """A day that the slider stops at; None is all that is known."""

    day: date | None
    here: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What one source stands by now, and what it stood by before."""

    source: str
    before: str
    after: str
    claim: str
    """The id of a claim that gives what it stands by now; empty where it stands by nothing."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A question whose answers or status changed."""

    label: str
    status: str
    reason: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became known on one day."""

    day: date
    new: bool
    reports: tuple[LetteredReport, ...]
    sources: tuple[str, ...]
    turned: tuple[Turned, ...]
    questions: frozenset[str]
    """The labels of the questions that changed."""
    claims: frozenset[str]
    """The claims that came in."""
    summary: str


def stops(days: Sequence[date], as_of: date | None) -> tuple[Stop, ...]:
    """The days in their order, then all that is known; `here` is the last that is no later than the day asked for."""
    known = [day for day in days if as_of is not None and day <= as_of]
    at = known[-1] if known else None
    return (*(Stop(day, day == at) for day in days), Stop(None, at is None))


def changed_on(
    dossiers: KeptDossiers, incident: str, days: Sequence[date], day: date, recorded: datetime | None
) -> Changed:
    """What changed on one of some days, against the one before."""
    now = dossiers.open(incident, day, recorded)
    before = [one for one in days if one < day]
    earlier = dossiers.open(incident, before[-1], recorded) if before else None
    change = next(
        iter(changes_between([earlier.opened.dossier] if earlier else [], [now.opened.dossier])), None
    )
    return _changed(day, now, change)


def _changed(day: date, now: Shown, change: IncidentChange | None) -> Changed:
    if change is None:
        return Changed(day, False, (), (), (), frozenset(), frozenset(), now.layout.summary)
    labels = dict.fromkeys([one.label for one in change.positions] + [one.label for one in change.statuses])
    turned = tuple(_turned(label, change) for label in labels)
    came = set(change.reports)
    return Changed(
        day=day,
        new=change.new,
        reports=tuple(one for one in now.layout.reports if one.report.id in came),
        sources=tuple(map(source_name, change.sources)),
        turned=turned,
        questions=frozenset(capital(label) for label in labels),
        claims=frozenset(change.claims),
        summary=now.layout.summary,
    )


def _turned(label: str, change: IncidentChange) -> Turned:
    status = next((one for one in change.statuses if one.label == label), None)
    moved = tuple(
        Moved(
            source=source_name(one.source)
            + (f" ({one.outlet})" if one.outlet else "")
            + (f" ({one.line})" if one.line else ""),
            before=", ".join(one.before),
            after=", ".join(one.after),
            claim=one.claims[-1] if one.claims else "",
        )
        for one in change.positions
        if one.label == label
    )
    told = ""
    if status is not None:
        was, now = _sign(status.before), _sign(status.after)
        told = (
            f"asked for the first time: {now}"
            if status.before is None
            else f"{was} before, now {now}"
            if now
            else f"{was} before, asked no more"
        )
    return Turned(capital(label), told, status.reason if status else "", moved)


def _sign(status: Status | None) -> str:
    return f"{STATUS_SIGNS[status]} {status.value}" if status else ""
