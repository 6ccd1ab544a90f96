"""The list of reports: who published what when, and why each is in this incident."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.dossier.incident.sigla import Witness, Witnesses
from variorum.dossier.reasons import reasons_in_words
from variorum.model import Dossier, Link


@dataclass(frozen=True)
class Listed:
    """A report and why it is here. `score` is the probability, from 0 to 1, that it belongs; None where there is no link."""

    witness: Witness
    score: float | None
    why: str


def list_reports(dossier: Dossier, witnesses: Witnesses) -> tuple[Listed, ...]:
    """All reports, the earliest first, each with its link in words."""
    links = {link.report: link for link in dossier.links}
    return tuple(_listed(witness, links.get(witness.report.id), witnesses) for witness in witnesses.all)


def _listed(witness: Witness, link: Link | None, witnesses: Witnesses) -> Listed:
    if link is not None:
        return Listed(witness, link.score, _why(link, witnesses))
    if witness.notes and all(note.claim.background for note in witness.notes):
        return Listed(witness, None, "tells of this incident as background to another")
    if witness is witnesses.all[0]:
        return Listed(witness, None, "the first report of it")
    return Listed(witness, None, "why is not recorded")


def _why(link: Link, witnesses: Witnesses) -> str:
    there = witnesses.by_report.get(link.other)
    other = there.siglum if there else "a report that is not shown"
    if link.by == "decision":
        return f"joined with {other} by a recorded decision"
    if link.by == "same text":
        return f"the same text as {other}"
    told = reasons_in_words(link)
    fits = "fits what the other reports tell together" if link.by == "whole" else f"likest to {other}"
    return f"{fits}: {'; '.join(told)}" if told else fits
