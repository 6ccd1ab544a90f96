"""Options of the commands on a ledger, and what they come to."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from variorum.ledger import Wanted

Where = Annotated[
    str,
    typer.Argument(metavar="LEDGER", help="The ledger: a file, or a URL postgresql://…", show_default=False),
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        "--recorded", metavar="TIME", help="Know only what the ledger had recorded by this time, ISO 8601."
    ),
]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Incidents that happened on this day or later, YYYY-MM-DD.")
]
Until = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Incidents that happened on this day or earlier, YYYY-MM-DD."),
]
OfParty = Annotated[
    str | None, typer.Option("--party", metavar="NAME", help="In which this party speaks or acts.")
]
AtPlace = Annotated[
    str | None,
    typer.Option("--place", metavar="NAME", help="At this place, in this province or country (by its code)."),
]
WithOutcome = Annotated[
    str | None,
    typer.Option("--outcome", metavar="OUTCOME", help="With a question on this: killed, injured …"),
]
WithStatus = Annotated[
    str | None,
    typer.Option(
        "--status", metavar="STATUS", help="With a question that is contested, revised, agreed or single."
    ),
]
OfType = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Of this type, such as battle.")]
By = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who does this; your name on this machine if left out.")
]


def wanted_of(
    since: str | None,
    until: str | None,
    party: str | None,
    place: str | None,
    outcome: str | None,
    status: str | None,
    kind: str | None,
) -> Wanted:
    """What incidents must come to, by options. Raises `SettingError` for a value that is none."""
    from variorum.cli.session import day_of
    from variorum.ledger import Wanted
    from variorum.model import IncidentType, Outcome, SettingError, Status

    try:
        return Wanted(
            since=day_of(since, "--since"),
            until=day_of(until, "--until"),
            party=party,
            place=place,
            outcome=Outcome(outcome) if outcome else None,
            status=Status(status) if status else None,
            type=IncidentType(kind) if kind else None,
        )
    except ValueError as error:
        raise SettingError(
            str(error), where="--outcome, --status or --type", remedy="docs/vocabulary.md lists the values"
        ) from None


def time_of(value: str | None) -> datetime | None:
    """The time that --recorded gives: of a day its end, in UTC unless it says otherwise. Raises `SettingError`."""
    from variorum.model import SettingError

    if value is None:
        return None
    try:
        if len(value) == len("2031-05-06"):
            return datetime.combine(datetime.fromisoformat(value).date(), time.max, UTC)
        found = datetime.fromisoformat(value)
    except ValueError:
        raise SettingError(
            "no time", where="--recorded", remedy="write 2031-05-06T12:00 or 2031-05-06"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def name_of(by: str | None) -> str:
    """Who does this: as given, else the name on this machine."""
    import getpass

    try:
        return by or getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
