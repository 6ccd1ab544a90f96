"""The place of an incident: which of a report's places it happened at, the most specific one that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import Evidence, Place
from variorum.reading.incidents import lexicon
from variorum.reading.incidents.page import Page, Sentence
from variorum.reading.incidents.scene import Scene
from variorum.reading.places import PlaceMention

_SPECIFIC = {1: 2.0, 2: 1.8, 3: 1.4, 4: 0.8, 5: 0.4, 6: 0.0, 7: 0.6}
"""What a place's precision is worth: the most specific place that fits is wanted."""
_BARE = 1.0
"""The same of a place that no gazetteer entry was settled for."""
_ENOUGH = 2.4
_REACH = 6
"""How many words may stand between a preposition and its place ("in the | besieged northern town of | X")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place mention that could be where an incident happened, and how well it fits."""

    mention: PlaceMention
    score: float


def place_of_main(scene: Scene, places: Sequence[PlaceMention], text: str) -> Place | None:
    """The place of the main incident."""
    candidates = []
    for mention in places:
        sentence = scene.page.sentence_at(mention.start)
        score = _setting(scene.page, sentence, mention)
        if score is None:
            continue
        first, last = scene.page.word_span((mention.start, mention.end))
        near = scene.nearest(sentence, first, last)
        score += scene.position(sentence) + scene.aboutness(sentence)
        score += -1.0 if near is None else max(-0.5, 1.5 - 0.1 * near[0])
        candidates.append(Candidate(mention, score))
    scored = [(c.score + _support(c, candidates), c) for c in candidates]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: (pair[0], -pair[1].mention.start))
    return as_place(text, best.mention) if score >= _ENOUGH else None


def place_within(
    scene: Scene,
    places: Sequence[PlaceMention],
    text: str,
    sentences: Sequence[Sentence],
    words: tuple[int, int],
) -> Place | None:
    """The place of a background incident: the best one within its claims' own sentences, near to them."""
    best: tuple[float, int, PlaceMention] | None = None
    for mention in places:
        sentence = next((s for s in sentences if s.start <= mention.start < s.end), None)
        score = None if sentence is None else _setting(scene.page, sentence, mention)
        if score is None or score < 1:
            continue
        first, last = scene.page.word_span((mention.start, mention.end))
        away = scene.page.steps(min(last, words[1]), max(first, words[0]))
        key = (score - 0.1 * away, -mention.start, mention)
        if best is None or key[:2] > best[:2]:
            best = key
    return as_place(text, best[2]) if best else None


def as_place(text: str, mention: PlaceMention) -> Place:
    """A place mention as the model has it; coordinates never come without their precision."""
    located = mention.precision is not None
    return Place(
        name=mention.name,
        geonameid=mention.geonameid,
        latitude=mention.lat if located else None,
        longitude=mention.lon if located else None,
        country=mention.country,
        admin1=mention.admin1,
        level=mention.level,
        precision=mention.precision,
        evidence=Evidence.of(text, mention.start, mention.end),
    )


def _setting(page: Page, sentence: Sentence, mention: PlaceMention) -> float | None:
    """How well the words around a mention fit the scene of something; None where they say it is not one.

    That is: where somebody lives, spoke or went, a body's seat, or a state that acts or speaks.
    """
    first, last = page.word_span((mention.start, mention.end))
    score = _BARE if mention.precision is None else _SPECIFIC[mention.precision]
    if _is_dateline(page, sentence, last):
        return score - 1.0
    governor = _governor(page, sentence, first)
    if governor is None:
        after = page.words[last].form if last < sentence.last else ""
        beside = any(t.first == last or t.first == last + 1 for t in page.triggers_in(sentence))
        if beside and after not in lexicon.words("clause"):
            return score + 1.0
        return score - 1.0
    form = page.words[governor].form
    before = page.words[governor - 1].form if governor > sentence.first else ""
    if before in lexicon.words("based") or (before in lexicon.words("say") and form in
    lexicon.words("locative")):
        return None
    if _told_there(page, sentence, governor):
        return None
    if form in lexicon.words("locative"):
        return score + 1.5
    return score + (0.5 if form == "of" else -0.5)


def _governor(page: Page, sentence: Sentence, first: int) -> int | None:
    """The preposition that governs a place, over area words, articles and names; None without one."""
    governs = lexicon.words("locative") | lexicon.words("preposition") | lexicon.words("toward")
    passed = lexicon.words("area") | lexicon.words("article") | lexicon.words("listing")
    stops = lexicon.words("clause") | lexicon.words("subject")
    steps = 0
    of: int | None = None
    for i in range(first - 1, max(sentence.first, first - 2 * _REACH) - 1, -1):
        word = page.words[i]
        if word.form == "of":
            of = i
        elif word.form in governs:
            return i
        elif not (word.form in passed or word.name):
            steps += 1
            happens = any(t.first <= i < t.last for t in page.triggers_in(sentence))
            if steps > _REACH // 2 or word.form in stops or happens:
                return of
    return of


def _told_there(page: Page, sentence: Sentence, governor: int) -> bool:
    """Whether the place is where something was said: "told reporters in the capital"."""
    say, stops = lexicon.words("say"), lexicon.words("clause") | lexicon.words("subject")
    triggers = {i for t in page.triggers_in(sentence) for i in range(t.first, t.last)}
    for i in range(governor - 1, max(sentence.first, governor - 5) - 1, -1):
        form = page.words[i].form
        if form in say:
            return form not in lexicon.words("article")
        if form in stops or i in triggers or form in lexicon.words("past") or form.endswith("ed"):
            return False
    return False


def _is_dateline(page: Page, sentence: Sentence, last: int) -> bool:
    """Whether a place stands in the line before a report's first words ("HARBOURTOWN, Lowland (AP) -- ...")."""
    if sentence.number > 1:
        return False
    marks, until = lexicon.words("clause"), None
    for i in range(sentence.first + 1, min(sentence.first + 16, sentence.last)):
        word = page.words[i]
        if word.form in lexicon.words("dash"):
            until = i
            break
        if not (word.form in marks or word.name or not word.form.isalpha()):
            break
    return until is not None and last <= until


def _support(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """What other mentions of a place, and of the area around it, add."""
    mine = candidate.mention
    same = around = 0.0
    for other in candidates:
        their = other.mention
        if other is candidate or other.score <= 0:
            continue
        if (their.geonameid, their.name) == (mine.geonameid, mine.name):
            same += 0.4
        elif mine.country and mine.country == their.country and _wider(their, mine):
            around += 0.2
    return min(1.2, same) + min(0.6, around)


def _wider(a: PlaceMention, b: PlaceMention) -> bool:
    """Whether a place is less precise than another."""
    return a.precision is not None and b.precision is not None and a.precision > b.precision
