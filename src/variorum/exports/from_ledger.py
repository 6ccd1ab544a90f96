"""What a ledger holds, as exports take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from variorum.ledger import Ledger, Wanted
from variorum.model import Dossier, Reading


def cases_in(
    ledger: Ledger,
    wanted: Wanted | None = None,
    *,
    as_of: date | None = None,
    recorded: datetime | None = None,
) -> Iterator[tuple[Dossier, Sequence[Reading]]]:
    """The dossiers of the incidents that are as wanted, each with its readings, opened one after another.

    In the order of `Ledger.incidents`. Incidents of which no report stands any more are left out.
    """
    for state in ledger.incidents(wanted or Wanted(), as_of=as_of, recorded=recorded):
        opened = ledger.dossier(state.incident, as_of=as_of, recorded=recorded)
        if opened.readings:
            yield opened.dossier, opened.readings


def decisions_in(ledger: Ledger, *, recorded: datetime | None = None) -> list[dict[str, Any]]:
    """All decisions ever recorded, each with its id and the time at which it was."""
    return [
        {"id": one.id, "at": one.at, **one.decision.model_dump(mode="json")}
        for one in ledger.decisions(recorded=recorded)
    ]
