"""Who has what from whom among the reports: families of reports that share words or an origin, and every tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.dossier.incident.edition import Edition, LetteredReport
from variorum.linking.credits import is_publisher
from variorum.model import Copy, CopyGraph, Credit

_TELLS = {
    "credit": "as a credit tells",
    "time": "as the days of publication tell",
    "unknown": "which of them had it first cannot be told",
}


@dataclass(frozen=True)
class Tie:
    """A report and what it shares with another. `known` is whether `lettered` has it from `other`."""

    lettered: LetteredReport
    other: LetteredReport
    copy: Copy

    @property
    def known(self) -> bool:
        """Whether it can be told who has it from whom."""
        return self.copy.direction != "unknown"

    @property
    def share(self) -> str:
        """The part of the report's words that the other has too, in per cent."""
        return f"{self.copy.share * 100:.0f} %"

    @property
    def words(self) -> str:
        """The tie in words, without the reports' names: "near text, 92 % of its words"."""
        return f"{self.copy.kind}, {self.share} of its words"

    @property
    def tells(self) -> str:
        """What tells who has it from whom."""
        return _TELLS[self.copy.direction]

    @property
    def sentence(self) -> str:
        """The tie as a sentence."""
        has = "has words from" if self.known else "shares words with"
        return f"{self.lettered.siglum} {has} {self.other.siglum}: {self.words}; {self.tells}"


@dataclass(frozen=True)
class Acknowledgement:
    """An outlet that a report credits; `there` is that outlet's own report, where it is among them."""

    lettered: LetteredReport
    outlet: str
    credits: tuple[Credit, ...]
    there: LetteredReport | None

    @property
    def quote(self) -> str:
        """The words of the first credit."""
        return self.credits[0].evidence.quote


@dataclass(frozen=True)
class Leaf:
    """A report in its family, below the one it has most from; `depth` counts the steps from the family's first."""

    lettered: LetteredReport
    parent: str
    """The letter of that report, `@` and an outlet's name where it is only credited, or nothing."""
    tie: Tie | None
    depth: int

    @property
    def words(self) -> str:
        """How it hangs there, in words; empty where it hangs by nothing."""
        if not self.parent:
            return ""
        return f"{self.tie.copy.kind}, {self.tie.share}" if self.by_words and self.tie else "credit"

    @property
    def by_words(self) -> bool:
        """Whether it hangs by words that both have, not by a credit alone."""
        return self.tie is not None and self.parent == self.tie.other.siglum


@dataclass(frozen=True)
class Family:
    """Reports that share words or credit one outlet. `outlets` are those that at least one of them credits."""

    leaves: tuple[Leaf, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True)
class Kinship:
    """All families of two or more, every tie and credit, and the reports that share nothing with another."""

    families: tuple[Family, ...]
    ties: tuple[Tie, ...]
    credits: tuple[Acknowledgement, ...]
    alone: tuple[LetteredReport, ...]


def kinship_of(graph: CopyGraph, edition: Edition) -> Kinship:
    """The families among the reports. A report hangs below the one it shares most words with; every tie is listed."""
    known = edition.by_report
    rank = {lettered.report.id: number for number, lettered in enumerate(edition.all)}
    ties = [
        Tie(known[copy.report], known[copy.other], copy)
        for copy in graph.copies
        if copy.report in known and copy.other in known
    ]
    ties.sort(key=lambda tie: (rank[tie.lettered.report.id], rank[tie.other.report.id]))
    credits = _credits(graph, edition)
    roots = _Roots()
    parents = _parents(ties, rank, roots)
    outlets = _join_by_credit(credits, roots)
    families = []
    for members in roots.groups(edition.all):
        if len(members) > 1:
            named = [ack.outlet for ack in credits if ack.lettered in members and ack.outlet in outlets]
            families.append(Family(_leaves(members, parents, credits, outlets), tuple(dict.fromkeys(named))))
    related = {leaf.lettered.report.id for family in families for leaf in family.leaves}
    alone = tuple(lettered for lettered in edition.all if lettered.report.id not in related)
    return Kinship(tuple(families), tuple(ties), tuple(credits), alone)


class _Roots:
    """Which reports hang together, by letter (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, name: str) -> str:
        while self._above.get(name, name) != name:
            name = self._above[name]
        return name

    def join(self, one: str, two: str) -> bool:
        """Join two; whether they were apart."""
        first, second = self.of(one), self.of(two)
        self._above[first] = second
        return first != second

    def groups(self, reports: Sequence[LetteredReport]) -> list[list[LetteredReport]]:
        found: dict[str, list[LetteredReport]] = {}
        for lettered in reports:
            found.setdefault(self.of(lettered.siglum), []).append(lettered)
        return list(found.values())


def _parents(ties: Sequence[Tie], rank: dict[str, int], roots: _Roots) -> dict[str, Tie]:
    """For each report the tie it hangs by: the largest part, then the earliest other; never in a circle."""
    parents: dict[str, Tie] = {}
    order = sorted(
        ties,
        key=lambda tie: (
            not tie.known,
            -tie.copy.share,
            rank[tie.other.report.id],
            rank[tie.lettered.report.id],
        ),
    )
    for tie in order:
        if tie.lettered.siglum not in parents and roots.join(tie.lettered.siglum, tie.other.siglum):
            parents[tie.lettered.siglum] = tie
    for tie in order:
        roots.join(tie.lettered.siglum, tie.other.siglum)
    return parents


def _credits(graph: CopyGraph, edition: Edition) -> list[Acknowledgement]:
    grouped: dict[tuple[str, str], list[Credit]] = {}
    for credit in graph.credits:
        if credit.report in edition.by_report:
            grouped.setdefault((credit.report, credit.outlet), []).append(credit)
    by_publisher: dict[str | None, LetteredReport] = {}
    for lettered in edition.all:
        by_publisher.setdefault(lettered.report.publisher, lettered)
    theirs = {
        outlet: next((one for name, one in by_publisher.items() if is_publisher(outlet, name)), None)
        for outlet in dict.fromkeys(outlet for _, outlet in grouped)
    }
    found = [
        Acknowledgement(edition.by_report[report], outlet, tuple(credits), theirs[outlet])
        for (report, outlet), credits in grouped.items()
    ]
    rank = {lettered.siglum: number for number, lettered in enumerate(edition.all)}
    return sorted(found, key=lambda ack: (rank[ack.lettered.siglum], ack.outlet))


def _join_by_credit(credits: Sequence[Acknowledgement], roots: _Roots) -> set[str]:
    """Join reports that credit one outlet, and with its own report; the outlets that are credited at all."""
    first: dict[str, str] = {}
    for ack in credits:
        there = ack.there.siglum if ack.there else first.setdefault(ack.outlet, ack.lettered.siglum)
        roots.join(ack.lettered.siglum, there)
    return {ack.outlet for ack in credits}


def _leaves(
    members: Sequence[LetteredReport],
    parents: dict[str, Tie],
    credits: Sequence[Acknowledgement],
    outlets: set[str],
) -> tuple[Leaf, ...]:
    """A family's reports, each below the one it hangs by."""
    credited: dict[str, str] = {}
    for ack in credits:
        if ack.outlet in outlets and ack.lettered is not ack.there:
            credited.setdefault(ack.lettered.siglum, ack.there.siglum if ack.there else f"@{ack.outlet}")
    above = {w.siglum: parents[w.siglum].other.siglum if w.siglum in parents else "" for w in members}
    for name, there in credited.items():
        if name in above and not above[name] and not _below(there, name, above):
            above[name] = there
    below: dict[str, list[LetteredReport]] = {}
    for lettered in members:
        below.setdefault(above[lettered.siglum], []).append(lettered)
    tops = [name for name in dict.fromkeys(above.values()) if not name or name.startswith("@")]
    found: list[Leaf] = []
    waiting = [(w, top, 0) for top in reversed(tops) for w in reversed(below[top])]
    while waiting:
        lettered, parent, depth = waiting.pop()
        found.append(Leaf(lettered, parent, parents.get(lettered.siglum), depth))
        waiting += [(w, lettered.siglum, depth + 1) for w in reversed(below.get(lettered.siglum, []))]
    return tuple(found)


def _below(name: str, top: str, above: dict[str, str]) -> bool:
    while name:
        if name == top:
            return True
        name = above.get(name, "")
    return False
