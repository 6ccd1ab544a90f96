"""What waits for review: claims nobody has looked at, by score or newest first; claims of contested questions; links by
likeness, the weakest first; and claims that one other person has reviewed.

No question looks at more than `WINDOW` rows, so that each is answered at once however large the ledger is; where it comes to
their end before its page is full, it tells where to go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from variorum.ledger.concerns import recorded_of
from variorum.ledger.decisions import ON_CLAIMS, ON_LINKS, Recorded, in_force
from variorum.ledger.filing import chunks
from variorum.ledger.moments import LAST_DAY
from variorum.ledger.recall import claim_of, recall_reports
from variorum.ledger.standing import Opened, homes, members, open_incident
from variorum.ledger.tables import claims, concerns, decisions, memberships, readings, states, tags
from variorum.model import Claim, Link, Outcome, Report, Status

Need = Literal["score", "contested", "links", "unseen", "second"]
NEEDS: Final[tuple[Need, ...]] = get_args(Need)
WINDOW: Final = 4000
_GLANCE: Final = 200
"""Rows that are looked at first: most pages are full with these."""
_GREATEST: Final = 2**31
_PASSED: Final = 50
"""Contested incidents that one page passes over at most in which all is looked at."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What to show of a queue; None leaves it open."""

    need: Need = "score"
    below: float = 0.5
    """For `score`: scores from which claims do not wait. From 0.5 on a claim is likelier than not to be kept as it stands."""
    source: str | None = None
    outcome: Outcome | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to review: a claim, or the link of a report to its incident."""

    report: Report
    incident: str | None = None
    claim: Claim | None = None
    link: Link | None = None
    other: Report | None = None
    """The report that the link is to."""
    first: tuple[Recorded, ...] = ()
    """What another person decided on the claim, for a second review."""
    question: str | None = None
    """The contested question that the claim answers."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a queue; `cursor` is where the next one begins, None at the end."""

    waiting: tuple[Waiting, ...] = ()
    cursor: str | None = None


def queue(
    connection: Connection, sought: Sought, *, by: str, cursor: str | None = None, limit: int = 20
) -> Queue:
    """A page of what waits for the person `by`. A cursor that was not given out by a page begins at the beginning."""
    if sought.need == "links":
        return _links(connection, _numbers(cursor), limit)
    if sought.need == "contested":
        return _contested(connection, sought, _numbers(cursor), limit)
    if sought.need == "second":
        return _second(connection, sought, by, _numbers(cursor), limit)
    return _unlooked(connection, sought, _numbers(cursor), limit)


def waiting_below(connection: Connection, score: float, most: int = 1000) -> int:
    """How many claims with a lower score nobody has looked at, of the `WINDOW` lowest; `most` stands for that many or more."""
    window = _claim_rows().where(claims.c.score < score).order_by(claims.c.score, claims.c.number)
    some = window.limit(WINDOW).subquery()
    query = select(func.count()).select_from(select(some.c.id).where(*_open(some)).limit(most).subquery())
    return int(connection.execute(query).scalar_one())


def done_by(connection: Connection, by: str, since: str) -> int:
    """How many decisions a person has recorded from a day on, undoings left out."""
    query = select(func.count()).where(
        decisions.c.recorded_by == by, decisions.c.recorded_at >= since, decisions.c.kind != "undo"
    )
    return int(connection.execute(query).scalar_one())


def find_claim(connection: Connection, claim: str) -> tuple[Claim, Report] | None:
    """A claim by its id, read or by hand, and its report; of several reports of one text, the first."""
    query = select(*claims.c, readings.c.report, readings.c.reader.label("of")).join(
        readings, readings.c.number == claims.c.reading
    )
    row = connection.execute(query.where(claims.c.id == claim).order_by(claims.c.number)).mappings().first()
    if row is not None:
        found: Claim | None = claim_of(row, row["report"], row["of"])
    else:
        about = select(concerns.c.decision).where(concerns.c.record == claim)
        rows = connection.execute(select(decisions).where(decisions.c.number.in_(about)))
        made = (recorded_of(one).decision.claim for one in rows)
        found = next((one for one in made if one is not None and one.id == claim), None)
    if found is None:
        return None
    return found, recall_reports(connection, [found.report])[found.report]


def _unlooked(connection: Connection, sought: Sought, after: Sequence[float], limit: int) -> Queue:
    by_score = sought.need == "score"
    query = _claim_rows()
    if by_score:
        query = query.where(claims.c.score < sought.below).order_by(claims.c.score, claims.c.number)
        if len(after) == 2:
            query = query.where(
                or_(
                    claims.c.score > after[0],
                    and_(claims.c.score == after[0], claims.c.number > int(after[1])),
                )
            )
    else:
        query = query.order_by(claims.c.number.desc())
        query = query.where(claims.c.number < int(after[0])) if len(after) == 1 else query
    rows: list[Any] = []
    for size in (_GLANCE, WINDOW):
        window = query.limit(size).subquery()
        wanted = select(window).where(*_open(window), *_as_sought(window, sought))
        order = (window.c.score, window.c.number) if by_score else (window.c.number.desc(),)
        rows = list(connection.execute(wanted.order_by(*order).limit(limit)).mappings())
        if len(rows) == limit:
            break
    if len(rows) == limit:
        last: Any = rows[-1]
    else:
        last = connection.execute(query.offset(WINDOW - 1).limit(1)).mappings().first()
    cursor = (
        None if last is None else f"{last['score']!r},{last['number']}" if by_score else f"{last['number']}"
    )
    return Queue(_with_reports(connection, rows), cursor)


def _claim_rows() -> Select[Any]:
    return select(*claims.c)


def _open(rows: Any) -> tuple[Any, ...]:
    """Of the last reading of its report, the first of its id among these, and decided upon by nobody.

    What was decided and undone has been looked at, too.
    """
    same = claims.alias()
    earlier = exists(
        select(same.c.number).where(same.c.id == rows.c.id, same.c.number < rows.c.number, ~_reread(same))
    )
    decided = exists(select(concerns.c.decision).where(concerns.c.record == rows.c.id))
    return ~_reread(rows), ~decided, ~earlier


def _reread(rows: Any) -> Any:
    """Whether the report of a claim has been read again since."""
    mine, later = readings.alias(), readings.alias()
    return exists(
        select(later.c.number)
        .join(mine, mine.c.report == later.c.report)
        .where(mine.c.number == rows.c.reading, later.c.number > mine.c.number)
    )


def _as_sought(rows: Any, sought: Sought) -> Iterator[Any]:
    if sought.source:
        yield rows.c.source == sought.source
    if sought.outcome:
        yield rows.c.outcome == str(sought.outcome)
    if sought.kind:
        yield rows.c.kind == sought.kind


def _with_reports(connection: Connection, rows: Iterable[Any]) -> tuple[Waiting, ...]:
    """Claims with their reports and incidents."""
    ordered = list(rows)
    numbers = sorted({row["reading"] for row in ordered})
    home: dict[int, Any] = {}
    for part in chunks(numbers):
        query = select(readings.c.number, readings.c.report, readings.c.reader)
        home |= {row.number: row for row in connection.execute(query.where(readings.c.number.in_(part)))}
    told = recall_reports(connection, [row.report for row in home.values()])
    incidents = homes(connection, told) if told else {}
    made = []
    for row in ordered:
        reading = home[row["reading"]]
        claim = claim_of(row, reading.report, reading.reader)
        incident = incidents.get(reading.report, (None, None))[0]
        made.append(Waiting(told[reading.report], incident, claim))
    return tuple(made)


def _contested(connection: Connection, sought: Sought, after: Sequence[float], limit: int) -> Queue:
    other = states.alias()
    holds = (
        select(other.c.number)
        .where(other.c.incident == states.c.incident, other.c.known_on <= LAST_DAY)
        .order_by(other.c.known_on.desc(), other.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(states.c.number, states.c.incident)
        .join(tags, tags.c.state == states.c.number)
        .where(tags.c.kind == "status", tags.c.value == Status.CONTESTED.value, states.c.number == holds)
    )
    if after:
        query = query.where(tags.c.state <= int(after[0]))
    rows = connection.execute(query.order_by(tags.c.state.desc()).limit(_PASSED)).all()
    skip = int(after[1]) if len(after) == 2 else 0
    for number, incident in rows:
        opened = None
        if (not after or number < int(after[0]) or skip) and _has_open_claims(connection, incident):
            opened = open_incident(connection, members(connection, incident))
        if opened is None:
            continue
        found = _of_contested(connection, opened, incident, sought)
        first = skip if after and number == int(after[0]) else 0
        page = [(at, one) for at, one in found if at >= first][:limit]
        if page:
            rest = page[-1][0] < max(at for at, _ in found)
            cursor = f"{number},{page[-1][0] + 1}" if rest else f"{number}"
            return Queue(tuple(one for _, one in page), cursor)
    return Queue((), f"{rows[-1].number}" if len(rows) == _PASSED else None)


def _has_open_claims(connection: Connection, incident: str) -> bool:
    of_incident = select(memberships.c.report).where(memberships.c.incident == incident)
    query = (
        select(claims.c.id)
        .join(readings, readings.c.number == claims.c.reading)
        .where(readings.c.report.in_(of_incident), *_open(claims))
    )
    return connection.execute(query.limit(1)).first() is not None


def _of_contested(
    connection: Connection, opened: Opened, incident: str, sought: Sought
) -> list[tuple[int, Waiting]]:
    """The claims of contested questions that wait, each with its place among all of them."""
    read = {claim.id: (claim, one.report) for one in opened.readings for claim in one.claims}
    asked: dict[str, str] = {}
    for question in opened.dossier.questions:
        if question.status is Status.CONTESTED:
            for position in question.positions:
                for answer in position.answers:
                    asked |= {name: question.label for name in answer.claims if name in read}
    looked_at: set[str] = set()
    for part in chunks(asked):
        known = select(concerns.c.record).where(concerns.c.record.in_(part)).distinct()
        looked_at.update(connection.execute(known).scalars())
    found: list[tuple[int, Waiting]] = []
    for at, (name, label) in enumerate(asked.items()):
        claim, report = read[name]
        outcome = getattr(claim, "outcome", None)
        fits = (
            sought.source in (None, claim.source.party)
            and sought.outcome in (None, outcome)
            and sought.kind in (None, claim.kind)
        )
        if name not in looked_at and fits:
            found.append((at, Waiting(report, incident, claim, question=label)))
    return found


def _second(connection: Connection, sought: Sought, by: str, after: Sequence[float], limit: int) -> Queue:
    """Claims on which one other person alone decided, whose decision nobody has undone, the newest first."""
    mine, undoing = decisions.alias(), decisions.alias()
    query = select(decisions).where(decisions.c.kind.in_(ON_CLAIMS), decisions.c.recorded_by != by)
    query = query.where(decisions.c.number < int(after[0])) if len(after) == 1 else query
    window = query.order_by(decisions.c.number.desc()).limit(WINDOW).subquery()
    wanted = select(window).where(
        ~exists(
            select(mine.c.number).where(
                mine.c.subject == window.c.subject,
                mine.c.kind.in_(ON_CLAIMS),
                or_(mine.c.recorded_by != window.c.recorded_by, mine.c.number > window.c.number),
            )
        ),
        ~exists(select(undoing.c.number).where(undoing.c.subject == window.c.id, undoing.c.kind == "undo")),
    )
    rows = connection.execute(wanted.order_by(window.c.number.desc()).limit(limit)).all()
    found = []
    for row in rows:
        told = find_claim(connection, row.subject)
        if told is None:
            continue
        claim, report = told
        if sought.source in (None, claim.source.party) and sought.kind in (None, claim.kind):
            found.append(Waiting(report, None, claim, first=(recorded_of(row),)))
    return Queue(tuple(found), str(rows[-1].number) if len(rows) == limit else None)


def _links(connection: Connection, after: Sequence[float], limit: int) -> Queue:
    """Links that likeness made and nobody has decided upon, the weakest first."""
    query = select(*memberships.c).where(memberships.c.score.is_not(None))
    if len(after) == 2:
        query = query.where(
            or_(
                memberships.c.score > after[0],
                and_(memberships.c.score == after[0], memberships.c.number > int(after[1])),
            )
        )
    query = query.order_by(memberships.c.score, memberships.c.number)
    window = query.limit(WINDOW).subquery()
    later = memberships.alias()
    newer = select(later.c.number).where(later.c.report == window.c.report, later.c.number > window.c.number)
    decided = (
        select(decisions.c.number)
        .join(concerns, concerns.c.decision == decisions.c.number)
        .where(concerns.c.record == window.c.report, decisions.c.kind.in_(ON_LINKS))
    )
    wanted = select(window).where(~exists(newer), ~exists(decided))
    rows = list(connection.execute(wanted.order_by(window.c.score, window.c.number).limit(limit)))
    last: Any = (
        rows[-1] if len(rows) == limit else connection.execute(query.offset(WINDOW - 1).limit(1)).first()
    )
    links = {row.number: Link.model_validate_json(row.link) for row in rows}
    told = recall_reports(connection, {name for tie in links.values() for name in (tie.report, tie.other)})
    found = tuple(
        Waiting(
            told[row.report], row.incident, link=links[row.number], other=told.get(links[row.number].other)
        )
        for row in rows
    )
    return Queue(found, f"{last.score!r},{last.number}" if last is not None else None)


def _numbers(cursor: str | None) -> list[float]:
    """The numbers of a cursor; none if it is none that a page gave out."""
    try:
        found = [float(part) for part in (cursor or "").split(",")]
    except ValueError:
        return []
    return found if len(found) < 3 and all(0 <= one < _GREATEST for one in found) else []


def verdicts(connection: Connection) -> dict[str, dict[str, Recorded]]:
    """The last decision in force of each person on each claim that two or more have decided upon."""
    several = (
        select(decisions.c.subject)
        .where(decisions.c.kind.in_(ON_CLAIMS))
        .group_by(decisions.c.subject)
        .having(func.count(func.distinct(decisions.c.recorded_by)) > 1)
    )
    rows = connection.execute(
        select(decisions).where(decisions.c.subject.in_(several), decisions.c.kind.in_(ON_CLAIMS))
    )
    given = {row.id: recorded_of(row) for row in rows}
    undoing: dict[str, Recorded] = {}
    new = set(given)
    while new:
        found: dict[str, Recorded] = {}
        for part in chunks(sorted(new)):
            told = select(decisions).where(decisions.c.subject.in_(part), decisions.c.kind == "undo")
            found |= {row.id: recorded_of(row) for row in connection.execute(told)}
        undoing |= found
        new = set(found)
    ordered = sorted((*given.values(), *undoing.values()), key=lambda one: one.number)
    by_claim: dict[str, dict[str, Recorded]] = {}
    for one in in_force(ordered):
        by_claim.setdefault(one.decision.subject, {})[one.decision.by] = one
    return {claim: people for claim, people in by_claim.items() if len(people) > 1}
