"""Which proposals name a place: a linear model over the words around them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from variorum.reading.places import lexicon
from variorum.reading.places.gazetteer import ALTERNATE, SHORT, Gazetteer
from variorum.reading.places.mention import NameSpan
from variorum.reading.places.proposals import Proposal, Word


def describe(
    text: str,
    words: Sequence[Word],
    names: Sequence[NameSpan],
    proposals: Sequence[Proposal],
    gazetteer: Gazetteer,
) -> list[dict[str, float]]:
    """The features of each proposal, by name."""
    as_place: dict[str, int] = {}
    as_person: set[str] = set()
    for p in proposals:
        if p.cover == "place":
            as_place[p.key] = as_place.get(p.key, 0) + 1
    for name in names:
        if name.label == "person":
            as_person.update(word.strip(".,'’").lower() for word in text[name.start : name.end].split())
    lower = {word.form for word in words}
    found = []
    for i, p in enumerate(proposals):
        around = _around(text, words, p)
        own = _of_the_name(text, p, gazetteer, lower)
        own["others_as_place"] = float(as_place.get(p.key, 0) > (p.cover == "place") and p.key != "")
        own["is_person_elsewhere"] = float(p.cover != "person" and text[p.start : p.end].lower() in as_person)
        own["before_place"] = float(
            i + 1 < len(proposals)
            and _comma(text, p, proposals[i + 1])
            and _is_wide(proposals[i + 1], gazetteer)
        )
        own["after_place"] = float(i > 0 and _comma(text, proposals[i - 1], p) and _is_wide(p, gazetteer))
        cover = "other" if p.cover in ("other", "nationality") else p.cover
        features = {"bias": 1.0, **{k: v for k, v in {**own, **around}.items() if v}}
        found.append(
            {f"{cover}:{k}": v for k, v in features.items()} | {f"any:{k}": v for k, v in features.items()}
        )
    return found


def acceptance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance that a proposal names a place."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _of_the_name(text: str, p: Proposal, gazetteer: Gazetteer, forms: set[str]) -> dict[str, float]:
    form = text[p.start : p.end]
    entries = gazetteer.find_key(p.key)
    people = max((place.people for place, how in entries if how != ALTERNATE), default=0.0)
    levels = {place.level for place, how in entries if how not in (ALTERNATE, SHORT)}
    return {
        "known": float(bool(entries)),
        "people": people / 7,
        "country": float("country" in levels),
        "admin1": float("admin1" in levels),
        "admin2": float("admin2" in levels),
        "town": float("town" in levels),
        "region": float("region" in levels or "water" in levels),
        "only_alternate": float(bool(entries) and not levels),
        "common": float(p.key in lexicon.common_words()),
        "lower_seen": float(form.lower() in forms),
        "words": float(p.last - p.first > 1),
        "capitals": float(form.isupper() and len(form) > 3),
        "tiny": float(len(form) < 4),
        "fills": float(p.fills),
        "leads": float(p.leads),
        "score": p.score,
        "part": float(p.part),
        "demonym": float(form in lexicon.demonyms()),
    }


def _around(text: str, words: Sequence[Word], p: Proposal) -> dict[str, float]:
    before = words[p.first - 1] if p.first else None
    after = words[p.last] if p.last < len(words) else None
    gap_before = text[before.end : p.start] if before else "\n"
    gap_after = text[p.end : after.start] if after else "\n"
    begins = not before or "\n" in gap_before or any(c in gap_before for c in '.!?:"“')
    touching = before is not None and gap_before.isspace()
    joined = after is not None and gap_after.isspace()
    prior = before.lower if before and not begins else ""
    if prior == "the" and p.first > 1:
        prior = words[p.first - 2].lower
    next_ = after.lower if after and joined else ""
    return {
        "begins": float(begins),
        "locative": float(prior in lexicon.words("locative")),
        f"prior={prior}": float(prior in ("in", "of", "at", "from", "near", "and", "for", "to", "by")),
        "title": float(prior in lexicon.words("titles")),
        "body": float(next_ in lexicon.words("bodies")),
        "road": float(next_ in lexicon.words("roads")),
        "designated": float(next_ in lexicon.designated_levels()),
        "capital_before": float(touching and before is not None and before.form[0].isupper() and not begins),
        "capital_after": float(joined and after is not None and after.form[0].isupper()),
        "comma_after": float(gap_after.startswith(",")),
        "possessive": float(gap_after[:1] in "'’" and gap_after != ""),
        "dateline": float(
            (not before or "\n" in gap_before or "." in gap_before)
            and text[p.end : p.end + 24].lstrip(" ,").startswith(("(", "—", "–", "--"))
        ),
        "hyphen": float(gap_after.startswith("-") or gap_before.endswith("-")),
    }


def _comma(text: str, a: Proposal, b: Proposal) -> bool:
    return text[a.end : b.start].strip(" ") in (",", "(", ".,")


def _is_wide(p: Proposal, gazetteer: Gazetteer) -> bool:
    return any(
        place.level in ("country", "admin1", "admin2") and how != SHORT
        for place, how in gazetteer.find_key(p.key)
    )
