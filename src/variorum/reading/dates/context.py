"""What a mention is read against: the report's date, its style, the story so far, the tense."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from variorum.reading.dates.lexicon import cues
from variorum.reading.dates.rules import Mention
from variorum.reading.dates.tokens import Token

Tense = Literal["past", "future"]

_FAR = 400
_ENOUGH = 8
_LEFT, _RIGHT = 14, 12
_STOPS = ".!?;"


@dataclass(slots=True)
class Story:
    """The date the text last spoke of, as far as it is known: year, then month, then day.

    ``quarter`` is the last past quarter it reported on; ``months`` says that it has since turned to
    a longer stretch ("the nine months"), so that "a year earlier" compares years again; ``aside`` is
    the year last named in passing.
    """

    year: int | None = None
    month: int | None = None
    day: datetime.date | None = None
    quarter: tuple[int, int] | None = None
    months: bool = False
    aside: int | None = None

    def tell(self, year: int, month: int | None = None, number: int | None = None) -> None:
        """Move on to a date that the text has just named."""
        if month is None and year == self.year:
            return
        self.year, self.month, self.day = year, month, None
        if month is not None and number is not None:
            self.day = datetime.date(year, month, number)


@dataclass(slots=True)
class Context:
    """Everything a reader may look at; ``published`` None leaves what needs it unresolved.

    ``following`` is the mention after the one being read.
    """

    tokens: Sequence[Token]
    published: datetime.date | None
    narrative: bool
    story: Story = field(default_factory=Story)
    following: Mention | None = None

    def tense(self, mention: Mention) -> Tense | None:
        """The tense of the words around a mention in its sentence, the nearest cue before it first."""
        if self.word(mention.first - 1) == "as" and self.word(mention.first - 2) in ("early", "soon"):
            return "future"
        if self.word(mention.first - 1) in ("until", "till") and self.word(mention.first - 2).isalpha():
            return "past" if self.word(mention.first - 2) in ("not", "up") else "future"
        for at in range(mention.first - 1, max(-1, mention.first - 1 - _LEFT), -1):
            if self._stops(at):
                break
            if (cue := self._cue(at)) is not None:
                return cue
        for at in range(mention.last, min(len(self.tokens), mention.last + _RIGHT)):
            if self._stops(at):
                break
            if (cue := self._cue(at)) is not None:
                return cue
        return None

    def _cue(self, at: int) -> Tense | None:
        word = self.word(at)
        if word == "to" and self.word(at - 1) in ("is", "are", "set"):
            return "future"
        found = cues().get(word)
        if found == "future":
            return "future"
        if found == "past" or (len(word) > 4 and word.endswith("ed") and self.tokens[at].text == word):
            # A participle after "be", as in "to be published", tells no past.
            return None if "be" in (self.word(at - 1), self.word(at - 2)) else "past"
        return None

    def _stops(self, at: int) -> bool:
        token = self.tokens[at]
        return token.kind == "BREAK" or token.text in _STOPS

    def word(self, at: int) -> str:
        """The lower-case word at a place in the tokens; empty beyond the ends."""
        return self.tokens[at].text.lower().replace("’", "'") if 0 <= at < len(self.tokens) else ""


def is_narrative(mentions: Sequence[Mention], published: datetime.date | None) -> bool:
    """Whether the text tells a history: many whole dates far from its own, few words like "Friday".

    A report of news counts from the day it was written, a history from the date it last named.
    """
    far = near = 0
    for mention in mentions:
        year = mention.one("year")
        if year is not None and year.kind == "YEARN":
            distance = 2 * _FAR if published is None else abs(published.year - int(year.value)) * 366
            if distance > _FAR:
                far += 2 if mention.kind in ("day", "days", "month") else 1
            else:
                near += 1
        elif mention.kind in ("day", "unit") and {"weekday", "deictic", "dir"} & mention.groups.keys():
            near += 1
    return far >= _ENOUGH + 2 * near
