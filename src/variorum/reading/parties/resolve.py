"""Resolve every mention of a source or actor to one party."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from variorum.model.values import PartyKind
from variorum.reading.parties import coreference
from variorum.reading.parties.coreference import Memory, Turn
from variorum.reading.parties.describe import named_bodies
from variorum.reading.parties.interpreting import interpret
from variorum.reading.parties.lexicon import Lexicon, load_lexicon
from variorum.reading.parties.mention import Mention, take_apart
from variorum.reading.parties.naming import Found
from variorum.reading.parties.page import Page
from variorum.reading.parties.persons import introduce
from variorum.reading.parties.scanning import scan

Links = Callable[[tuple[int, int], tuple[int, int]], float]
"""Learned coreference: the probability that two mentions (character spans, the earlier first) are one party."""
LINK_FLOOR, LINK_SURE = 0.5, 0.95
"""How sure learned coreference must be where the rules found nothing, and where they found something: on reports held
back from training the rules are right more often than links below the second."""
_GUESS = 0.3


@dataclass(frozen=True, slots=True)
class ResolvedParty:
    """A mention (characters start to end) and the party it stands for.

    `how` is one of lexicon, composed, inferred (the country is the report's), as-written, role-to-body, coreference,
    person, linked; `antecedent` the characters that name the party elsewhere; `score` a confidence from 0 to 1.
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
    links: Links | None = None,
    lexicon: Lexicon | None = None,
    home: str | None = None,
    places: Sequence[tuple[int, int, str]] = (),
) -> tuple[ResolvedParty, ...]:
    """The party behind each mention, in the order of `mentions`.

    `mentions` are character spans (start, end) of the words of a source or actor, with or without the reporting verb.
    `names` are spans of a name tagger with labels PERSON, ORG, GPE; `links` scores of learned coreference;
    `home` the ISO country of the incident, where known; `places` spans of places inside countries, each with its
    ISO country. Never raises on any text; spans outside it are cut.
    """
    page = scan(text, lexicon or load_lexicon(), names, home, places)
    bodies = named_bodies(page)
    memory = Memory(page, bodies, introduce(page, bodies))
    memory.named = coreference.name_all(page, bodies)
    resolved = dict[int, ResolvedParty]()
    done = list[ResolvedParty]()
    for k in sorted(range(len(mentions)), key=lambda k: mentions[k]):
        start, end = max(0, min(mentions[k][0], len(text))), max(0, min(mentions[k][1], len(text)))
        mention = take_apart(page, start, end)
        found = interpret(memory, mention) or Found(
            "unnamed source", PartyKind.UNNAMED, None, "as-written", None, 0.1
        )
        result = _result(page, start, end, found)
        if links is not None and result.how in ("coreference", "as-written"):
            result = _linked(result, done, links)
        resolved[k] = result
        done.append(result)
        _remember(
            memory,
            mention,
            found
            if result.party == found.party
            else Found(
                result.party, result.kind, result.country, "linked", found.at, result.score, found.human
            ),
        )
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


def _linked(result: ResolvedParty, done: list[ResolvedParty], links: Links) -> ResolvedParty:
    """Prefer the earlier mention that learned coreference is surest of, if it is surer than the rules are."""
    span = (result.start, result.end)
    scored = [(links((d.start, d.end), span), d) for d in done[-30:]]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < (LINK_FLOOR if result.score < _GUESS else LINK_SURE):
        return result
    one = best[1]
    return ResolvedParty(*span, one.party, one.kind, one.country, "linked", (one.start, one.end), best[0])


def _remember(memory: Memory, mention: Mention, found: Found) -> None:
    page = memory.page
    tags = {tag for e in mention.elements for tag in e.senses}
    nouns = frozenset(
        w
        for e in mention.elements
        if {"voice", "document", "noun", "group", "office", "rank", "body"} & set(e.senses)
        for w in page.words.norm[e.i : e.j]
    )
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
