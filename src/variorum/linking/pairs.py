"""Two reports side by side: what speaks for and against their telling of one incident.

Every measure is symmetric and depends on the two reports alone. What a report does not tell is left out of the
comparison: it speaks neither for nor against.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from typing import Final

from variorum.linking.traits import Traits, Where
from variorum.linking.words import UNKNOWN_WEIGHT, weight_of

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "words": ("words", "lead", "title"),
    "names": ("names", "top_name", "second_name", "few_names"),
    "ages": ("ages", "ages_apart"),
    "streets": ("streets", "streets_apart"),
    "figures": ("figures",),
    "publication": ("gap", "same_day"),
    "publisher": ("publisher", "publisher_words"),
    "days": ("days", "days_apart", "told", "told_apart"),
    "places": ("same_place", "far", "area_apart", "site"),
    "tolls": ("tolls", "tolls_apart"),
}
"""Names of the measures by what they are about. Those of one kind say much the same: only their sum can be read."""

MEASURES: Final = tuple(name for names in KINDS.values() for name in names)
"""Names of the measures in the order of `measure`."""


_PLACES: Final = 4
_NEAR: Final = 40
"""Kilometres within which two places may be one: a town and its county, a district and its city."""


def measure(a: Traits, b: Traits) -> dict[str, float]:
    """The measures of a pair, by name. Order of the two does not matter."""
    if b.key < a.key:
        a, b = b, a
    got = dict.fromkeys(MEASURES, 0.0)
    same = a.publisher is not None and a.publisher == b.publisher
    only = _outside(a, b) if same and a.lines.keys() & b.lines.keys() else None
    got["words"] = a.words.cosine(b.words, only)
    got["lead"] = a.lead.cosine(b.lead, only)
    got["title"] = a.title.cosine(b.title)
    _compare_names(got, a, b, only)
    _compare_sets(got, "ages", a.ages, b.ages)
    _compare_sets(got, "streets", a.streets, b.streets)
    got["figures"] = min(12.0, sum(sorted(weight_of(f) for f in a.figures & b.figures))) / 4
    _compare_published(got, a, b)
    got["publisher"] = float(same)
    got["publisher_words"] = got["words"] if same else 0.0
    _compare_days(got, a, b)
    _compare_places(got, a.wheres, b.wheres)
    if a.areas and b.areas:
        got["area_apart"] = float(not a.areas & b.areas)
    _compare_happenings(got, a, b)
    return got


def _outside(a: Traits, b: Traits) -> frozenset[str]:
    """Words that both use outside the lines they share: one publisher's pages share menus and notices."""
    return frozenset(_unshared(a, b) & _unshared(b, a))


def _unshared(a: Traits, b: Traits) -> set[str]:
    kept = set(a.title.values)
    for line, (start, end) in a.lines.items():
        if line not in b.lines:
            kept.update(a.running[start:end])
    return kept


def _compare_names(got: dict[str, float], a: Traits, b: Traits, only: frozenset[str] | None) -> None:
    """Shared names: the weight of all, of the two rarest, and their part of the shorter list."""
    names = a.names & b.names
    shared = sorted((weight_of(w) for w in (names if only is None else names & only)), reverse=True)
    got["names"] = math.log1p(sum(w for w in shared if w > 3))
    got["top_name"] = shared[0] / 8 if shared else 0.0
    got["second_name"] = shared[1] / 8 if len(shared) > 1 else 0.0
    least = min(a.named, b.named)
    got["few_names"] = sum(shared) / least if least else 0.0


def _compare_sets(got: dict[str, float], name: str, a: Set[object], b: Set[object]) -> None:
    if a and b:
        shared = len(a & b)
        got[name] = shared / min(len(a), len(b))
        got[f"{name}_apart"] = float(not shared)


def _compare_published(got: dict[str, float], a: Traits, b: Traits) -> None:
    if a.published is None or b.published is None:
        return
    gap = abs((a.published - b.published).days)
    got["gap"] = math.log1p(gap)
    got["same_day"] = float(gap <= 1)


def _compare_days(got: dict[str, float], a: Traits, b: Traits) -> None:
    if a.days and b.days:
        shared = a.days & b.days
        got["days"] = math.sqrt(len(shared) / min(len(a.days), len(b.days)))
        if not shared:
            got["days_apart"] = math.log1p(min(abs((x - y).days) for x in a.days for y in b.days))
    if a.told and b.told:
        if a.told.first <= b.told.last and b.told.first <= a.told.last:
            got["told"] = 1 / max(a.told.precision, b.told.precision)
        else:
            apart = max((a.told.first - b.told.last).days, (b.told.first - a.told.last).days)
            got["told_apart"] = math.log1p(apart)


def _compare_happenings(got: dict[str, float], a: Traits, b: Traits) -> None:
    """What the readings make of the main incident: its site and tolls."""
    if a.site and a.site == b.site:
        got["site"] = weight_of(a.site) / UNKNOWN_WEIGHT
    if a.tolls and b.tolls:
        # The larger a number, the less does it agree by chance.
        got["tolls"] = math.log1p(sum(number for _, number in a.tolls & b.tolls if number > 1))
        apart = (abs(math.log((n + 1) / (m + 1))) for x, n in a.tolls for y, m in b.tolls if x == y)
        got["tolls_apart"] = min(apart, default=0.0)


def _compare_places(got: dict[str, float], a: tuple[Where, ...], b: tuple[Where, ...]) -> None:
    if not a or not b:
        return
    shares = {w.place: w.share for w in b}
    got["same_place"] = math.sqrt(sum(min(w.share, shares.get(w.place, 0.0)) for w in a))
    apart = min(_kilometres(x, y) for x in a[:_PLACES] for y in b[:_PLACES])
    got["far"] = float(apart >= _NEAR)


def _kilometres(a: Where, b: Where) -> float:
    """Great-circle distance."""
    north = math.radians(b.latitude - a.latitude)
    east = math.radians(b.longitude - a.longitude)
    level = math.cos(math.radians(a.latitude)) * math.cos(math.radians(b.latitude))
    half = math.sin(north / 2) ** 2 + level * math.sin(east / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))
