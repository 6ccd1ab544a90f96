"""What reviewers ask of a ledger: what waits for them, one report or claim, who decided what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from variorum.ledger import auditing, concerns, queueing
from variorum.ledger.decisions import Decision, Recorded
from variorum.ledger.leaves import Leaf, open_report, reports_of
from variorum.ledger.notices import unknown
from variorum.ledger.store import Store
from variorum.model import Claim, Report


class Reviewed:
    """The part of a `Ledger` that reviewers look at. All may raise `VariorumError` ledger-unavailable."""

    _store: Store

    def report(self, name: str) -> Leaf:
        """One report as it is known now, with what was decided on it. Raises `VariorumError` unknown-subject."""
        with self._store.reading() as connection:
            return open_report(connection, name)

    def members(self, incident: str) -> tuple[Report, ...]:
        """The reports that an incident has now, the earliest first; none if there is no such incident."""
        with self._store.reading() as connection:
            return reports_of(connection, incident)

    def queue(
        self, sought: queueing.Sought, *, by: str, cursor: str | None = None, limit: int = 20
    ) -> queueing.Queue:
        """A page of what waits to be reviewed by a person."""
        with self._store.reading() as connection:
            return queueing.queue(connection, sought, by=by, cursor=cursor, limit=limit)

    def progress(self, by: str, since: date, below: float) -> tuple[int, int]:
        """How many decisions a person has recorded since a day, and how many claims of a lower score wait, at most 1000."""
        with self._store.reading() as connection:
            done = queueing.done_by(connection, by, str(since))
            return done, queueing.waiting_below(connection, below)

    def claim(self, name: str) -> tuple[Claim, Report]:
        """A claim as it was read or given by hand, with its report. Raises `VariorumError` unknown-subject."""
        with self._store.reading() as connection:
            found = queueing.find_claim(connection, name)
        if found is None:
            raise unknown(name)
        return found

    def claims_named(self, names: Iterable[str]) -> dict[str, Claim]:
        """Claims by their ids, as they were read or given by hand; those that are not there are left out."""
        with self._store.reading() as connection:
            found = ((name, queueing.find_claim(connection, name)) for name in names)
            return {name: told[0] for name, told in found if told is not None}

    def decided_on(self, claims: Iterable[str]) -> dict[str, list[Recorded]]:
        """The decisions on each of some claims, undone ones and what undoes them included, in their order."""
        with self._store.reading() as connection:
            return concerns.on_claims(connection, claims)

    def others_on(self, decision: Decision) -> list[Recorded]:
        """The decisions on the record that one is to be about: who is to make it should have seen them."""
        with self._store.reading() as connection:
            return concerns.others_on(connection, decision)

    def audit(
        self, asked: auditing.Audited, *, before: int | None = None, limit: int = 50
    ) -> tuple[list[Recorded], dict[str, Recorded]]:
        """Decisions as asked for, the last first; and those of them that hold no longer, by id, with what undoes each."""
        with self._store.reading() as connection:
            found = auditing.audit(connection, asked, before, limit)
            return found, auditing.undone_by(connection, found)

    def decisions_named(self, names: Iterable[str]) -> list[Recorded]:
        """Decisions by their ids, in their order; those that are not there are left out."""
        with self._store.reading() as connection:
            return auditing.named(connection, names)

    def last_decision(self, by: str) -> Recorded | None:
        """The last decision of a person that holds."""
        with self._store.reading() as connection:
            return auditing.last_of(connection, by)

    def deciders(self) -> list[str]:
        """All who have decided anything."""
        with self._store.reading() as connection:
            return auditing.people(connection)

    def verdicts(self) -> dict[str, dict[str, Recorded]]:
        """The last decision in force of each person on each claim that two or more have decided upon."""
        with self._store.reading() as connection:
            return queueing.verdicts(connection)
