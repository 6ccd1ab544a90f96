"""The words of one mention, taken apart: what heads it, and what is only said to or quoted by someone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.model.values import PartyKind
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.tokens import normal

_PASSED_ON = frozenset({"citing", "cited", "cites", "quoted", "quoting", "quotes"})
_USUAL = {
    "source": "unnamed source",
    "resident": "local resident",
    "media": "media reports",
    "news media": "media reports",
    "media account": "media reports",
    "media accounts": "media reports",
    "news outlets": "media reports",
    "outlets": "media reports",
    "posts on social media": "social media",
    "report": "media reports",
    "reports": "media reports",
    "local": "local resident",
    "locals": "local residents",
    "local witness": "witness",
    "local witnesses": "witnesses",
}
_AGE = re.compile(r"\d+-year-old [\w ]+$")
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


def _after_lead_in(page: Page, i: int, j: int) -> int:
    """Where the speaker begins behind "In its statement," and the like, if one is named there; else i."""
    words = page.words
    if words.norm[i : i + 1] != ["in"]:
        return i
    for k in range(i + 1, min(i + 6, j - 1)):
        document = any("document" in e.senses for e in page.within(k, k + 1))
        if document:
            behind = k + 2 if words.norm[k + 1] == "," else k + 1
            named = behind < j and (
                words.norm[behind] in ("the", "a", "an")
                or words.norm[behind] in _speakers(page)
                or words.capital[behind]
            )
            return behind if named else i
    return i


def _speakers(page: Page) -> frozenset[str]:
    """Pronouns for people and bodies."""
    return page.lexicon.words["human"] | frozenset(("it",))


def take_apart(page: Page, start: int, end: int) -> Mention:
    """Read the mention at characters start to end."""
    words, lexicon = page.words, page.lexicon
    i, j = words.span(start, end)
    i, j = _after_lead_in(page, i, j), _with_name(page, i, _with_owned(page, i, j))
    i = _after_own_statement(page, i, j)
    for k in range(j - 2, i, -1):
        if (
            words.norm[k] in _PASSED_ON
            and words.norm[k + 1] not in ("by", "as", "in")
            and (page.within(k + 1, j) or words.norm[k + 1] in lexicon.words["human"])
        ):
            i = k + 1
            break
    if words.norm[i : i + 1] == ["what"] and "as" in words.norm[i:j]:
        i = words.norm.index("as", i)
    elements = [e for e in page.within(max(0, i - 4), j) if e.j > i]
    spoken = [e for e in elements if not (_hearer(page, e, i) or _qualifies(page, e) or _adjective(page, e))]
    pronoun_at = next(
        (
            k
            for k in range(i, j)
            if any(words.norm[k] in lexicon.words[c] for c in _PRONOUNS)
            and words.norm[k] != "who"
            and (words.norm[k] != "us" or not words.capital[k])
        ),
        -1,
    )
    if pronoun_at < 0 and spoken and _said_before(page, i, spoken[0].i):
        return Mention(i, j, [])
    mention = Mention(i, j, spoken or elements)
    first = mention.head
    if first is not None:
        heard = next((e.i for e in elements if e.i > first.j and _hearer(page, e, i)), j)
        mention.j = _phrase_end(page, first.j, min(j, heard))
        mention.elements = _without_genus(page, [e for e in mention.elements if e.i < mention.j])
    if pronoun_at >= 0 and (first is None or pronoun_at < first.i) and not (first is None and elements):
        mention.pronoun, mention.pronoun_at = words.norm[pronoun_at], pronoun_at
    return mention


def _with_owned(page: Page, i: int, j: int) -> int:
    """Where a mention ends that was cut off after an owner: "Karvia's" of "Karvia's army"."""
    if not i < j < len(page.words) or not page.words.owner[j - 1]:
        return j
    owned = next((e for e in page.within(j, j + 3) if e.body or e.office or "noun" in e.senses), None)
    return owned.j if owned is not None and owned.i >= j else j


def _with_name(page: Page, i: int, j: int) -> int:
    """Where a mention ends that was cut off after a title: "Gov" of "Gov. Anna Lind"."""
    words, title = page.words, page.before(j) if i < j < len(page.words) else None
    if title is None or title.i < i or not {"office", "rank", "courtesy"} & set(title.senses):
        return j
    at = j + 1 if words.norm[j] == "." else j
    name = page.starting(at)
    return name.j if name is not None and name.person and words.sentence[at] == words.sentence[title.i] else j


def _after_own_statement(page: Page, i: int, j: int) -> int:
    """Where the speaker begins after his own document: "(in) its official statement | the military"."""
    words = page.words.norm
    if words[i : i + 1] and words[i] in page.lexicon.words["possessive"]:
        for e in page.within(i + 1, min(j, i + 4)):
            if "document" in e.senses and words[e.j : e.j + 1] == ["the"] and e.j + 1 < j:
                return e.j
    return i


def _without_genus(page: Page, elements: list[Element]) -> list[Element]:
    """Leave out what only says of what sort the party named next is: "the state news agency X", "the UN mission, Y"."""
    words, first = page.words, 0
    for n in range(1, min(len(elements), 4)):
        one, two = elements[n - 1], elements[n]
        between = words.norm[one.j : two.i]
        sort = (
            one.body
            or "group" in one.senses
            or ("noun" in one.senses and one.senses["noun"] == PartyKind.MEDIA)
        )
        if sort and (two.party or two.org) and between in ([], [","], ["("]) and not words.owner[one.j - 1]:
            first = n
        elif between and between != ["the"]:
            break
    return elements[first:]


def _phrase_end(page: Page, i: int, j: int) -> int:
    """Where the noun phrase that runs on after word i ends: at its verb or at a relative clause that tells no role."""
    words, verbs, stop, link = (
        page.words,
        page.lexicon.words["verbs"],
        page.lexicon.words["stop"],
        page.lexicon.words["link"],
    )
    for k in range(i, j):
        word = words.norm[k]
        following = words.norm[k + 1] if k + 1 < j else ""
        if word in stop and following not in link:
            return k
        if (
            word in verbs
            and not {"by", "to"} & set(words.norm[k + 1 : min(k + 4, j)])
            and page.starting(k) is None
            and not (words.norm[k - 1] == "who" and word in link)
        ):
            return k
    return j


def _qualifies(page: Page, element: Element) -> bool:
    """Whether a name only qualifies what follows: "New York-based", "Hamas-run"."""
    words, j = page.words, element.j
    return j < len(words) and words.glued[j] and words.norm[j] in page.lexicon.words["modifiers"]


def _adjective(page: Page, element: Element) -> bool:
    """Whether a word that may stand for people only describes what follows: "local health workers"."""
    words, j = page.words, element.j
    if j - element.i > 1 or words.norm[element.i] not in page.lexicon.words["adjectives"] or j >= len(words):
        return False
    after = words.norm[j]
    noun = page.starting(j)
    if noun and "document" in noun.senses and words.norm[element.i] == "official":
        return True
    return (
        after.isalpha()
        and words.sentence[j] == words.sentence[element.i]
        and not any(after in page.lexicon.words[c] for c in ("verbs", "stop", "link", "articles"))
    )


def _said_before(page: Page, i: int, k: int) -> bool:
    """Whether someone whose name is no element of the text has spoken before word k: "gupta said the troops"."""
    words = page.words.norm
    return any(
        words[n] in page.lexicon.words["saying"]
        and not {"by", "to"} & set(words[n + 1 : n + 3])
        and words[n - 1].isalpha()
        and words[n - 1] not in page.lexicon.words["verbs"]
        and not any(words[n - 1] in page.lexicon.words[c] for c in ("articles", "link", "stop", *_PRONOUNS))
        for n in range(i + 1, k)
    )


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
        return k - 2 >= i and words.norm[k - 2] in page.lexicon.words["heard by"]
    return False


def as_written(page: Page, mention: Mention, head: Element) -> str:
    """An unnamed source as the text describes it: lower case, without article, number and words like "unnamed"."""
    words, lexicon = page.words, page.lexicon
    k = head.i
    while k > mention.i and head.i - k < 4:
        word, before = words.norm[k - 1], page.before(k)
        if before is not None and (before.party or before.org or before.person):
            break
        if (
            not word[0].isalpha()
            or word in lexicon.words["verbs"]
            or word in lexicon.words["link"]
            or word in lexicon.words["articles"]
            or word in lexicon.words["stop"]
            or word in ("according", "citing")
        ):
            break
        k -= 1
    j = head.j
    nouns = page.within(j, j + 1)
    while (
        nouns
        and {"noun", "voice", "group"} & set(nouns[0].senses)
        and nouns[0].j <= mention.j
        and not (nouns[0].party or words.norm[nouns[0].i] in lexicon.words["verbs"])
    ):
        j = nouns[0].j
        nouns = page.within(j, j + 1)
    if (
        j < mention.j
        and words.norm[j] in lexicon.words["manner"]
        and words.norm[j - 1] in lexicon.words["vague"]
        and not any(words.norm[n] in lexicon.words["verbs"] for n in range(j, mention.j))
    ):
        return " ".join(
            [w for w in words.surface(k, j).split() if normal(w) not in lexicon.words["dropped"]]
            + [words.surface(j, mention.j)]
        ).lower()
    kept = [
        words.surface(n, n + 1)
        for n in range(k, j)
        if words.norm[n] not in lexicon.words["dropped"] and words.norm[n] not in lexicon.words["articles"]
    ]
    if "year" in words.norm[k:j] and (age := _AGE.search(words.text[: words.end[j - 1]], words.start[k] - 6)):
        return age[0].lower()
    lowered = [
        w if _is_proper(page, n, w) else w.lower() for n, w in zip(range(j - len(kept), j), kept, strict=True)
    ]
    told = " ".join(lowered) or page.surface(head).lower()
    ahead = words.norm[k - 1] if k > mention.i else ""
    if told in ("source", "sources", "local source", "local sources") and ahead in lexicon.words["others"]:
        return f"{ahead} {told}"
    if told == "sources" and {"unnamed", "unidentified", "anonymous"} & set(words.norm[k:j]):
        return "unnamed sources"
    return _USUAL.get(told, told)


def _is_proper(page: Page, k: int, word: str) -> bool:
    element = page.starting(k)
    return word[:1].isupper() and bool(
        element and (element.land() or element.org or element.party or element.person)
    )


def noun_kind(element: Element) -> PartyKind:
    """Kind of the unnamed people that a noun speaks of."""
    kind = element.senses.get("noun") or element.senses.get("group")
    return kind if isinstance(kind, PartyKind) else PartyKind.UNNAMED
