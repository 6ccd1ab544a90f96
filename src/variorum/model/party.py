"""Parties: who acts or speaks."""

from __future__ import annotations

from pydantic import Field

from variorum.model.record import Record
from variorum.model.values import PartyKind

REPORTER = "reporter"
"""The name of the party that is the report's own voice."""


class Party(Record):
    """An actor that can act or speak, under its full usual English name."""

    name: str = Field(min_length=1)
    kind: PartyKind = PartyKind.UNNAMED
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    aliases: tuple[str, ...] = ()


class Source(Record):
    """Who is behind a claim, and the chain it reached us through."""

    party: str = Field(min_length=1, description="name of the party, or `reporter`")
    mention: str | None = Field(default=None, description="the report's own words for the source")
    mention_start: int | None = Field(default=None, ge=0)
    via: tuple[str, ...] = Field(default=(), description="who passed it on, from the source outward")
