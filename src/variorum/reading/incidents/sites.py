"""The place of an incident: which of a report's places it happened at, the most specific one that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.model import Evidence, Place
from variorum.reading.incidents import lexicon
from variorum.reading.incidents.page import Page, Sentence
from variorum.reading.incidents.scene import Scene
from variorum.reading.places import PlaceMention
from variorum.reading.places import lexicon as places_lexicon

_SPECIFIC = {1: 2.0, 2: 1.8, 3: 1.4, 4: 0.8, 5: 0.4, 6: 0.0, 7: 0.6}
"""What a place's precision is worth: the most specific place that fits is wanted."""
_BARE = 1.0
"""The same of a place that no gazetteer entry was settled for."""
_ENOUGH = 2.4
_HELD = 0.6
"""What it adds to a place that the text goes on to say what area it lies in."""
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
    around = {c.mention.start: _container(scene.page, c.mention, candidates) for c in candidates}
    holding = {c.start for c in around.values() if c is not None}
    scored = [
        (c.score + _support(c, candidates) + (_HELD if around[c.mention.start] else 0.0), c)
        for c in candidates
        if c.mention.start not in holding
    ]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: (pair[0], -pair[1].mention.start))
    return _placed(scene.page, text, best.mention, around[best.mention.start]) if score >= _ENOUGH else None


def _placed(page: Page, text: str, mention: PlaceMention, container: PlaceMention | None) -> Place:
    """The place of a mention; a spot without an entry of its own, within a town that has one, is put near it.

    A road is in its town, other spots (a village of a township) are within 25 km of it: UCDP's where_prec 2.
    """
    if mention.precision is None and container is not None and container.precision in (1, 2):
        _, last = page.word_span((mention.start, mention.end))
        precision = container.precision if _is_road(page, last) else 2
        return as_place(text, replace(container, precision=precision))
    return as_place(text, mention, container)


def _is_road(page: Page, last: int) -> bool:
    """Whether the name that ends before word `last` is a road's or a building's."""
    return page.words[last - 1].form in places_lexicon.words("roads")


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


def as_place(text: str, mention: PlaceMention, container: PlaceMention | None = None) -> Place:
    """A place mention as the model has it; coordinates never come without their precision.

    What no entry was found for has the country and division of the place that the text puts it in.
    """
    located = mention.precision is not None
    return Place(
        name=mention.name,
        geonameid=mention.geonameid,
        latitude=mention.lat if located else None,
        longitude=mention.lon if located else None,
        country=mention.country or (container.country if container else None),
        admin1=mention.admin1 or (container.admin1 if container else None),
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
    if mention.precision is None and _is_road(page, last):
        score -= 1.5
    if _is_dateline(page, sentence, last):
        return score - 3.0
    if mention.precision is None and last < sentence.last and page.words[last].name:
        return None
    governor = _governor(page, sentence, first)
    if governor is None:
        return _ungoverned(page, sentence, mention, last, score)
    form, locative = page.words[governor].form, lexicon.words("locative")
    if _elsewhere(page, sentence, governor, first):
        return None
    if form in locative:
        return score + 1.5
    if form == "of":
        return score + (0.5 if mention.precision is not None else -0.5)
    return score - 1.0


def _elsewhere(page: Page, sentence: Sentence, governor: int, first: int) -> bool:
    """Whether a governed place is a home, a body's seat, the end of a way or a measure's far end."""
    form = page.words[governor].form
    left = [w.form for w in page.words[sentence.first : governor] if not w.name][-_REACH:]
    before = left[-1] if left else ""
    if before in lexicon.words("based") or before in lexicon.words("body"):
        return True
    if before in lexicon.words("say") and form in lexicon.words("locative"):
        return True
    if "to" in (*left, form) and not lexicon.words("taken").isdisjoint(left):
        return True
    near = [*left[-3:], *(w.form for w in page.words[governor:first])]
    return not lexicon.words("distance").isdisjoint(near) or _told_there(page, sentence, governor)


def _ungoverned(
    page: Page, sentence: Sentence, mention: PlaceMention, last: int, score: float
) -> float | None:
    """How well a place fits without a preposition: before an event ("the Northport blast"), or at a loss.

    A country that no preposition governs is who acts, not where it happens. A name that goes on is no place.
    """
    after = page.words[last].form if last < sentence.last else ""
    if any(t.first in (last, last + 1) for t in page.triggers_in(sentence)) and after not in lexicon.words(
        "clause"
    ):
        return score + 0.7 if mention.precision != 6 else None
    if mention.precision in (6, None) or after in lexicon.words("say"):
        return None
    return score - 1.0


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
    """Whether a place stands in the line before a report's first words ("HARBOURTOWN, Lowland (AP) --")."""
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


def _container(page: Page, mention: PlaceMention, candidates: Sequence[Candidate]) -> PlaceMention | None:
    """The wider place that the words behind a mention put it in: "Oldbridge, a village in Westshire"."""
    _, last = page.word_span((mention.start, mention.end))
    sentence = page.sentence_at(mention.start)
    passed = lexicon.words("area") | lexicon.words("article") | lexicon.words("listing") | {"in", "of"}
    starts = {page.word_at(c.mention.start): c.mention for c in candidates}
    linked = False
    for i in range(last, min(last + 2 * _REACH, sentence.last)):
        found = starts.get(i)
        if found is not None:
            narrower = mention.precision is None or (found.precision or 9) > mention.precision
            return found if linked and narrower and found.precision is not None else None
        form = page.words[i].form
        if form == "and" or (form not in passed and not page.words[i].name):
            return None
        linked = linked or form in (",", "in")
    return None


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
