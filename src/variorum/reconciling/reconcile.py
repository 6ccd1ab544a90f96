"""From a reading to dossiers: claims gathered by incident, questions asked of each."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Account, Claim, Dossier, Reading, Responsibility, Toll
from variorum.reconciling.accounts import account_questions
from variorum.reconciling.order import parties_in_order, text_order
from variorum.reconciling.responsibility import responsibility_questions
from variorum.reconciling.tolls import toll_questions


def reconcile(reading: Reading) -> tuple[Dossier, ...]:
    """One dossier for each incident of a reading: the main one first, then what the report tells as
    background.

    Claims without an incident belong to the main one; background claims without one make a dossier of
    their own, as nobody has said what they are about. The order in which claims are handed over changes
    nothing.
    """
    main = next((incident.id for incident in reading.incidents if not incident.background), None)
    homes: dict[tuple[bool, str | None], list[Claim]] = {(False, main): []}
    for incident in sorted(reading.incidents, key=lambda incident: incident.background):
        homes.setdefault((incident.background, incident.id), [])
    background = {incident.id: incident.background for incident in reading.incidents}
    for claim in text_order(reading.claims):
        home = claim.incident if claim.incident in background else (None if claim.background else main)
        aside = claim.background if home is None else background[home]
        homes.setdefault((aside, home), []).append(claim)
    return tuple(_dossier(claims, home, aside, reading) for (aside, home), claims in homes.items())


def _dossier(claims: Sequence[Claim], incident: str | None, background: bool, reading: Reading) -> Dossier:
    tolls = [claim for claim in claims if isinstance(claim, Toll)]
    responsibility = [claim for claim in claims if isinstance(claim, Responsibility)]
    accounts = [claim for claim in claims if isinstance(claim, Account)]
    return Dossier(
        incident=incident,
        background=background,
        parties=parties_in_order(claims),
        questions=(
            *toll_questions(tolls, incident, reading.report.text),
            *responsibility_questions(responsibility, incident, reading.parties),
            *account_questions(accounts, incident),
        ),
        claims=tuple(claim.id for claim in claims),
    )
