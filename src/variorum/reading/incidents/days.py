"""The day of an incident: which of a report's time expressions dates it. None does where none fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
_SINCE = 12
"""How many words "since" reaches ahead."""
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
    if not is_possessive(page.text, time) and _open_ended(page, time):
        return False
    return cue_of(page, time) is None


def is_possessive(text: str, time: TimeExpression) -> bool:
    """Whether a time dates the noun behind it: "Saturday's ambush"."""
    return text[time.end : time.end + 2] in ("'s", "’s")


def _open_ended(page: Page, time: TimeExpression) -> bool:
    """Whether a time is a deadline or a start: "until Friday", "the worst since the coup of last May"."""
    first, _ = page.word_span((time.start, time.end))
    sentence = page.sentence_at(time.start)
    marks = lexicon.words("clause")
    for i in range(first - 1, max(sentence.first, first - _SINCE) - 1, -1):
        form = page.words[i].form
        if form in lexicon.words("since") or (i >= first - 2 and form in lexicon.words("until")):
            return True
        if form in marks:
            return False
    return False


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
    if score < _ENOUGH:
        return None
    return as_day(report, _narrower(best, [c for _, c in scored]).time)


def _narrower(best: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The best of the more precise times within the best one: "last month" and, further on, "May 3"."""
    first, last = best.time.first, best.time.last
    within = [
        c
        for c in candidates
        if first and last and c.time.first and c.time.last and first <= c.time.first and c.time.last <= last
        if (c.time.precision or 9) < (best.time.precision or 9) and c.time.anchored != "story" and c.score > 1
    ]
    return (
        max(within, key=lambda c: (c.score, -c.time.start))
        if (best.time.precision or 1) > 1 and within
        else best
    )


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
    return as_day(report, best[2]) if best else None


def as_day(report: Report, time: TimeExpression) -> Day | None:
    """The day that a time expression gives, with its words as evidence. A night belongs to two days."""
    if time.first is None or time.last is None or time.precision is None:
        return None
    last, precision = time.last, time.precision
    if time.value is not None and time.value.endswith("TNI") and precision == 1 and last != report.published:
        last, precision = last + timedelta(days=1), 2
    return Day(
        first=time.first,
        last=last,
        precision=precision,
        evidence=Evidence.of(report.text, time.start, time.end),
    )


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
    score += 1.0 if is_possessive(report.text, time) and near is not None and near[0] <= 3 else 0.0
    if time.anchored == "story":
        score -= 0.7
    if time.type == "TIME" and not _names_day(report.text[time.start : time.end]):
        score -= 2.0
    if _aftermath(scene.page, sentence, first, last) and not is_possessive(report.text, time):
        score -= 4.0
    if report.published is not None and time.first is not None:
        score -= min(1.2, 1.2 * (report.published - time.first).days / _FAR)
    if _future(scene.page, sentence, first):
        score -= 3
    return score


def _names_day(words: str) -> bool:
    """Whether a time of day comes with its day: "2 p.m. on Friday", and not "2 p.m. GMT" alone."""
    return any(word[:1].isupper() and not word.isupper() for word in words.split())


def _aftermath(page: Page, sentence: Sentence, first: int, last: int) -> bool:
    """Whether the clause around a time tells of what came after: a count that rose, a search, a trial.

    A time right of an event, with nothing of the sort between, is the event's.
    """
    marks, after = lexicon.words("clause"), lexicon.words("after")
    triggers = page.triggers_in(sentence)
    events = {i for t in triggers if t.entry.role == "event" for i in range(t.first, t.last)}
    for i in range(first - 1, sentence.first - 1, -1):
        if i in events:
            return False
        if page.words[i].form in marks:
            break
        if page.words[i].form in after:
            return True
    for i in range(last, sentence.last):
        if i in events or page.words[i].form in marks:
            return False
        if page.words[i].form in after:
            return True
    return False


def _future(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether the clause left of a time expression lies ahead."""
    marks, ahead, be = lexicon.words("clause"), lexicon.words("future"), lexicon.words("be")
    for i in range(first - 1, sentence.first - 1, -1):
        form = page.words[i].form
        if form in ahead or (form == "to" and i > sentence.first and page.words[i - 1].form in be):
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
        if (
            other is candidate
            or other.score <= 0
            or not (mine.first and mine.last and time.first and time.last)
        ):
            continue
        if (time.first, time.last) == (mine.first, mine.last):
            total += 0.5
        elif time.first <= mine.first and mine.last <= time.last:
            total += 0.25
    return min(1.5, total)
