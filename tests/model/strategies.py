"""Hypothesis strategies for the types of the model: any value that keeps the model's invariants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from variorum.model import (
    Account,
    Certainty,
    Claim,
    Day,
    Evidence,
    Group,
    Incident,
    IncidentType,
    Outcome,
    Party,
    PartyKind,
    Place,
    Reading,
    Report,
    Responsibility,
    Source,
    Stance,
    Time,
    Toll,
    make_claim,
)

# Any text JSON can carry: lone surrogates have no UTF-8 form.
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
scores = st.floats(0, 1)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def reports(min_length: int = 0) -> st.SearchStrategy[Report]:
    body = st.text(st.characters(exclude_categories=("Cs",)), min_size=min_length, max_size=200)
    return st.builds(
        Report,
        id=names,
        text=body,
        publisher=optional(names),
        title=optional(texts),
        published=optional(st.dates()),
    )


@st.composite
def evidence_in(draw: st.DrawFn, report: Report) -> Evidence:
    start = draw(st.integers(0, len(report.text) - 1))
    return Evidence.of(report.text, start, draw(st.integers(start + 1, len(report.text))))


parties = st.builds(
    Party, name=names, kind=st.sampled_from(PartyKind), aliases=st.lists(names, max_size=3).map(tuple)
)
sources = st.builds(
    Source,
    party=names,
    mention=optional(names),
    mention_start=optional(st.integers(0, 1000)),
    via=st.lists(names, max_size=2).map(tuple),
)


@st.composite
def days(draw: st.DrawFn) -> Day:
    first = draw(st.dates())
    span = draw(st.integers(0, 400))
    try:
        last = first + timedelta(days=span)
    except OverflowError:
        last = first
    return Day(first=first, last=last, precision=draw(st.integers(1, 5)))


places = st.builds(
    Place,
    name=names,
    geonameid=optional(st.integers(1, 10**8)),
    latitude=optional(st.floats(-90, 90)),
    longitude=optional(st.floats(-180, 180)),
    precision=optional(st.integers(1, 7)),
)
incidents = st.builds(
    Incident,
    id=names,
    type=st.sampled_from(IncidentType),
    day=optional(days()),
    place=optional(places),
    parties=st.lists(names, max_size=3).map(tuple),
    background=st.booleans(),
)


@st.composite
def claims_in(draw: st.DrawFn, report: Report) -> Claim:
    shared: dict[str, Any] = {
        "report": report.id,
        "content_hash": report.content_hash,
        "evidence": draw(evidence_in(report)),
        "source": draw(sources),
        "certainty": draw(st.sampled_from(Certainty)),
        "background": draw(st.booleans()),
        "score": draw(scores),
    }
    kind = draw(st.sampled_from(["toll", "responsibility", "account"]))
    if kind == "toll":
        low, high = sorted((draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))))
        low_open, high_open = draw(st.sampled_from([(False, False), (True, False), (False, True)]))
        return make_claim(
            kind,
            **shared,
            outcome=draw(st.sampled_from(Outcome)),
            group=draw(st.sampled_from(Group)),
            min=None if low_open else low,
            max=None if high_open else high,
            approx=draw(st.booleans()),
            who=draw(optional(names)),
        )
    if kind == "responsibility":
        return make_claim(kind, **shared, actor=draw(names), stance=draw(st.sampled_from(Stance)))
    return make_claim(kind, **shared, denies=draw(st.booleans()))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    report = draw(reports(min_length=1))
    times = st.builds(Time, evidence=evidence_in(report), type=st.just("DATE"), value=optional(names))
    return Reading(
        report=report,
        reader="reader 1",
        claims=tuple(draw(st.lists(claims_in(report), max_size=4))),
        incidents=tuple(draw(st.lists(incidents, max_size=2))),
        parties=tuple(draw(st.lists(parties, max_size=3))),
        times=tuple(draw(st.lists(times, max_size=2))),
        places=tuple(draw(st.lists(places, max_size=2))),
    )


CLAIM_TYPES = (Toll, Responsibility, Account)
