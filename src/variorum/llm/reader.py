"""The reader that asks a language model: a report in, its claims out, each held to the report's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from variorum._version import __version__
from variorum.llm.answers import Unusable, items_of
from variorum.llm.checking import Checker
from variorum.llm.dialect import Dialect
from variorum.llm.endpoint import Endpoint
from variorum.llm.faults import AnswerError, PassageTooLong
from variorum.llm.kept import Answers, Kept, key_of
from variorum.llm.labels import Sheet, sheet_of
from variorum.llm.passages import Passage, halves, passages_of
from variorum.llm.prompt import again, messages_of, version
from variorum.llm.reckoning import ModelReport, Reason, Refusal, Refused, Usage
from variorum.llm.settings import Settings
from variorum.llm.shape import answer_schema
from variorum.model import Reading, Report
from variorum.reading.findings import Finding
from variorum.reading.quantities import find_quantities
from variorum.reading.reader import Look, Reader

_ASKED: Final = 2
"""How often a passage is asked for while its answers cannot be used."""
_LONGEST_GIVEN: Final = 300
_CUT_OFF: Final = "the answer ran into the limit of its tokens"
_NO_ROOM: Final = "raise VARIORUM_LLM_MAX_TOKENS, lower VARIORUM_LLM_CONTEXT, or take another model"


@dataclass(frozen=True, slots=True)
class ModelReading:
    """A reading, with what was refused on the way, what it took, and what was shown of the report."""

    reading: Reading
    refusals: tuple[Refusal, ...]
    usage: Usage
    passages: int
    given: int
    merged: int
    """Claims that turned out to be the same once their parties were known."""
    shown: str


@dataclass(slots=True)
class _Heard:
    """What is heard of one report while it is asked about."""

    report: str
    findings: list[Finding] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    passages: int = 0
    given: int = 0
    shown: str = ""

    def refuse(self, why: Refused, value: object, passage: int) -> None:
        """Note a claim that is not kept."""
        told = Refusal(
            report=self.report, passage=passage, reason=why.reason, what=why.what, given=_cut(value)
        )
        self.refusals.append(told)


class LanguageModelReader:
    """Reads reports by asking a model about each passage. Everything but the claims is found as the default reader finds it."""

    def __init__(self, reader: Reader, settings: Settings, endpoint: Endpoint | None = None) -> None:
        self._reader, self._settings = reader, settings
        self._dialect = Dialect(endpoint or Endpoint(settings), settings, answer_schema())
        self._kept = Answers(settings.cache)

    @classmethod
    def load(cls, settings: Settings, parties: Sequence[Path] = ()) -> LanguageModelReader:
        """A reader of these settings. Raises `SettingError` for parties or a folder that cannot be used."""
        return cls(Reader.load(parties), settings)

    @property
    def name(self) -> str:
        """What its claims bear: the model and the version of what it is asked."""
        return name_of(self._settings)

    def read(self, report: Report, others: Iterable[str] = ()) -> ModelReading:
        """A report's reading, and what was refused. `others` is what was shown of other reports, to tell their quotes.

        Raises `EndpointError` where no report can be read, `AnswerError` where this one cannot: a reading is always one of
        every passage.
        """
        heard = _Heard(report.id)
        seen = tuple(others)

        def find(look: Look) -> Sequence[Finding]:
            text = look.report.text
            quantities = find_quantities(text)
            ways = [
                sheet_of(text, look.known, backward=way) for way in (False, True)[: 1 + self._settings.twice]
            ]
            heard.shown = ways[0].text
            first, *second = [self._findings(Checker(text, way, quantities, seen), heard) for way in ways]
            heard.findings = _agreed(first, second[0], heard) if second else first
            return heard.findings

        try:
            reading = self._reader.read_by(find, report, self.name)
        except AnswerError as error:
            told = AnswerError(error.what, where=report.id, remedy=error.remedy, code=error.code)
            told.usage = heard.usage
            raise told from None
        merged = len(heard.findings) - len(reading.claims)
        return ModelReading(
            reading, tuple(heard.refusals), heard.usage, heard.passages, heard.given, merged, heard.shown
        )

    def account(self) -> ModelReport:
        """An account of no report yet, with what this reader is and what its endpoint understands."""
        told = self._settings
        return ModelReport(
            reader=self.name,
            url=told.url,
            form=self._dialect.form,
            left_out=self._dialect.left_out,
            price_in=told.price_in,
            price_out=told.price_out,
        )

    def _findings(self, checker: Checker, heard: _Heard) -> list[Finding]:
        """The findings of all passages, and the refusals beside them; the same claim counts once."""
        found: dict[tuple[object, ...], Finding] = {}
        for number, (passage, items) in enumerate(self._passages(checker.sheet, heard), start=1):
            heard.passages += 1
            heard.given += len(items)
            for value in items:
                one = checker.check(value, passage)
                if isinstance(one, Finding) and _same(one) in found:
                    one = Refused(Reason.REPEATED, "the model has made this claim already")
                if isinstance(one, Finding):
                    found[_same(one)] = one
                else:
                    heard.refuse(one, value, number)
        return list(found.values())

    def _passages(self, sheet: Sheet, heard: _Heard) -> Iterator[tuple[Passage, list[Any]]]:
        """Each passage with the claims that the model makes of it; one for which there was no room comes in halves."""
        settings = self._settings
        waiting = list(reversed(passages_of(sheet.text, settings.passage, settings.context)))
        while waiting:
            passage = waiting.pop()
            try:
                items = self._items(sheet.text, passage, heard)
            except PassageTooLong as error:
                parts = halves(sheet.text, passage, settings.context)
                if len(parts) < 2:
                    raise AnswerError(error.what, remedy=_NO_ROOM) from None
                waiting += reversed(parts)
                continue
            yield passage, items

    def _items(self, text: str, passage: Passage, heard: _Heard) -> list[Any]:
        """The claims that the model makes of a passage, from the cache if they are there; not yet checked."""
        messages = messages_of(text, passage)
        settings = self._settings
        key = key_of(
            version(), settings.address, settings.model, str(settings.max_tokens), messages[-1]["content"]
        )
        if (kept := self._kept.get(key)) is not None:
            if kept.cut_off:
                raise PassageTooLong(_CUT_OFF)
            try:
                found = items_of(kept.content)
            except Unusable:
                pass  # damaged: asked for anew
            else:
                heard.usage += Usage(from_cache=1)
                return found
        asked, why = messages, ""
        for _ in range(_ASKED):
            answer = self._dialect.complete(asked)
            heard.usage += answer.usage
            if answer.cut_off:
                if halves(text, passage, 0):  # else it is asked again next time: there may be more room then
                    self._kept.put(key, Kept("", cut_off=True))
                raise PassageTooLong(_CUT_OFF)
            try:
                found = items_of(answer.content)
            except Unusable as error:
                why = str(error)
                asked = again(messages, why)
                continue
            self._kept.put(key, Kept(answer.content))
            return found
        raise AnswerError(
            f"the model gives no list of claims: {why[:200]}",
            remedy="take a larger model, or one that can be held to a JSON Schema",
        )


def name_of(settings: Settings) -> str:
    """What the reader of these settings is called."""
    ways = ", labels both ways" if settings.twice else ""
    return f"variorum-llm {__version__} ({settings.model}, prompt {version()}{ways})"


def _same(finding: Finding) -> tuple[object, ...]:
    return (
        finding.kind, finding.span, finding.source, finding.actor, finding.certainty, finding.outcome, finding.minimum,
        finding.maximum, finding.group, finding.stance, finding.denies,
    )  # fmt: skip


def _agreed(first: list[Finding], second: list[Finding], heard: _Heard) -> list[Finding]:
    """The findings that came with the labels either way; the others hang on labels and are refused."""
    both = [one for one in first if one in second]
    for one in [*first, *second]:
        if one not in both:
            given = {"kind": one.kind.value, "from": one.span[0], "to": one.span[1]}
            heard.refuse(Refused(Reason.LABEL_DEPENDENT, "made under one order of the labels only"), given, 0)
    return both


def _cut(value: object) -> dict[str, Any]:
    """A claim as it was given, made fit to be listed."""
    given = value if isinstance(value, dict) else {"value": value}
    return {str(name)[:60]: _short(one) for name, one in list(given.items())[:20]}


def _short(value: object) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    words = value if isinstance(value, str) else repr(value)[:_LONGEST_GIVEN]
    words = words.encode("utf-8", "replace").decode()
    return words if len(words) <= _LONGEST_GIVEN else words[: _LONGEST_GIVEN - 1] + "…"
