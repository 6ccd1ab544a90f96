"""Invented reports of one incident, laid out: what the tests of an incident's dossier start from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.linking import find_copies
from variorum.model import Dossier, Link, LinkedIncident, Reading
from variorum.reconciling import reconcile_incidents

WIRE = (
    "Fishermen on the reef heard the guns before sunrise and counted seven boats leaving the old harbour. "
    "The road along the dunes stayed shut until noon, and nobody in the market knew who had ordered it."
)


def telling(name: str, day: int | None, publisher: str | None = None, **report: Any) -> Telling:
    """A report in the making, published on a day of May 2031."""
    published = date(2031, 5, day) if day else None
    return Telling(id=name, published=published, publisher=publisher, **report)


def dossier_of(
    readings: Sequence[Reading], *, links: tuple[Link, ...] = (), as_of: date | None = None
) -> Dossier:
    """The dossier of some readings as one incident."""
    reports = tuple(reading.report.id for reading in readings)
    linked = LinkedIncident(id="incident-invented", reports=reports, links=links)
    copies = find_copies(reading.report for reading in readings)
    (dossier,) = reconcile_incidents(readings, (linked,), copies, as_of=as_of)
    return dossier


def dispute(army: str = ARMY, front: str = FRONT) -> list[Reading]:
    """Five reports: the army changes its figure, the front gives another, one report is a copy, one has no day."""
    first = telling("first", 5, "Harbour Wire", title="Guns at the reef").sentence(WIRE)
    first.toll(army, "nine raiders died", 9, group="militant", who="raiders", said="2031-05-05")
    first.account(CLINIC, "the wounded came by boat")
    copy = telling("copy", 6, "Reef Courier", title="Guns at the reef").sentence(WIRE)
    copy.toll(army, "nine raiders died", 9, group="militant", who="raiders", said="2031-05-05")
    copy.account(CLINIC, "the wounded came by boat")
    second = telling("second", 7, "Dune Gazette", title="A longer list")
    second.toll(army, "31 raiders died", 31, group="militant", who="raiders")
    second.toll(front, "four fighters died", 4, group="militant", who="fighters")
    second.blame(front, front, "claims")
    third = telling("third", 8, "Salt Radio", title="Voices")
    third.toll(front, "at least 12 civilians died", 12, None, who="civilians")
    third.toll(CLINIC, "20 to 30 civilians may have died", 20, 30, who="civilians", certainty="hedged")
    third.toll(REPORTER, "Six civilians died", 6, who="civilians")
    undated = telling("undated", None, title="A letter").account(front, "the harbour was empty")
    return [one.reading() for one in (first, copy, second, third, undated)]
