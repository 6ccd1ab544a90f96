"""A report cut into words, sentences and paragraphs, with the triggers of incidents in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from variorum.model import Span
from variorum.reading.incidents import lexicon
from variorum.reading.incidents.lexicon import Entry

_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?|\n\s*|[^\w\s]")
_ENDS = frozenset(".!?")
_CLOSES = frozenset("\"”’')]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: its characters, its plain lower-case form, whether it is capitalised within its
    sentence."""

    start: int
    end: int
    form: str
    name: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start..end, words first..last (last excluded), the paragraph it is in and its number in
    the text."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    number: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger at words first..last (last excluded)."""

    first: int
    last: int
    entry: Entry


class Page:
    """A text's words, sentences and triggers, and the ways from offsets to them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = []
        self.sentences: list[Sentence] = []
        self._cut(text)
        self._starts = [w.start for w in self.words]
        self._sentence_starts = [s.start for s in self.sentences]
        self.triggers = self._find_triggers()
        self._by_sentence: dict[int, list[Trigger]] = {}
        for trigger in self.triggers:
            number = self.sentence_at(self.words[trigger.first].start).number
            self._by_sentence.setdefault(number, []).append(trigger)

    def _cut(self, text: str) -> None:
        plain, abbreviations = lexicon.plain_words(), lexicon.abbreviations()
        first, paragraph, closing = 0, 0, False
        for match in _WORD.finditer(text):
            token = match.group()
            if token[0] == "\n":
                first = self._close(first, paragraph)
                paragraph, closing = paragraph + 1, False
                continue
            end = match.end()
            if closing and token not in _CLOSES:
                if token[0].isupper() or not token[0].isalpha():
                    first = self._close(first, paragraph)
                closing = False
            stop = token in _ENDS
            if len(token) > 1 and token[-1] == ".":
                form = token[:-1].lower()
                if form not in abbreviations and "." not in form and len(form) > 1:
                    token, end, stop = token[:-1], end - 1, True
            form = token.lower().replace("’", "'").removesuffix("'s").rstrip(".")
            name = token[0].isupper() and len(self.words) > first
            self.words.append(Word(match.start(), end, plain.get(form, form) or token, name))
            closing = closing or stop
        self._close(first, paragraph)

    def _close(self, first: int, paragraph: int) -> int:
        last = len(self.words)
        if last > first:
            number = len(self.sentences)
            self.sentences.append(
                Sentence(self.words[first].start, self.words[last - 1].end, first, last, paragraph, number)
            )
        return last

    def _find_triggers(self) -> tuple[Trigger, ...]:
        table, words = lexicon.triggers(), self.words
        found: list[Trigger] = []
        for sentence in self.sentences:
            i = sentence.first
            while i < sentence.last:
                entry = self._longest(table, i, sentence.last)
                if entry is None:
                    i += 1
                    continue
                found.append(Trigger(i, i + len(entry.words), entry))
                i += len(entry.words)
        assert all(t.last <= len(words) for t in found)
        return tuple(found)

    def _longest(self, table: Mapping[str, tuple[Entry, ...]], i: int, last: int) -> Entry | None:
        for entry in table.get(self.words[i].form, ()):
            end = i + len(entry.words)
            if end <= last and all(self.words[i + k].form == w for k, w in enumerate(entry.words)):
                return entry
        return None

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence at or before a character. The text must have words."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def word_at(self, offset: int) -> int:
        """The number of the word at or before a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def word_span(self, span: Span) -> tuple[int, int]:
        """The words first..last (last excluded) that characters start..end touch."""
        first = self.word_at(span[0])
        return first, max(first, self.word_at(max(span[0], span[1] - 1))) + 1

    def triggers_in(self, sentence: Sentence) -> list[Trigger]:
        """The triggers of a sentence, in order."""
        return self._by_sentence.get(sentence.number, [])

    def has_phrase(self, kind: str, sentence: Sentence) -> bool:
        """Whether a phrase of one kind of the lexicon stands in a sentence."""
        table = lexicon.phrases(kind)
        for i in range(sentence.first, sentence.last):
            for phrase in table.get(self.words[i].form, ()):
                end = i + len(phrase)
                if end <= sentence.last and all(self.words[i + k].form == w for k, w in enumerate(phrase)):
                    return True
        return False

    def steps(self, first: int, last: int) -> float:
        """How far apart words first and last are: names count nothing, a mark between clauses counts as
        much as three words.

        That a name counts nothing keeps the measure the same for a party with a long name and one with a
        short one.
        """
        marks = lexicon.words("clause")
        return sum(3.0 if w.form in marks else 0.0 if w.name else 1.0 for w in self.words[first:last])


@lru_cache(maxsize=2)
def page_of(text: str) -> Page:
    """The page of a text, kept for as long as one report is asked about: a page is never changed."""
    return Page(text)
