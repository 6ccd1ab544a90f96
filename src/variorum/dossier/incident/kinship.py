"""Who has what from whom among the reports: families of reports that share words or an origin, and every tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.dossier.incident.sigla import Witness, Witnesses
from variorum.linking.credits import is_publisher
from variorum.model import Copy, CopyGraph, Credit

_TELLS = {
    "credit": "as a credit tells",
    "time": "as the days of publication tell",
    "unknown": "which of them had it first cannot be told",
}


@dataclass(frozen=True)
class Tie:
    """A report and what it shares with another. `known` is whether `witness` has it from `other`."""

    witness: Witness
    other: Witness
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
        return f"{self.witness.siglum} {has} {self.other.siglum}: {self.words}; {self.tells}"


@dataclass(frozen=True)
class Acknowledgement:
    """An outlet that a report credits; `witness_there` is that outlet's own report, where it is among them."""

    witness: Witness
    outlet: str
    credits: tuple[Credit, ...]
    there: Witness | None

    @property
    def quote(self) -> str:
        """The words of the first credit."""
        return self.credits[0].evidence.quote


@dataclass(frozen=True)
class Leaf:
    """A report in its family, below the one it has most from; `depth` counts the steps from the family's first."""

    witness: Witness
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
    alone: tuple[Witness, ...]


def kinship_of(graph: CopyGraph, witnesses: Witnesses) -> Kinship:
    """The families among the reports. A report hangs below the one it shares most words with; every tie is listed."""
    known = witnesses.by_report
    rank = {witness.report.id: number for number, witness in enumerate(witnesses.all)}
    ties = [
        Tie(known[copy.report], known[copy.other], copy)
        for copy in graph.copies
        if copy.report in known and copy.other in known
    ]
    ties.sort(key=lambda tie: (rank[tie.witness.report.id], rank[tie.other.report.id]))
    credits = _credits(graph, witnesses)
    roots = _Roots()
    parents = _parents(ties, rank, roots)
    outlets = _join_by_credit(credits, roots)
    families = []
    for members in roots.groups(witnesses.all):
        if len(members) > 1:
            named = [ack.outlet for ack in credits if ack.witness in members and ack.outlet in outlets]
            families.append(Family(_leaves(members, parents, credits, outlets), tuple(dict.fromkeys(named))))
    related = {leaf.witness.report.id for family in families for leaf in family.leaves}
    alone = tuple(witness for witness in witnesses.all if witness.report.id not in related)
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

    def groups(self, witnesses: Sequence[Witness]) -> list[list[Witness]]:
        found: dict[str, list[Witness]] = {}
        for witness in witnesses:
            found.setdefault(self.of(witness.siglum), []).append(witness)
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
            rank[tie.witness.report.id],
        ),
    )
    for tie in order:
        if tie.witness.siglum not in parents and roots.join(tie.witness.siglum, tie.other.siglum):
            parents[tie.witness.siglum] = tie
    for tie in order:
        roots.join(tie.witness.siglum, tie.other.siglum)
    return parents


def _credits(graph: CopyGraph, witnesses: Witnesses) -> list[Acknowledgement]:
    grouped: dict[tuple[str, str], list[Credit]] = {}
    for credit in graph.credits:
        if credit.report in witnesses.by_report:
            grouped.setdefault((credit.report, credit.outlet), []).append(credit)
    found = []
    for (report, outlet), credits in grouped.items():
        there = (one for one in witnesses.all if is_publisher(outlet, one.report.publisher))
        found.append(Acknowledgement(witnesses.by_report[report], outlet, tuple(credits), next(there, None)))
    rank = {witness.siglum: number for number, witness in enumerate(witnesses.all)}
    return sorted(found, key=lambda ack: (rank[ack.witness.siglum], ack.outlet))


def _join_by_credit(credits: Sequence[Acknowledgement], roots: _Roots) -> set[str]:
    """Join reports that credit one outlet, and with its own report; the outlets that are credited at all."""
    first: dict[str, str] = {}
    for ack in credits:
        there = ack.there.siglum if ack.there else first.setdefault(ack.outlet, ack.witness.siglum)
        roots.join(ack.witness.siglum, there)
    return {ack.outlet for ack in credits}


def _leaves(
    members: Sequence[Witness],
    parents: dict[str, Tie],
    credits: Sequence[Acknowledgement],
    outlets: set[str],
) -> tuple[Leaf, ...]:
    """A family's reports, each below the one it hangs by."""
    credited: dict[str, str] = {}
    for ack in credits:
        if ack.outlet in outlets and ack.witness is not ack.there:
            credited.setdefault(ack.witness.siglum, ack.there.siglum if ack.there else f"@{ack.outlet}")
    above = {w.siglum: parents[w.siglum].other.siglum if w.siglum in parents else "" for w in members}
    for name, there in credited.items():
        if name in above and not above[name] and not _below(there, name, above):
            above[name] = there
    below: dict[str, list[Witness]] = {}
    for witness in members:
        below.setdefault(above[witness.siglum], []).append(witness)
    tops = [name for name in dict.fromkeys(above.values()) if not name or name.startswith("@")]
    found: list[Leaf] = []
    waiting = [(w, top, 0) for top in reversed(tops) for w in reversed(below[top])]
    while waiting:
        witness, parent, depth = waiting.pop()
        found.append(Leaf(witness, parent, parents.get(witness.siglum), depth))
        waiting += [(w, witness.siglum, depth + 1) for w in reversed(below.get(witness.siglum, []))]
    return tuple(found)


def _below(name: str, top: str, above: dict[str, str]) -> bool:
    while name:
        if name == top:
            return True
        name = above.get(name, "")
    return False
