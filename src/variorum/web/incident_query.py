"""What a list of incidents is asked for, in the address of the page and of the API alike."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from variorum.ledger import Order, Wanted
from variorum.model import IncidentType, Outcome, Status


class IncidentQuery(BaseModel):
    """Filters, order and place in the list. What a form leaves empty is not asked for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field(
        default="",
        max_length=500,
        description='Words in titles or texts; "words in a row" in quotation marks.',
    )
    since: date | None = Field(default=None, description="The incident's day may be this or later.")
    until: date | None = Field(default=None, description="The incident's day may be this or earlier.")
    party: str | None = Field(
        default=None, max_length=300, description="Name of a party, whole, whatever its case."
    )
    place: str | None = Field(default=None, max_length=300, description="Name of the place or its province.")
    country: str | None = Field(default=None, max_length=2, description="ISO 3166-1 code, two letters.")
    outcome: Outcome | None = Field(default=None, description="What happened to those counted.")
    status: Status | None = Field(default=None, description="Status of one question at least.")
    type: IncidentType | None = Field(default=None, description="Of what kind the incident is.")
    sort: Order = Field(
        default=Order.DAY, description="What comes first; earlier moments are in the order of days."
    )
    cursor: str | None = Field(default=None, max_length=300, description="Where an earlier page ended.")

    @model_validator(mode="before")
    @classmethod
    def _without_empty_fields(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value not in ("", [""], None)}

    @property
    def wanted(self) -> Wanted:
        """The filters as the ledger takes them."""
        return Wanted(
            since=self.since,
            until=self.until,
            party=self.party,
            place=self.place,
            country=self.country,
            outcome=self.outcome,
            status=self.status,
            type=self.type,
        )


def asked_incidents(query: Annotated[IncidentQuery, Query()]) -> IncidentQuery:
    """The query of a request."""
    return query


AskedIncidents = Annotated[IncidentQuery, Depends(asked_incidents)]
