"""What speaks for and against a pair of figures (killed, injured) for an incident, as named numbers.

Most measures are shares of the incident's reports: those that state the figure in one way, those that state a greater one
in that way. The rest are what the reports say in words, for nobody killed, for several killed, and the like.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from variorum.reconciling.counting.headline import Harm
from variorum.reconciling.counting.lexicon import cues
from variorum.reconciling.counting.numbers import HARMS, Told

Pair = tuple[int, int]
"""People killed and people injured."""

KEPT = 10
"""Figures of each harm that are weighed."""
MANY, SEVERAL = 5, 2
"""So many people, counted by so many reports, are no slip of a reader and no other incident told in passing."""
FURTHEST = 1000
"""Greatest difference between two figures that is weighed as a figure of its own."""
_MOST_USES = 4
_WORTH = {
    "figure": 1.0,
    "headline": 2.0,
    "headline people": 1.0,
    "multiple": 1.0,
    "sum": 0.8,
    "sentence": 0.3,
    "with suspects": 0.3,
    "ordinal": 0.3,
    "with the one who harmed himself": 0.2,
}
"""What each way adds to a figure when those to be weighed are picked; other ways repeat these."""
_BOUNDING = ("greatest", "greatest in the lead", "headline", "headline people", "sum in the lead")
"""Ways that speak against smaller figures."""
_TOTALLING = ("figure", "lead", "greatest", "headline", "headline people", "multiple", "ordinal")
"""Ways that may count killed and injured together ("six people were shot")."""
_OF_SEVERAL = (
    "sum",
    "sum in the lead",
    "sentence",
    "sentence in the lead",
    "ordinal",
    "with suspects",
    "with the one who harmed himself",
)
"""Ways that give figures greater than one."""


_Table = Mapping[tuple[Harm, str], Set[int]]
_NOTHING: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The numbers of an incident's reports, in order of publication.

    `values[report]` holds for harm and way the values stated.
    """

    told: tuple[Told, ...]
    values: tuple[_Table, ...]

    @property
    def reports(self) -> int:
        """How many reports there are."""
        return len(self.told)


def gather(told: Sequence[Told]) -> Gathered:
    """The reports' numbers, ready to be looked up."""
    tables = []
    for report in told:
        table: dict[tuple[Harm, str], set[int]] = {}
        for number in report.numbers:
            table.setdefault((number.harm, number.way), set()).add(number.value)
        tables.append(table)
    return Gathered(tuple(told), tuple(tables))


def pairs_to_weigh(gathered: Gathered) -> list[Pair]:
    """Pairs of the best supported figures, of none and one, and of what is left of a total. Never (0, 0)."""
    picked = {harm: _figures_to_weigh(gathered, harm) for harm in HARMS}
    killed, injured = set(picked["killed"]), set(picked["injured"])
    least = min(injured)
    for total in sorted(killed | injured):
        injured |= {total - dead for dead in killed if least <= total - dead <= FURTHEST}
    return [(dead, hurt) for dead in sorted(killed) for hurt in sorted(injured) if dead + hurt]


def _figures_to_weigh(gathered: Gathered, harm: Harm) -> list[int]:
    support: dict[int, float] = defaultdict(float)
    for table in gathered.values:
        for (stated, way), values in sorted(table.items()):
            if stated in (harm, "either"):
                for value in values:
                    support[value] += _WORTH.get(way, 0.0)
    best = sorted(support, key=lambda value: (-support[value], value))
    few = [1] if support[1] else []
    if not _tells_of_many(gathered, harm):
        few = [0, 1]
    return [*few, *[value for value in best if value > 1][: KEPT - 2]]


def _tells_of_many(gathered: Gathered, harm: Harm) -> bool:
    """Whether most of several reports count many killed, or injured, and say so in words too: then it was not nobody,
    however much their figures differ."""
    so_many = sum(
        max(_row(table, harm, "figure"), default=0) >= MANY and told.used[harm][2] > 0
        for table, told in zip(gathered.values, gathered.told, strict=True)
    )
    return so_many >= SEVERAL and 2 * so_many > gathered.reports


def measures(gathered: Gathered, pair: Pair, spoken: Mapping[str, float]) -> dict[str, float]:
    """The measures of a pair that are not 0; `spoken` is `words_of` the same reports."""
    found: dict[str, float] = {}
    for harm, value in zip(HARMS, pair, strict=True):
        _of_figure(found, gathered, harm, value)
        for name, share in spoken.items():
            if value != 1:
                found[f"{name}, {'none' if value == 0 else 'several'} {harm}"] = share
    _of_total(found, gathered, pair)
    return {name: value for name, value in found.items() if value}


def _of_figure(found: dict[str, float], gathered: Gathered, harm: Harm, value: int) -> None:
    tables = gathered.values
    ways = {way for table in tables for stated, way in table if stated == harm}
    for way in sorted(ways):
        rows = [_row(table, harm, way) for table in tables]
        stating = [value in row for row in rows]
        if value > 1 or way not in _OF_SEVERAL:
            found[f"{harm}: {way}"] = _mean(stating)
        else:
            found[f"{harm}: several by {way}"] = _mean(bool(row) for row in rows)
        if way in _BOUNDING:
            found[f"{harm}: less than {way}"] = _mean(value < max(row, default=0) for row in rows)
        if way in ("figure", "headline"):
            found[f"{harm}: {way}, reports counted"] = math.log1p(sum(stating))
            found[f"{harm}: less than {way}, reports counted"] = math.log1p(
                sum(value < max(row, default=0) for row in rows)
            )
        if way in ("figure", "greatest in the lead"):
            found[f"{harm}: {way} of the latest report"] = float(stating[-1])
    most = max((max(_row(table, harm, "greatest"), default=0) for table in tables), default=0)
    agreed = greatest_agreed(gathered, harm)
    found[f"{harm}: above all figures"] = float(value > most)
    found[f"{harm}: greatest that reports agree on"] = float(value == agreed)
    found[f"{harm}: less than reports agree on"] = float(value < agreed)
    found[f"{harm} {_size(value)}"] = 1.0


def greatest_agreed(gathered: Gathered, harm: Harm) -> int:
    """The greatest figure that two reports state, or the only report; 0 where there is none."""
    times: dict[int, int] = defaultdict(int)
    for table in gathered.values:
        for value in _row(table, harm, "figure") | _row(table, harm, "headline"):
            times[value] += 1
    return max((value for value, number in times.items() if number >= min(2, gathered.reports)), default=0)


def _of_total(found: dict[str, float], gathered: Gathered, pair: Pair) -> None:
    tables, total = gathered.values, sum(pair)
    for way in _TOTALLING:
        either = [_row(table, "either", way) for table in tables]
        found[f"total: {way}"] = _mean(total in row for row in either)
        found[f"total: not the {way}"] = _mean(bool(row) and total not in row for row in either)
        for harm, value in zip(HARMS, pair, strict=True):
            if value != total:
                rows = [_row(table, harm, way) for table in tables]
                found[f"total: {way} of {harm}"] = _mean(total in row for row in rows)
                found[f"{harm}: {way} of either"] = _mean(value in row for row in either)
    dead, hurt = pair
    figures = {harm: [_row(table, harm, "figure") for table in tables] for harm in HARMS}
    if dead and hurt and dead != hurt:
        found["killed stated as injured"] = _mean(dead in row for row in figures["injured"])
        found["injured stated as killed"] = _mean(hurt in row for row in figures["killed"])
    found["both in the lead"] = _mean(
        dead in _row(table, "killed", "lead") and hurt in _row(table, "injured", "lead") for table in tables
    )
    found["as many killed as injured"] = float(dead == hurt)
    found[f"{min(dead, 2)} killed and {min(hurt, 2)} injured"] = 1.0
    found[f"total {_size(total)}"] = 1.0


def words_of(gathered: Gathered) -> dict[str, float]:
    """What the reports say in words: how many use each cue, and how many state no figure."""
    found: dict[str, float] = {}
    reports = gathered.told
    for cue in cues():
        title, lead, text = zip(*(report.used[cue] for report in reports), strict=True)
        found[f"{cue} in headlines"] = _mean(bool(n) for n in title)
        found[f"{cue} in leads"] = _mean(bool(n) for n in lead)
        found[f"{cue} often"] = _mean(min(n, _MOST_USES) / _MOST_USES for n in text)
    found["killed in the latest headline"] = float(reports[-1].used["killed"][0] > 0)
    found["short"] = _mean(report.short for report in reports)
    for harm in HARMS:
        rows = [_row(table, harm, "figure") for table in gathered.values]
        found[f"no figure of {harm}"] = _mean(not row for row in rows)
        found[f"no figure of {harm} in leads"] = _mean(not _row(t, harm, "lead") for t in gathered.values)
    return {name: value for name, value in found.items() if value}


def _size(value: int) -> str:
    """None, one or several: figures above one are alike, so that no incident is too great to be believed."""
    return str(value) if value < 2 else "several"


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _row(table: _Table, harm: Harm, way: str) -> Set[int]:
    """What one report states of one harm in one way."""
    return table.get((harm, way), _NOTHING)
