"""Days that belong to the telling and not to what is told: "said on Monday", "in a statement released
Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Report, Span
from variorum.reading.dates import TimeExpression
from variorum.reading.incidents import lexicon
from variorum.reading.incidents.page import Page, Sentence, page_of

_CHUNK = 4
"""Most words of one phrase between a word for saying and its day ("told | a news conference | in the
capital | on ...")."""
_REACH = 14
_LEAD = 12
"""How far a day at the head of a sentence may stand from the word for saying ("On Monday, the ministry's
spokesman said")."""


def cue_of(page: Page, time: TimeExpression) -> int | None:
    """The word for saying that a time expression belongs to; None where it dates something else."""
    first, last = page.word_span((time.start, time.end))
    sentence = page.sentence_at(time.start)
    found = _before(page, sentence, first)
    if found is None:
        found = _beside(page, sentence, first, last)
    return _ahead(page, sentence, first, last) if found is None else found


def _before(page: Page, sentence: Sentence, first: int) -> int | None:
    """The cue left of the time, with nothing between but whom, where and by what means it was said."""
    say, statement, issue = lexicon.words("say"), lexicon.words("statement"), lexicon.words("issue")
    prepositions, stops = lexicon.words("preposition"), lexicon.words("clause") | lexicon.words("subject")
    happens = _trigger_words(page, sentence)
    chunk, crossed = 0, False
    for i in range(first - 1, max(sentence.first, first - _REACH) - 1, -1):
        form = page.words[i].form
        if form in say and (form not in statement or not _noun(page, i, sentence)):
            return i if not crossed or form in lexicon.words("answer") else None
        if form in statement and not crossed:
            return i
        if form in issue and not crossed:
            near = range(i - 1, max(sentence.first, i - 6) - 1, -1)
            return next((k for k in near if page.words[k].form in statement), None)
        if i in happens and not _is_past(form):
            # "claimed the blast on Monday": the event stands between, as what is spoken of.
            crossed = True
            continue
        if form in stops or i in happens or _is_past(form) or form in lexicon.words("quote"):
            return None
        if form in prepositions:
            chunk = 0
        elif not page.words[i].name:
            chunk += 1
            if chunk > _CHUNK:
                return None
    return None


def _beside(page: Page, sentence: Sentence, first: int, last: int) -> int | None:
    """ "Friday's statement", "the army on Monday said"."""
    if last >= sentence.last:
        return None
    form = page.words[last].form
    says = form in lexicon.words("say") and not _noun(page, last, sentence)
    if form in lexicon.words("statement") and not says:
        return last
    if says and first - 1 >= sentence.first and page.words[first - 1].form == "on":
        return last
    return None


def _ahead(page: Page, sentence: Sentence, first: int, last: int) -> int | None:
    """ "On Monday, the ministry said that ...": a time at the head, then a cue before anything that
    happens."""
    if first - sentence.first > 2:
        return None
    happens = _trigger_words(page, sentence)
    subject = lexicon.words("subject") - lexicon.words("pronoun")
    steps = 0
    for i in range(last, sentence.last):
        form = page.words[i].form
        if form in lexicon.words("say") and not _noun(page, i, sentence):
            return i
        if i in happens or form in subject or _is_past(form):
            return None
        steps += not page.words[i].name
        if steps > _LEAD:
            return None
    return None


def _noun(page: Page, i: int, sentence: Sentence) -> bool:
    """Whether a word that is verb and noun ("report", "claims") is a noun: after an article or the like."""
    if i == sentence.first:
        return False
    form = page.words[i - 1].form
    return form in lexicon.words("article") or form in lexicon.words("preposition")


def _trigger_words(page: Page, sentence: Sentence) -> set[int]:
    """The words of a sentence that belong to triggers of events and harm."""
    happens = (t for t in page.triggers_in(sentence) if t.entry.role != "means")
    return {i for t in happens for i in range(t.first, t.last)}


def _is_past(form: str) -> bool:
    return form in lexicon.words("past") or (
        form.endswith("ed") and len(form) > 4 and form not in lexicon.words("adjective")
    )


def day_said(
    report: Report, source_span: Span | None, evidence_span: Span, times: Sequence[TimeExpression]
) -> str | None:
    """The ISO day on which a source said what the evidence holds; None where the report does not tell.

    `source_span` is the report's mention of the source; without one nobody but the report speaks. A source
    that is a pronoun goes on with the statement of the sentences before it in its paragraph.
    """
    if source_span is None or not report.text.strip():
        return None
    return said_on(page_of(report.text), source_span, evidence_span, times, report)


def said_on(
    page: Page, source_span: Span, evidence_span: Span, times: Sequence[TimeExpression], report: Report
) -> str | None:
    """As `day_said`, on a page cut before."""
    if not page.sentences:
        return None
    sentence = page.sentence_at(source_span[0])
    found = _told_in(page, sentence, source_span, times, report)
    pronoun = report.text[slice(*source_span)].strip().lower() in lexicon.words("pronoun")
    at = sentence.number - 1
    while found is None and pronoun and at >= 0 and page.sentences[at].paragraph == sentence.paragraph:
        found = _told_in(page, page.sentences[at], source_span, times, report)
        at -= 1
    return found


def _told_in(
    page: Page, sentence: Sentence, source_span: Span, times: Sequence[TimeExpression], report: Report
) -> str | None:
    """The day of the cue nearest to the source among those of a sentence that have one."""
    source = page.word_at(source_span[0])
    best: tuple[float, str] | None = None
    for time in times:
        if not (sentence.start <= time.start < sentence.end) or time.first is None or time.first != time.last:
            continue
        if report.published is not None and time.first > report.published:
            continue
        cue = cue_of(page, time)
        if cue is None:
            continue
        away = page.steps(min(source, cue), max(source, cue))
        if best is None or away < best[0]:
            best = away, time.first.isoformat()
    return best[1] if best else None
