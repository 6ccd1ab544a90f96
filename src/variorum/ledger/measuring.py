"""How much there is of what is wanted: incidents, and the reports and claims that they rest on."""

from __future__ import annotations

import json

from pydantic import Field
from sqlalchemy import Connection

from variorum.ledger.listing import ALL, Wanted, bodies
from variorum.ledger.moments import NOW, Moment
from variorum.model import Record


class Extent(Record):
    """How much incidents come to at a moment."""

    incidents: int = Field(description="of which at least one report stands")
    reports: int
    claims: int


def extent(connection: Connection, wanted: Wanted = ALL, moment: Moment = NOW) -> Extent:
    """How much the incidents come to that are as wanted. Each is looked at; none is laid out."""
    incidents = reports = claims = 0
    for body in bodies(connection, wanted, moment):
        state = json.loads(body)  # two numbers of it are wanted, which need no checking again
        if state["reports"]:
            incidents += 1
            reports += state["reports"]
            claims += state.get("claims", 0)
    return Extent(incidents=incidents, reports=reports, claims=claims)
