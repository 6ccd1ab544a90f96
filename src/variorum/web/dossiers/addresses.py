"""The addresses of a dossier and of its parts, all of one incident at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from variorum.dossier.notes import Note
from variorum.web.asking import Moment


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an incident's parts are; the moment goes with each address."""

    incident: str
    moment: Moment

    @property
    def query(self) -> dict[str, str]:
        """What an address says of the moment."""
        told = {"as-of": self.moment.as_of, "recorded": self.moment.recorded}
        return {name: value.isoformat() for name, value in told.items() if value}

    def page(self) -> str:
        """The dossier."""
        return self._of("")

    def table(
        self, profile: str | None, status: str | None, parties: Iterable[str], at: str = "accounts"
    ) -> str:
        """The dossier counted by a profile, with the rows of a status and some columns; `at` is a place on the page."""
        told = [("profile", profile), ("status", status), *(("party", one) for one in sorted(parties))]
        query = [*self.query.items(), *((name, value) for name, value in told if value)]
        return f"/incidents/{quote(self.incident, safe='')}{'?' if query else ''}{urlencode(query)}#{at}"

    def statements(self, party: str) -> str:
        """What one source says besides the answers in the table."""
        query = urlencode({**self.query, "party": party})
        return f"/incidents/{quote(self.incident, safe='')}/statements?{query}"

    def words(self, note: Note) -> str:
        """What stands behind a note's claim."""
        return self.claim(note.claim.id)

    def claim(self, claim: str) -> str:
        """What stands behind a claim."""
        return self._of(f"/claims/{quote(claim, safe='')}")

    def question(self, name: str) -> str:
        """All answers to one question."""
        return self._of(f"/questions/{name}")

    def chart(self, number: int) -> str:
        """One chart."""
        return self._of(f"/charts/{number}")

    def part(self, name: str) -> str:
        """A part by its name: `changes`, `statements`, `copies`, or a file."""
        return self._of(f"/{name}")

    def tally(self, profile: str) -> str:
        """All figures by a profile."""
        query = urlencode({**self.query, "profile": profile})
        return f"/incidents/{quote(self.incident, safe='')}/counted?{query}"

    def report(self, report: str) -> str:
        """The page of a report, as it is now."""
        return f"/reports/{quote(report, safe='')}"

    def _of(self, rest: str) -> str:
        query = f"?{urlencode(self.query)}" if self.query else ""
        return f"/incidents/{quote(self.incident, safe='')}{rest}{query}"
