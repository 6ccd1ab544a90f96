"""What one report states of the number harmed, in every way that a figure can be read from it.

A *number* is a value for those killed, those injured, or either, with how it was come by (its *way*) and the claims it
rests on. One report makes many numbers, and they disagree: "a man and his two sons" is a sum of 3 and a first figure of
1. Which ways are to be trusted is not decided here, but in `choosing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.model import Certainty, Outcome, Reading, Toll
from variorum.reconciling.counting.headline import Harm, headline_figures, multiples
from variorum.reconciling.counting.lexicon import any_of, counting_words, cues, uses
from variorum.reconciling.statuses import OPEN

LEAD = 450
"""Characters in which a report tells the gist of its incident."""
_LONGEST = 45
"""Most characters of the words for the people; longer evidence is a whole clause."""
_APART = 70
_SENTENCE = 450
_SUSPECTS = 8
"""More than these are seldom suspects."""

_JOINED = re.compile(
    r"\s*,?\s*(?:(?:aged? )?\d+\s*,?\s*)?(?:and|&|as well as|plus|,)\s*(?:then |also )?(?:\w+(?:ing|ed) |the deaths? of )?",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?](?=\s|$)|\n")
_BARE = re.compile(r"\d+")
_AGE_BEFORE = re.compile(
    r"(?:[,(;]|\b(?:ages?|aged|of|and|or|image|photo|page|slide|between)|\d)\s*$", re.IGNORECASE
)
_AGE_AFTER = re.compile(r"\s*(?:[,;).-]|of \d|(?:and|or|to) \d|years?\b|$)")

HARMS: tuple[Harm, Harm] = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Number:
    """A value, how it was come by, and the claims it rests on (none: the headline or the words alone)."""

    harm: Harm
    way: str
    value: int
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One report: its numbers, and how often it uses each cue in headline, lead and text."""

    numbers: tuple[Number, ...]
    used: dict[str, tuple[int, int, int]]
    short: bool


@dataclass(frozen=True, slots=True)
class _Figure:
    """A toll as it is counted."""

    claim: str
    value: int
    start: int
    end: int
    words: str

    @property
    def brief(self) -> bool:
        """Whether its evidence is the words for the people and not a whole sentence."""
        return self.end - self.start <= _LONGEST


def told_by(reading: Reading, claims: Sequence[Toll]) -> Told:
    """What a report states by these claims of its own, its headline and its words."""
    text, title = reading.report.text, reading.report.title or ""
    found = [Number(harm, way, value) for harm, way, value in headline_figures(title)]
    found += [Number(harm, "multiple", value) for harm, value in multiples(f"{title}\n{text}")]
    used = {cue: (uses(cue, title), uses(cue, text[:LEAD]), uses(cue, text)) for cue in cues()}
    for harm in HARMS:
        figures = _figures(claims, Outcome(harm), text)
        found += _from_figures(harm, figures, text, self_harm=used["self"][2] > 0)
    return Told(tuple(found), used, short=len(text) < 2 * LEAD)


def countable(claim: Toll) -> bool:
    """Whether a toll asserts people killed or injured: nothing denied, threatened or left open."""
    return (
        claim.outcome in (Outcome.KILLED, Outcome.INJURED)
        and claim.certainty not in OPEN
        and claim.certainty is not Certainty.DENIED
    )


def _figures(claims: Sequence[Toll], outcome: Outcome, text: str) -> list[_Figure]:
    found = []
    for claim in claims:
        if claim.outcome is not outcome or not countable(claim):
            continue
        value = claim.min if claim.min is not None else claim.max
        place = claim.evidence
        if _is_no_count(text, place.start, place.end):
            continue
        found.append(_Figure(claim.id, value or 0, place.start, place.end, place.quote))
    return sorted(found, key=lambda figure: (figure.start, -figure.end, figure.claim))


def _is_no_count(text: str, start: int, end: int) -> bool:
    """Whether a number without a noun is likelier an age ("Ray, 18,") or a place in a series ("7 of 14") than a count."""
    if not _BARE.fullmatch(text, start, end):
        return False
    return bool(_AGE_BEFORE.search(text, max(0, start - 12), start) and _AGE_AFTER.match(text, end))


def _from_figures(harm: Harm, figures: Sequence[_Figure], text: str, *, self_harm: bool) -> Iterator[Number]:
    for n, figure in enumerate(figures):
        yield Number(harm, "figure", figure.value, (figure.claim,))
        if figure.start < LEAD:
            yield Number(harm, "lead", figure.value, (figure.claim,))
        if n == 0:
            yield Number(harm, "first", figure.value, (figure.claim,))
    most = max(figures, key=lambda figure: figure.value, default=None)
    if most is not None:
        yield Number(harm, "greatest", most.value, (most.claim,))
    early = max((f for f in figures if f.start < LEAD), key=lambda figure: figure.value, default=None)
    if early is not None:
        yield Number(harm, "greatest in the lead", early.value, (early.claim,))
    yield from _sums(harm, figures, text)
    yield from _listed(harm, figures)
    yield from _with_suspects(harm, figures, most.value if most else 0, self_harm=self_harm)


def _sums(harm: Harm, figures: Sequence[_Figure], text: str) -> Iterator[Number]:
    """Those told of together ("a man and his two sons"), and all those told of in one sentence."""
    apart: list[_Figure] = []
    for figure in figures:
        free = not apart or figure.start >= apart[-1].end
        if free and figure.brief and figure.value:
            apart.append(figure)
    together: list[list[_Figure]] = []
    sentences: list[list[_Figure]] = []
    end: int | None = None
    for figure in apart:
        between = None if end is None else text[end : figure.start]
        if between is not None and len(between) < _APART and _JOINED.fullmatch(between):
            together[-1].append(figure)
        else:
            together.append([figure])
        if between is not None and len(between) < _SENTENCE and not _STOP.search(between):
            sentences[-1].append(figure)
        else:
            sentences.append([figure])
        end = figure.end
    for way, groups in (("sum", together), ("sentence", sentences)):
        for group in groups:
            if len(group) > 1:
                total, claims = sum(f.value for f in group), tuple(f.claim for f in group)
                yield Number(harm, way, total, claims)
                if group[0].start < LEAD:
                    yield Number(harm, f"{way} in the lead", total, claims)


def _listed(harm: Harm, figures: Sequence[_Figure]) -> Iterator[Number]:
    """People told apart by their ages, by "the third" or by "another"."""
    ordinals: dict[int, str] = {}
    for figure in figures:
        for word in any_of("ordinal").findall(figure.words):
            ordinals.setdefault(counting_words("ordinal")[word.lower()], figure.claim)
    if ordinals:
        yield Number(harm, "ordinal", max(ordinals), (ordinals[max(ordinals)],))


def _with_suspects(harm: Harm, figures: Sequence[_Figure], most: int, *, self_harm: bool) -> Iterator[Number]:
    """The greatest figure with the suspects added, whom reports often count apart."""
    suspects = [f for f in figures if 0 < f.value <= _SUSPECTS and any_of("suspect").search(f.words)]
    if suspects and most:
        extra = max(suspects, key=lambda figure: figure.value)
        base = next(f for f in figures if f.value == most)
        yield Number(harm, "with suspects", most + extra.value, (base.claim, extra.claim))
    if self_harm:
        claims = tuple(f.claim for f in figures if f.value == most)[:1]
        yield Number(harm, "with the one who harmed himself", max(most, 1) + 1, claims)
