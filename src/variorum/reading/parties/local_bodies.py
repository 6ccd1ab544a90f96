"""Bodies of the province, county or city that a report speaks of, where they are named without it: "the regional police",
"the city's police"."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.reading.parties.lexicon import Body, Land
from variorum.reading.parties.naming import PLACED, Found, of_land, of_place
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.regions import Region, nearest

OF_COUNTY = frozenset({"sheriff", "coroner", "district attorney"})
"""Bodies of counties."""


def of_region(page: Page, regions: Sequence[Region], element: Element, body: Body) -> Found | None:
    """The body of the province or county named near: "the governor", "provincial police", "the sheriff's office"."""
    words = page.words.norm
    at = (element.i, element.j)
    county = body.id in OF_COUNTY
    if not (
        county
        or body.id == "province"
        or body.id.startswith("provincial ")
        or (words[element.i - 1 : element.i] == ["its"] and _region_before(page, regions, element.i))
        or (body.id == "police" and "inspector" in words[element.i : element.j])
        or (
            element.i
            and words[element.i - 1] in page.lexicon.words["regional"]
            and body.id != "emergency service"
        )
        or of_named(page, regions, element)
        or (
            words[element.j : element.j + 2] == ["of", "the"]
            and words[element.j + 2 : element.j + 3] in (["province"], ["region"], ["governorate"])
        )
        or (
            element.i > 1
            and words[element.i - 1] in page.lexicon.words["region"]
            and page.words.owner[element.i - 1]
        )
    ):
        return None
    region = of_named(page, regions, element) or nearest(
        regions, "county" if county else "province", element.i
    )
    if region is None or (
        body.id == "police" and not region.land and "inspector" in words[element.i : element.j]
    ):
        return None
    regional = page.lexicon.local.get((f"regional {body.id}", page.home.country if page.home else ""))
    if regional and not region.land:
        return Found(regional.replace("{p}", region.name), body.kind, None, "inferred", at, 0.7)
    if region.land:
        found = of_land(page, body, region.land, "inferred", at)
    else:
        name = f"{region.name} County" if county else region.name
        found = of_place(page, body, name, body.id)
    return Found(found.party, found.kind, found.country, "inferred", at, 0.7)


def _region_before(page: Page, regions: Sequence[Region], i: int) -> bool:
    """Whether the sentence of word i names a region before it, which "its" points back to."""
    sentence = page.words.sentence
    return any(r.at < i and sentence[r.at] == sentence[i] for r in regions)


def of_city(page: Page, element: Element, body: Body) -> Found | None:
    """The body of "the city's police" and "police in the southern city": of the town that the report speaks of."""
    words, j = page.words, element.j
    if body.id not in PLACED or words.lower_case:
        return None
    own = words.norm[element.i - 1 : element.i] in (["city"], ["town"]) and not words.capital[element.i - 1]
    end = next((k for k in range(j, min(j + 6, len(words))) if words.norm[k] in ("city", "town")), None)
    inside = (
        end is not None
        and words.norm[j] in ("in", "of")
        and words.norm[j + 1] == "the"
        and words.norm[end + 1 : end + 2] != ["of"]
        and not any(e.party or e.body or e.office for e in page.within(j, end))
    )
    town = town_of(page, element.i) if own or inside else None
    if town is None:
        return None
    found = of_place(page, body, town, body.id)
    return Found(found.party, found.kind, found.country, "inferred", (element.i, element.j), 0.7)


def of_named(page: Page, regions: Sequence[Region], element: Element) -> Region | None:
    """The region in "the government of Oaxaca", where the text calls Oaxaca a state elsewhere."""
    words, j = page.words, element.j
    if words.norm[j : j + 1] != ["of"] or j + 1 >= len(words) or not words.capital[j + 1]:
        return None
    after = page.starting(j + 1)
    name = page.surface(after) if after else words.surface(j + 1, j + 2)
    return next((r for r in regions if r.name == name and not r.land), None)


def town_of(page: Page, i: int) -> str | None:
    """The town that the text before word i names most often as a place, of equals the first."""
    count = dict[str, int]()
    for element in page.elements:
        if element.i > i and count:
            break
        city = element.senses.get("city") or element.senses.get("seat")
        own = isinstance(city, Land) and page.home is not None and city.country == page.home.country
        if (element.place or own) and not page.surface(element).isupper():
            name = page.surface(element)
            count[name] = count.get(name, 0) + 1
    return max(count, key=lambda name: count[name]) if count else None
