"""From readings to dossiers: claims gathered by incident, questions asked of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from variorum.linking import incidents_of_claims
from variorum.model import (
    Claim,
    Copy,
    CopyGraph,
    Credit,
    Dossier,
    Incident,
    LinkedIncident,
    Party,
    Question,
    Reading,
)
from variorum.reconciling.accounts import account_questions
from variorum.reconciling.answers import support_of
from variorum.reconciling.observations import observations_on
from variorum.reconciling.order import parties_in_order, text_order
from variorum.reconciling.responsibility import responsibility_questions
from variorum.reconciling.sides import Sides
from variorum.reconciling.statements import Statement, in_order_of_days, statements_of
from variorum.reconciling.summary import summary_of
from variorum.reconciling.tolls import toll_questions


def reconcile(reading: Reading) -> tuple[Dossier, ...]:
    """One dossier for each incident of a reading: the main one first, then what the report tells as
    background.

    Claims without an incident belong to the main one; background claims without one make a dossier of
    their own, as nobody has said what they are about. The order in which claims are handed over changes
    nothing.
    """
    known = {incident.id: incident for incident in reading.incidents}
    report = reading.report.id
    return tuple(
        _dossier(home, [reading], {report: claims}, CopyGraph(), known.get(home or ""), background=aside)
        for (aside, home), claims in _homes(reading).items()
    )


def reconcile_incidents(
    readings: Iterable[Reading],
    incidents: Sequence[LinkedIncident],
    copies: CopyGraph,
    *,
    as_of: date | None = None,
) -> tuple[Dossier, ...]:
    """One dossier for each linked incident, in their order, from all that its reports say of it.

    What a report tells of the background counts where it is about another of the incidents, and is left out
    otherwise. With `as_of`, only reports published up to that day count, and incidents without one have no
    dossier; a report without a day was known on no day.
    """
    everything = in_order_of_days(readings)
    home = incidents_of_claims(everything, incidents)
    seen = [reading for reading in everything if _was_known(reading, as_of)]
    told: dict[str, dict[str, list[Claim]]] = {incident.id: {} for incident in incidents}
    for reading in seen:
        for claim in reading.claims:
            if (name := home[claim.id]) in told and (not claim.background or claim.incident is not None):
                told[name].setdefault(reading.report.id, []).append(claim)
    by_report = {reading.report.id: reading for reading in seen}
    ties = _ties(copies)
    dossiers = []
    for incident in incidents:
        named = dict.fromkeys((*incident.reports, *told[incident.id]))
        mine = in_order_of_days(by_report[report] for report in named if report in by_report)
        if mine and any(reading.report.id in incident.reports for reading in mine):
            dossier = _dossier(
                incident.id, mine, told[incident.id], _among(mine, ties), summary_of(incident, mine)
            )
            links = tuple(tie for tie in incident.links if tie.report in by_report)
            dossiers.append(dossier.model_copy(update={"links": links, "as_of": as_of}))
    return tuple(dossiers)


def _homes(reading: Reading) -> Mapping[tuple[bool, str | None], list[Claim]]:
    main = next((incident.id for incident in reading.incidents if not incident.background), None)
    homes: dict[tuple[bool, str | None], list[Claim]] = {(False, main): []}
    for incident in sorted(reading.incidents, key=lambda incident: incident.background):
        homes.setdefault((incident.background, incident.id), [])
    background = {incident.id: incident.background for incident in reading.incidents}
    for claim in text_order(reading.claims):
        home = claim.incident if claim.incident in background else (None if claim.background else main)
        aside = claim.background if home is None else background[home]
        homes.setdefault((aside, home), []).append(claim)
    return homes


def _dossier(
    incident: str | None,
    readings: Sequence[Reading],
    claims: Mapping[str, Sequence[Claim]],
    copies: CopyGraph,
    summary: Incident | None,
    *,
    background: bool = False,
) -> Dossier:
    statements = statements_of(readings, copies, claims)
    sides = Sides(_parties(readings))
    questions = (
        *toll_questions(statements, incident, sides.opposed),
        *responsibility_questions(statements, incident, sides),
        *account_questions(statements, incident),
    )
    by_claim = {one.claim.id: one for one in statements}
    return Dossier(
        incident=incident,
        background=background,
        summary=summary,
        parties=parties_in_order(one.claim for one in statements),
        questions=tuple(_with_support(question, by_claim) for question in questions),
        observations=observations_on(questions),
        claims=tuple(by_claim),
        reports=tuple(reading.report.id for reading in readings),
        copies=copies,
    )


def _with_support(question: Question, statements: Mapping[str, Statement]) -> Question:
    return question.model_copy(update={"support": support_of(question.positions, statements)})


def _was_known(reading: Reading, as_of: date | None) -> bool:
    published = reading.report.published
    return as_of is None or (published is not None and published <= as_of)


def _ties(graph: CopyGraph) -> dict[str, CopyGraph]:
    """The copies and credits of each report, so that no incident has to look through those of all."""
    copies: dict[str, list[Copy]] = {}
    credits: dict[str, list[Credit]] = {}
    for copy in graph.copies:
        copies.setdefault(copy.report, []).append(copy)
    for credit in graph.credits:
        credits.setdefault(credit.report, []).append(credit)
    return {
        report: CopyGraph(copies=tuple(copies.get(report, ())), credits=tuple(credits.get(report, ())))
        for report in {**copies, **credits}
    }


def _among(readings: Sequence[Reading], ties: Mapping[str, CopyGraph]) -> CopyGraph:
    """The part of a graph that is among some reports, which are in the order of days."""
    mine = [reading.report.id for reading in readings]
    known, none = set(mine), CopyGraph()
    return CopyGraph(
        copies=tuple(copy for name in mine for copy in ties.get(name, none).copies if copy.other in known),
        credits=tuple(credit for name in mine for credit in ties.get(name, none).credits),
    )


def _parties(readings: Sequence[Reading]) -> tuple[Party, ...]:
    """Every party once, as the first report that names it has it."""
    found: dict[str, Party] = {}
    for reading in readings:
        for party in reading.parties:
            found.setdefault(party.name, party)
    return tuple(found.values())
