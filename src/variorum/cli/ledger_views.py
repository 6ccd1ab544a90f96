"""What the commands on a ledger write: lists of incidents and of hits, an incident with what stands no longer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from variorum.cli.incident_products import incident_product
from variorum.cli.names import Form, ProfileName, TextOrJson
from variorum.cli.pile import Pile
from variorum.cli.products import lines
from variorum.model import LinkedIncident

if TYPE_CHECKING:
    from variorum.ledger import Finding, Hit, Opened, State


def list_of(found: Sequence[State], form: TextOrJson) -> str:
    """Incidents, one a line of JSON or one a block of text."""
    if form is TextOrJson.JSON:
        return lines(one.model_dump(mode="json") for one in found)
    blocks = "".join(_block(one) for one in found)
    return f"{blocks}{len(found):,} incident{'' if len(found) == 1 else 's'}.\n"


def hits_of(found: Sequence[Hit], form: TextOrJson) -> str:
    """Reports that were found by their words, likewise."""
    if form is TextOrJson.JSON:
        return lines(one.model_dump(mode="json") for one in found)
    blocks = "".join(
        f"{one.published or 'day unknown'} {one.publisher or 'publisher unknown'}: {one.title or one.name} [{one.report}]\n"
        f"  {one.excerpt}\n  {one.incident or 'not linked'}\n\n"
        for one in found
    )
    return f"{blocks}{len(found):,} report{'' if len(found) == 1 else 's'}.\n"


def opened_as(opened: Opened, form: Form, width: int | None, profiles: Sequence[ProfileName]) -> str:
    """An incident in one of the forms of a dossier, with what stands no longer and what was decided on it."""
    dossier = opened.dossier
    made = ""
    if opened.readings:
        linked = LinkedIncident(id=dossier.incident or "", reports=dossier.reports, links=dossier.links)
        readings = {reading.report.id: reading for reading in opened.readings}
        made = incident_product(form, width, profiles)(Pile(readings, (linked,), dossier.copies), dossier)
    if form is Form.JSON:
        row: dict[str, Any] = json.loads(made) if made else {"dossier": dossier.model_dump(mode="json")}
        return lines([{**row, "earlier": _earlier_rows(opened), "decisions": _decision_rows(opened)}])
    if form is Form.HTML:
        return made
    return made + _earlier_lines(opened, "## " if form is Form.MARKDOWN else "")


def findings_as(found: Sequence[Finding], form: TextOrJson) -> str:
    """What was looked at, one a line."""
    if form is TextOrJson.JSON:
        return lines(one.model_dump(mode="json") for one in found)
    return "".join(f"{one.state:5} {one.what}: {one.found}\n" for one in found)


def _block(one: State) -> str:
    place = one.place.name if one.place else "place unknown"
    asked = ", ".join(f"{number} {status}" for status, number in sorted(one.statuses.items()))
    earlier = f" ({one.earlier} stand no longer)" if one.earlier else ""
    return (
        f"{one.title or 'Untitled'}\n"
        f"  {one.type} · {one.day.span if one.day else 'day unknown'} · {place} · {one.reports} reports{earlier}\n"
        f"  questions: {asked or 'none'}\n"
        f"  parties: {', '.join(one.parties) or 'none named'}\n"
        f"  {one.incident}\n\n"
    )


def _earlier_lines(opened: Opened, heading: str) -> str:
    from variorum.dossier.wording import OUTDATED

    found = ""
    if opened.earlier:
        found += f"\n{heading}Reports that stand no longer\n\n"
    for reading, why in opened.earlier:
        report = reading.report
        since = f" on {why.since}" if why.since else ""
        reason = f": {why.reason}" if why.reason else ""
        found += f"- {_day(report.published)} {report.publisher or 'publisher unknown'} [{report.id}]: "
        found += f"{OUTDATED[why.why]}{since}{reason}\n"
        found += "".join(f"  - {claim.source.party}: “{claim.evidence.quote}”\n" for claim in reading.claims)
    if opened.decisions:
        found += f"\n{heading}Decisions\n\n"
    for one in opened.decisions:
        decision = one.decision
        about = decision.subject or ", ".join(decision.reports)
        found += f"- {one.at[:10]} {decision.by}: {decision.kind} {about}: {decision.why} [{one.id}]\n"
    return found


def _day(day: date | None) -> str:
    return str(day) if day else "day unknown"


def _earlier_rows(opened: Opened) -> list[dict[str, Any]]:
    return [
        {
            "why": why.why,
            "by": why.by,
            "since": why.since,
            "reason": why.reason,
            "reading": reading.model_dump(mode="json"),
        }
        for reading, why in opened.earlier
    ]


def _decision_rows(opened: Opened) -> list[dict[str, Any]]:
    return [{"id": one.id, "at": one.at, **one.decision.model_dump(mode="json")} for one in opened.decisions]
