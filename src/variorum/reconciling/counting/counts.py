"""One number killed and one injured for a whole incident, as a registry counts: everybody harmed, suspects included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import Field

from variorum.model import Reading, Record, Toll
from variorum.reconciling.counting.choosing import choose
from variorum.reconciling.counting.headline import Harm
from variorum.reconciling.counting.measures import Gathered, gather
from variorum.reconciling.counting.numbers import HARMS, Number, told_by

_REPEATS = ("lead", "first", "greatest", "greatest in the lead", "sum in the lead", "sentence in the lead")
"""Ways that only tell where another number stands."""
_WORDS = {
    "figure": "as a figure",
    "headline": "in the headline",
    "headline people": "by the people in the headline",
    "multiple": "by a word like “double”",
    "sum": "as the sum of people told of together",
    "sentence": "as the sum of people in one sentence",
    "ordinal": "by a word like “third”",
    "with suspects": "with the suspects added",
    "with the one who harmed himself": "with the one added who harmed himself",
}

_RULE = (
    "Everybody harmed, suspects included: the two figures that the reports, weighed together, speak for most."
)


class Counts(Record):
    """How many were killed and injured in an incident, by which rule and from which claims. None: nothing says.

    This is one profile of several that are possible; it fuses what different sources state, and says so in `rule`.
    """

    killed: int | None = Field(default=None, ge=0)
    injured: int | None = Field(default=None, ge=0)
    claims: tuple[str, ...] = Field(default=(), description="claims that state the figures or add up to them")
    rule: str


def counts_of(readings: Sequence[Reading], claims_of_incident: frozenset[str] | None = None) -> Counts:
    """The counts of the one incident that these readings are about.

    `claims_of_incident` are the claims to be used; None means all that are not background. Texts that are repeated word
    for word count once, and the order of the readings changes nothing.
    """
    gathered = gathered_of(readings, claims_of_incident)
    stated = [number for told in gathered.told for number in told.numbers]
    if not any(number.value for number in stated):
        return _of_nobody(stated)
    pair = choose(gathered)
    reasons = [_reason(gathered, harm, value) for harm, value in zip(HARMS, pair, strict=True)]
    claims = [
        claim
        for harm, value in zip(HARMS, pair, strict=True)
        for claim in _claims(stated, harm, value, sum(pair))
    ]
    return Counts(
        killed=pair[0],
        injured=pair[1],
        claims=tuple(dict.fromkeys(claims)),
        rule=" ".join((_RULE, *reasons)),
    )


def gathered_of(readings: Sequence[Reading], claims_of_incident: frozenset[str] | None = None) -> Gathered:
    """What the reports state, in order of publication; the arguments are those of `counts_of`."""
    return gather([told_by(reading, _tolls(reading, claims_of_incident)) for reading in _in_order(readings)])


def _in_order(readings: Sequence[Reading]) -> list[Reading]:
    """By day of publication, undated ones last; the first of those that share a text."""
    ordered = sorted(
        readings, key=lambda r: (r.report.published or date.max, r.report.content_hash, r.report.id)
    )
    return list({reading.report.content_hash: reading for reading in reversed(ordered)}.values())[::-1]


def _tolls(reading: Reading, claims: frozenset[str] | None) -> list[Toll]:
    return [
        claim
        for claim in reading.claims
        if isinstance(claim, Toll) and (not claim.background if claims is None else claim.id in claims)
    ]


def _of_nobody(stated: Iterable[Number]) -> Counts:
    """The counts where no report tells of anybody harmed: 0 where one says so, else unknown."""
    zero = {number.harm: number.claims for number in stated if number.way == "figure"}
    return Counts(
        killed=0 if "killed" in zero else None,
        injured=0 if "injured" in zero else None,
        claims=tuple(claim for claims in zero.values() for claim in claims),
        rule="No report counts anybody harmed; 0 where a report says so, unknown where none does.",
    )


def _claims(stated: Sequence[Number], harm: Harm, value: int, total: int) -> list[str]:
    """The claims that state a figure, else those that add up to it, else those of the total it is left from."""
    alike = [number for number in stated if number.harm == harm and number.value == value]
    for ways in (("figure",), tuple(_WORDS)):
        found = [claim for number in alike if number.way in ways for claim in number.claims]
        if found:
            return found
    if value == 0:
        return []
    return [
        claim
        for number in stated
        if number.value == total and number.way == "figure"
        for claim in number.claims
    ]


def _reason(gathered: Gathered, harm: Harm, value: int) -> str:
    """Which reports speak for a figure, and how, in a sentence."""
    reports = gathered.reports
    of_all = f"of {reports} report{'s' if reports > 1 else ''}"
    ways: dict[str, int] = {}
    for table in gathered.values:
        for (stated, way), values in table.items():
            if stated == harm and way not in _REPEATS and value in values:
                ways[way] = ways.get(way, 0) + 1
    if ways:
        told = ", ".join(f"{ways[way]} {_WORDS[way]}" for way in _WORDS if way in ways)
        return f"{value} {harm}: {told} ({of_all})."
    if value == 0:
        others = sum(any(table.get((harm, "figure"), ())) for table in gathered.values)
        return f"0 {harm}: {others or 'none'} {of_all} count{'' if others > 1 else 's'} anybody {harm}."
    return f"{value} {harm}: no report says so alone; it is what is left of a total, or what the words tell."
