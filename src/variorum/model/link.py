"""Links: which reports speak of one incident, and why."""

from __future__ import annotations

from pydantic import Field

from variorum.model.record import Record


class Link(Record):
    """Why a report is in its incident: the report it is likest to there, or a decision."""

    report: str
    other: str
    by: str = Field(
        description="`likeness` (to `other`), `whole` (to the incident's reports taken together), `same text` or `decision`"
    )
    score: float = Field(ge=0, le=1, description="probability that the two speak of one incident")
    support: float = Field(
        ge=0, le=1, description="the same for the report and the whole rest of the incident"
    )
    reasons: tuple[tuple[str, float], ...] = Field(
        default=(), description="what moved the score most, with what it added to the log-odds"
    )


class LinkedIncident(Record):
    """One incident as far as linking knows it: its reports, the earliest first, and a link for each but the first.

    The id follows from the text of the first report: it stays while later reports come in.
    """

    id: str
    reports: tuple[str, ...]
    links: tuple[Link, ...] = ()
