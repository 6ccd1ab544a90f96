"""Resolve every mention of a source or actor to one party."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from variorum.model.values import PartyKind
from variorum.reading.parties import coreference
from variorum.reading.parties.coreference import Memory, Turn
from variorum.reading.parties.describe import named_bodies
from variorum.reading.parties.interpreting import interpret
from variorum.reading.parties.lexicon import Lexicon, load_lexicon
from variorum.reading.parties.mention import Mention, as_written, noun_kind, take_apart
from variorum.reading.parties.naming import Found
from variorum.reading.parties.page import Element, Page
from variorum.reading.parties.persons import introduce
from variorum.reading.parties.scanning import scan


@dataclass(frozen=True, slots=True)
class ResolvedParty:
    """A mention (characters start to end) and the party it stands for.

    `how` is one of lexicon, composed, inferred (the country is the report's), as-written, role-to-body, coreference,
    person; `antecedent` the characters that name the party elsewhere; `score` a confidence from 0 to 1.
    """

    start: int
    end: int
    party: str
    kind: PartyKind
    country: str | None
    how: str
    antecedent: tuple[int, int] | None
    score: float


def resolve_parties(
    text: str,
    mentions: Sequence[tuple[int, int]],
    *,
    names: Sequence[tuple[int, int, str]] = (),
    lexicon: Lexicon | None = None,
    home: str | None = None,
    places: Sequence[tuple[int, int, str]] = (),
    regions: Sequence[tuple[int, int]] = (),
    speakers: Collection[tuple[int, int]] | None = None,
) -> tuple[ResolvedParty, ...]:
    """The party behind each mention, in the order of `mentions`.

    `mentions` are character spans (start, end) of the words of a source or actor, with or without the reporting verb.
    `names` are spans of a name tagger with labels PERSON, ORG, GPE; `home` the ISO country of the incident, where
    known; `places` spans of places inside countries, each with its ISO country; `regions` spans of provinces and
    states; `speakers` the mentions of those who speak, to whom "it" and "he" point back (all, unless told). Never
    raises on any text; spans outside it are cut.
    """
    page = scan(text, lexicon or load_lexicon(), names, home, places)
    bodies = named_bodies(page, regions)
    named = coreference.name_all(page, bodies)
    memory = Memory(page, bodies, introduce(page, bodies, named), named=named)
    resolved = dict[int, ResolvedParty]()
    for k in sorted(range(len(mentions)), key=lambda k: mentions[k]):
        start, end = max(0, min(mentions[k][0], len(text))), max(0, min(mentions[k][1], len(text)))
        mention = take_apart(page, start, end)
        found = interpret(memory, mention) or Found(
            "unnamed source", PartyKind.UNNAMED, None, "as-written", None, 0.1
        )
        if found.how == "coreference" and _is_new(page, mention):
            head = mention.elements[0]
            found = Found(as_written(page, mention, head), PartyKind.UNNAMED, None, "as-written", None, 0.6)
        resolved[k] = _result(page, start, end, found)
        if speakers is None or mentions[k] in speakers:
            _remember(memory, mention, found)
    return tuple(resolved[k] for k in range(len(mentions)))


def _result(page: Page, start: int, end: int, found: Found) -> ResolvedParty:
    antecedent = None
    if found.at is not None:
        named = page.words.start[found.at[0]], page.words.end[found.at[1] - 1]
        if named[1] <= start or named[0] >= end:
            antecedent = named
    return ResolvedParty(
        start, end, found.party, found.kind, found.country, found.how, antecedent, found.score
    )


def _is_new(page: Page, mention: Mention) -> bool:
    """Whether a mention brings in somebody not named before: "a railway official", but not "a spokesman"."""
    if not mention.elements:
        return False
    first = page.words.norm[mention.i]
    if first in ("several", "some", "many", "various") and noun_kind(mention.elements[0]) is PartyKind.MEDIA:
        return True
    if first not in ("a", "an", "another"):
        return False
    spoken_for = any(word.startswith("spokes") for word in page.words.norm[mention.i : mention.j])
    stop = page.lexicon.words["stop"]
    relative = next((k for k in range(mention.i, mention.j) if page.words.norm[k] in stop), mention.j)
    owned = any(
        e.body or e.office or e.party or e.org or "document" in e.senses or _is_group(page, e)
        for e in mention.elements
        if e.i < relative
    )
    return not spoken_for and not owned


def _is_group(page: Page, element: Element) -> bool:
    """Whether a noun stands for a body spoken of before: "an official of the group", not "of the province"."""
    return "group" in element.senses and not set(page.words.norm[element.i : element.j]) & (
        page.lexicon.words["region"] | page.lexicon.words["genus-of-place"]
    )


def _remember(memory: Memory, mention: Mention, found: Found) -> None:
    page = memory.page
    tags = {tag for e in mention.elements for tag in e.senses}
    nouns = frozenset(
        w
        for e in mention.elements
        if {"voice", "document", "noun", "group", "office", "rank", "body"} & set(e.senses)
        for w in page.words.norm[e.i : e.j]
    )
    for element in mention.elements[:2]:
        if element.person and (person := memory.persons.by_start.get(element.i)):
            nouns |= person.nouns
    rare = frozenset(
        w for w in page.words.norm[mention.i : mention.j] if len(w) > 3 and w not in page.lexicon.phrases
    )
    human = (
        found.human
        or found.kind in (PartyKind.PERSON, PartyKind.RESIDENTS)
        or bool({"office", "rank", "voice", "noun"} & tags)
        or any(e.person for e in mention.elements)
        or mention.pronoun in page.lexicon.words["human"]
    )
    memory.turns.append(Turn(mention.i, mention.j, found, nouns, human, rare - page.lexicon.words["verbs"]))
