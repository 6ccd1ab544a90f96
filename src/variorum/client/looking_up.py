"""Looking up over HTTP: the methods of `Lookup`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from variorum.client.asking import Asking, in_path
from variorum.client.shapes import DecisionRow, LedgerStatus, Paged
from variorum.ledger import ClaimInReport, FiledReport, Page, Recorded
from variorum.model import Claim, Reading, Report


class RemoteLookup:
    """What a ledger has, by id and page by page; `limit` is at most 200."""

    def __init__(self, server: Asking) -> None:
        self._server = server

    def report(self, report: str) -> Report:
        """A report with its text. Raises `VariorumError` unknown-subject, or text-withheld."""
        found: Report = self._server.get(f"/reports/{in_path(report)}/text", Report)
        return found

    def filed(self, report: str) -> FiledReport:
        """What the ledger knows of a report besides its text. Raises `VariorumError` unknown-subject."""
        found: FiledReport = self._server.get(f"/reports/{in_path(report)}", FiledReport)
        return found

    def reports(self, *, after: str | None = None, limit: int = 50) -> Page[FiledReport]:
        """The next reports."""
        return self._page("/reports", FiledReport, after, limit)

    def readings(
        self, *, after: str | None = None, limit: int = 50, recorded: datetime | None = None
    ) -> Page[Reading]:
        """The next readings, of each report the one that was recorded last, as they were read."""
        return self._page("/readings", Reading, after, limit, recorded=recorded)

    def claims(
        self,
        *,
        source: str | None = None,
        report: str | None = None,
        after: str | None = None,
        limit: int = 50,
        recorded: datetime | None = None,
    ) -> Page[Claim]:
        """The next claims of the last reading of each report, decisions applied; fewer than `limit` need not be the last."""
        return self._page("/claims", Claim, after, limit, source=source, report=report, recorded=recorded)

    def claim(self, claim: str) -> tuple[ClaimInReport, ...]:
        """A claim by its id in each report that has it. Raises `VariorumError` unknown-subject."""
        found = self._server.get(f"/claims/{in_path(claim)}", Paged[ClaimInReport])
        items: tuple[ClaimInReport, ...] = found.items
        return items

    def decisions(self, *, before: str | None = None, limit: int = 50) -> Page[Recorded]:
        """Decisions, undone ones included, the last recorded first."""
        page: Page[DecisionRow] = self._page("/decisions", DecisionRow, before, limit)
        return Page(tuple(row.recorded() for row in page.items), page.after)

    def decisions_on(self, subject: str) -> tuple[Recorded, ...]:
        """All decisions ever recorded on a claim, party, report or decision, in their order."""
        page = self._server.get(f"/decisions/on/{in_path(subject)}", Paged[DecisionRow])
        return tuple(row.recorded() for row in page.items)

    def readers(self) -> dict[str, int]:
        """How many readings each reader made."""
        found: LedgerStatus = self._server.get("/status", LedgerStatus)
        return found.readers

    def _page(self, path: str, shape: Any, after: str | None, limit: int, **told: Any) -> Page[Any]:
        if isinstance(recorded := told.get("recorded"), datetime):
            told["recorded"] = recorded.isoformat()
        page = self._server.get(path, Paged[shape], {"cursor": after, "limit": str(limit), **told})
        return Page(page.items, page.next)
