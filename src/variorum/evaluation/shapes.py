"""Shapes: one annotation or finding of each layer, checked against the text that it is about."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from variorum.model import Certainty, Group, InputError, Kind, Outcome, Stance

Mark = dict[str, Any]
"""One annotation or finding, in the fields of its layer's row. Claims have `start` and `end` once checked."""

MARKS = {"claims": "claims", "attributions": "attributions", "dates": "timexes", "places": "toponyms"}
"""The field of a report that holds its annotations, by layer."""

ROLES = ("source", "cue", "content")
"""The roles of an attribution; each is a list of [start, end]."""

_CLOSED: dict[str, dict[str, type[StrEnum]]] = {
    "toll": {"certainty": Certainty, "outcome": Outcome, "group": Group},
    "responsibility": {"certainty": Certainty, "stance": Stance},
    "account": {"certainty": Certainty},
}


def checked_mark(layer: str, mark: Any, text: str, where: str, *, found: bool = False) -> Mark:
    """The annotation, sound in shape. Raises `InputError` bad-annotation.

    With `found` it is a system's finding: a claim's words need not be in the text (it is wrong then), nor its
    values be of the vocabulary.
    """
    if not isinstance(mark, dict):
        raise _bad(where, "not an object", "write each as an object")
    if layer == "claims":
        return _claim(mark, text, where, found)
    if layer == "attributions":
        return {role: _spans(mark.get(role, []), role, text, where) for role in ROLES}
    if not _is_span(mark.get("start"), mark.get("end"), text):
        raise _outside(where, f"`start` {mark.get('start')!r}, `end` {mark.get('end')!r}", text)
    if layer == "places":
        for field in ("lat", "lon"):
            if mark.get(field) is not None and not _is_number(mark[field]):
                raise _bad(where, f"`{field}` is no number", "write degrees, or null where unknown")
    return mark


def locate(text: str, claim: Mark) -> tuple[int, int] | None:
    """Where a claim's words are: its offsets, or the given occurrence of its quote, or None.

    Case and white space of a quote may differ from the text's where the quote is nowhere as it stands.
    """
    start, end = claim.get("start"), claim.get("end")
    if _is_span(start, end, text):
        return start, end  # type: ignore[return-value]
    quote, wanted = str(claim.get("quote") or ""), claim.get("occurrence", 1)
    if not quote.strip():
        return None
    at = -1
    for _ in range(wanted if isinstance(wanted, int) else 1):
        at = text.find(quote, at + 1)
        if at < 0:
            break
    if at >= 0:
        return at, at + len(quote)
    loose = re.search(r"\s+".join(map(re.escape, quote.split())), text, re.IGNORECASE)
    return loose.span() if loose else None


def _claim(mark: Mark, text: str, where: str, found: bool) -> Mark:
    kind = mark.get("kind")
    if kind not in _CLOSED:
        raise _bad(where, f"kind {kind!r}", f"a claim's kind is {', '.join(map(str, Kind))}")
    span = locate(text, mark)
    if span is None and not found:
        raise _bad(where, f"its words are not in the text: {mark.get('quote')!r}", "quote the text exactly")
    start, end = span or (None, None)
    if not found:
        _check_values(mark, where)
    return mark | {"start": start, "end": end}


def _check_values(mark: Mark, where: str) -> None:
    """Raise for a claim that lacks a field or has a value outside the vocabulary."""
    if not isinstance(mark.get("source"), str) or not mark["source"]:
        raise _bad(where, "no `source`", "name who is behind the claim, or write reporter")
    for field, values in _CLOSED[mark["kind"]].items():
        if mark.get(field) not in list(values):
            raise _bad(where, f"`{field}` is {mark.get(field)!r}", f"write one of {', '.join(values)}")
    if mark["kind"] == "responsibility" and not isinstance(mark.get("actor"), str):
        raise _bad(where, "no `actor`", "name who is said to have done it, or not")
    if mark["kind"] == "toll":
        for field in ("min", "max"):
            if field not in mark or not (mark[field] is None or _is_integer(mark[field])):
                raise _bad(
                    where, f"`{field}` is no whole number", "write a number, or null for an open bound"
                )


def _spans(spans: Any, role: str, text: str, where: str) -> list[tuple[int, int]]:
    if not isinstance(spans, list):
        raise _bad(where, f"`{role}` is no list", "write [[start, end], …], or [] where it is absent")
    for span in spans:
        if not (isinstance(span, list | tuple) and len(span) == 2 and _is_span(span[0], span[1], text)):
            raise _outside(where, f"`{role}` {span!r}", text)
    return [(start, end) for start, end in spans]


def _is_span(start: Any, end: Any, text: str) -> bool:
    return _is_integer(start) and _is_integer(end) and 0 <= start < end <= len(text)


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _outside(where: str, what: str, text: str) -> InputError:
    size = len(text)
    return _bad(
        where, f"{what} is no stretch of a text of {size} characters", "count characters, end exclusive"
    )


def _bad(where: str, what: str, remedy: str) -> InputError:
    return InputError(what, where=where, remedy=remedy, code="bad-annotation")
