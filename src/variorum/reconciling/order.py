"""The order everything is shown in: by the text, so that no list ranks a party."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import REPORTER, Claim


def text_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by where their evidence stands, whatever order they came in."""
    return sorted(claims, key=_place)


def parties_in_order(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The sources of these claims by first mention, report by report in the order in which the claims come; the
    reports' own voice after the parties."""
    reports: dict[str, int] = {}
    first: dict[str, tuple[int, int, int]] = {}
    for claim in claims:
        number = reports.setdefault(claim.report, len(reports))
        party, start = claim.source.party, claim.evidence.start
        mention = start if claim.source.mention_start is None else min(start, claim.source.mention_start)
        first[party] = min(first.get(party, (number, mention, start)), (number, mention, start))
    return tuple(sorted(first, key=lambda party: (party == REPORTER, first[party], party)))


def _place(claim: Claim) -> tuple[int, int, int, str, str]:
    mention = claim.source.mention_start
    return (
        claim.evidence.start,
        claim.evidence.end,
        -1 if mention is None else mention,
        claim.kind,
        claim.id,
    )
