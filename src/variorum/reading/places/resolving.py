"""Places of a report: find the names, weigh what each could mean, say where it is and how precisely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from variorum.reading.places import lexicon
from variorum.reading.places.accepting import acceptance, describe
from variorum.reading.places.candidates import Group, group_names, outside_evidence, publisher_names
from variorum.reading.places.coherence import settle
from variorum.reading.places.cues import Cues, read_cues
from variorum.reading.places.gazetteer import Gazetteer, Place, open_gazetteer
from variorum.reading.places.mention import NameSpan, PlaceMention
from variorum.reading.places.proposals import Proposal, Word, propose, split_words

# Chosen on the development texts: proposals below are dropped; a name whose chance of meaning none
# of the gazetteer's entries is above stays unresolved.
ACCEPTED: Final = 0.5
UNRESOLVED: Final = 0.9
_OWN_PRECISION: Final = {"country": 6, "admin1": 4, "admin2": 3, "town": 1, "region": 5, "water": 5}


@dataclass(frozen=True, slots=True)
class Found:
    """The proposals of a text with their features and the chance of each to name a place."""

    words: list[Word]
    proposals: list[Proposal]
    features: list[dict[str, float]]
    chances: list[float]


def resolve_places(
    text: str, names: Sequence[NameSpan], *, publisher_domain: str | None = None
) -> tuple[PlaceMention, ...]:
    """The places that a report names, in order, each with its gazetteer entry where one was settled on.

    `names` are the tagger's spans over `text`; the gazetteer adds places they miss. Words for a
    people ("Iraqi") are no places but tell the country of others. `publisher_domain`, such as
    "gainesvillesun.com", helps between namesakes. Deterministic; raises nothing for any text.
    """
    gazetteer = open_gazetteer()
    found = find_names(text, names, gazetteer)
    kept = [i for i, chance in enumerate(found.chances) if chance >= ACCEPTED]
    proposals = [found.proposals[i] for i in kept]
    cues = read_cues(text, found.words, proposals)
    groups = all_groups(found.words, proposals, cues, gazetteer, publisher_domain)
    order = lexicon.feature_order()
    chosen: dict[int, tuple[Place, float]] = {}
    for group, chances in zip(
        groups, settle(groups, lexicon.weights("first"), lexicon.weights("later"), order), strict=True
    ):
        if len(chances) and not group.fixed:
            best = int(chances.argmax())
            if 1 - chances.sum() <= UNRESOLVED:
                chosen.update((i, (group.candidates[best], float(chances[best]))) for i in group.mentions)
    return tuple(
        _mention(text, p, cues[i], chosen.get(i), found.chances[kept[i]], gazetteer)
        for i, p in enumerate(proposals)
    )


def find_names(text: str, names: Sequence[NameSpan], gazetteer: Gazetteer) -> Found:
    """All stretches that may name a place, and how likely each does."""
    words = split_words(text)
    proposals = propose(text, words, names, gazetteer)
    features = describe(text, words, names, proposals, gazetteer)
    weights = lexicon.weights("accept")
    return Found(words, proposals, features, [acceptance(each, weights) for each in features])


def all_groups(
    words: Sequence[Word],
    proposals: Sequence[Proposal],
    cues: Sequence[Cues],
    gazetteer: Gazetteer,
    domain: str | None,
) -> list[Group]:
    """The names to settle together, with the evidence that is not a place name of the text."""
    demonyms = lexicon.demonyms()
    people = [(demonyms[word.form], word.start) for word in words if word.form in demonyms]
    groups = group_names(proposals, cues, gazetteer, (domain or "").lower().replace("-", ""))
    groups.extend(outside_evidence(people, gazetteer, domain))
    known = {group.key for group in groups}
    for key in publisher_names(domain, gazetteer):
        if key not in known:
            groups.append(publisher_group(key, gazetteer))
    return groups


def publisher_group(key: str, gazetteer: Gazetteer) -> Group:
    """A name that only the publisher's domain holds; it takes part in settling and in nothing else."""
    lone = Proposal(0, 0, 0, 0, key, "none", False, False, False, 1.0)
    group = group_names([lone], [Cues()], gazetteer, key)[0]
    group.mentions, group.positions = [], []
    return group


def _mention(
    text: str,
    p: Proposal,
    cues: Cues,
    choice: tuple[Place, float] | None,
    accepted: float,
    gazetteer: Gazetteer,
) -> PlaceMention:
    if choice is None:
        return PlaceMention(
            p.start,
            p.end,
            text[p.start : p.end],
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            round(accepted, 4),
        )
    place, chance = choice
    admin1 = gazetteer.place(place.admin1).name if place.admin1 is not None else None
    return PlaceMention(
        p.start,
        p.end,
        place.name,
        place.id,
        place.lat,
        place.lon,
        place.country,
        admin1,
        place.level,
        precision_of(place, part=p.part, near=cues.near),
        round(chance, 4),
    )


def precision_of(place: Place, *, part: bool, near: bool) -> int:
    """UCDP's where_prec of a place, of an unnamed part of it, or of somewhere near it."""
    own = place.own_precision or _OWN_PRECISION[place.level]
    if part and own in (4, 6):
        return 5
    return 2 if near and own == 1 else own
