"""Find names of persons: runs of words that nothing else explains, and those a name tagger found."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import Lexicon
from variorum.reading.parties.page import Element
from variorum.reading.parties.tokens import Words


def with_persons(
    words: Words, lexicon: Lexicon, elements: list[Element], names: Sequence[tuple[int, int, str]]
) -> list[Element]:
    """Add runs of capitalised words that nothing else explains, and the persons a name tagger found."""
    taken = {k: e for e in elements for k in range(e.i, e.j)}
    tagged = dict[int, int]()
    for start, end, label in names:
        if label in ("PERSON", "PER"):
            i, j = words.span(start, end)
            tagged[i] = j
    persons, i, n = _lower_case_persons(words, lexicon, elements), 0, len(words)
    small_letters = {w for w, capital in zip(words.norm, words.capital, strict=True) if not capital}
    """Words that the text also writes without a capital letter: where one opens a sentence it is no name."""
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
        common = j - i == 1 and words.norm[i] in small_letters and i not in tagged
        if not common and (
            j - i > 1 or i in tagged or not _opens_sentence(words, i) or _acts(words, lexicon, j)
        ):
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


def _lower_case_persons(words: Words, lexicon: Lexicon, elements: list[Element]) -> list[Element]:
    """In a text without capitals, names are the unknown words behind a title, wherever they stand."""
    if not words.lower_case:
        return []
    taken = {k for e in elements for k in range(e.i, e.j)}

    def unknown(k: int) -> bool:
        word = words.norm[k]
        return (
            k not in taken
            and word.isalpha()
            and len(word) > 2
            and not any(
                word in lexicon.words[c]
                for c in ("sentence", "verbs", "stop", "link", "recipient", "articles")
            )
        )

    runs, names = list[tuple[int, int]](), set[str]()
    for element in elements:
        i = j = element.j
        while j < len(words) and j - i < 3 and unknown(j) and words.sentence[j] == words.sentence[element.i]:
            j += 1
        if j > i and {"office", "rank", "courtesy"} & set(element.senses):
            runs.append((i, j))
            names |= {words.norm[k] for k in range(i, j) if len(words.norm[k]) > 3}
    inside = {k for i, j in runs for k in range(i, j)}
    known = names | {name for name in lexicon.leaders if " " not in name and len(name) > 4}
    runs += [(k, k + 1) for k, word in enumerate(words.norm) if word in known and k not in inside | taken]
    return [Element(i, j, {}, None, words.surface(i, j)) for i, j in runs]


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
