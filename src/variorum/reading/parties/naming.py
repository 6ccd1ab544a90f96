"""The canonical name of a party from what a description of it says: country and body, place and body, office."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import Body, KnownParty, Land
from variorum.reading.parties.page import Element, Page

_REACH = 7
PLACED = frozenset(
    {
        "police",
        "province",
        "city council",
        "sheriff",
        "coroner",
        "prosecutor",
        "fire department",
        "medical examiner",
        "district attorney",
        "health directorate",
        "health department",
        "mayor",
        "fire marshal",
        "city marshal",
        "regional military administration",
    }
)
_PROSECUTORS = ("prosecutor", "attorney general", "public prosecutor")
_NATIONAL_ONLY = frozenset({"military", "air force", "navy", "presidency", "prime minister", "government"})


@dataclass(frozen=True, slots=True)
class Found:
    """A party under its name, how it was found, and the words (i, j) that name it."""

    party: str
    kind: PartyKind
    country: str | None
    how: str
    at: tuple[int, int] | None = None
    score: float = 0.9
    human: bool = False
    """Whether the words speak of a person, so that "he" or "she" may point back to it."""


def known(party: KnownParty, how: str, at: tuple[int, int] | None = None) -> Found:
    """A party of the lexicon."""
    return Found(party.name, party.kind, (party.country or "")[:2] or None, how, at, 0.95)


def of_land(page: Page, body: Body, land: Land, how: str, at: tuple[int, int] | None = None) -> Found:
    """The body of a country or region: by its own name if the lexicon has it, else by the body's usual form."""
    lexicon = page.lexicon
    own = lexicon.by_body.get((land.iso, body.id))
    if body.id == "president":
        own = lexicon.by_body.get((land.iso, "presidency"))
    elif body.id == "premier":
        own = lexicon.by_body.get((land.iso, "prime minister"))
    elif own is None and body.id in _PROSECUTORS:
        own = next((p for other in _PROSECUTORS if (p := lexicon.by_body.get((land.iso, other)))), None)
    if own is None and "-" in land.iso and body.id in _NATIONAL_ONLY and body.id != "government":
        land = lexicon.lands.get(land.country, land)
        own = lexicon.by_body.get((land.iso, body.id))
    if own is not None:
        return known(own, how, at)
    land = lexicon.lands.get(land.iso, land)
    if own is None and "-" in land.iso and body.id.endswith(" ministry"):
        form = lexicon.local.get((body.id, land.country)) or lexicon.local.get(("ministry", land.country))
        if form:
            return Found(form.replace("{p}", land.name), body.kind, land.country, how, at)
    if body.id == "police" and land.iso == "US":
        return Found("police", PartyKind.POLICE, "US", "as-written", at, 0.6)
    return Found(
        body.template.replace("{c}", land.name).replace("{a}", land.adjective or land.name),
        body.kind,
        land.country,
        how,
        at,
    )


def of_place(page: Page, body: Body, place: str, written: str) -> Found:
    """The body of a place that is no country: "Gwadar" and police give "Gwadar Police"."""
    country = page.home.country if page.home else None
    local = page.lexicon.local
    template = local.get((body.id, country or "*")) or local.get((body.id, "*"))
    if template is None or (written[:1].isupper() and body.id in ("police", "fire department", "sheriff")):
        template = "{p} " + (written[:1].upper() + written[1:] if not template else written)
    name = template.replace("{p}", place)
    return Found(name, body.kind, country, "composed")


def land_beside(page: Page, element: Element) -> tuple[Land | None, str | None, tuple[int, int] | None]:
    """The country, or else the place, that the words beside a body or office give to it."""
    words, i = page.words, element.i
    k, steps = i, 0
    while k > 0 and steps < 4:
        before = page.before(k)
        if before is not None:
            if before.land() and words.sentence[before.i] == words.sentence[i]:
                if "seat" in before.senses and _placed(element):
                    return None, page.surface(before), (before.i, element.j)
                return before.land(), None, (before.i, element.j)
            if before.person and not words.owner[before.j - 1] and not words.capital[before.i]:
                break
            if before.person or "city" in before.senses:
                if _placed(element) or words.owner[before.j - 1] or (words.capital[i] and element.body):
                    return None, page.surface(before), (before.i, element.j)
                city = before.senses.get("city")
                return (city if isinstance(city, Land) else None), None, (before.i, element.j)
            if (
                before.party
                and words.norm[before.j : before.j + 1]
                and words.glued[min(before.j, len(words) - 1)]
            ):
                k, steps = before.i, steps + 1
                continue
            if set(before.senses) <= {"voice", "courtesy"} and not (before.org or before.person):
                k, steps = before.i, steps + 1  # "Karvia's deputy foreign minister"
                continue
            break
        word = words.norm[k - 1]
        if k == i and _placed(element) and _is_name(page, k - 1):
            return None, words.surface(k - 1, k), (k - 1, element.j)
        if (
            not word[0].isalpha()
            or word in page.lexicon.words["verbs"]
            or word in page.lexicon.words["link"] - {"s"}
        ):
            break
        if words.glued[k - 1]:
            inner = page.before(k - 1)
            if inner is not None and word in page.lexicon.words["modifiers"]:
                k = inner.i
                continue
        k, steps = k - 1, steps + 1
    return _land_after(page, element)


def _is_name(page: Page, k: int) -> bool:
    """Whether word k, which the lexicon does not know, is written as a name inside a sentence here or elsewhere."""
    words = page.words
    if words.lower_case or not words.capital[k] or words.norm[k] in page.lexicon.words["sentence"]:
        return False
    if (
        page.lexicon.phrases.get(words.norm[k])
        or not words.norm[k].isalpha()
        or words.surface(k, k + 1).isupper()
    ):
        return False
    return words.norm[k] in page.capitalised


def _placed(element: Element) -> bool:
    body = element.body or element.office
    return bool(body and body.id in PLACED)


def _land_after(page: Page, element: Element) -> tuple[Land | None, str | None, tuple[int, int] | None]:
    words, j = page.words, element.j
    if j >= len(words) or words.norm[j] not in ("of", "for", "in", "at", "from"):
        return None, None, None
    preposition = words.norm[j]
    for after in page.within(j + 1, j + _REACH):
        between = words.norm[j + 1 : after.i]
        if any(w in page.lexicon.words["verbs"] or not w[0].isalnum() for w in between):
            break
        if after.j < len(words) and words.glued[after.j]:
            continue
        if after.land():
            body = element.body or element.office
            if "seat" in after.senses and _placed(element):
                return None, page.surface(after), (element.i, after.j)
            if "people-of" in after.senses and preposition != "of":
                continue
            if "people-of" in after.senses and page.within(after.i, after.j + 1)[-1:] != [after]:
                continue
            return (after.land() if body else None), None, (element.i, after.j)
        if (after.person or "city" in after.senses) and preposition != "for":
            if _placed(element):
                return None, page.surface(after), (element.i, after.j)
            city = after.senses.get("city")
            return (city if isinstance(city, Land) else None), None, (element.i, after.j)
        if after.party or after.body or after.org:
            break
    return None, None, None


def _embassy(page: Page, element: Element, body: Body, land: Land, at: tuple[int, int] | None) -> Found:
    """An embassy is named after both countries; without a second one, after the report's."""
    host = (
        next((e.land() for e in page.within(element.j, element.j + 5) if e.land()), None)
        if (page.words.norm[element.j : element.j + 1] in (["in"], ["to"]))
        else None
    )
    host = host or (page.home if page.home and page.home.iso[:2] != land.country else None)
    found = of_land(page, body, land, "composed", at)
    where = page.lexicon.lands.get(host.iso, host) if host else None
    return (
        Found(f"{found.party} in {where.name}", found.kind, found.country, found.how, at) if where else found
    )


def house(page: Page, element: Element, body: Body) -> Body:
    """The office of a premier or president, where the words beside the title speak of it: "the office of Chad's
    prime minister", "the president's office"."""
    other = {"premier": "prime minister", "president": "presidency"}.get(body.id)
    if other is None:
        return body
    words = page.words.norm
    before = words[max(0, element.i - 6) : element.i]
    spoken = any(
        "office" in before[k : k + 1] and before[k + 1 : k + 2] == ["of"] for k in range(len(before))
    )
    after = words[element.j : element.j + 5]
    spoken = spoken or any(
        page.words.owner[element.j + k - 1] and after[k] == "office" for k in range(1, len(after))
    )
    return page.lexicon.bodies[other] if spoken else body


def of_body(page: Page, element: Element, body: Body) -> Found | None:
    """The party that a body or office is, if the words beside it say whose; None if they leave it open."""
    body = house(page, element, body)
    land, place, at = land_beside(page, element)
    if land is not None and body.id == "embassy":
        return _embassy(page, element, body, land, at)
    if land is not None:
        return of_land(page, body, land, "composed", at)
    if place is not None:
        found = of_place(page, body, place, page.surface(element) if element.body else body.id)
        return Found(found.party, found.kind, found.country, found.how, at)
    return None
