"""What a noun phrase says of whom it names: the body that a spokesman, officer, statement or person speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from variorum.model.values import STATE_KINDS, PartyKind
from variorum.reading.parties.lexicon import Body, Land
from variorum.reading.parties.local_bodies import OF_COUNTY, of_city, of_named, of_region, town_of
from variorum.reading.parties.naming import PLACED, Found, house, known, of_body, of_land, of_place
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.regions import Region, regions_of

_NEAR = 120
_HOME, _SPAN, _SEAT, _PEOPLE, _HALF = 0.5, 150, 1.5, 0.5, 15.0


@dataclass(slots=True)
class Bodies:
    """The bodies that a text names in full, to complete the ones it names in short."""

    by_id: dict[str, list[tuple[int, Found]]] = field(default_factory=dict)
    known: frozenset[tuple[str, str]] = frozenset()
    regions: list[Region] = field(default_factory=list)
    home: str | None = None
    """The country that the report speaks of: its body is meant unless another one is named near or often."""

    def nearest(self, sort: str, i: int) -> Found | None:
        """The fully named body of this sort last named before word i, or else first named after it."""
        told = self.by_id.get(sort, [])[:64]
        if not told:
            return None
        before = [(at, found) for at, found in told if at < i]
        if self.home and not any(i - at < _NEAR for at, _ in before):
            own = [found for _, found in told if found.country == self.home]
            if own or (len(told) == 1 and (self.home, sort) in self.known):
                return own[0] if own else None
        return before[-1][1] if before else told[0][1]


def named_bodies(page: Page, provinces: Sequence[tuple[int, int]] = ()) -> Bodies:
    """Collect the bodies whose country or place the text gives beside them; `provinces` are spans of the text."""
    bodies = Bodies(
        known=frozenset(page.lexicon.by_body),
        regions=regions_of(page, provinces),
        home=page.home.country if page.home and page.home.country in page.lexicon.lands else None,
    )
    for element in page.elements:
        body = element.body or element.office
        body = _town_hall(page, body) if body else None
        party = element.party
        key = (
            body.id
            if body
            and (
                element.body
                or body.id in PLACED
                or body.kind is not PartyKind.GOVERNMENT
                or body.id.endswith("ministry")
            )
            else " ".join(page.words.norm[element.i : element.j])
        )
        if (
            page.words.norm[element.j : element.j + 1]
            and page.words.norm[element.j] in page.lexicon.words["means"]
        ):
            continue
        if party and party.body:
            bodies.by_id.setdefault(party.body, []).append(
                (element.i, known(party, "lexicon", (element.i, element.j)))
            )
        elif body:
            found = of_body(page, element, body)
            if found:
                bodies.by_id.setdefault(key, []).append((element.i, found))
        elif element.org and (sort := _sort_of(page, element)):
            found = Found(
                element.org[0] if element.org else "",
                element.org[1] if element.org else PartyKind.ORGANISATION,
                page.home.country if page.home else None,
                "as-written",
                (element.i, element.j),
            )
            bodies.by_id.setdefault(sort, []).append((element.i, found))
    return bodies


def _town_hall(page: Page, body: Body) -> Body:
    """A mayor speaks for the council where the text speaks of one."""
    if body.id != "mayor" or not any(e.body and e.body.id == "city council" for e in page.elements):
        return body
    return page.lexicon.bodies["city council"]


def _sort_of(page: Page, element: Element) -> str | None:
    """The sort of body that a name ends in ("Orwell Sheriff's Office"), or that its kind tells."""
    words = page.words
    for k in range(element.i + 1, element.j):
        size, senses = page.lexicon.at(words, k, element.j)
        if size == element.j - k:
            body = next((s.value for s in senses if isinstance(s.value, Body) and s.tag == "body"), None)
            if body is not None:
                return body.id
    kind = element.org[1] if element.org else None
    return "police" if kind is PartyKind.POLICE else "hospital" if kind is PartyKind.MEDICS else None


def completed(page: Page, bodies: Bodies, element: Element, body: Body) -> Found | None:
    """The party that a body or office is: by the words beside it, as named elsewhere in the text, or of the country
    that the report speaks of."""
    body = house(page, element, body)
    body = _town_hall(page, body)
    if body.id == "government" and (region := of_named(page, bodies.regions, element)):
        return of_place(page, page.lexicon.bodies["province"], region.name, body.id)
    found = of_body(page, element, body)
    if found:
        return found
    at = (element.i, element.j)
    part = of_city(page, element, body) or of_region(page, bodies.regions, element, body)
    if part:
        return part
    if body.id == "police" and page.words.lower_case and page.words.norm[element.i] == "police":
        return Found("police", PartyKind.POLICE, None, "as-written", at, 0.6)
    if (
        body.id == "police"
        and "police" not in bodies.by_id
        and (sheriff := bodies.nearest("sheriff", element.i))
    ):
        return Found(sheriff.party, sheriff.kind, sheriff.country, "coreference", sheriff.at, 0.6)
    phrase = " ".join(page.words.norm[element.i : element.j])
    if phrase.startswith("national ") and page.home is not None:
        return of_land(page, body, page.home, "inferred", (element.i, element.j))
    elsewhere = bodies.nearest(phrase, element.i)
    if elsewhere is None and (
        element.body
        or body.id in PLACED
        or body.kind is not PartyKind.GOVERNMENT
        or body.id.endswith("ministry")
    ):
        elsewhere = bodies.nearest(body.id, element.i)
    if elsewhere:
        return Found(elsewhere.party, elsewhere.kind, elsewhere.country, "coreference", elsewhere.at, 0.85)
    if body.kind is PartyKind.MEDIA and (page.home is None or not body.id.startswith("state ")):
        return None
    if body.id in ("city council", "mayor", "province") and (town := town_of(page, element.i)):
        found = of_place(page, body, town, body.id)
        return Found(found.party, found.kind, found.country, "inferred", at, 0.7)
    if body.id in OF_COUNTY or body.id in ("city council", "fire department", "medical examiner"):
        return Found(page.surface(element).lower(), body.kind, None, "as-written", at, 0.6)
    if body.id == "police":
        return Found("police", PartyKind.POLICE, None, "as-written", (element.i, element.j), 0.6)
    if page.home is None:
        # Nothing tells whose: it is still the body that its spokesman or minister speaks for.
        if (
            element.body is None
            and body.kind not in (PartyKind.STATE_FORCE, PartyKind.POLICE)
            and not body.id.endswith("ministry")
        ):
            return None
        plain = (
            page.surface(element).lower() if element.body else "army" if body.id == "military" else body.id
        )
        return Found(plain, body.kind, None, "as-written", at, 0.55)
    found = of_land(page, body, _land_near(page, element.i) or page.home, "inferred", (element.i, element.j))
    return Found(found.party, found.kind, found.country, found.how, found.at, 0.7)


def _land_near(page: Page, i: int) -> Land | None:
    """The country that the words before word i speak of: near ones count more, and the report's own country most."""
    if page.home is None:
        return None
    weight = {page.home.iso: _HOME}
    lands = {page.home.iso: page.home}
    for element in page.within(max(0, i - _SPAN), i):
        land = element.land()
        party = element.party
        if land is None and party is not None and party.country and party.kind in STATE_KINDS:
            land = page.lexicon.lands.get(party.country)
        if land is not None:
            told = (
                _SEAT if "seat" in element.senses else 1.0 if "land" in element.senses or party else _PEOPLE
            )
            weight[land.iso] = weight.get(land.iso, 0.0) + told / (1.0 + (i - element.i) / _HALF)
            lands.setdefault(land.iso, land)
    return lands[max(weight, key=lambda iso: weight[iso])]


def body_of(page: Page, bodies: Bodies, i: int, j: int) -> Found | None:
    """The body that the description in words i to j speaks for, or None if it names none."""
    stop, words = page.lexicon.words["stop"], page.words
    elements = [e for e in page.within(i, j) if e.i < j]
    role: Element | None = None
    weak: Found | None = None
    for n, element in enumerate(elements):
        if (
            element.j < len(words)
            and words.glued[element.j]
            and words.norm[element.j] in page.lexicon.words["modifiers"]
        ):
            continue
        if role is not None and any(w in stop and w != "who" for w in words.norm[role.j : element.i]):
            break
        if element.i > i and _sent_to(page, element.i):
            continue
        if element.party or element.org:
            if element.party and _owns_next(page, element, elements[n + 1 : n + 2]):
                owned = elements[n + 1]
                land = page.lexicon.lands.get((element.party.country or "")[:2])
                if owned.office and land:
                    return of_land(page, owned.office, land, "composed", (element.i, owned.j))
                if element.party.body is None and owned.body:
                    continue
            return _named(page, element)
        if element.body:
            return completed(page, bodies, element, element.body)
        if element.office:
            following = next((e for e in elements[n + 1 :] if e.body or e.party), None)
            if (
                following
                and following.i - element.j <= 3
                and words.norm[element.j] in page.lexicon.words["into"]
                and not element.land()
            ):
                role = element
                weak = weak or of_body(page, element, element.office)
                continue
            return completed(page, bodies, element, element.office)
        if "rank" in element.senses and weak is None:
            weak = _by_rank(page, bodies, element)
        if {"voice", "document", "noun", "rank"} & set(element.senses):
            role = element
    return weak or _state_voice(page, elements)


def _sent_to(page: Page, k: int) -> bool:
    """Whether what begins at word k is whom an envoy is sent to."""
    words = page.words.norm
    return words[k - 1] == "to" or (words[k - 1] == "the" and k > 1 and words[k - 2] == "to")


def _state_voice(page: Page, elements: list[Element]) -> Found | None:
    """ "Moscow's envoy", "Russian representatives": who speaks for a country speaks for its government."""
    for one, two in pairwise(elements):
        land = one.land()
        if land and two.i - one.j <= 2 and page.words.norm[two.j - 1] in page.lexicon.words["state"]:
            return of_land(page, page.lexicon.bodies["government"], land, "composed", (one.i, two.j))
    return None


def _owns_next(page: Page, element: Element, following: list[Element]) -> bool:
    """Whether a party's name only owns the body that follows at once ("Hamas's health ministry")."""
    return (
        bool(following)
        and following[0].i == element.j
        and (following[0].body is not None or _minister(following[0]))
        and page.words.owner[element.j - 1]
    )


def _minister(element: Element) -> bool:
    """Whether an element is an office of a ministry."""
    return element.office is not None and element.office.id.endswith("ministry")


def _named(page: Page, element: Element) -> Found:
    at = (element.i, element.j)
    if element.party:
        return known(element.party, "lexicon", at)
    name, kind = element.org or ("", PartyKind.ORGANISATION)
    if (forces := unit(page, name, kind)) is not None:
        return forces
    return Found(name, kind, page.home.country if page.home else None, "as-written", at, 0.8)


def unit(page: Page, name: str, kind: PartyKind) -> Found | None:
    """The armed forces that a brigade or a command belongs to: those of the report's country."""
    last = name.lower().split()[-1:] if "Task Force" not in name else ["command"]
    if (
        kind is not PartyKind.STATE_FORCE
        or page.home is None
        or not page.lexicon.words["units"].issuperset(last)
    ):
        return None
    return of_land(page, page.lexicon.bodies["military"], page.home, "role-to-body")


def _by_rank(page: Page, bodies: Bodies, element: Element) -> Found | None:
    """An officer known only by rank is the forces', or the police's where the text speaks of police alone."""
    military = page.lexicon.bodies["military"]
    if "police" in bodies.by_id and "military" not in bodies.by_id:
        police = bodies.nearest("police", element.i)
        return (
            Found(police.party, police.kind, police.country, "role-to-body", police.at, 0.6)
            if police
            else None
        )
    own = of_body(page, element, military)
    if own:
        return own
    if page.home is not None and page.home.country == "US" and "military" not in bodies.by_id:
        return bodies.nearest("sheriff", element.i) or (
            Found("police", PartyKind.POLICE, None, "role-to-body", None, 0.55)
            if any(e.body and e.body.id == "police" for e in page.elements)
            else None
        )
    found = bodies.nearest("military", element.i)
    if found:
        return Found(found.party, found.kind, found.country, "role-to-body", found.at, 0.6)
    if page.home is not None and page.home.country != "US":
        found = of_land(page, military, page.home, "role-to-body", (element.i, element.j))
        return Found(found.party, found.kind, found.country, found.how, found.at, 0.6)
    return None
