"""Which columns and rows of the table are shown: those asked for, in the dossier's own order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from variorum.dossier import IncidentLayout
from variorum.dossier.incident.table import QuestionRow, Told
from variorum.dossier.sheet import Column
from variorum.model import Status


@dataclass(frozen=True, slots=True)
class Picked:
    """The columns and, for each row, its cells in these columns. `all` is whether nothing is left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[QuestionRow, tuple[tuple[Told, ...], ...]], ...]
    status: Status | None
    parties: frozenset[str]

    @property
    def all(self) -> bool:
        """Whether all is shown."""
        return not self.parties and self.status is None


def pick(layout: IncidentLayout, parties: Collection[str], status: Status | None) -> Picked:
    """What is asked for. Without a column of that name all are shown; rows that none of the columns answers are left out."""
    wanted = frozenset(column.party for column in layout.columns) & frozenset(parties)
    at = [n for n, column in enumerate(layout.columns) if not wanted or column.party in wanted]
    rows = []
    for row in layout.rows:
        cells = tuple(row.cells[n] for n in at)
        if any(cells) and status in (None, row.status):
            rows.append((row, cells))
    return Picked(tuple(layout.columns[n] for n in at), tuple(rows), status, wanted)
