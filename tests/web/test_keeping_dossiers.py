"""The dossiers keeps what was opened until something is recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from variorum.ledger import Ledger
from variorum.web.dossiers.keeping import KeptDossiers


def test_what_was_opened_is_kept_until_something_is_recorded(ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        dossiers = KeptDossiers(ledger)
        incident = max(ledger.incidents(), key=lambda state: state.reports).incident
        first = dossiers.open(incident)
        assert dossiers.open(incident) is first
        assert dossiers.open(incident, date(2031, 5, 7)) is not first
        assert dossiers.open(incident) is first
        # Another connection, as another process would have.
        with Ledger.open(ledger_file) as other:
            other.withdraw(first.opened.readings[0].report.id, by="Grace", why="taken back")
        again = dossiers.open(incident)
        assert again is not first
        assert len(again.opened.readings) == len(first.opened.readings) - 1
