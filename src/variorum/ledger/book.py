"""The ledger: what was reported and found, as of any day, with nothing overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from variorum.ledger.decisions import Ruling, Rulings
from variorum.ledger.filing import add_missing, file_reading, file_reports, filed, read_back, report_of
from variorum.ledger.opening import open_engine, spoken_errors
from variorum.ledger.tables import claims, decisions, memberships, readings, reports, texts
from variorum.linking import Linker, find_copies
from variorum.model import Claim, Dossier, LinkedIncident, Link, Reading, Report, VariorumError
from variorum.reconciling import reconcile_incidents


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """A ledger that is open. Use it in a `with` statement, or `close` it."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], datetime] = _now) -> None:
        self._engine, self._where, self._clock = engine, where, clock

    @classmethod
    def open(cls, where: str | Path, *, clock: Callable[[], datetime] = _now) -> Ledger:
        """The ledger in a file of SQLite or at a URL of PostgreSQL; made if there is none.

        Raises `SettingError` or `VariorumError` as `open_engine` does.
        """
        return cls(open_engine(where), str(where), clock)

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # what goes in

    def add_reports(self, pile: Iterable[Report], *, by: str) -> list[Report]:
        """File reports under their ledger ids; those that were not there before, in order."""
        rows = list({one.id: (one, report.id) for report in pile for one in [filed(report)]}.values())
        with self._writing() as connection:
            ids = [report.id for report, _ in rows]
            known = set(connection.execute(select(reports.c.id).where(reports.c.id.in_(ids))).scalars())
            file_reports(connection, rows, recorded_at=self._time(), recorded_by=by)
        return [report for report, _ in rows if report.id not in known]

    def add_readings(self, found: Iterable[Reading]) -> int:
        """File readings of reports that are there, all or none; how many were new. Raises `EvidenceError`."""
        at = self._time()
        with self._writing() as connection:
            return sum(file_reading(connection, reading, recorded_at=at) for reading in found)

    def decide(self, ruling: Ruling) -> str:
        """Record a decision; its id. Raises `VariorumError` unknown-subject, or `EvidenceError` for a claim by hand whose
        words are not in its report."""
        at = self._time()
        with self._writing() as connection:
            self._check(connection, ruling)
            name = ruling.id_at(at)
            row = {
                "id": name,
                "kind": ruling.kind,
                "subject": ruling.subject,
                "body": ruling.model_dump_json(),
                "by": ruling.by,
                "why": ruling.why,
                "undoes": ruling.subject if ruling.kind == "undo" else None,
                "recorded_at": at,
            }
            connection.execute(insert(decisions), [row])
        return name

    def link(self) -> int:
        """Link all reports that were read, by what is known now; how many changed their incident."""
        with self._reading() as connection:
            linker = Linker(self._rulings(connection).on_links)
            for reading in self._readings(connection):
                linker.add(reading)
            current = self._memberships(connection)
        found = {
            report: (incident.id, next((tie for tie in incident.links if tie.report == report), None))
            for incident in linker.incidents()
            for report in incident.reports
        }
        at = self._time()
        rows = [
            {
                "report": report,
                "incident": incident,
                "link": tie.model_dump_json() if tie else None,
                "recorded_at": at,
            }
            for report, (incident, tie) in sorted(found.items())
            if current.get(report, ("",))[0] != incident
        ]
        if rows:
            with self._writing() as connection:
                connection.execute(insert(memberships), rows)
        return len(rows)

    # what comes out

    def unread(self, reader: str) -> list[Report]:
        """Reports that this version of the reader has not read, in the order in which they were recorded."""
        done = select(readings.c.report).where(readings.c.reader == reader)
        query = self._report_rows().where(reports.c.id.not_in(done))
        with self._reading() as connection:
            return [report_of(row._mapping) for row in connection.execute(query)]

    def incidents(self, *, as_of: date | None = None) -> tuple[LinkedIncident, ...]:
        """All incidents with a report known on that day, by their first reports."""
        with self._reading() as connection:
            return self._incidents(connection, as_of)

    def dossier(self, incident: str, *, as_of: date | None = None) -> tuple[Dossier, list[Reading]]:
        """An incident laid out, with the readings it rests on; decisions applied. Raises `VariorumError` unknown-incident."""
        with self._reading() as connection:
            members = select(memberships.c.report).where(memberships.c.incident == incident)
            candidates = set(connection.execute(members).scalars())
            current = self._memberships(connection, candidates)
            mine = sorted(report for report, (home, _) in current.items() if home == incident)
            found = [self._decided(reading, rulings) for rulings in [self._rulings(connection)] for reading in self._readings(connection, mine)]
            settings = self._rulings(connection).settings(incident)
        ordered = sorted(found, key=lambda reading: _rank(reading.report))
        links = tuple(tie for report in mine if (tie := current[report][1]) is not None)
        linked = LinkedIncident(id=incident, reports=tuple(r.report.id for r in ordered), links=links)
        copies = find_copies([reading.report for reading in ordered])
        dossiers = reconcile_incidents(ordered, [linked], copies, as_of=as_of) if ordered else ()
        if not dossiers:
            raise VariorumError(
                f"the ledger has no incident {incident!r}" + (f" known on {as_of}" if as_of else ""),
                where=self._where,
                remedy="list the incidents for their ids",
                code="unknown-incident",
            )
        (dossier,) = dossiers
        if settings and dossier.summary is not None:
            dossier = dossier.model_copy(update={"summary": dossier.summary.model_copy(update=settings)})
        kept = [reading for reading in ordered if reading.report.id in dossier.reports]
        return dossier, kept

    def claims(self, *, source: str | None = None, report: str | None = None) -> Iterator[Claim]:
        """The claims of the newest reading of each report, decisions applied."""
        query = select(claims.c.body).where(claims.c.reading.in_(_newest()))
        query = query.where(claims.c.source == source) if source else query
        query = query.where(claims.c.report == report) if report else query
        with self._reading() as connection:
            rulings = self._rulings(connection)
            for body in connection.execute(query.order_by(claims.c.report, claims.c.start, claims.c.id)).scalars():
                claim = rulings.claim(_claim(body))
                if claim is not None:
                    yield claim
            yield from (one for one in rulings.added if report in (None, one.report) and source in (None, one.source.party))

    def rulings(self) -> list[tuple[str, str, Ruling]]:
        """All decisions ever recorded, with id and time, oldest first."""
        with self._reading() as connection:
            return self._recorded(connection)

    def count(self) -> dict[str, int]:
        """How many rows each table has."""
        with self._reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (texts, reports, readings, claims, memberships, decisions)
            }

    # how

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with spoken_errors(self._where):
            connection = self._engine.connect().execution_options(writes=True)
            with connection, connection.begin():
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with spoken_errors(self._where), self._engine.connect() as connection:
            yield connection

    def _time(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def _check(self, connection: Connection, ruling: Ruling) -> None:
        """Raise unless what a decision is about is there."""
        tables = {"accept": claims, "reject": claims, "correct": claims, "undo": decisions}
        table = tables.get(ruling.kind)
        if table is not None:
            there = connection.execute(select(table.c.id).where(table.c.id == ruling.subject).limit(1)).first()
            if there is None:
                raise _unknown(ruling.subject, self._where)
        if ruling.claim is not None:
            row = connection.execute(self._report_rows().where(reports.c.id == ruling.claim.report)).first()
            if row is None:
                raise _unknown(ruling.claim.report, self._where)
            ruling.claim.evidence.check(report_of(row._mapping))

    def _report_rows(self) -> Any:
        columns = [column for column in reports.c if column.name != "hash"]
        joined = select(*columns, texts.c.text).join(texts, texts.c.hash == reports.c.hash)
        return joined.order_by(reports.c.recorded_at, reports.c.id)

    def _readings(self, connection: Connection, only: Sequence[str] | None = None) -> Iterator[Reading]:
        """The newest reading of each report."""
        rows = select(readings).where(readings.c.number.in_(_newest()))
        found = self._report_rows()
        bodies = select(claims.c.reading, claims.c.body).where(claims.c.reading.in_(_newest()))
        if only is not None:
            rows = rows.where(readings.c.report.in_(only))
            found = found.where(reports.c.id.in_(only))
            bodies = bodies.where(claims.c.report.in_(only))
        told = {row.id: report_of(row._mapping) for row in connection.execute(found)}
        said: dict[int, list[str]] = {}
        for number, body in connection.execute(bodies.order_by(claims.c.start, claims.c.id)):
            said.setdefault(number, []).append(body)
        for row in connection.execute(rows.order_by(readings.c.number)):
            yield read_back(row._mapping, said.get(row.number, ()), told[row.report])

    def _decided(self, reading: Reading, rulings: Rulings) -> Reading:
        kept = [claim for one in reading.claims if (claim := rulings.claim(one)) is not None]
        kept += [claim for claim in rulings.added if claim.report == reading.report.id]
        parties = tuple(
            party.model_copy(update={"name": rulings.name(party.name)}) for party in reading.parties
        )
        return reading.model_copy(update={"claims": tuple(kept), "parties": parties})

    def _recorded(self, connection: Connection) -> list[tuple[str, str, Ruling]]:
        rows = connection.execute(select(decisions).order_by(decisions.c.number))
        return [(row.id, row.recorded_at, Ruling.model_validate_json(row.body)) for row in rows]

    def _rulings(self, connection: Connection) -> Rulings:
        return Rulings(self._recorded(connection))

    def _memberships(
        self, connection: Connection, only: Iterable[str] | None = None
    ) -> dict[str, tuple[str, Link | None]]:
        """The incident of each report and the link that ties it there, as recorded last."""
        newest = select(func.max(memberships.c.number)).group_by(memberships.c.report)
        newest = newest.where(memberships.c.report.in_(set(only))) if only is not None else newest
        rows = connection.execute(select(memberships).where(memberships.c.number.in_(newest)))
        return {
            row.report: (row.incident, Link.model_validate_json(row.link) if row.link else None) for row in rows
        }

    def _incidents(self, connection: Connection, as_of: date | None) -> tuple[LinkedIncident, ...]:
        newest = select(func.max(memberships.c.number)).group_by(memberships.c.report)
        query = (
            select(memberships.c.incident, memberships.c.link, reports.c.id, reports.c.published, reports.c.publisher, reports.c.title)
            .join(reports, reports.c.id == memberships.c.report)
            .where(memberships.c.number.in_(newest))
        )
        query = query.where(reports.c.published <= str(as_of)) if as_of else query
        groups: dict[str, list[Any]] = {}
        ranked = sorted(
            connection.execute(query), key=lambda r: (r.published or "9", r.publisher or "", r.title or "", r.id)
        )
        for row in ranked:
            groups.setdefault(row.incident, []).append(row)
        return tuple(
            LinkedIncident(
                id=name,
                reports=tuple(row.id for row in rows),
                links=tuple(Link.model_validate_json(row.link) for row in rows if row.link),
            )
            for name, rows in groups.items()
        )


def _newest() -> Any:
    """The numbers of the newest readings of all reports."""
    return select(func.max(readings.c.number)).group_by(readings.c.report)


def _claim(body: str) -> Claim:
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Claim] = TypeAdapter(Claim)
    return adapter.validate_python(json.loads(body))


def _rank(report: Report) -> tuple[date, str, str, str]:
    return (report.published or date.max, report.publisher or "", report.title or "", report.id)


def _unknown(subject: str, where: str) -> VariorumError:
    return VariorumError(
        f"the ledger has no {subject!r}", where=where, remedy="check the id", code="unknown-subject"
    )
