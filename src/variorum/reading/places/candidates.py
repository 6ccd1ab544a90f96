"""The entries of the gazetteer that each name of a report could mean, and what speaks for each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from variorum.reading.places import lexicon
from variorum.reading.places.cues import Cues, contains
from variorum.reading.places.gazetteer import ALTERNATE, PRIMARY, SHORT, Gazetteer, Place
from variorum.reading.places.names import name_key
from variorum.reading.places.proposals import Proposal

MOST: Final = 16
_WIDE: Final = ("country", "admin1", "admin2")


@dataclass(slots=True)
class Group:
    """A name in one sense: its mentions (numbers of proposals), its candidates and their features.

    `fixed` groups are evidence from outside the names (a people, the publisher's country).
    `positions` are the characters where it is mentioned; `weight` how much it speaks for others.
    """

    key: str
    mentions: list[int]
    candidates: list[Place]
    features: list[dict[str, float]]
    positions: list[int]
    weight: float
    fixed: bool = False
    siblings: set[int] = field(default_factory=set)


def group_names(
    proposals: Sequence[Proposal], cues: Sequence[Cues], gazetteer: Gazetteer, publisher: str
) -> list[Group]:
    """Group the proposals by name, one sense a report unless what holds them differs."""
    by_key: dict[str, list[int]] = {}
    for i, p in enumerate(proposals):
        by_key.setdefault(p.key, []).append(i)
    groups: list[Group] = []
    for key, numbers in by_key.items():
        entries = gazetteer.find_key(key)
        held = {i: _held(cues[i], entries, gazetteer) for i in numbers}
        senses: dict[frozenset[int], list[int]] = {}
        for i in numbers:
            if held[i]:
                senses.setdefault(held[i], []).append(i)
        first = max(senses, key=lambda s: len(senses[s])) if senses else frozenset()
        for i in numbers:
            if not held[i]:
                senses.setdefault(first, []).append(i)
        for fitting, mentions in senses.items():
            groups.append(_group(key, sorted(mentions), entries, fitting, proposals, cues, publisher))
    _join_siblings(groups, proposals)
    return groups


def _held(cues: Cues, entries: Sequence[tuple[Place, int]], gazetteer: Gazetteer) -> frozenset[int]:
    """The rows of the entries that lie in something the text says holds them."""
    holders = [
        place
        for key in cues.containers
        for place, how in gazetteer.find_key(key)
        if place.level in _WIDE and how != ALTERNATE
    ]
    inside = {
        place.number for place, _ in entries for holder in holders if contains(holder, place, gazetteer)
    }
    inside.update(
        place.number for place, _ in entries if place.country in cues.countries and place.level != "country"
    )
    return frozenset(inside)


def _group(
    key: str,
    mentions: list[int],
    entries: Sequence[tuple[Place, int]],
    fitting: frozenset[int],
    proposals: Sequence[Proposal],
    cues: Sequence[Cues],
    publisher: str,
) -> Group:
    levels = frozenset().union(*(cues[i].levels for i in mentions))
    ranked = sorted(
        entries, key=lambda e: (e[0].number not in fitting, e[1] == ALTERNATE, -e[0].people, e[0].number)
    )[:MOST]
    by_people = sorted(ranked, key=lambda e: -e[0].people)
    top = by_people[0][0].number if by_people else -1
    wide = {place.level for place, how in ranked if how == PRIMARY}
    alone = len(ranked) == 1
    features = []
    for place, how in ranked:
        values = {
            "people": place.people / 7,
            place.level: 1.0,
            "top": float(place.number == top),
            "capital": float(place.capital),
            "short": float(how == SHORT),
            "alternate": float(how == ALTERNATE),
            "alone": float(alone),
            "held": float(place.number in fitting),
            "not_held": float(bool(fitting) and place.number not in fitting),
            "kind": float(place.level in levels),
            "not_kind": float(bool(levels) and place.level not in levels),
            "town_under_admin1": float(place.level == "town" and "admin1" in wide),
            "town_under_country": float(place.level == "town" and "country" in wide),
            "publisher": float(len(key) > 3 and key.replace(" ", "") in publisher),
            "same_name": float(name_key(place.name) == key),
        }
        features.append({name: value for name, value in values.items() if value})
    weight = min(2.0, len(mentions) ** 0.5)
    return Group(
        key,
        mentions,
        [place for place, _ in ranked],
        features,
        [proposals[i].start for i in mentions],
        weight,
    )


def _join_siblings(groups: Sequence[Group], proposals: Sequence[Proposal]) -> None:
    """Mark groups whose names follow each other closely, as in a list."""
    owner = {i: n for n, group in enumerate(groups) for i in group.mentions}
    near: Counter[tuple[int, int]] = Counter()
    for i in range(len(proposals) - 1):
        if proposals[i + 1].start - proposals[i].end <= 12 and owner[i] != owner[i + 1]:
            near[owner[i], owner[i + 1]] += 1
    for a, b in near:
        groups[a].siblings.add(b)
        groups[b].siblings.add(a)


def outside_evidence(
    people: Sequence[tuple[str, int]], gazetteer: Gazetteer, domain: str | None
) -> list[Group]:
    """Fixed groups for the peoples named (country code, character) and for the publisher's country."""
    rows = {code: row for row, code in enumerate(gazetteer.country_codes)}
    found: list[Group] = []
    places: dict[str, list[int]] = {}
    for code, position in people:
        places.setdefault(code, []).append(position)
    for code, positions in places.items():
        if code in rows:
            found.append(
                Group(
                    f"people of {code}",
                    [],
                    [gazetteer.place(rows[code])],
                    [{}],
                    positions,
                    min(1.5, 0.7 * len(positions) ** 0.5),
                    True,
                )
            )
    parts = (domain or "").lower().removeprefix("www.").split(".")
    code = {"UK": "GB"}.get(parts[-1].upper(), parts[-1].upper())
    if len(parts) > 1 and code in rows:
        found.append(Group(f"publisher in {code}", [], [gazetteer.place(rows[code])], [{}], [], 1.0, True))
    return found


def publisher_names(domain: str | None, gazetteer: Gazetteer) -> list[str]:
    """The longest place that a publisher's domain begins with: "gainesville" of gainesvillesun.com."""
    parts = (domain or "").lower().removeprefix("www.").split(".")
    label = max(parts[:-1], key=len, default="").removeprefix("the").replace("-", "")
    for size in range(len(label), 4, -1):
        key = label[:size]
        if key not in lexicon.common_words() and gazetteer.has_key(key):
            return [key]
    return []
