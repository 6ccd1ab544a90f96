"""What changed between two days, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from variorum.dossier.listing import brief, number
from variorum.dossier.notes import notes_on
from variorum.dossier.plain_lines import Page
from variorum.dossier.wording import STATUS_SIGNS, capital, day_in_words, incident_in_words, source_name
from variorum.model import Account, Claim, Reading, Status
from variorum.reconciling import IncidentChange, PositionChange, StatusChange

_Said = tuple[str, str]
"""A source and its words."""


def render_changes(
    changes: Sequence[IncidentChange],
    readings: Mapping[str, Reading],
    before: date,
    after: date,
    *,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """One block an incident. `readings` are those of the reports, by id; at most `width` columns as far as words allow."""
    page = Page(width or 100, colour)
    new = sum(change.new for change in changes)
    old = len(changes) - new
    told = [number(new, "new incident")] if new else []
    told += [f"something new about {number(old, 'incident')}"] if old else []
    head = page.line(f"Known on {after} and not yet on {before}: {', '.join(told) or 'nothing'}.")
    first = _first_to_say(readings.values())
    return "\n".join([head, *("".join(_block(page, change, readings, first)) for change in changes)])


def _block(
    page: Page, change: IncidentChange, readings: Mapping[str, Reading], first: Mapping[_Said, str]
) -> Iterator[str]:
    title = incident_in_words(change.summary)
    yield page.bold(page.line(f"New: {title}" if change.new else title))
    day = day_in_words(change.summary.day) if change.summary and change.summary.day else "day not told"
    yield page.dim(page.line(f"{day} · {change.incident}"))
    if change.reports:
        yield page.line(number(len(change.reports), "new report"), 2)
        for name in change.reports:
            report = readings[name].report
            told = f"{report.publisher or 'publisher unknown'}: {report.title or 'Untitled report'} [{name}]"
            yield page.line(f"{report.published or 'day unknown'} {told}", 4, 15)
    if change.sources:
        yield page.line(f"new sources: {', '.join(map(source_name, change.sources))}", 2, 4)
    statuses = {status.question: status for status in change.statuses}
    by_question: dict[str, list[PositionChange]] = {}
    for position in change.positions:
        by_question.setdefault(position.question, []).append(position)
    for question in dict.fromkeys((*by_question, *statuses)):
        yield from _question(page, by_question.get(question, ()), statuses.get(question))
    yield from _accounts(page, change, readings, first)


def _question(page: Page, positions: Sequence[PositionChange], status: StatusChange | None) -> Iterator[str]:
    label = capital(positions[0].label if positions else status.label if status else "")
    if status is None:
        yield page.line(label, 2, 4)
    elif status.after is None:
        yield page.line(f"{label}: {_sign(status.before)}, asked no more", 2, 4)
    elif status.before is None:
        yield page.line(f"{label}: new question, {_sign(status.after)}", 2, 4)
    else:
        yield page.line(
            f"{label}: {_sign(status.before)} is now {_sign(status.after)}. {brief(status.reason)}", 2, 4
        )
    for position in positions:
        part = f" ({position.line})" if position.line else ""
        outlet = f" ({position.outlet})" if position.outlet else ""
        before, after = ", ".join(position.before), ", ".join(position.after)
        now = f"{before} → {after or 'nothing'}" if before else after
        yield page.line(f"{source_name(position.source)}{outlet}{part}: {now}", 4, 6)


def _sign(status: Status | None) -> str:
    return f"{STATUS_SIGNS[status]} {status.value}" if status else ""


def _accounts(
    page: Page, change: IncidentChange, readings: Mapping[str, Reading], first: Mapping[_Said, str]
) -> Iterator[str]:
    """What else is said now, in its words, where no earlier report has the same source say the same."""
    shown = {claim for position in change.positions for claim in position.claims}
    wanted = set(change.claims) - shown
    lines = []
    for name in change.reports:
        for note in notes_on((claim for claim in readings[name].claims if claim.id in wanted), ()):
            wanted.discard(note.claim.id)
            if isinstance(note.claim, Account) and first[_said(note.claim)] == name:
                lines.append(page.line(f"{note.source}: “{note.words}” ({note.certainty}) [{name}]", 4, 6))
    if lines:
        yield page.line("said besides", 2)
        yield from lines


def _said(claim: Claim) -> _Said:
    return (claim.source.party, claim.evidence.quote)


def _first_to_say(readings: Iterable[Reading]) -> dict[_Said, str]:
    """The id of the report that was the first to have a source say some words."""
    found: dict[_Said, str] = {}
    for reading in sorted(readings, key=lambda one: one.report.place_in_time):
        for claim in reading.claims:
            found.setdefault(_said(claim), reading.report.id)
    return found
