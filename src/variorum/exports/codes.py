"""Codes and names that other projects use, read once from `data/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from variorum.model import IncidentType

_EMPTY = "-"


@dataclass(frozen=True)
class Country:
    """A country's ISO 3166-1 codes (empty where it has none) and its English name."""

    alpha2: str
    alpha3: str
    numeric: str
    name: str


@dataclass(frozen=True)
class EventType:
    """What other projects call a type of incident; empty where they have no word for it, or ours does not tell."""

    disorder: str
    acled: str
    plover: str
    mode: str


def country(code: str | None) -> Country | None:
    """The country of an alpha-2 code; None if there is none of that code."""
    return _countries().get((code or "").upper())


def country_name(code: str | None) -> str | None:
    """A country's English name; the code itself where it is no ISO code."""
    found = country(code)
    return found.name if found else code or None


def event_type(kind: IncidentType) -> EventType:
    """What other projects call it."""
    return _types()[kind.value]


def ftm_type(schema: str, prop: str) -> str:
    """FollowTheMoney's type of a property."""
    return _ftm()[schema, prop]


@cache
def _countries() -> dict[str, Country]:
    return {row[0]: Country(*row) for row in rows_of("countries.tsv")}


@cache
def _types() -> dict[str, EventType]:
    return {
        kind: EventType(*("" if cell == _EMPTY else cell for cell in cells))
        for kind, *cells in rows_of("event_types.tsv")
    }


@cache
def _ftm() -> dict[tuple[str, str], str]:
    return {(schema, prop): kind for schema, prop, kind in rows_of("ftm_properties.tsv")}


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The tab-separated rows of a file under `data/`, without blank lines and comments."""
    lines = data_text(name).splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def data_text(name: str) -> str:
    """A file under `data/`."""
    return files("variorum.exports").joinpath("data", name).read_text("utf-8")
