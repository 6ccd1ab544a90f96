"""How many publishers speak for themselves: those that carry another's story add a voice to nobody's."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.linking.credits import WHOLE, carried_by, is_publisher
from variorum.model import CopyGraph, Report

_ONE_TEXT = frozenset({"same text", "near text", "revision"})


def independent_publishers(reports: Iterable[Report], graph: CopyGraph) -> int:
    """The number of publishers among some reports that have their story from none of the others.

    Counted as one: reports of one publisher, reports that are one text with edits, and reports that carry the story of
    one outlet by their dateline, byline, copyright or publisher's name. A report without a publisher is one by itself.
    """
    known = {report.id: report for report in reports}
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    def join(one: str, two: str) -> None:
        above[top(one)] = top(two)

    for report in known.values():
        top(f"report {report.id}")
        if report.publisher:
            join(f"report {report.id}", f"outlet {report.publisher}")
        if outlet := carried_by(report.publisher):
            join(f"report {report.id}", f"outlet {outlet}")
    for copy in graph.copies:
        if copy.kind in _ONE_TEXT and copy.report in known and copy.other in known:
            join(f"report {copy.report}", f"report {copy.other}")
    for credit in graph.credits:
        if credit.form in WHOLE and credit.report in known:
            join(f"report {credit.report}", f"outlet {credit.outlet}")
            for report in known.values():
                if is_publisher(credit.outlet, report.publisher):
                    join(f"report {report.id}", f"outlet {credit.outlet}")
    return len({top(f"report {name}") for name in known})
