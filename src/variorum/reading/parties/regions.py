"""The provinces and counties that a report speaks of, to complete bodies named without theirs ("the governor")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.reading.parties.lexicon import Land
from variorum.reading.parties.page import Page

_MAX_NAME = 3
_RULED = frozenset({"government", "governor", "governorate"})
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country, named at word `at`; `sort` the common noun beside its name ("province")."""

    at: int
    name: str
    sort: str
    land: Land | None = None


def regions_of(page: Page, provinces: Sequence[tuple[int, int]] = ()) -> list[Region]:
    """All parts of countries that the text names as such: "Gedo region", "the state of Oaxaca", Balochistan; also
    those at the spans `provinces`, which another reader knows."""
    words, sorts, small = page.words, page.lexicon.words["region"], page.lexicon.words["sentence"]
    found = [
        Region(e.i, land.name, "", land) for e in page.elements if (land := e.land()) and "-" in land.iso
    ]
    taken = {region.at for region in found}
    for start, end in provinces:
        i, j = words.span(start, end)
        if i not in taken and i < j:
            last = j - 1 if j - i > 1 and words.norm[j - 1] in sorts else j
            found.append(Region(i, words.surface(i, last), "province"))
            taken.add(i)
    named = {k for e in page.elements if e.party or e.org for k in range(e.i, e.j)}
    for k, word in enumerate(words.norm):
        if (
            word in _RULED
            and k not in named
            and words.norm[k + 1 : k + 2] == ["of"]
            and _unknown(page, k + 2)
        ):
            j = k + 3 if k + 3 >= len(words) or not words.capital[k + 3] or words.owner[k + 2] else k + 4
            found.append(Region(k + 2, words.surface(k + 2, j), "province"))
        if word not in sorts:
            continue
        sort = sorts_as(word)
        i = k
        while i > 0 and k - i < _MAX_NAME and words.capital[i - 1] and words.norm[i - 1] not in small | sorts:
            i -= 1
            if words.sentence[i] != words.sentence[k] or words.owner[i] or i in taken:
                i += 1
                break
        if i < k:
            found.append(Region(i, words.surface(i, k), sort))
        elif words.norm[k + 1 : k + 2] == ["of"] and k + 2 < len(words) and words.capital[k + 2]:
            j = k + 3
            while j < len(words) and j - k - 2 < _MAX_NAME and words.capital[j] and not words.owner[j - 1]:
                j += 1
            found.append(Region(k + 2, words.surface(k + 2, j), sort))
    return sorted((r for r in found if r.land or _proper(page, r)), key=lambda r: r.at)


def _unknown(page: Page, k: int) -> bool:
    """Whether a name begins at word k that is neither a country's nor a body's nor introduced with a title."""
    if k >= len(page.words) or not page.words.capital[k] or page.words.lower_case:
        return False
    element = page.starting(k)
    return element is None or not (
        element.land() or element.party or element.body or element.org or element.office or element.j - k > 2
    )


def sorts_as(word: str) -> str:
    """Counties are one sort, all greater parts of a country another."""
    return "county" if word in ("county", "parish") else "province"


def _proper(page: Page, region: Region) -> bool:
    """Whether the name is a region's own: no compass point, nor a country and what belongs to it."""
    element = page.starting(region.at)
    word = page.words.norm[region.at]
    return not (element and (element.land() or element.party or element.body)) and word not in (
        page.lexicon.words["direction"] if " " not in region.name else ()
    )


def nearest(regions: Sequence[Region], sort: str, i: int) -> Region | None:
    """The region of this sort that the text names far more often than others, else the one last named before word i,
    else the one first named after it."""
    fit = [r for r in regions if r.sort == sort or (r.land and sort == "province")]
    count = Counter(r.name for r in fit).most_common(2)
    if len(count) == 2 and count[0][1] >= _OFTEN * count[1][1]:
        return next(r for r in fit if r.name == count[0][0])
    before = [r for r in fit if r.at < i]
    return before[-1] if before else fit[0] if fit else None
