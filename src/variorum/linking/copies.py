"""Copies: which report has its words from which, with the words on both sides.

Reports come one by one, in any order; what a set of reports comes to depends on the set alone. Each report is compared with
earlier ones that share a print or a band with it (`fingerprints`), and of those that share one print with the
first `HOLDERS` by day only: the hundredth outlet that carries a wire story is compared with the first few, not with ninety-nine.

Words that stand in reports of unrelated matters (menus, notices, an agency's closing lines) are furniture, and no copies. A print
is furniture if any two neighbours among its holders, the first by day and `LOT` others, share it though they
speak of different matters.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final, TypeVar

from variorum.linking.credits import find_credits
from variorum.linking.fingerprints import bands, is_band, prints
from variorum.linking.matches import Match, Text, copy_of, match, prints_in, quotations, unrelated
from variorum.linking.words import words_of
from variorum.model import Copy, CopyGraph, Credit, InputError, Report

HOLDERS: Final = 6
LOT: Final = 3
_KEPT: Final = 20_000
_TEXTS: Final = 1500
"""What is worked out, and texts taken apart, are held ready up to so many; beyond, they are made anew when asked for."""

_Rank = tuple[date, str, str]
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Compared:
    """Texts taken apart and pairs of them compared: what follows from the reports themselves, whatever others are there.

    Several graphs of some of the same reports, such as an incident's day after day, are worked out with one of these at a
    fraction of the time. Reports with one id must be the same.
    """

    def __init__(self) -> None:
        self.texts: dict[str, Text] = {}
        self.credits: dict[str, tuple[Credit, ...]] = {}
        self.matches: dict[tuple[str, str], Match | None] = {}
        self.apart: dict[tuple[str, str], frozenset[int]] = {}
        self.copies: dict[tuple[tuple[str, str], frozenset[int]], Copy | None] = {}
        """The relation of two, given which of the prints they share are furniture."""


class CopyFinder:
    """Finds copies among reports. `add` reports, then ask for the `graph`; both may be done again and again.

    Of a report its prints are kept and the report itself; its words are made anew where it is compared, unless they are
    in `compared`.
    """

    def __init__(self, compared: Compared | None = None) -> None:
        self._compared = compared
        self._reports: list[Report] = []
        self._numbers: dict[str, int] = {}
        self._ranks: list[_Rank] = []
        self._prints: list[tuple[array[int], array[int]]] = []
        self._bands: list[array[int]] = []
        # The first holders by rank, then some by lot. Most prints have one holder, which stands without a list.
        self._holders: dict[int, int | list[int]] = {}

    def add(self, report: Report) -> None:
        """Take in one report. The same report again changes nothing.

        Raises `InputError` duplicate-id for another text under an id that is known already.
        """
        known = self._numbers.get(report.id)
        if known is not None:
            if self._reports[known].content_hash != report.content_hash:
                raise InputError(
                    f"the report {report.id!r} was taken in already, with another text",
                    where=report.id,
                    remedy="give each report an id of its own",
                    code="duplicate-id",
                )
            return
        number = self._numbers[report.id] = len(self._reports)
        text = self._take_apart(report, self._compared) if self._compared else None
        keys = text.keys if text else tuple(word.key for word in words_of(report.text))
        found = text.prints if text else prints(keys)
        self._reports.append(report)
        self._ranks.append(_rank(report))
        self._prints.append((array("I", (value for value, _ in found)), array("I", (at for _, at in found))))
        self._bands.append(array("Q", bands(keys)))
        for key in {*self._prints[number][0], *self._bands[number]}:
            self._hold(key, number)

    def graph(self, reports: Iterable[str] | None = None) -> CopyGraph:
        """Who has what from whom: among all reports, or between those of some ids, such as an incident's.

        What is furniture is judged by all reports either way. Raises KeyError for an id that was never added.
        """
        ordered = self._in_order(reports)
        credits = (credit for number in ordered for credit in self._credits(self._reports[number]))
        copies = sorted(self._copies(ordered), key=lambda copy: (copy.report, copy.other))
        return CopyGraph(copies=tuple(copies), credits=tuple(credits))

    def copies(self) -> Iterator[Copy]:
        """All copies, one after the other in the order of days: the graph of a large pile needs not be held whole."""
        return self._copies(self._in_order(None))

    def _credits(self, report: Report) -> tuple[Credit, ...]:
        if self._compared is None:
            return find_credits(report)
        if report.id not in self._compared.credits:
            self._compared.credits[report.id] = find_credits(report)
        return self._compared.credits[report.id]

    def _in_order(self, reports: Iterable[str] | None) -> list[int]:
        wanted = range(len(self._reports)) if reports is None else {self._numbers[name] for name in reports}
        return sorted(wanted, key=self._ranks.__getitem__)

    def _copies(self, ordered: list[int]) -> Iterator[Copy]:
        wanted = set(ordered)
        asked = _Asked(self, self._compared or Compared())
        for number in ordered:
            for other in self._earlier(number):
                if other in wanted and (copy := asked.copy(number, other)):
                    yield copy

    def text(self, number: int) -> Text:
        """One report taken apart."""
        report = self._reports[number]
        values, places = self._prints[number]
        return _text_of(report, self._credits(report), tuple(zip(values, places, strict=True)))

    def _take_apart(self, report: Report, compared: Compared) -> Text:
        """A report taken apart, and kept: where results are kept, its words are wanted again at once."""
        texts = compared.texts
        if report.id not in texts:
            _keep(texts, report.id, _text_of(report, self._credits(report)), _TEXTS)
        return texts[report.id]

    def name(self, number: int) -> str:
        """A report's id."""
        return self._reports[number].id

    def rank(self, number: int) -> _Rank:
        """Where a report stands in time."""
        return self._ranks[number]

    def holders(self, key: int) -> list[int]:
        """Reports that have a print or band: the first ones, then those by lot."""
        held = self._holders[key]
        return [held] if isinstance(held, int) else held

    def _hold(self, key: int, number: int) -> None:
        held = self._holders.get(key)
        if held is None:
            self._holders[key] = number
            return
        both = sorted((*self.holders(key), number), key=self._ranks.__getitem__)
        lot = sorted(both[HOLDERS:], key=lambda n: (self._reports[n].content_hash, self._ranks[n]))
        self._holders[key] = both[:HOLDERS] + ([] if is_band(key) else lot[:LOT])

    def _earlier(self, number: int) -> list[int]:
        """Earlier reports to compare one with, in order."""
        rank = self._ranks[number]
        keys = {*self._prints[number][0], *self._bands[number]}
        near = {other for key in keys for other in self.holders(key)[:HOLDERS] if self._ranks[other] < rank}
        return sorted(near, key=self._ranks.__getitem__)


def find_copies(reports: Iterable[Report], compared: Compared | None = None) -> CopyGraph:
    """The graph of who has what from whom, in one go. The order of the reports is without effect, and so is `compared`."""
    finder = CopyFinder(compared or Compared())
    for report in reports:
        finder.add(report)
    return finder.graph()


class _Asked:
    """What one question for a graph has worked out so far."""

    def __init__(self, finder: CopyFinder, compared: Compared) -> None:
        self._finder = finder
        self._compared = compared
        self._furniture: dict[int, bool] = {}

    def copy(self, later: int, earlier: int) -> Copy | None:
        """The relation of two reports, if there is any."""
        found = self._match(later, earlier)
        if found is None or self._shared_apart(later, earlier):
            return None
        furniture = frozenset(value for value in prints_in(found) if self._is_furniture(value))
        key, copies = (self._pair(later, earlier), furniture), self._compared.copies
        if key not in copies:
            _keep(copies, key, copy_of(found, furniture))
        return copies[key]

    def _is_furniture(self, value: int) -> bool:
        known = self._furniture.get(value)
        if known is None:
            ring = sorted(self._finder.holders(value), key=self._finder.rank)
            pairs = set(zip(ring[1:], ring, strict=False)) | {(ring[-1], ring[0])}
            known = any(value in self._shared_apart(a, b) for a, b in sorted(pairs) if a != b)
            _keep(self._furniture, value, known)
        return known

    def _shared_apart(self, later: int, earlier: int) -> frozenset[int]:
        """The prints two reports share, if they speak of different matters; else none."""
        pair, apart = self._pair(later, earlier), self._compared.apart
        if pair not in apart:
            found = self._match(later, earlier)
            _keep(apart, pair, frozenset(prints_in(found)) if found and unrelated(found) else frozenset())
        return apart[pair]

    def _match(self, later: int, earlier: int) -> Match | None:
        pair, matches = self._pair(later, earlier), self._compared.matches
        if pair not in matches:
            _keep(matches, pair, match(self._text(later), self._text(earlier)))
        return matches[pair]

    def _pair(self, later: int, earlier: int) -> tuple[str, str]:
        return self._finder.name(later), self._finder.name(earlier)

    def _text(self, number: int) -> Text:
        texts, name = self._compared.texts, self._finder.name(number)
        text = texts.pop(name, None) or self._finder.text(number)
        _keep(texts, name, text, _TEXTS)  # what was asked for last goes last
        return text


def _text_of(
    report: Report, credits: tuple[Credit, ...], known: tuple[tuple[int, int], ...] | None = None
) -> Text:
    words = words_of(report.text)
    keys = tuple(word.key for word in words)
    return Text(
        report=report,
        words=words,
        keys=keys,
        prints=tuple(prints(keys)) if known is None else known,
        credits=credits,
        quotations=quotations(report.text),
    )


def _rank(report: Report) -> _Rank:
    return (report.published or date.max, report.content_hash, report.id)


def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value, most: int = _KEPT) -> None:
    if len(kept) >= most:
        for old in list(islice(kept, most // 4)):
            del kept[old]
    kept[key] = value
