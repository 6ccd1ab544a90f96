"""The day of an incident: which of a report's time expressions dates it. None does where none fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from variorum.model import Day, Evidence, Report
from variorum.reading.dates import TimeExpression
from variorum.reading.incidents import lexicon
from variorum.reading.incidents.page import Page, Sentence
from variorum.reading.incidents.saying import cue_of
from variorum.reading.incidents.scene import Scene

_PRECISION = {1: 2.0, 2: 1.3, 3: 1.0, 4: 0.6, 5: -0.8}
"""What the precision of a date is worth: the narrowest that fits is wanted."""
_ENOUGH = 2.6
"""Least score of a day; below it the day stays unknown. Chosen on reports whose incident's day is known."""
_FAR = 400
"""Days before publication from which on a date is most likely history."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time expression that could date an incident, where it stands and how well it fits."""

    time: TimeExpression
    sentence: Sentence
    score: float


def happened(page: Page, time: TimeExpression, published: date | None) -> bool:
    """Whether a time expression can date what happened: neither the telling, nor a deadline, nor an open
    start."""
    if time.first is None or time.last is None or time.type not in ("DATE", "TIME"):
        return False
    if published is not None and time.first > published:
        return False
    first, _ = page.word_span((time.start, time.end))
    sentence = page.sentence_at(time.start)
    before = [w.form for w in page.words[max(sentence.first, first - 2) : first]]
    if any(form in lexicon.words("until") or form in lexicon.words("since") for form in before):
        return False
    return cue_of(page, time) is None


def day_of_main(scene: Scene, times: Sequence[TimeExpression], report: Report) -> Day | None:
    """The day of the main incident, by nearness to what happens, to the main claims and to the head of the
    text."""
    candidates = [
        Candidate(t, s := scene.page.sentence_at(t.start), _fit(scene, t, s, report))
        for t in times
        if happened(scene.page, t, report.published)
    ]
    scored = [(c.score + _support(c, candidates), c) for c in candidates if c.score > 0]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: (pair[0], -pair[1].time.start))
    return as_day(report.text, best.time) if score >= _ENOUGH else None


def day_within(
    scene: Scene,
    times: Sequence[TimeExpression],
    report: Report,
    sentences: Sequence[Sentence],
    words: tuple[int, int],
) -> Day | None:
    """The day of a background incident: the time nearest to its claim within the claim's own sentences."""
    best: tuple[float, int, TimeExpression] | None = None
    for time in times:
        sentence = next((s for s in sentences if s.start <= time.start < s.end), None)
        if sentence is None or not happened(scene.page, time, report.published):
            continue
        first, last = scene.page.word_span((time.start, time.end))
        away = 0.0
        if not _overlap((first, last), words):
            away = scene.page.steps(min(last, words[1]), max(first, words[0]))
        if best is None or (away, time.start) < best[:2]:
            best = (away, time.start, time)
    return as_day(report.text, best[2]) if best else None


def as_day(text: str, time: TimeExpression) -> Day | None:
    """The day that a time expression gives, with its words as evidence."""
    if time.first is None or time.last is None or time.precision is None:
        return None
    return Day(first=time.first, last=time.last, precision=time.precision, evidence=Evidence.of(text,
    time.start, time.end))


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _fit(scene: Scene, time: TimeExpression, sentence: Sentence, report: Report) -> float:
    first, last = scene.page.word_span((time.start, time.end))
    score = _PRECISION[time.precision or 5] + scene.position(sentence) + scene.aboutness(sentence)
    near = scene.nearest(sentence, first, last)
    if near is None:
        score -= 1.5
    else:
        score += max(-0.5, 2.0 - 0.2 * near[0])
    if report.published is not None and time.first is not None:
        score -= min(2.5, 2.5 * (report.published - time.first).days / _FAR)
    if _future(scene.page, sentence, first):
        score -= 3
    return score


def _future(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether the clause left of a time expression lies ahead."""
    marks, ahead = lexicon.words("clause"), lexicon.words("future")
    for i in range(first - 1, sentence.first - 1, -1):
        form = page.words[i].form
        if form in ahead:
            return True
        if form in marks:
            return False
    return False


def _support(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """What other expressions of the same day, or of a time around it, add: at most one and a half."""
    mine = candidate.time
    total = 0.0
    for other in candidates:
        time = other.time
        if other is candidate or other.score <= 0 or not (mine.first and mine.last and time.first and
        time.last):
            continue
        if (time.first, time.last) == (mine.first, mine.last):
            total += 0.5
        elif time.first <= mine.first and mine.last <= time.last:
            total += 0.25
    return min(1.5, total)
