"""The incidents that were opened last, laid out, kept for as long as nothing is recorded.

A page and the words that are opened on it ask for the same incident again and again, and replaying it day by day does
so twice a day.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from variorum.dossier import IncidentLayout, lay_out_incident
from variorum.ledger import Ledger, Opened

_MOST = 48
"""So many are kept: some weeks of an incident or two. One of fifty reports takes about two megabytes."""

_Key = tuple[str, date | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident as opened at a moment, laid out."""

    opened: Opened
    layout: IncidentLayout


class KeptDossiers:
    """Opens incidents of one ledger. Many threads may ask at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._kept: OrderedDict[_Key, Shown] = OrderedDict()
        self._version = ""

    def open(self, incident: str, as_of: date | None = None, recorded: datetime | None = None) -> Shown:
        """An incident at a moment. Raises `VariorumError` unknown-incident."""
        key = (incident, as_of, recorded)
        version = self._ledger.version()
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        opened = self._ledger.dossier(incident, as_of=as_of, recorded=recorded)
        shown = Shown(opened, lay_out_incident(opened.dossier, opened.readings))
        with self._lock:
            if (
                version == self._version
            ):  # else something was recorded meanwhile, which the next to ask shall see
                self._kept[key] = shown
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return shown
