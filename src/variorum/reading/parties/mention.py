"""The words of one mention, taken apart: what heads it, and what is only said to or quoted by someone."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model.values import PartyKind
from variorum.reading.parties.page import Element, Page

_PASSED_ON = frozenset({"citing", "cited", "cites", "quoted", "quoting", "quotes"})
_PRONOUNS = ("human", "thing", "many")


@dataclass(slots=True)
class Mention:
    """Words i to j of the text; the head is the first element that is not a hearer; `pronoun` the word at `pronoun_at`."""

    i: int
    j: int
    elements: list[Element]
    pronoun: str = ""
    pronoun_at: int = -1

    @property
    def head(self) -> Element | None:
        """The element that the mention is about."""
        return self.elements[0] if self.elements else None


def take_apart(page: Page, start: int, end: int) -> Mention:
    """Read the mention at characters start to end."""
    words, lexicon = page.words, page.lexicon
    i, j = words.span(start, end)
    for k in range(j - 2, i, -1):
        if words.norm[k] in _PASSED_ON and words.norm[k + 1] != "by" and page.within(k + 1, j):
            i = k + 1
            break
    elements = [e for e in page.within(max(0, i - 4), j) if e.j > i]
    spoken = [e for e in elements if not _hearer(page, e, i)]
    pronoun_at = next((k for k in range(i, j) if any(words.norm[k] in lexicon.words[c] for c in _PRONOUNS)
                       and words.norm[k] != "who" and (words.norm[k] != "us" or not words.capital[k])), -1)
    mention = Mention(i, j, spoken or elements)
    first = mention.head
    if pronoun_at >= 0 and (first is None or pronoun_at < first.i) and not (first is None and elements):
        mention.pronoun, mention.pronoun_at = words.norm[pronoun_at], pronoun_at
    return mention


def _hearer(page: Page, element: Element, i: int) -> bool:
    """Whether the element is told, not telling: "told Reuters", "in an interview with X"."""
    words, k = page.words, element.i
    while k > i and words.norm[k - 1] in ("the", "a", "an", "news", "agency", "its", "his", "state"):
        k -= 1
    if k <= i:
        return False
    word = words.norm[k - 1]
    if word in ("told", "tell", "tells", "telling", "informed"):
        return True
    if word == "to":
        return k - 1 > i and words.norm[k - 2] not in ("according",)
    if word == "with":
        return k - 2 >= i and words.norm[k - 2] in ("interview", "conversation")
    if word == "by":
        return k - 2 >= i and words.norm[k - 2] in ("quoted", "cited", "seen", "obtained", "carried", "published", "reported")
    return False


def as_written(page: Page, mention: Mention, head: Element) -> str:
    """An unnamed source as the text describes it: lower case, without article, number and words like "unnamed"."""
    words, lexicon = page.words, page.lexicon
    k = head.i
    while k > mention.i and head.i - k < 4:
        word, before = words.norm[k - 1], page.before(k)
        if before is not None and (before.party or before.org or before.person):
            break
        if not word[0].isalpha() or word in lexicon.words["verbs"] or word in lexicon.words["link"] \
                or word in lexicon.words["articles"] or word in lexicon.words["stop"] or word in ("according", "citing"):
            break
        k -= 1
    j = head.j
    nouns = page.within(j, j + 1)
    while nouns and {"noun", "voice", "group"} & set(nouns[0].senses) and nouns[0].j <= mention.j and not nouns[0].party:
        j = nouns[0].j
        nouns = page.within(j, j + 1)
    kept = [words.surface(n, n + 1) for n in range(k, j)
            if words.norm[n] not in lexicon.words["dropped"] and words.norm[n] not in lexicon.words["articles"]]
    lowered = [w if _is_proper(page, n, w) else w.lower() for n, w in zip(range(j - len(kept), j), kept, strict=True)]
    return " ".join(lowered) or page.surface(head).lower()


def _is_proper(page: Page, k: int, word: str) -> bool:
    element = page.starting(k)
    return word[:1].isupper() and bool(element and (element.land() or element.org or element.party or element.person))


def noun_kind(element: Element) -> PartyKind:
    """Kind of the unnamed people that a noun speaks of."""
    kind = element.senses.get("noun") or element.senses.get("group")
    return kind if isinstance(kind, PartyKind) else PartyKind.UNNAMED
