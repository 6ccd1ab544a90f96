"""Origins: who is behind a claim, however many reports carry it.

Two reports that quote one ministry have one origin, and so have ten that carry one agency's story. Corroboration
counts origins, not reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from variorum.linking.credits import WHOLE, carried_by
from variorum.model import REPORTER, Claim, CopyGraph, Evidence, Origin, Report
from variorum.reading.sentences import sentence_end, sentence_start


def origin_of(claim: Claim, reports: Mapping[str, Report], graph: CopyGraph) -> Origin:
    """The origin of a claim. `reports` holds the reports of the graph by id.

    A party that is quoted is the origin. For the report's own voice it is the outlet that the sentence credits;
    else that of the report from which the words were copied; else the outlet whose story the whole report is; else its publisher.
    """
    if claim.source.party != REPORTER:
        return Origin(kind="party", name=claim.source.party, because="the party that is quoted")
    return _own_voice(claim.report, claim.evidence, reports, graph, frozenset())


def origins_of(
    claims: Iterable[Claim], reports: Mapping[str, Report], graph: CopyGraph
) -> dict[Origin, tuple[str, ...]]:
    """The independent origins of some claims, each with the ids of the claims that rest on it, in their order."""
    found: dict[tuple[str, str], tuple[Origin, list[str]]] = {}
    for claim in claims:
        origin = origin_of(claim, reports, graph)
        found.setdefault((origin.kind, origin.name), (origin, []))[1].append(claim.id)
    return {origin: tuple(ids) for origin, ids in found.values()}


def _own_voice(
    name: str, evidence: Evidence, reports: Mapping[str, Report], graph: CopyGraph, seen: frozenset[str]
) -> Origin:
    report = reports[name]
    whole = len(report.text)
    start = sentence_start(report.text, evidence.start, whole)
    end = sentence_end(report.text, evidence.end, whole)
    credits = [credit for credit in graph.credits if credit.report == name]
    for credit in credits:
        if credit.form not in WHOLE and start <= credit.evidence.start < end:
            return Origin(kind="outlet", name=credit.outlet, because="the outlet that the sentence credits")
    for copy in graph.sources_of(name):
        for passage in copy.passages:
            inside = passage.here.start <= evidence.start and evidence.end <= passage.here.end
            if inside and copy.other not in seen and copy.other in reports:
                shift = passage.there.start - passage.here.start
                there = reports[copy.other].text
                moved = there.find(evidence.quote, max(0, evidence.start + shift - 20))
                begin = moved if 0 <= moved < passage.there.end else passage.there.start
                return _own_voice(
                    copy.other,
                    Evidence.of(there, begin, begin + max(1, min(len(evidence.quote), len(there) - begin))),
                    reports,
                    graph,
                    seen | {name},
                )
    for credit in credits:
        if credit.form in WHOLE:
            return Origin(
                kind="outlet", name=credit.outlet, because="the outlet whose story the report carries"
            )
    if outlet := carried_by(report.publisher):
        return Origin(kind="outlet", name=outlet, because="the outlet whose story the report carries")
    if report.publisher:
        return Origin(kind="outlet", name=report.publisher, because="the report's own voice")
    return Origin(kind="report", name=name, because="the report's own voice; its publisher is not known")
