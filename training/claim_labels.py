"""From annotated reports to windows with claim labels: quantities, spans, sources and actors as places in a window."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from training.corpora import Item, with_marks
from variorum.reading.encoder.features import quantity_features
from variorum.reading.encoder.masking import Mask
from variorum.reading.encoder.outputs import (
    CERTAINTIES,
    GROUPS,
    OUTCOMES,
    SPAN_KINDS,
    STANCES,
    UNNUMBERED_VALUES,
)
from variorum.reading.encoder.windows import Pieces, Window, pieces_of, sentences_of, windows_of
from variorum.reading.quantities import Quantity, find_quantities

Places = list[int]


@dataclass
class Labelled:
    """A span in a window with what is to be said of it. Values of None are unknown and cost nothing."""

    head: Places
    whole: Places
    features: list[float]
    kind: int = -1  # of SPAN_KINDS; -1 is a quantity
    values: dict[str, int | None] = field(default_factory=dict)
    outcomes: list[float] | None = None
    source: Places | None = None
    actor: Places | None = None
    alike: Places = field(default_factory=list)  # words elsewhere in the window for the same source


@dataclass
class ClaimItem(Item):
    """A window with claims."""

    tolls: list[Labelled] = field(default_factory=list)
    spans: list[Labelled] = field(default_factory=list)
    tags: np.ndarray | None = None  # int [kinds, tokens]: 0 outside, 1 begins, 2 continues
    actors: list[int] = field(default_factory=list)  # by token: 0, or 1 + the stance of a claim on who did it


def locate(text: str, quote: str, occurrence: int = 1) -> tuple[int, int] | None:
    at = -1
    for _ in range(occurrence):
        at = text.find(quote, at + 1)
        if at < 0:
            return None
    return at, at + len(quote)


def nearest(text: str, words: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The occurrence of some words that best tells the source of a claim: in or next to it, else the last before it."""
    places = [m.span() for m in re.finditer(re.escape(words), text)] if words else []
    if not places:
        return None
    start, end = span
    sentence = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    stop = min((i for i in (text.find(". ", end), text.find("\n", end)) if i >= 0), default=len(text))
    near = [p for p in places if sentence <= p[0] < stop]
    if near:
        return min(near, key=lambda p: min(abs(p[1] - start), abs(p[0] - end)))
    before = [p for p in places if p[0] < start]
    return before[-1] if before else places[0]


def _assign(
    golds: list[dict], quantities: tuple[Quantity, ...]
) -> tuple[dict[int, list[dict]], list[dict], set[int]]:
    """Gold tolls by candidate, the golds without one, and candidates best left alone (they touch a gold of another value)."""
    assigned: dict[int, list[dict]] = {}
    lost: list[dict] = []
    for gold in golds:
        start, end = gold["span"]
        touching = [i for i, q in enumerate(quantities) if q.start < end and start < q.end]
        exact = [
            i
            for i in touching
            if (quantities[i].minimum, quantities[i].maximum) == (gold["min"], gold["max"])
        ]
        if exact:

            def fit(i: int, start: int = start, end: int = end) -> tuple[bool, int]:
                q = quantities[i]
                return not (start <= q.number_start and q.number_end <= end), abs(q.start - start)

            free = [i for i in exact if i not in assigned] or exact
            assigned.setdefault(min(free, key=fit), []).append(gold)
        else:
            lost.append(gold)
    alone = {
        i
        for gold in lost
        for i, q in enumerate(quantities)
        if q.start < gold["span"][1] and gold["span"][0] < q.end
    }
    return assigned, lost, alone - set(assigned)


def _located(
    report: dict, aliases: dict[str, list[str]]
) -> tuple[list[dict], dict[str, list[tuple[int, int]]]]:
    """The claims of a case's report with their spans and those of their sources and actors; mentions by party."""
    text = report["text"]
    golds = []
    for claim in report["claims"]:
        span = locate(text, claim["quote"], claim.get("occurrence", 1))
        if span:
            golds.append({**claim, "span": span})
    mentions_of: dict[str, list[tuple[int, int]]] = {}
    for gold in golds:
        gold["source_span"] = None
        if gold["source"] != "reporter" and gold.get("source_quote"):
            gold["source_span"] = nearest(text, gold["source_quote"], gold["span"])
            if gold["source_span"]:
                mentions_of.setdefault(gold["source"], []).append(gold["source_span"])
    for gold in golds:
        gold["actor_span"] = _actor_span(text, gold, aliases, mentions_of)
    return golds, mentions_of


def claim_items(
    report: dict,
    aliases: dict[str, list[str]],
    masks: tuple[Mask, ...],
    names: list[list] | None,
    labels: tuple[str, ...],
) -> list[ClaimItem]:
    """The windows of an annotated report: of a case (claims by their quotes) or of our own (claims by their spans)."""
    text = report["text"]
    golds, mentions_of = (
        ([dict(c) for c in report["claims"]], report["mentions"])
        if "mentions" in report
        else _located(report, aliases)
    )
    quantities = find_quantities(text)
    tolls = [g for g in golds if g["kind"] == "toll"]
    assigned, lost, alone = _assign(tolls, quantities)
    pieces = pieces_of(text, masks)
    sentences = sentences_of(text, pieces)
    return [
        _item(
            window,
            text,
            pieces,
            sentences,
            golds,
            quantities,
            assigned,
            lost,
            alone,
            mentions_of,
            names,
            labels,
        )
        for window in windows_of(text, pieces)
    ]


def _actor_span(
    text: str, gold: dict, aliases: dict[str, list[str]], mentions_of: dict
) -> tuple[int, int] | None:
    actor = gold.get("actor")
    if not actor:
        return None
    found = [
        m.span()
        for name in [actor, *aliases.get(actor, [])]
        if len(name) > 1
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    found += mentions_of.get(actor, [])
    if not found:
        return None
    start, end = gold["span"]
    return min(found, key=lambda p: (max(0, start - p[1], p[0] - end), p[0] > end, -(p[1] - p[0])))


def _item(
    window: Window,
    text: str,
    pieces: Pieces,
    sentences: np.ndarray,
    golds: list[dict],
    quantities: tuple[Quantity, ...],
    assigned: dict[int, list[dict]],
    lost: list[dict],
    alone: set[int],
    mentions_of: dict[str, list[tuple[int, int]]],
    names: list[list] | None,
    name_labels: tuple[str, ...],
) -> ClaimItem:
    def places(start: int, end: int) -> Places:
        return [p - window.first + 1 for p in pieces.inside(start, end) if window.first <= p < window.last]

    item = ClaimItem(*with_marks(pieces, sentences, window))
    size = len(item.ids)
    item.actors = [0] * size
    if names is not None:
        tags = [0] * size
        for a, b, label in names:
            for n, p in enumerate(places(a, b)):
                tags[p] = 1 + 2 * name_labels.index(label) + (n > 0)
        item.names = tags
    for i, quantity in enumerate(quantities):
        whole = places(quantity.start, quantity.end)
        if not whole or i in alone:
            continue
        head = places(quantity.number_start, quantity.number_end) or whole
        labelled = Labelled(head, whole, quantity_features(text, quantity), outcomes=[0.0] * len(OUTCOMES))
        for gold in assigned.get(i, []):
            labelled.outcomes[OUTCOMES.index(gold["outcome"])] = 1.0  # type: ignore[index]
            _describe(labelled, gold, places, mentions_of)
        item.tolls.append(labelled)
    item.tags = np.zeros((len(SPAN_KINDS), size), dtype=np.int64)
    for gold in golds:
        if gold["kind"] == "toll" and gold not in lost:
            continue
        kind = SPAN_KINDS.index("unnumbered" if gold["kind"] == "toll" else gold["kind"])
        span = places(*gold["span"])
        if not span:
            continue
        item.tags[kind, span] = 2
        item.tags[kind, span[0]] = 1
        features = [float(kind == k) for k in range(len(SPAN_KINDS))]
        labelled = Labelled(span[:1], span, features, kind=kind)
        _describe(labelled, gold, places, mentions_of)
        if gold["kind"] == "toll":
            labelled.outcomes = [float(o == gold["outcome"]) for o in OUTCOMES]
            value = (gold["min"], gold["max"])
            labelled.values["value"] = UNNUMBERED_VALUES.index(value) if value in UNNUMBERED_VALUES else None
        item.spans.append(labelled)
        if gold["kind"] == "responsibility" and labelled.actor:
            for place in labelled.actor:
                item.actors[place] = 1 + STANCES.index(gold["stance"])
            beside = Labelled(labelled.actor[:1], labelled.actor, features, kind=kind, source=labelled.source)
            beside.values, beside.alike = labelled.values, labelled.alike
            item.spans.append(beside)
    return item


def _describe(labelled: Labelled, gold: dict, places, mentions_of: dict) -> None:  # type: ignore[no-untyped-def]
    """Fill in what a claim says. A source that is the report itself, and an actor not named, is the start mark."""
    values = labelled.values
    values["certainty"] = CERTAINTIES.index(gold["certainty"])
    values["background"] = int(bool(gold.get("background")))
    if gold["kind"] == "toll":
        values["group"] = GROUPS.index(gold["group"])
        values["combined"] = int(bool(gold.get("combined")))
    if gold["kind"] == "responsibility":
        values["stance"] = STANCES.index(gold["stance"])
    if gold["kind"] == "account":
        values["denies"] = int(bool(gold.get("denies")))
    reporter = gold["source"] == "reporter"
    values["has_source"] = int(not reporter)
    if gold["source_span"]:
        labelled.source = places(*gold["source_span"]) or None
        beside = [p for span in mentions_of[gold["source"]] for p in places(*span)]
        labelled.alike = sorted(set(beside) - set(labelled.source or ()))
    if reporter:
        labelled.source = [0]
    if gold["kind"] != "account":
        values["has_actor"] = int(bool(gold.get("actor")))
        if not gold.get("actor"):
            labelled.actor = [0]
        if gold["actor_span"]:
            labelled.actor = places(*gold["actor_span"]) or None
