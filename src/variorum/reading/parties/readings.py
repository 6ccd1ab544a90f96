"""Small readings of a mention that the rules of `interpreting` share."""

from __future__ import annotations

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import Land
from variorum.reading.parties.mention import Mention, as_written, noun_kind
from variorum.reading.parties.naming import Found, known, of_land
from variorum.reading.parties.page import Element, Page

_MASTERS = frozenset({PartyKind.ARMED_GROUP, PartyKind.STATE_FORCE, PartyKind.GOVERNMENT})


def again(found: Found) -> Found:
    """A party that a mention points back to."""
    return Found(
        found.party, found.kind, found.country, "coreference", found.at, min(found.score, 0.75), found.human
    )


def sources_of_two(page: Page, mention: Mention, head: Element) -> Found | None:
    """ "Police and medical sources": unnamed sources at a body, not the body itself."""
    words, j = page.words.norm, head.j
    if (
        words[j : j + 1] != ["and"]
        or words[j + 1 : j + 2] == []
        or words[j + 1] not in page.lexicon.words["spheres"]
    ):
        return None
    if j + 3 > mention.j or words[j + 2] not in ("sources", "officials"):
        return None
    name = f"{page.surface(head).lower()} {words[j + 2]}"
    return Found(name, PartyKind.UNNAMED, None, "as-written", (head.i, head.j), 0.5)


def nouns_of_one(page: Page, head: Element) -> str:
    """The singular of a noun for many people: "prosecutors" may be the prosecutor's office that the text names."""
    word = page.words.norm[head.j - 1]
    return word[:-1] if word.endswith("s") and head.j - head.i == 1 else ""


def source_inside(page: Page, mention: Mention, head: Element) -> Found | None:
    """ "A source at the hospital" is a hospital source; one in the town a local source."""
    words = page.words.norm
    noun, j = words[head.j - 1], head.j
    described = head.i > mention.i and words[head.i - 1] not in page.lexicon.words["articles"]
    if described or head.j - head.i > 1:
        return None
    if noun not in ("source", "sources") or words[j : j + 1] not in (["at"], ["in"], ["from"]):
        return None
    if words[j + 1 : j + 2] not in (["the"], ["a"]) or mention.j - j < 3 or page.words.capital[j + 2]:
        return None
    after = page.starting(j + 2)
    if after and (after.body or after.office or after.party or after.j - after.i > 1):
        return None
    if words[j + 3 : j + 4] and words[j + 3] not in page.lexicon.words["verbs"] and words[j + 3][0].isalnum():
        return None
    where = words[j + 2]
    local = where in page.lexicon.words["genus-of-place"] or where in ("village", "area", "region")
    return Found(
        f"{'local' if local else where} {noun}", PartyKind.UNNAMED, None, "as-written", (head.i, j + 3), 0.6
    )


def one_of(found: Found) -> Found:
    """ "One of them": one of unnamed people is written in the singular."""
    name = found.party
    if name.islower() and found.kind in (PartyKind.RESIDENTS, PartyKind.MEDICS, PartyKind.UNNAMED):
        name = "local resident" if name == "local people" else name[:-1] if name.endswith("s") else name
    return Found(name, found.kind, found.country, "coreference", found.at, min(found.score, 0.75), True)


def plain(page: Page, mention: Mention, head: Element) -> Found:
    """An unnamed source as the text describes it."""
    kind = head.body.kind if head.body else noun_kind(head)
    return Found(as_written(page, mention, head), kind, None, "as-written", (head.i, head.j), 0.6)


def owner_land(page: Page, i: int) -> Land | None:
    """The country named last before word i in its sentence, or in the one before."""
    for element in reversed(page.within(max(0, i - 60), i)):
        if page.words.sentence[i] - page.words.sentence[element.i] > 1:
            return None
        land = element.land()
        if land is not None and "people-of" not in element.senses:
            return land
    return None


def organ_of(page: Page, mention: Mention, head: Element) -> Found | None:
    """The party that an organ belongs to: "the Veldt Front's General Command", "the Press Directorate of the army"."""
    before = page.before(head.i)
    if before is not None and before.party and page.words.owner[before.j - 1]:
        return known(before.party, "composed", (before.i, before.j))
    after = next((e for e in mention.elements if e.i > head.i), None)
    if after is None or page.words.norm[head.j : after.i] not in (["of"], ["of", "the"]):
        return None
    if after.party and after.party.kind in _MASTERS:
        return known(after.party, "composed", (after.i, after.j))
    land = after.land()
    if land and (body := next((e.body for e in page.within(after.j, after.j + 1) if e.body), None)):
        return of_land(page, body, land, "composed", (after.i, after.j))
    return None


def with_land(page: Page, mention: Mention, head: Element, noun: Element) -> str:
    """The description of unnamed people with the nationality that it begins with."""
    whole = as_written(page, mention, noun)
    if noun_kind(noun) is PartyKind.MEDICS:
        return whole
    first = page.words.surface(head.i, head.j)
    return whole if first.lower() in whole.lower() else f"{first} {whole}"


def first_of_two(page: Page, mention: Mention, head: Element) -> Found | None:
    """ "Medical and military sources" are two unnamed sources: the first."""
    words = page.words.norm
    k = next((n for n in range(mention.i + 1, head.i) if words[n] in ("and", "or")), None)
    one = words[k - 1] if k else ""
    if (
        k is None
        or one not in page.lexicon.words["spheres"]
        or head.j - k > 4
        or words[head.j - 1][-1] != "s"
    ):
        return None
    if words[k - 2 : k - 1] and page.before(k - 1) is not None:
        return None
    noun = page.words.surface(head.j - 1, head.j).lower()
    return Found(f"{one} {noun}", noun_kind(head), None, "as-written", (k - 1, head.j), 0.6)


def gatherer(page: Page, mention: Mention, head: Element) -> Element | None:
    """The body in "figures that X has gathered"."""
    if "document" not in head.senses or page.words.norm[head.j : head.j + 1] != ["that"]:
        return None
    after = next(iter(page.within(head.j + 1, head.j + 4)), None)
    return after if after is not None and (after.party or after.org) else None


def official_of(page: Page, mention: Mention, head: Element) -> Found | None:
    """ "officials in Moscow": unnamed officials of a country's seat are its government."""
    if page.words.norm[head.j - 1] not in ("officials", "authorities"):
        return None
    if page.words.norm[head.j : head.j + 1] not in (["in"], ["of"], ["from"]):
        return None
    for element in page.within(head.j + 1, min(head.j + 3, mention.j)):
        land = element.land()
        if land is not None:
            return of_land(page, page.lexicon.bodies["government"], land, "composed", (element.i, element.j))
    return None


def named_person(page: Page, mention: Mention, head: Element) -> Element | None:
    """The person that a title names: no preposition stands between the two, at most a comma."""
    words = page.words
    person = next((e for e in mention.elements[:5] if e.person), None)
    if person is None or any(
        words.norm[k] in ("of", "in", "from", "at", "near", "on") for k in range(head.j, person.i)
    ):
        if (
            person is not None
            and "," in words.norm[head.j : person.i]
            and words.norm[person.i - 1] in (",", "gen", "col", "dr")
        ):
            return person
        return None
    return person
