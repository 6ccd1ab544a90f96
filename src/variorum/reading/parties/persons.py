"""Persons of a report and the body that each speaks for, from title, apposition and earlier introduction."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from variorum.model.values import PartyKind
from variorum.reading.parties.describe import Bodies, body_of
from variorum.reading.parties.lexicon import Body
from variorum.reading.parties.naming import Found, known, of_body, of_land
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.tokens import normal

_APPOSITION = 16
_SPEAKS = frozenset({"office", "voice", "rank", "body", "document"})
_NONE = Body("", PartyKind.UNNAMED, "")
_TITLES = frozenset(
    {
        "office",
        "voice",
        "rank",
        "body",
        "courtesy",
        "party",
        "land",
        "people-of",
        "city",
        "group",
        "seat",
        "noun",
    }
)


@dataclass(slots=True)
class Person:
    """One person: the fullest name the text gives, and the body."""

    name: str
    body: Found | None
    at: tuple[int, int]
    nouns: frozenset[str] = frozenset()


@dataclass(slots=True)
class Persons:
    """Persons in order, found by any word of their name that only one of them bears."""

    by_word: dict[str, list[Person]] = field(default_factory=dict)
    by_start: dict[int, Person] = field(default_factory=dict)

    def named(self, page: Page, element: Element) -> Person | None:
        """The person that a name, full or in part, belongs to: the one introduced with a body before others."""
        words = [w for w in page.words.norm[element.i : element.j] if w[0].isalpha() and len(w) > 1]
        for word in reversed(words):
            told = self.by_word.get(word, [])
            with_body = [p for p in told if p.body]
            if with_body or told:
                before = [p for p in with_body or told if p.at[0] <= element.i]
                return before[-1] if before else (with_body or told)[0]
        return None

    def holder(self, nouns: frozenset[str]) -> Found | None:
        """The body of the only person introduced with all these words of office ("interior", "minister")."""
        held = {id(p): p for p in self.by_start.values() if p.body and nouns <= p.nouns}
        return (
            next(iter(held.values())).body
            if len({p.body.party for p in held.values() if p.body}) == 1
            else None
        )

    def with_body(self, page: Page, element: Element) -> bool:
        """Whether a name belongs to a person who speaks for a body."""
        person = self.by_start.get(element.i) or self.named(page, element)
        return person is not None and person.body is not None


def introduce(page: Page, bodies: Bodies, named: list[tuple[int, Found]]) -> Persons:
    """Read how the text introduces each person; `named` are the parties it names, with their first words."""
    persons = Persons()
    for element in page.elements:
        if not element.person or element.place:
            continue
        body, nouns = _introduction(page, bodies, element, named)
        surnames = [w for w in page.words.norm[element.i : element.j] if w[0].isalpha() and len(w) > 2]
        if not surnames:
            continue
        person = persons.named(page, element)
        if person is not None and not _one_name(person.name, element.person):
            person = None
        better = (
            body is not None
            and person is not None
            and person.body is not None
            and body.score > person.body.score
        )
        if better and person is not None and surnames[-1] in normal(person.name):
            person.body, person.nouns = body, nouns
        if person and (body is None or person.body is not None) and surnames[-1] in normal(person.name):
            if len(element.person) > len(person.name):
                person.name = element.person
        else:
            if person and person.body is None and surnames[-1] in normal(person.name):
                person.body, person.nouns = body, nouns
                if len(element.person) > len(person.name):
                    person.name = element.person
            else:
                person = Person(element.person, body, (element.i, element.j), nouns)
        persons.by_start[element.i] = person
        for word in surnames:
            told = persons.by_word.setdefault(word, [])
            if person not in told[:4]:
                told.append(person)
    return persons


def _one_name(one: str, two: str) -> bool:
    """Whether the words of one name are all in the other."""
    first, second = (normal(name).replace("-", " ").split() for name in (one, two))
    return (
        set(first) <= set(second)
        or set(second) <= set(first)
        or (first[-1:] == second[-1:] and one[:1] == two[:1] and 1 in (len(first[0]), len(second[0])))
    )


def _introduction(
    page: Page, bodies: Bodies, element: Element, named: list[tuple[int, Found]]
) -> tuple[Found | None, frozenset[str]]:
    i = _title_start(page, element.i)
    end = _apposition_end(page, element.j)
    nouns = frozenset(
        w
        for k, j in ((i, element.i), (element.j, end))
        for e in page.within(k, j)
        if {"office", "voice", "rank", "noun"} & set(e.senses)
        for w in page.words.norm[e.i : e.j]
    )
    titled = i < element.i and any(
        _SPEAKS & set(e.senses) or e.party or e.org for e in page.within(i, element.i)
    )
    speaker = page.lexicon.speakers.get(" ".join(page.words.norm[element.i : element.j]))
    if speaker is not None:
        party = known(speaker, "role-to-body", (element.i, element.j))
        return party, nouns
    if leader := _leader(page, element, i, end):
        return leader, nouns
    for k, j in ((i, element.i), (element.j, end)):
        if group := _of_group(page, k, j, named):
            return group, nouns
    if titled and _speaks(page, i, element.i):
        found = body_of(page, bodies, i, element.i)
        later = (
            body_of(page, bodies, element.j, end)
            if end > element.j and _speaks(page, element.j, end)
            else None
        )
        if later is None and end > element.j and (found is None or found.score < 0.65):
            later = _owners_body(page, bodies, element.j, end, element.i)
        if later is None and found is None:
            later = _owners_body(page, bodies, i, element.i, i)
        if later and (found is None or found.score < 0.65):
            return later, nouns
        if found:
            return found, nouns
    if end > element.j and _speaks(page, element.j, end):
        found = (
            _its(page, bodies, element.j, end, element.i)
            or body_of(page, bodies, element.j, end)
            or _owners_body(page, bodies, element.j, end, element.i)
        )
        if found:
            return found, nouns
    return None, nouns


def _of_group(page: Page, i: int, j: int, named: list[tuple[int, Found]]) -> Found | None:
    """The party behind "the coalition" in "the coalition's spokesman" and "a spokesman of the coalition"."""
    words = page.words
    for element in page.within(i, j):
        if element.party or element.org or element.body or element.land() or element.j > j:
            return None
        if "group" not in element.senses or "office" in element.senses or words.norm[element.i - 1] != "the":
            continue
        if not (words.owner[element.j - 1] or words.norm[element.i - 2] in ("of", "for", "with")):
            continue
        told = set(words.norm[element.i : element.j])
        if told & page.lexicon.words["region"] or told & page.lexicon.words["genus-of-place"]:
            return None
        end = bisect_left(named, element.i, key=lambda pair: pair[0])
        before = [found for _, found in named[max(0, end - 24) : end][::-1]]
        same = next((f for f in before if told <= set(normal(f.party).split())), None)
        calm = {w for e in page.within(i, j) for w in words.norm[e.i : e.j]} & page.lexicon.words[
            "of-organisations"
        ]
        fits = PartyKind.ORGANISATION if calm and "group" in told else element.senses["group"]
        kind = next((f for f in before if f.kind is fits), None)
        found = same or kind
        if found is not None:
            return Found(found.party, found.kind, found.country, "role-to-body", found.at, 0.8)
    return None


def _leader(page: Page, element: Element, i: int, end: int) -> Found | None:
    """The country's body behind "President X" where no word beside says which country's, but X's name does."""
    words = page.words.norm[element.i : element.j]
    known_as = (" ".join(words[k:]) for k in range(len(words)))
    leader = next((page.lexicon.leaders[name] for name in known_as if name in page.lexicon.leaders), None)
    if leader is None:
        return None
    land = page.lexicon.lands.get(leader[0])
    if (
        land is not None
        and page.home is not None
        and page.home.iso == leader[0]
        and i == element.i
        and end == element.j
    ):
        guess = of_land(page, page.lexicon.bodies[leader[1]], land, "role-to-body", (element.i, element.j))
        return Found(guess.party, guess.kind, guess.country, guess.how, guess.at, 0.4)
    beside = [e for k, j in ((i, element.i), (element.j, end)) for e in page.within(k, j)]
    office = next((e for e in beside if leader[1] in ((e.office or e.body or _NONE).id,)), None)
    body = (office.office or office.body) if office else None
    if office is None or body is None or land is None or of_body(page, office, body):
        return None
    if any(e.party or e.org for e in beside):
        return None
    return of_land(page, body, land, "role-to-body", (office.i, office.j))


def _its(page: Page, bodies: Bodies, i: int, j: int, at: int) -> Found | None:
    """ "its president", with no other body named: the owner's head, not a country's."""
    owned = page.words.norm[i + 1 : i + 2]
    if not owned or owned[0] not in page.lexicon.words["possessive"]:
        return None
    if any(
        e.party or e.org or e.body or (e.office and e.office.id.endswith("ministry"))
        for e in page.within(i, j)
    ):
        return None
    return _owners_body(page, bodies, i, j, at)


def _owners_body(page: Page, bodies: Bodies, i: int, j: int, at: int) -> Found | None:
    """The body that "its" or "the group's" in words i to j stands for: the one named last before word `at`."""
    words = page.words
    if not any(
        words.norm[k] in page.lexicon.words["possessive"] for k in range(i, min(i + 3, j))
    ) and not any("group" in e.senses for e in page.within(i, min(i + 7, j))):
        return None
    here = words.sentence[at]
    end = bisect_left(page.starts, at)
    for element in reversed(page.elements[max(0, end - 24) : end]):
        if here - words.sentence[element.i] > 1:
            return None
        if element.party or element.org:
            return body_of(page, bodies, element.i, element.j)
        if element.body and (found := of_body(page, element, element.body)):
            return found
    return None


def _speaks(page: Page, i: int, j: int) -> bool:
    """Whether words i to j hold a role, or tie a name to a body by a preposition."""
    elements = page.within(i, j)
    if any({"office", "voice", "rank"} & set(e.senses) for e in elements):
        return True
    after = page.words.norm[i : i + 3]
    if len(after) == 3 and after[:2] == [",", "who"] and after[2] in page.lexicon.words["heading"]:
        return any(e.party or e.org or e.body for e in elements)
    return any(e.party or e.org or e.body for e in elements) and page.words.norm[i] in (
        "of",
        "with",
        "from",
        "at",
        "(",
    )


def _title_start(page: Page, i: int) -> int:
    """Where the title right before word i begins; i itself if there is none."""
    words, k, role, named = page.words, i, False, False
    while k > 0 and words.sentence[k - 1] == words.sentence[i]:
        before = page.before(k)
        if before is not None and (_TITLES & set(before.senses) or before.org or before.person):
            if before.person and not (role and not words.owner[before.j - 1]):
                break
            role = role or bool({"office", "voice", "rank", "courtesy", "body"} & set(before.senses))
            named = named or bool({"office", "voice", "body"} & set(before.senses))
            k = before.i
        elif words.norm[k - 1] == "," and (k == i or not named):
            inner = page.before(k - 1)
            if inner is not None and _are_many(page, inner):
                return i
            if inner is None or not (_TITLES - {"courtesy"}) & set(inner.senses):
                start = _phrase_before(page, k - 1)
                return start if start is not None else i
            k -= 1
        elif words.norm[k - 1] == "," and role and page.before(k - 1) and page.before(k) is None:
            inner = page.before(k - 1)
            if inner and {"office", "voice", "body"} & set(inner.senses):
                k -= 1
            else:
                break
        elif (role and words.norm[k - 1] in ("of", "for", "the", "s", "and", "in")) or (
            words.norm[k - 1].isalpha()
            and words.norm[k - 1] not in page.lexicon.words["verbs"] | page.lexicon.words["link"]
            and (words.glued[k - 1] or not words.capital[k - 1])
            and role
            and i - k < 6
            and page.before(k - 1)
        ):
            k -= 1
        else:
            break
    return k


def _are_many(page: Page, element: Element) -> bool:
    """Whether a noun speaks of several people ("fighters"), so that no one person's title ends in it."""
    last = page.words.norm[element.j - 1]
    return last.endswith("s") and set(element.senses) <= {"noun", "voice", "group"}


def _phrase_before(page: Page, k: int) -> int | None:
    """Start of "the governor of X," or "the group's spokesman," right before the comma at word k."""
    words = page.words
    for back in range(k - 1, max(k - 12, -1), -1):
        if words.sentence[back] != words.sentence[k] or words.norm[back] in page.lexicon.words["verbs"] | {
            ",",
            '"',
            ";",
        }:
            return None
        if words.norm[back] in ("the", "a", "an", "its", "their", "his"):
            first = page.starting(back + 1) or next(iter(page.within(back + 1, back + 4)), None)
            if back and words.norm[back - 1] in page.lexicon.words["links to things"]:
                return None
            if first and any({"office", "voice"} & set(e.senses) for e in page.within(back, k)):
                return back
            return None
    return None


def _apposition_end(page: Page, j: int) -> int:
    """Where the apposition that begins right after word j ends; j itself if there is none."""
    words, n = page.words, len(page.words)
    if j >= n or words.owner[j - 1]:
        return j
    first = words.norm[j]
    if first not in (",", "of", "with", "from", "at", "(", "–", "—"):
        return j
    k = j + 1
    if first == "," and k < n and words.norm[k].isdigit() and k + 1 < n and words.norm[k + 1] == ",":
        j, k = k + 1, k + 2
    if (
        k >= n
        or words.norm[k] in page.lexicon.words["verbs"] - {"is", "was"}
        or words.norm[k] in ("he", "she", "and", "but")
    ):
        return j
    while k < n and k - j < _APPOSITION and words.sentence[k] == words.sentence[j]:
        if words.norm[k] in ',;.()"”“':
            break
        if (
            words.norm[k] in page.lexicon.words["verbs"]
            and words.norm[k] not in ("is", "was")
            and words.norm[k - 1] != "who"
        ):
            break
        k += 1
    return k
