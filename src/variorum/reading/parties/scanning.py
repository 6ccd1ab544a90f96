"""Find the elements of a text: phrases of the lexicon, names of bodies, acronyms, names of persons and places."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import KnownParty, Land, Lexicon, Sense
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.tokens import Words, split

MAX_NAME = 9
_OPENING, _PLACE = 3, 1.0
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
    words = split(text, lexicon.abbreviations)
    found = _phrases(words, lexicon)
    own = (home and lexicon.lands.get(home)) or _home(found, words, places)
    own = lexicon.lands.get(own.country, own) if own else None
    _choose_parties(found, own)
    elements = _merge_bodies(words, lexicon, found)
    elements = _with_acronyms(words, lexicon, elements)
    _lengthen(elements, words)
    elements = _with_persons(words, lexicon, elements, names)
    return Page(words, lexicon, elements, [e.i for e in elements], own)


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
            parties = [s.value for s in senses if isinstance(s.value, KnownParty) and s.value.country]
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


def _choose_parties(found: list[tuple[Element, list[Sense]]], home: Land | None) -> None:
    """Of parties that share a name, take the one of the report's country, else the first in the lexicon."""
    for element, senses in found:
        parties = [s.value for s in senses if isinstance(s.value, KnownParty)]
        if parties:
            own = home.country if home else None
            best = min(parties, key=lambda p: (bool(p.country) and (p.country or "")[:2] != own, p.rank))
            foreign = bool(own and best.country and best.country[:2] != own)
            if not (foreign and element.body and element.body.id == best.body):
                element.senses["party"] = best


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
    if words.norm[i] in lexicon.words["sentence"] or (first and ("party" in first.senses or first.i != i)):
        return 0
    if first and ("office" in first.senses or "rank" in first.senses or "courtesy" in first.senses):
        return 0
    end, k, n, headed = 0, i, min(i + MAX_NAME, len(words)), False
    while k < n and words.sentence[k] == words.sentence[i]:
        word, element = words.norm[k], inside.get(k)
        if words.capital[k]:
            if (
                element
                and (element.party or "office" in element.senses or "rank" in element.senses)
                and element.i >= i
            ):
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
            and word != "in"
        ) or (word == "and" and end == k and words.norm[k - 1] in lexicon.heads):
            break
        k += 1
    if end - i < 2:
        return 0
    body = inside.get(end - 1)
    if body and body.body and body.j == end:
        before = inside.get(body.i - 1) if body.i > i else None
        if body.i == i or (before and before.i <= i and before.land()):
            return 0
    return end


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


def _with_persons(
    words: Words, lexicon: Lexicon, elements: list[Element], names: Sequence[tuple[int, int, str]]
) -> list[Element]:
    """Add runs of capitalised words that nothing else explains, and the persons a name tagger found."""
    taken = {k: e for e in elements for k in range(e.i, e.j)}
    tagged = dict[int, int]()
    for start, end, label in names:
        if label in ("PERSON", "PER"):
            i, j = words.span(start, end)
            tagged[i] = j
    persons, i, n = list[Element](), 0, len(words)
    small, particles = lexicon.words["sentence"], lexicon.words["particles"]
    while i < n:
        if (
            words.lower_case
            or not words.capital[i]
            or "." in words.text[words.start[i] : words.end[i]]
            or not _free(words, taken, i, small)
            or (words.norm[i] in small and i not in tagged)
        ):
            i += 1
            continue
        j = i + 1
        while j < n and j - i < 5 and words.sentence[j] == words.sentence[i] and not words.owner[j - 1]:
            if words.capital[j] and _free(words, taken, j, small) and words.norm[j] not in small:
                j += 1
            elif (
                (words.norm[j] in particles or words.glued[j])
                and j + 1 < n
                and words.capital[j + 1]
                and _free(words, taken, j + 1, small)
            ):
                j += 2
            elif (
                words.norm[j] == "."
                and j - 1 > i
                and len(words.norm[j - 1]) == 1
                and j + 1 < n
                and words.capital[j + 1]
            ):
                j += 1
            else:
                break
        if j - i > 1 or i in tagged or not _opens_sentence(words, i) or _acts(words, lexicon, j):
            persons.append(Element(i, j, {}, None, words.surface(i, j)))
        i = j
    surnames = {words.norm[e.j - 1] for e in persons if e.j - e.i > 1}
    for element in elements:
        if "city" in element.senses and element.j - element.i == 1 and words.norm[element.i] in surnames:
            persons.append(Element(element.i, element.j, {}, None, words.surface(element.i, element.j)))
    for element in persons:
        before = words.norm[element.i - 1] if element.i else ""
        element.place = before in lexicon.words["place"] and element.i not in tagged
        if not element.place and (kind := _sort_told(words, lexicon, element, taken)):
            element.org, element.person = (element.person or "", kind), None
    if not persons:
        return elements
    covered = {k for e in persons for k in range(e.i, e.j)}
    return sorted([e for e in elements if e.i not in covered] + persons, key=lambda e: e.i)


def _sort_told(
    words: Words, lexicon: Lexicon, element: Element, taken: dict[int, Element]
) -> PartyKind | None:
    """The kind of body that the words beside a name call it: "the group X", "X, a charity"."""
    before = taken.get(element.i - 1)
    if before and before.j == element.i and set(before.senses) == {"group"} and not words.owner[before.j - 1]:
        return _sort(before)
    k = element.j
    if words.norm[k : k + 1] == [","] and words.norm[k + 1 : k + 2] in (["a"], ["an"]):
        for at in range(k + 2, min(k + 7, len(words))):
            after = taken.get(at)
            if not words.norm[at][0].isalnum() or words.norm[at] in lexicon.words["link"]:
                return None
            if after and after.i == at:
                if "group" in after.senses and not {"voice", "office", "noun", "body", "party"} & set(
                    after.senses
                ):
                    one = taken.get(after.j)
                    return None if one and {"voice", "office", "noun"} & set(one.senses) else _sort(after)
                if not after.land() and "group" not in after.senses:
                    return None
    return None


def _sort(element: Element) -> PartyKind | None:
    kind = element.senses.get("group")
    return kind if isinstance(kind, PartyKind) else None


def _opens_sentence(words: Words, i: int) -> bool:
    return i == 0 or words.sentence[i - 1] != words.sentence[i] or not words.norm[i - 1][0].isalnum()


def _acts(words: Words, lexicon: Lexicon, j: int) -> bool:
    """Whether the word after a name at the opening of a sentence shows that it is one."""
    return (
        j >= len(words)
        or words.owner[j - 1]
        or words.norm[j] in lexicon.words["verbs"]
        or not words.norm[j][0].isalnum()
    )


def _name_like(words: Words, taken: dict[int, Element], k: int) -> bool:
    element = taken.get(k)
    return words.capital[k] and (element is None or set(element.senses) == {"city"})


def _free(words: Words, taken: dict[int, Element], k: int, small: frozenset[str]) -> bool:
    """Whether a capitalised word may be part of a person's name: not if it is a phrase that means something else."""
    element = taken.get(k)
    if element is None:
        return words.norm[k][0].isalpha() and len(words.norm[k]) > 0
    if element.org or element.j - element.i > 1:
        return False
    follows = (
        k + 1 < len(words) and _name_like(words, taken, k + 1) and words.sentence[k + 1] == words.sentence[k]
    )
    precedes = k > 0 and _name_like(words, taken, k - 1) and words.norm[k - 1] not in small
    return (
        set(element.senses) <= {"city", "noun", "seat", "group"}
        and (follows or precedes)
        and not element.body
    )
