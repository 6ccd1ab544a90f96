"""What pronouns and definite descriptions point back to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from variorum.model.values import PartyKind
from variorum.reading.parties.describe import Bodies, unit
from variorum.reading.parties.lexicon import Land
from variorum.reading.parties.naming import Found, known
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.persons import Persons

_LOOK_BACK, _NEAR = 48, 6
_HUMAN_NOUNS = frozenset({"office", "voice", "rank", "noun"})
_THINGS = frozenset(
    {
        PartyKind.GOVERNMENT,
        PartyKind.STATE_FORCE,
        PartyKind.POLICE,
        PartyKind.ARMED_GROUP,
        PartyKind.MEDICS,
        PartyKind.ORGANISATION,
        PartyKind.INTERNATIONAL,
        PartyKind.MEDIA,
    }
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A mention already resolved."""

    i: int
    j: int
    found: Found
    nouns: frozenset[str]
    human: bool
    rare: frozenset[str] = frozenset()
    """Words of the mention that no lexicon knows: names, where a text does not capitalise them."""


@dataclass(slots=True)
class Memory:
    """What has been spoken of so far, in the order of the text."""

    page: Page
    bodies: Bodies
    persons: Persons
    turns: list[Turn] = field(default_factory=list)
    named: list[tuple[int, Found]] = field(default_factory=list)
    """Every party the text names, with its first word."""

    def recent(self, i: int) -> list[Turn]:
        """Turns before word i, the last one first."""
        return [t for t in reversed(self.turns[-_LOOK_BACK:]) if t.i < i]

    def parties_before(self, i: int) -> list[tuple[int, Found]]:
        """Named parties before word i, the nearest first."""
        end = bisect_left(self.named, i, key=lambda pair: pair[0])
        return self.named[max(0, end - _LOOK_BACK) : end][::-1]


def name_all(page: Page, bodies: Bodies) -> list[tuple[int, Found]]:
    """Every party that the text names, in order."""
    named = list[tuple[int, Found]]()
    explicit = {found.at[0]: found for told in bodies.by_id.values() for _, found in told if found.at}
    for element in page.elements:
        if element.party:
            named.append((element.i, known(element.party, "lexicon", (element.i, element.j))))
        elif element.org:
            country = page.home.country if page.home else None
            named.append(
                (
                    element.i,
                    unit(page, *element.org)
                    or Found(element.org[0], element.org[1], country, "as-written", (element.i, element.j)),
                )
            )
        elif element.body and (found := explicit.get(element.i)):
            named.append((element.i, found))
    starts = {i for i, _ in named}
    named += [(at, found) for at, found in explicit.items() if at not in starts]
    return sorted(named, key=lambda pair: pair[0])


def pronoun(memory: Memory, word: str, i: int) -> Found | None:
    """The party that a pronoun at word i points back to."""
    classes = memory.page.lexicon.words
    if word in classes["human"]:
        return _human(memory, i)
    if word in classes["many"]:
        return _many(memory, i)
    return _thing(memory, i)


def _sentence(memory: Memory, i: int) -> int:
    sentences = memory.page.words.sentence
    return sentences[min(i, len(sentences) - 1)] if sentences else 0


def _human(memory: Memory, i: int) -> Found | None:
    """The last person or spokesman: a turn of a person, or a person named since."""
    here = _sentence(memory, i)
    turn = next((t for t in memory.recent(i) if t.human), None)
    person = _person_since(memory, turn.i if turn else -1, i, here)
    if person:
        return person
    if turn:
        return turn.found
    return None


def _person_since(memory: Memory, since: int, i: int, here: int) -> Found | None:
    """The person nearest before word i, named after word `since`, who opens a sentence or has a body."""
    page = memory.page
    end = bisect_left(page.starts, i)
    best: Found | None = None
    for element in reversed(page.elements[max(0, end - _LOOK_BACK) : end]):
        sentence = page.words.sentence[element.i]
        if element.i <= since or here - sentence > 2:
            break
        person = memory.persons.by_start.get(element.i)
        if person is None:
            continue
        if person.body and (since < 0 or here - sentence <= 1):
            return person.body
        if best is None and here - sentence <= 1 and _opens(page, element):
            best = Found(person.name, PartyKind.PERSON, None, "coreference", (element.i, element.j), 0.6)
    return best if since < 0 else None


def _opens(page: Page, element: Element) -> bool:
    k = element.i
    return (
        k == 0
        or page.words.sentence[k - 1] != page.words.sentence[k]
        or (element.j < len(page.words) and page.words.norm[element.j] in page.lexicon.words["verbs"])
    )


def _many(memory: Memory, i: int) -> Found | None:
    turns = memory.recent(i)
    plural = next(
        (t for t in turns[:4] if any(n.endswith("s") or n in ("people", "police") for n in t.nouns)), None
    )
    if plural:
        return plural.found
    return turns[0].found if turns else _thing(memory, i)


def _thing(memory: Memory, i: int) -> Found | None:
    """The last body: the turn before if near, else the first body named in the sentence before or in this one."""
    here = _sentence(memory, i)
    words = memory.page.words
    turns = [t for t in memory.recent(i) if t.found.kind in _THINGS]
    named = [(at, f) for at, f in memory.parties_before(i) if here - words.sentence[at] <= 1]
    turn = turns[0] if turns else None
    if (subject := _described(memory, i, here)) and not (turn and words.sentence[turn.i] == here):
        return subject
    opening = [f for at, f in named if words.sentence[at] == here and _subject(memory, at, here)]
    if opening and not (turn and words.sentence[turn.i] == here):
        return opening[-1]
    if turn and here - words.sentence[turn.i] <= 3:
        return turn.found
    same = [f for at, f in named if words.sentence[at] == here]
    if same:
        return same[-1]
    if named:
        return named[-1][1]
    return turn.found if turn else next((f for _, f in memory.parties_before(i)), None)


def _described(memory: Memory, i: int, here: int) -> Found | None:
    """The party that a definite description which opens the sentence of word i points back to."""
    page = memory.page
    first = bisect_left(page.words.sentence, here)
    if page.words.norm[first : first + 1] != ["the"]:
        return None
    element = next((e for e in page.within(first + 1, min(first + 3, i)) if "group" in e.senses), None)
    if element is None or element.party or element.body or page.words.owner[element.j - 1]:
        return None
    return description(
        memory, kinds_of(page, element), frozenset(page.words.norm[element.i : element.j]), element.i
    )


def kinds_of(page: Page, element: Element) -> list[PartyKind]:
    """All kinds of parties that a group noun fits."""
    told = tuple(page.words.norm[element.i : element.j])
    return [
        sense.value
        for phrase, sense in page.lexicon.phrases.get(told[0], ())
        if sense.tag == "group" and isinstance(sense.value, PartyKind) and phrase == told
    ]


def _subject(memory: Memory, at: int, here: int) -> bool:
    """Whether what begins at word `at` opens its sentence, so that it is likely the subject."""
    words = memory.page.words
    k = at - 1 if at and words.norm[at - 1] in memory.page.lexicon.words["articles"] else at
    element = memory.page.starting(at)
    return (k == 0 or words.sentence[k - 1] != here) and not (element and words.owner[element.j - 1])


def description(memory: Memory, kinds: list[PartyKind], nouns: frozenset[str], i: int) -> Found | None:
    """The party that a definite description ("the group") at word i points back to: one whose name or mention holds
    the noun, else the last of the kinds it fits that spoke, else the last of them that was named."""
    page, turns = memory.page, memory.recent(i)
    last = [n for n in nouns if n]
    for turn in turns:
        if nouns & turn.nouns and turn.found.kind in kinds:
            return turn.found
    named = memory.parties_before(i)
    for _, found in named:
        told = found.party.lower().split()
        if any(n in told or n + "s" in told for n in last) and (
            found.kind in [*kinds, PartyKind.GOVERNMENT, PartyKind.INTERNATIONAL]
            or not nouns & page.lexicon.words["genus"]
        ):
            return found
    if "group" not in nouns and PartyKind.MEDIA not in kinds:
        told_later = (f for _, f in memory.named if f.kind in kinds and nouns & set(f.party.lower().split()))
        if found_later := next(told_later, None):
            return found_later
    if nouns & page.lexicon.words["organs"]:
        others: list[PartyKind] = [kind for kind in kinds if kind is not PartyKind.GOVERNMENT]
        if any(f.kind in others for _, f in named[:_NEAR]):
            kinds = others
    spoke = next((t for t in turns if t.found.kind in kinds), None)
    near = next(((at, f) for at, f in named if f.kind in kinds), None)
    if spoke and near:
        gap = page.words.sentence[near[0]] - page.words.sentence[spoke.i]
        return near[1] if gap > 2 and near[1].party != spoke.found.party else spoke.found
    if spoke:
        return spoke.found
    if near:
        return near[1]
    later = next((f for _, f in memory.named if f.kind in kinds), None)
    return later


def of_that_land(memory: Memory, land: Land, nouns: frozenset[str], i: int) -> Found | None:
    """The party of a country whose name holds the noun ("the Russian ministry"): last named before word i, or after."""
    fit = [f for _, f in memory.named if f.country == land.country and nouns <= set(f.party.lower().split())]
    before = [f for _, f in memory.parties_before(i) if f in fit]
    return before[0] if before else fit[0] if fit else None


def speaker(memory: Memory, nouns: frozenset[str], i: int) -> Found | None:
    """Whom "the spokesman", "the source", "the statement" at word i points back to."""
    turns = memory.recent(i)
    for turn in turns:
        if nouns & turn.nouns:
            return turn.found
    return None


def namesake(memory: Memory, i: int, j: int) -> Found | None:
    """The last one who spoke whose mention shares a rare word with words i to j ("tuteja said")."""
    rare = {
        w for w in memory.page.words.norm[i:j] if len(w) > 3 and w not in memory.page.lexicon.words["verbs"]
    }
    return next((t.found for t in memory.recent(i) if rare & t.rare), None)


def human(memory: Memory, nouns: frozenset[str], i: int) -> Found | None:
    """Whom "the officer", "the official" at word i points back to when no mention before has the same noun: the last
    person or spokesman who spoke, of the forces if the noun is a rank."""
    forces = {PartyKind.STATE_FORCE, PartyKind.POLICE, PartyKind.ARMED_GROUP}
    ranked = any(
        sense.tag == "rank" or word == "officer"
        for word in nouns
        for phrase, sense in memory.page.lexicon.phrases.get(word, ())
        if phrase == (word,)
    )
    here = _sentence(memory, i)
    for turn in memory.recent(i):
        if here - memory.page.words.sentence[turn.i] > 6:
            return None
        if turn.human and (turn.found.kind in forces if ranked else turn.found.kind is not PartyKind.PERSON):
            return turn.found
    return None


def last_speaker(memory: Memory, i: int) -> Found | None:
    """The last one who spoke before word i."""
    turns = memory.recent(i)
    return turns[0].found if turns else None
