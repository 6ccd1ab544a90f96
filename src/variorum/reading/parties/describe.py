"""What a noun phrase says of whom it names: the body that a spokesman, officer, statement or person speaks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import Body
from variorum.reading.parties.naming import Found, known, of_body, of_land
from variorum.reading.parties.page import Element, Page

_INTO = frozenset({"of", "for", "from", "in", "at", "with", "within", "to", "heads", "leads", "commands", "represents",
                   "runs", "inside", "directs", "chairs", "by"})
_MEDIA_OUTLET = frozenset({PartyKind.MEDIA})


@dataclass(slots=True)
class Bodies:
    """The bodies that a text names in full, to complete the ones it names in short."""

    by_id: dict[str, list[tuple[int, Found]]] = field(default_factory=dict)

    def nearest(self, body: Body, i: int) -> Found | None:
        """The fully named body of this sort last named before word i, or else first named after it."""
        told = self.by_id.get(body.id)
        if not told:
            return None
        before = [found for at, found in told[:64] if at < i]
        return before[-1] if before else told[0][1]


def named_bodies(page: Page) -> Bodies:
    """Collect the bodies whose country or place the text gives beside them."""
    bodies = Bodies()
    for element in page.elements:
        body = element.body or element.office
        party = element.party
        if party and party.body:
            bodies.by_id.setdefault(party.body, []).append((element.i, known(party, "lexicon", (element.i, element.j))))
        elif body:
            found = of_body(page, element, body)
            if found:
                bodies.by_id.setdefault(body.id, []).append((element.i, found))
        elif element.org and element.org[1] in (PartyKind.POLICE, PartyKind.MEDICS):
            sort = "police" if element.org[1] is PartyKind.POLICE else "hospital"
            found = Found(element.org[0], element.org[1], page.home.country if page.home else None, "as-written",
                          (element.i, element.j))
            bodies.by_id.setdefault(sort, []).append((element.i, found))
    return bodies


def completed(page: Page, bodies: Bodies, element: Element, body: Body) -> Found | None:
    """The party that a body or office is: by the words beside it, as named elsewhere in the text, or of the country
    that the report speaks of."""
    found = of_body(page, element, body)
    if found:
        return found
    elsewhere = bodies.nearest(body, element.i)
    if elsewhere:
        return Found(elsewhere.party, elsewhere.kind, elsewhere.country, "coreference", elsewhere.at, 0.85)
    if body.id == "police":
        return Found("police", PartyKind.POLICE, None, "as-written", (element.i, element.j), 0.6)
    if page.home is None:
        return None
    return of_land(page, body, page.home, "inferred", (element.i, element.j))


def body_of(page: Page, bodies: Bodies, i: int, j: int) -> Found | None:
    """The body that the description in words i to j speaks for, or None if it names none."""
    stop, words = page.lexicon.words["stop"], page.words
    elements = [e for e in page.within(i, j) if e.i < j]
    role: Element | None = None
    weak: Found | None = None
    for n, element in enumerate(elements):
        if element.j < len(words) and words.glued[element.j] and words.norm[element.j] in page.lexicon.words["modifiers"]:
            continue
        if role is not None and any(w in stop and w != "who" for w in words.norm[role.j : element.i]):
            break
        if element.party or element.org:
            if element.party and element.party.body is None and _owns_next(page, element, elements[n + 1 : n + 2]):
                continue
            return _named(page, element)
        if element.body:
            return completed(page, bodies, element, element.body)
        if element.office:
            following = next((e for e in elements[n + 1 :] if e.body or e.party), None)
            if following and following.i - element.j <= 3 and words.norm[element.j] in _INTO and not element.land():
                role = element
                weak = weak or of_body(page, element, element.office)
                continue
            return completed(page, bodies, element, element.office)
        if "rank" in element.senses and weak is None:
            weak = _by_rank(page, bodies, element)
        if {"voice", "document", "noun", "rank"} & set(element.senses):
            role = element
    return weak


def _owns_next(page: Page, element: Element, following: list[Element]) -> bool:
    """Whether a party's name only owns the body that follows at once ("Hamas's health ministry")."""
    return bool(following) and following[0].i == element.j and following[0].body is not None and page.words.owner[element.j - 1]


def _named(page: Page, element: Element) -> Found:
    at = (element.i, element.j)
    if element.party:
        return known(element.party, "lexicon", at)
    name, kind = element.org or ("", PartyKind.ORGANISATION)
    return Found(name, kind, page.home.country if page.home else None, "as-written", at, 0.8)


def _by_rank(page: Page, bodies: Bodies, element: Element) -> Found | None:
    """An officer known only by rank is the forces', or the police's where the text speaks of police alone."""
    military = page.lexicon.bodies["military"]
    if "police" in bodies.by_id and "military" not in bodies.by_id:
        return bodies.nearest(page.lexicon.bodies["police"], element.i)
    found = bodies.nearest(military, element.i)
    if found:
        return Found(found.party, found.kind, found.country, "role-to-body", found.at, 0.6)
    if page.home is not None and page.home.country != "US":
        return of_land(page, military, page.home, "role-to-body", (element.i, element.j))
    return None
