"""The list of reports: who published what when, and why each is in this incident."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from variorum.dossier.incident.edition import Edition, LetteredReport
from variorum.dossier.reasons import reasons_in_words
from variorum.model import Dossier, Link


@dataclass(frozen=True)
class Listed:
    """A report and why it is here. `score` is the probability, from 0 to 1, that it belongs; None where there is no link."""

    lettered: LetteredReport
    score: float | None
    why: str

    @property
    def likelihood(self) -> str:
        """The score with two decimals, cut and not rounded, so that only certainty is shown as 1.00; empty without one."""
        return "" if self.score is None else f"{floor(self.score * 100 + 1e-9) / 100:.2f}"


def list_reports(dossier: Dossier, edition: Edition) -> tuple[Listed, ...]:
    """All reports, the earliest first, each with its link in words."""
    links = {link.report: link for link in dossier.links}
    return tuple(_listed(lettered, links.get(lettered.report.id), edition) for lettered in edition.all)


def _listed(lettered: LetteredReport, link: Link | None, edition: Edition) -> Listed:
    if link is not None:
        return Listed(lettered, link.score, _why(link, edition))
    if lettered.notes and all(note.claim.background for note in lettered.notes):
        return Listed(lettered, None, "tells of this incident as background to another")
    if lettered is edition.all[0]:
        return Listed(lettered, None, "the first report of it")
    return Listed(lettered, None, "why is not recorded")


def _why(link: Link, edition: Edition) -> str:
    there = edition.by_report.get(link.other)
    other = there.siglum if there else "a report that is not shown"
    if link.by == "decision":
        return f"joined with {other} by a recorded decision"
    if link.by == "same text":
        return f"the same text as {other}"
    told = reasons_in_words(link)
    fits = "fits what the other reports tell together" if link.by == "whole" else f"likest to {other}"
    return f"{fits}: {'; '.join(told)}" if told else fits
