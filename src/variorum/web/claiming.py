"""Claims to forms and back: what a person says a claim is to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from variorum.model import (
    Certainty,
    Claim,
    Evidence,
    Group,
    Kind,
    Outcome,
    Report,
    Source,
    Stance,
    make_claim,
)

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "certainty": tuple(Certainty),
    "outcome": tuple(Outcome),
    "group": tuple(Group),
    "stance": tuple(Stance),
}
"""What fields with closed values may hold."""

_LONGEST = 2000
"""Characters that a field takes."""


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """The fields of a form, as they were typed."""

    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


class NotAClaim(Exception):
    """What was typed makes no claim; says which field, and why, in words."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name, self.words = name, words


def to_form(claim: Claim) -> ClaimForm:
    """The fields with what a claim says now."""
    told: dict[str, Any] = {
        "kind": claim.kind,
        "certainty": claim.certainty.value,
        "source": claim.source.party,
        "via": "; ".join(claim.source.via),
        "said": claim.said or "",
        "background": "yes" if claim.background else "",
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "quote": claim.evidence.quote,
    }
    for name in ("outcome", "group", "stance", "min", "max", "who", "actor"):
        value = getattr(claim, name, None)
        told[name] = "" if value is None else str(value)
    for name in ("approx", "denies"):
        told[name] = "yes" if getattr(claim, name, False) else ""
    return ClaimForm({name: str(value) for name, value in told.items()})


def to_claim(form: ClaimForm, report: Report, read: Claim | None = None) -> Claim:
    """The claim that a form says of a report; `read` is the one that it corrects. Raises `NotAClaim`."""
    for name, value in form.values.items():
        if name != "quote" and len(value) > _LONGEST:
            raise NotAClaim(name, f"is longer than {_LONGEST} characters")
    source = form["source"].strip()
    if not source:
        raise NotAClaim("source", "is needed: name who says it, or write reporter for the report itself")
    kind = read.kind if read else _chosen(form, "kind")
    values: dict[str, Any] = {
        "certainty": _chosen(form, "certainty"),
        "background": bool(form["background"]),
        "said": form["said"].strip() or None,
        "incident": read.incident if read else None,
    }
    if kind == "toll":
        values |= {
            "outcome": _chosen(form, "outcome"),
            "group": _chosen(form, "group"),
            "min": _number(form, "min"),
            "max": _number(form, "max"),
            "approx": bool(form["approx"]),
            "who": form["who"].strip() or None,
            "actor": form["actor"].strip() or None,
            "combined": getattr(read, "combined", ()),
        }
    elif kind == "responsibility":
        values |= {"actor": form["actor"].strip(), "stance": _chosen(form, "stance")}
        if not values["actor"]:
            raise NotAClaim("actor", "is needed: who is said to have done it")
    else:
        values["denies"] = bool(form["denies"])
    evidence = _evidence(form, report)
    try:
        return make_claim(
            kind,
            report=report.id,
            content_hash=report.content_hash,
            evidence=evidence,
            source=_source(source, form, read),
            **values,
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise NotAClaim(str((*first["loc"], "min")[0]), first["msg"].removeprefix("Value error, ")) from None


def _source(party: str, form: ClaimForm, read: Claim | None) -> Source:
    via = tuple(part for one in form["via"].split(";") if (part := one.strip()))
    told = Source(party=party, via=via)
    if read is not None and read.source.party == party:
        return told.model_copy(
            update={"mention": read.source.mention, "mention_start": read.source.mention_start}
        )
    return told


def _evidence(form: ClaimForm, report: Report) -> Evidence:
    """The words at the offsets, or where the quote stands in the text, if it does so once."""
    quote = form["quote"].replace("\r\n", "\n")
    start, end = _number(form, "start"), _number(form, "end")
    if start is not None and end is not None and start < end <= len(report.text):
        there = report.text[start:end]
        if not quote or _folded(there) == _folded(quote):
            return Evidence(start=start, end=end, quote=there)
    if not quote.strip():
        raise NotAClaim("quote", "is needed: copy the words of the report that say it")
    at = report.text.find(quote)
    if at < 0:
        quote = quote.strip()
        at = report.text.find(quote)
    if at < 0:
        raise NotAClaim("quote", "does not stand in the report like this: copy the words exactly")
    if report.text.find(quote, at + 1) >= 0:
        raise NotAClaim("quote", "stands in the report more than once: copy more words around it")
    return Evidence(start=at, end=at + len(quote), quote=quote)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _chosen(form: ClaimForm, name: str) -> str:
    value = form[name]
    if value not in CHOICES[name]:
        raise NotAClaim(name, "is needed")
    return value


def _number(form: ClaimForm, name: str) -> int | None:
    told = form[name].strip().replace(",", "")
    if not told:
        return None
    if not (told.isascii() and told.isdigit() and len(told) < 16):
        raise NotAClaim(name, "must be a whole number, or empty")
    return int(told)
