"""From a model's claim to a finding, or to the reason why it is refused. Nothing is mended: what does not hold falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.llm.labels import Sheet
from variorum.llm.passages import Passage
from variorum.llm.placing import nearest, placed
from variorum.llm.reckoning import Reason, Refused
from variorum.llm.shape import Given, GivenAccount, GivenResponsibility, GivenToll, given_claim
from variorum.model import Kind, Span, Stance
from variorum.reading.findings import Finding
from variorum.reading.quantities import Quantity, find_quantities
from variorum.reading.sentences import sentence_end, sentence_start

SCORE = 0.5
"""A model does not tell how probable its claims are, and nothing is made up for it: all have the same score."""
_REACH = 600
"""Characters of a sentence that are looked at on either side of a quote."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the claims of one report's passages against its text."""

    text: str
    sheet: Sheet
    quantities: Sequence[Quantity]
    others: Sequence[str] = ()
    """What was shown of other reports."""

    def check(self, value: object, passage: Passage) -> Finding | Refused:
        """The finding that a model's claim is, or why it is refused."""
        given = given_claim(value)
        if isinstance(given, Refused):
            return given
        shown = placed(self.sheet.text, passage, given.quote, given.before)
        if isinstance(shown, Refused):
            if shown.reason is Reason.NOT_IN_TEXT and any(given.quote in other for other in self.others):
                return Refused(Reason.OTHER_REPORT, "these words are of another report")
            return shown
        span = self.sheet.in_report(*shown)
        if span is None:
            return Refused(Reason.CUT_WORD, "the quote begins or ends inside a name")
        source = self._source(given, passage, shown)
        if isinstance(source, Refused):
            return source
        return self._finding(given, shown, span, source)

    def _finding(self, given: Given, shown: Span, span: Span, source: Span | None) -> Finding | Refused:
        actor: Span | None = None
        if isinstance(given, GivenToll | GivenResponsibility) and given.actor is not None:
            named = self._actor(given.actor, shown)
            if isinstance(named, Refused):
                return named
            actor = named
        if isinstance(given, GivenToll):
            return self._toll(given, span, source, actor)
        plain = Finding(Kind(given.kind), span, given.certainty, given.background, source, actor, SCORE)
        if isinstance(given, GivenAccount):
            if source is None:
                return Refused(Reason.NO_SOURCE, "an account is somebody's, and no source is named")
            return replace(plain, denies=given.denies)
        if actor is None and (source is None or given.stance is not Stance.CLAIMS):
            return Refused(Reason.NO_ACTOR, "nobody is named who is to have done it")
        return replace(plain, stance=given.stance)

    def _toll(
        self, given: GivenToll, span: Span, source: Span | None, actor: Span | None
    ) -> Finding | Refused:
        """A toll whose quote, read alone, has a figure with just these bounds, and has it in the text as well."""
        touched = [q for q in self.quantities if q.number_start < span[1] and span[0] < q.number_end]
        if not touched:
            return Refused(Reason.NO_NUMBER, "the quote has no number of people")
        alone = {(q.minimum, q.maximum) for q in find_quantities(self.text[slice(*span)])}
        whole = [
            q
            for q in touched
            if span[0] <= q.number_start and q.number_end <= span[1] and (q.minimum, q.maximum) in alone
        ]
        if not whole:
            return Refused(Reason.CUT_NUMBER, "the quote leaves out a part of the figure")
        matching = [q for q in whole if (q.minimum, q.maximum) == (given.min, given.max)]
        if not matching:
            told = ", ".join(f"{q.minimum}..{q.maximum}" for q in whole)
            what = f"the quote says {told[:80]}, the claim {given.min}..{given.max}"
            return Refused(Reason.OTHER_NUMBER, what[:200])
        nouns = {(q.noun_start, q.noun_end) for q in matching}
        start, end = nouns.pop() if len(nouns) == 1 else (None, None)  # which of them is meant is not known
        return Finding(
            Kind.TOLL,
            span,
            given.certainty,
            given.background,
            source,
            actor,
            SCORE,
            outcome=given.outcome,
            minimum=given.min,
            maximum=given.max,
            approximate=any(q.approximate for q in matching),
            group=given.group,
            who=None if start is None or end is None else (start, end),
            combined=given.combined,
        )

    def _source(self, given: Given, passage: Passage, shown: Span) -> Span | Refused | None:
        """The words for the source, where they stand nearest to the quote; None: the report itself."""
        if given.source is None:
            return None
        at = nearest(self.sheet.text, given.source, passage.context, passage.end, shown)
        span = self.sheet.in_report(*at) if at else None
        if span is None:
            return Refused(Reason.SOURCE_NOT_IN_TEXT, "the source is not named by these words")
        return span

    def _actor(self, words: str, shown: Span) -> Span | Refused:
        """The words for the actor, in the quote or in a sentence that it touches."""
        text = self.sheet.text
        low, high = sentence_start(text, shown[0], _REACH), sentence_end(text, shown[1], _REACH)
        at = nearest(text, words, low, high, shown)
        span = self.sheet.in_report(*at) if at else None
        if span is not None:
            return span
        if nearest(text, words, 0, len(text), shown) is None:
            return Refused(Reason.ACTOR_NOT_IN_TEXT, "the actor is not named by these words")
        return Refused(Reason.ACTOR_ELSEWHERE, "the actor is not named in the sentence of the quote")
