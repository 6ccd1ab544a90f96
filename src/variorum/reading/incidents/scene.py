"""Where in a report its incident is told: how much each sentence is about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import Claim
from variorum.reading.incidents.page import Page, Sentence, Trigger

_LEAD = (2.5, 1.6, 1.0, 0.7, 0.5, 0.4)
"""What standing in the first sentences is worth: news tells the main thing first."""


@dataclass(frozen=True)
class Scene:
    """A report's sentences as seen from its main incident.

    `main` and `background` number the sentences that hold claims of either sort. `back` numbers those that
    look back at something earlier.
    """

    page: Page
    main: frozenset[int]
    background: frozenset[int]
    back: frozenset[int]

    def position(self, sentence: Sentence) -> float:
        """What a sentence's place in the text is worth, 0 to 2.5."""
        return _LEAD[sentence.number] if sentence.number < len(_LEAD) else 0.3 / (1 + sentence.number / 20)

    def aboutness(self, sentence: Sentence) -> float:
        """What a sentence's claims say of its being about the main incident."""
        n = sentence.number
        worth = 1.0 if n in self.main else 0.0
        if n in self.background:
            worth -= 0.7 if n in self.main else 2.5
        if n in self.back:
            worth -= 1.0
        return worth

    def happenings(self, sentence: Sentence) -> list[Trigger]:
        """The triggers of a sentence that happen on a day: events and harm."""
        return [t for t in self.page.triggers_in(sentence) if t.entry.role != "means"]

    def nearest(self, sentence: Sentence, first: int, last: int) -> tuple[float, Trigger] | None:
        """The happening nearest to words first..last of a sentence, and how far away it is."""
        happenings = self.happenings(sentence)
        found = [(self._away(t, first, last) + (t.entry.role == "harm"), t) for t in happenings]
        return min(found, key=lambda pair: (pair[0], pair[1].first)) if found else None

    def _away(self, trigger: Trigger, first: int, last: int) -> float:
        if trigger.last <= first:
            return self.page.steps(trigger.last, first)
        if last <= trigger.first:
            return self.page.steps(last, trigger.first)
        return 0.0


def scene_of(page: Page, claims: Sequence[Claim]) -> Scene:
    """The scene of a report with these claims."""
    main = frozenset(page.sentence_at(c.evidence.start).number for c in claims if not c.background)
    background = frozenset(page.sentence_at(c.evidence.start).number for c in claims if c.background)
    back = frozenset(s.number for s in page.sentences if page.has_phrase("back", s))
    return Scene(page, main, background, back)
