"""Find the elements of a text: phrases of the lexicon, names of bodies, acronyms, names of persons and places."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import KnownParty, Land, Lexicon, Sense
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.people import with_persons
from variorum.reading.parties.tokens import Words, words_of

MAX_NAME = 12
_OPENING, _PLACE = 3, 1.0
_REGIONAL = (["province"], ["region"], ["governorate"], ["county"], ["district"])
_WHOLE = frozenset({"department", "ministry"})
_LINKS = frozenset({"of", "for", "on", "and", "the", "de", "del", "to", "in"})


def scan(
    text: str,
    lexicon: Lexicon,
    names: Sequence[tuple[int, int, str]] = (),
    home: str | None = None,
    places: Sequence[tuple[int, int, str]] = (),
) -> Page:
    """Find all elements of a text. `names` are spans of a name tagger (PERSON, ORG); `home` an ISO country, if known;
    `places` spans of places inside countries with the ISO country of each."""
    words = words_of(text, lexicon.abbreviations)
    found = _phrases(words, lexicon)
    own = (home and lexicon.lands.get(home)) or _home(found, words, places)
    own = lexicon.lands.get(own.country, own) if own else None
    _choose_parties(words, lexicon, found, own)
    elements = _merge_bodies(words, lexicon, found)
    elements = _with_acronyms(words, lexicon, elements)
    _lengthen(elements, words)
    elements = with_persons(words, lexicon, elements, names)
    inside = range(1, len(words))
    capitalised = (
        words.norm[k] for k in inside if words.capital[k] and words.sentence[k] == words.sentence[k - 1]
    )
    return Page(words, lexicon, elements, [e.i for e in elements], own, frozenset(capitalised))


def _phrases(words: Words, lexicon: Lexicon) -> list[tuple[Element, list[Sense]]]:
    found, i, n = list[tuple[Element, list[Sense]]](), 0, len(words)
    while i < n:
        size, senses = lexicon.at(words, i, n) if words.norm[i] in lexicon.phrases else (0, [])
        if senses and not _crosses_mark(words, i, i + size):
            element = Element(i, i + size)
            for sense in senses:
                if sense.tag != "party":
                    element.senses.setdefault(sense.tag, sense.value)
            found.append((element, senses))
            i += size
        else:
            i += 1
    return found


def _crosses_mark(words: Words, i: int, j: int) -> bool:
    return words.sentence[i] != words.sentence[j - 1]


def _home(
    found: list[tuple[Element, list[Sense]]], words: Words, places: Sequence[tuple[int, int, str]]
) -> Land | None:
    """The country with the most evidence; of equals the one named first."""
    weight = {"land": 1.0, "people-of": 1.0, "seat": 0.7, "city": 0.6}
    score, lands = dict[str, float](), dict[str, Land]()
    for element, senses in found:
        for tag, amount in weight.items():
            land = element.senses.get(tag)
            if isinstance(land, Land):
                country = land.country
                score[country] = score.get(country, 0.0) + amount * (
                    1.5 if words.sentence[element.i] < _OPENING else 1.0
                )
                lands.setdefault(country, land)
                break
        else:
            parties = [
                s.value
                for s in senses
                if isinstance(s.value, KnownParty) and s.value.country and s.homes is None
            ]
            if len(parties) == 1 and parties[0].country:
                country = parties[0].country[:2]
                score[country] = score.get(country, 0.0) + 0.5
                lands.setdefault(country, Land(country, country))
    for start, end, country in places:
        i, _ = words.span(start, end)
        early = i < len(words) and words.sentence[i] < _OPENING
        score[country] = score.get(country, 0.0) + _PLACE * (1.5 if early else 1.0)
        lands.setdefault(country, Land(country, country))
    if not score:
        return None
    best = max(score, key=lambda country: score[country])
    return lands[best]


def _choose_parties(
    words: Words, lexicon: Lexicon, found: list[tuple[Element, list[Sense]]], home: Land | None
) -> None:
    """Of parties that share a name, take the one of the report's country, else the first in the lexicon; none where
    the words are a place ("Fars province") or a sort of body that the report's country has as well."""
    for element, senses in found:
        if element.j - element.i == 1 and (
            words.norm[element.j : element.j + 1] in _REGIONAL or _opens_as_adjective(words, lexicon, element)
        ):
            continue
        parties = [
            s.value
            for s in senses
            if isinstance(s.value, KnownParty)
            and (
                s.homes is None
                or (home and home.country in s.homes and not _ends_name(words, lexicon, element))
            )
        ]
        if parties:
            own = home.country if home else None
            best = min(parties, key=lambda p: (bool(p.country) and (p.country or "")[:2] != own, p.rank))
            foreign = bool(own and best.country and best.country[:2] != own)
            if not (foreign and element.body and element.body.id in (best.body, best.kind)):
                element.senses["party"] = best


def _ends_name(words: Words, lexicon: Lexicon, element: Element) -> bool:
    """Whether a phrase is only the end of a longer name: "Coalition" in "the Northern Coalition"."""
    before = element.i - 1
    return (
        not words.lower_case
        and before >= 0
        and words.sentence[before] == words.sentence[element.i]
        and words.capital[before]
        and words.capital[element.i]
        and words.norm[before] not in lexicon.words["articles"]
    )


def _opens_as_adjective(words: Words, lexicon: Lexicon, element: Element) -> bool:
    """Whether a word that opens a sentence is likely no name: "Independent observers", but not "Dawn reported"."""
    i, j = element.i, element.j
    if j >= len(words) or words.lower_case or (i and words.sentence[i - 1] == words.sentence[i]):
        return False
    after = words.norm[j]
    surface = words.text[words.start[i] : words.end[i]]
    return (
        words.norm[i] in lexicon.words["everyday"]
        and surface[1:].islower()
        and not words.capital[j]
        and after.isalpha()
        and after not in lexicon.words["verbs"]
    )


def _merge_bodies(words: Words, lexicon: Lexicon, found: list[tuple[Element, list[Sense]]]) -> list[Element]:
    """Join runs of capitalised words that end like the name of a body into elements of their own."""
    elements = [e for e, _ in found]
    if words.lower_case:
        return elements
    starts = {e.i: e for e in elements}
    inside = {k: e for e in elements for k in range(e.i, e.j)}
    merged, i, n = list[Element](), 0, len(words)
    while i < n:
        j = _org_end(words, lexicon, i, inside) if words.capital[i] else 0
        j = j or (_house_end(words, lexicon, i, inside) if words.capital[i] else 0)
        if j:
            head = next(
                (h for k in range(j - 1, i - 1, -1) if (h := lexicon.heads.get(words.norm[k]))),
                PartyKind.ORGANISATION,
            )
            merged.append(Element(i, j, {}, (words.surface(i, j), head)))
            i = j
        elif (element := starts.get(i)) is not None:
            merged.append(element)
            i = element.j
        else:
            i += 1
    return merged


def _org_end(words: Words, lexicon: Lexicon, i: int, inside: dict[int, Element]) -> int:
    """Where the name of a body that begins at word i ends, or 0. A body that composition can name is left to it."""
    first = inside.get(i)
    directed = (
        words.norm[i] in lexicon.words["direction"] and i and words.sentence[i - 1] == words.sentence[i]
    )
    if words.norm[i] in lexicon.words["sentence"] and not directed:
        return 0
    if first and ("party" in first.senses or first.i != i):
        return 0
    if first and ("office" in first.senses or "rank" in first.senses or "courtesy" in first.senses):
        return 0
    end, k, n, headed, linked = 0, i, min(i + MAX_NAME, len(words)), False, False
    while k < n and words.sentence[k] == words.sentence[i]:
        word, element = words.norm[k], inside.get(k)
        if words.capital[k]:
            if (
                element
                and (element.party or "office" in element.senses or "rank" in element.senses)
                and element.i >= i
                and not (headed and linked and not element.party and k + 1 < n and not words.capital[k + 1])
            ):
                break
            if end == k and headed and words.norm[k - 1] in _WHOLE and word in lexicon.heads:
                break
            if word in lexicon.heads:
                headed, end = True, k + 1
            elif (
                (headed and words.norm[k - 1] in _LINKS)
                or (k == i + 1 and end == k and word not in lexicon.words["sentence"])
                or (
                    end == k
                    and headed
                    and not words.owner[k - 1]
                    and k - end < 1
                    and words.norm[k - 1] not in lexicon.heads
                )
            ):
                end = k + 1
            if words.owner[k] and k + 1 < n and not words.capital[k + 1]:
                break
        elif not (
            headed
            and word in _LINKS
            and k + 1 < n
            and (words.capital[k + 1] or words.norm[k + 1] in _LINKS)
            and words.norm[k + 1] not in lexicon.words["calendar"]
            and word != "in"
        ) or (word == "and" and end == k and words.norm[k - 1] in lexicon.heads):
            break
        else:
            linked = headed
        k += 1
    if end - i < 2:
        return 0
    body = inside.get(end - 1)
    if body and body.body and body.j == end:
        before = inside.get(body.i - 1) if body.i > i else None
        if body.i == i or (before and before.i <= i and before.land()):
            return 0
    return end


def _house_end(words: Words, lexicon: Lexicon, i: int, inside: dict[int, Element]) -> int:
    """Where a hospital or the like ends that has a name of its own before common nouns ("the Skarholt general
    hospital"), or 0."""
    houses, sorts = lexicon.words["houses"], lexicon.words["sorts-of-house"]
    if words.norm[i] in lexicon.words["sentence"] or words.norm[i] in sorts | houses:
        return 0
    k, n = i, min(i + MAX_NAME, len(words))
    while k < n and words.sentence[k] == words.sentence[i] and not (k > i and words.owner[k - 1]):
        element = inside.get(k)
        if k > i and words.norm[k] in houses:
            return k + 1
        if k == i or words.norm[k] not in sorts:  # a "General" Hospital is no officer
            senses = {"office", "rank", "courtesy"} & set(element.senses) if element else ()
            if not words.capital[k] or senses or (element and (element.land() or element.party)):
                return 0
        k += 1
    return 0


def _lengthen(elements: list[Element], words: Words) -> None:
    """Give a body named in short ("the Health Network") the longest name in the text that ends in the same words."""
    longest = dict[tuple[str, ...], tuple[str, PartyKind]]()
    for element in elements:
        if element.org:
            told = tuple(words.norm[element.i : element.j])
            for k in range(1, len(told) - 1):
                if len(element.org[0]) > len(longest.get(told[k:], ("", None))[0]):
                    longest[told[k:]] = element.org
    for element in elements:
        if element.org:
            element.org = longest.get(tuple(words.norm[element.i : element.j]), element.org)


def _with_acronyms(words: Words, lexicon: Lexicon, elements: list[Element]) -> list[Element]:
    """Read acronyms that the text defines ("Example Liberation Front (ELF)") wherever they occur."""
    ends = {e.j: e for e in elements}
    defined = dict[str, tuple[Element, int]]()
    new = dict[int, Element]()
    for k, mark in enumerate(words.norm):
        if mark not in "([" or k + 2 >= len(words) or words.norm[k + 2] not in ")],;" or not k:
            continue
        short = words.text[words.start[k + 1] : words.end[k + 1]]
        if not (2 <= len(short) <= 9 and sum(c.isupper() for c in short) >= 2) or short.lower() in defined:
            continue
        named = ends.get(k)
        if named and (named.party or named.org or (named.body and _initials(words, named.i, k, short))):
            whole = _backwards(words, k, short)
            if (
                named.org
                and whole is None
                and any(s.tag == "party" for _, s in lexicon.phrases.get(words.norm[k + 1], ()))
            ):
                continue
            if named.org or named.party or whole is None:
                defined[words.norm[k + 1]] = (named, k)
                continue
        begin = _backwards(words, k, short)
        if begin is not None:
            head = lexicon.heads.get(words.norm[k - 1], PartyKind.ORGANISATION)
            new[begin] = Element(begin, k, {}, (words.surface(begin, k), head))
            defined[words.norm[k + 1]] = (new[begin], k)
    if not defined:
        return elements
    covered = {k for e in new.values() for k in range(e.i, e.j)}
    kept = [e for e in elements if e.i not in covered and words.norm[e.i] not in defined] + list(new.values())
    taken = {k for e in kept for k in range(e.i, e.j)}
    for k, word in enumerate(words.norm):
        if word in defined and k not in taken and words.capital[k]:
            whole_name = defined[word][0]
            kept.append(Element(k, k + 1, dict(whole_name.senses), whole_name.org))
    return sorted(kept, key=lambda e: e.i)


def _initials(words: Words, i: int, j: int, short: str) -> bool:
    letters = [words.norm[k][0] for k in range(i, j) if words.norm[k] not in _LINKS]
    return "".join(letters).startswith(short.lower()[0])


def _backwards(words: Words, k: int, short: str) -> int | None:
    """Where the capitalised name right before word k begins whose initials are `short`, or None."""
    letters, at = [c for c in short.lower() if c.isalpha()], k - 1
    while letters and at >= 0 and k - at <= 10:
        word = words.norm[at]
        if word[0] == letters[-1] and (words.capital[at] or words.glued[at]):
            letters.pop()
            if not letters:
                return at
        elif not (word in _LINKS or words.glued[at]):
            return None
        at -= 1
    return None
