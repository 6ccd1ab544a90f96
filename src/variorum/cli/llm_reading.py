"""Reports read by a language model, several at a time, and the account of it."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from variorum.cli.batch import Input, Result
from variorum.cli.faults import Faults
from variorum.cli.outlets import replacing
from variorum.llm import (
    AnswerError,
    EndpointError,
    LanguageModelReader,
    ModelReading,
    ModelReport,
    Refusal,
    Settings,
    Usage,
)
from variorum.llm.reader import name_of
from variorum.model import Reading, Report, SettingError, VariorumError, guarded

_SILENT: Final = 3
"""Reports in a row without an answer after which no further one is asked for."""
_REMEMBERED: Final = 50
"""Reports before this one among which a quote that is not in it is looked for."""


class ByModel:
    """Reads what it is given, as `read_all` does. Its account grows with each report that is handed on."""

    def __init__(self, settings: Settings, parties: tuple[Path, ...], jobs: int, faults: Faults) -> None:
        self.name = name_of(settings)
        self._settings, self._parties, self._jobs, self._faults = settings, parties, jobs, faults
        self._reader: LanguageModelReader | None = None
        self._counts: Counter[str] = Counter()
        self._usage = Usage()
        self._refusals: list[Refusal] = []
        self._silent = 0
        self._shown: deque[str] = deque(maxlen=_REMEMBERED)

    def __call__(self, inputs: Iterable[Input]) -> Iterator[Result]:
        """The reading of each report, or why there is none, in order. Raises `EndpointError` where none can be read."""
        waiting: deque[Future[ModelReading | VariorumError] | Reading | VariorumError] = deque()
        pool = ThreadPoolExecutor(self._jobs)
        try:
            for one in inputs:
                if isinstance(one, Report):
                    self._reader = self._reader or LanguageModelReader.load(self._settings, self._parties)
                    waiting.append(pool.submit(_read, self._reader, one, tuple(self._shown)))
                else:
                    waiting.append(one)
                if len(waiting) >= self._jobs:
                    yield self._next(waiting.popleft())
            while waiting:
                yield self._next(waiting.popleft())
        finally:
            pool.shutdown(cancel_futures=True)

    def _next(self, entry: Future[ModelReading | VariorumError] | Reading | VariorumError) -> Result:
        result = entry.result() if isinstance(entry, Future) else entry
        if isinstance(result, EndpointError | SettingError):
            raise result
        if isinstance(result, AnswerError):
            self._counts["unread"] += 1
            self._usage += result.usage
            self._silent = self._silent + 1 if result.code == "llm-no-answer" else 0
            if self._silent == _SILENT:
                raise EndpointError(
                    f"no answer on {_SILENT} reports in a row, the last time: {result.what}",
                    where=self._settings.url,
                    remedy="try again later; answers that came are kept where there is a cache",
                )
        elif isinstance(entry, Future):
            self._silent = 0
        if isinstance(result, ModelReading):
            self._note(result)
            return result.reading
        return result

    def _note(self, read: ModelReading) -> None:
        self._shown.append(read.shown)
        kept = len(read.reading.claims)
        self._counts.update(
            reports=1, passages=read.passages, given=read.given, kept=kept, merged=read.merged
        )
        self._usage += read.usage
        self._refusals += read.refusals
        for one in read.refusals:
            quote = str(one.given.get("quote", ""))[:80]
            self._faults.note(
                VariorumError(
                    f"{one.reason.value}: {one.what}{f': {quote!r}' if quote else ''}",
                    where=f"{one.report}: passage {one.passage}",
                    remedy="the claim is left out; --llm-report lists all of them",
                    code="llm-refused-claim",
                )
            )

    def account(self) -> ModelReport | None:
        """What came of all that was read; None if nothing was asked."""
        if self._reader is None:
            return None
        found = {**self._counts, "usage": self._usage, "refusals": tuple(self._refusals)}
        return self._reader.account().model_copy(update=found)

    def close(self, report: Path | None) -> None:
        """Tell the account, and write it to a file if one is named. Raises `SettingError` for one that cannot be written."""
        account = self.account()
        if account is None:
            return
        self._faults.tell(account.in_words(), {"level": "account", **account.as_json(), "refusals": None})
        if report is None:
            return
        try:
            with replacing(report) as stream:
                stream.write(json.dumps(account.as_json(), indent=1, ensure_ascii=False) + "\n")
        except OSError as error:
            raise SettingError(
                f"cannot be written: {error.strerror or error}",
                where=str(report),
                remedy="choose another --llm-report",
            ) from error


def _read(
    reader: LanguageModelReader, report: Report, others: tuple[str, ...]
) -> ModelReading | VariorumError:
    try:
        return guarded(lambda: reader.read(report, others), "the reader", report.id)
    except VariorumError as error:
        return error
