"""How quick a ledger is, and how large: `python benchmarks/ledger.py --claims 1000000 --folder FOLDER`.

For PostgreSQL name two empty databases, the second for the small ledger: `--urls postgresql://…/large postgresql://…/small`.

Reports, claims and the incidents they belong to are generated, ten claims to a report and three reports to an incident over two
years. Claims go in by `Ledger.add`; incidents and their states are written as `link` would write them, without
linking. Medians by the clock and of the processor's time, as other work on the machine blurs the first. Prints a table, and JSON
with --json.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text

from variorum.ledger import Ledger, State, Wanted, filed
from variorum.ledger.adding import BATCH
from variorum.ledger.assigning import assign
from variorum.ledger.states import write
from variorum.model import (
    Certainty,
    Day,
    Evidence,
    Group,
    Incident,
    IncidentType,
    Outcome,
    Party,
    Place,
    Reading,
    Report,
    Source,
    Status,
    content_id,
    make_claim,
)

PER_REPORT = 10
PER_INCIDENT = 3
FIRST = date(2029, 1, 1)
DAYS = 730
PARTIES = [f"Party {letter}{number}" for letter in "ABCDEFGH" for number in range(25)]
PLACES = [f"Place{number}" for number in range(400)]
COMMON = [f"word{number}" for number in range(3000)]
SMALL = 10_000
TURNS = 20


class Maker:
    """Makes report after report, the same each time."""

    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.number = 0
        self.homes: dict[str, tuple[str, str | None]] = {}
        self.members: dict[str, list[Reading]] = {}

    def reading(self) -> Reading:
        """The next report, with ten claims in it."""
        number, dice = self.number, self.dice
        self.number += 1
        incident = content_id("incident", number // PER_INCIDENT)
        day = FIRST + timedelta(days=(number // PER_INCIDENT * 7919) % DAYS)
        place = PLACES[number // PER_INCIDENT % len(PLACES)]
        parts: list[str] = []
        spans: list[tuple[int, int, str, int]] = []
        length = 0
        for _ in range(PER_REPORT):
            party, count = dice.choice(PARTIES), dice.randint(1, 60)
            lead = f"{party} said that "
            words = f"{count} people were killed near {place} by item{number}"
            more = f", while {' '.join(dice.choices(COMMON, k=12))}. "
            spans.append((length + len(lead), length + len(lead) + len(words), party, count))
            parts += [lead, words, more]
            length += len(lead) + len(words) + len(more)
        report = filed(
            Report(
                id=f"r{number}",
                text="".join(parts),
                publisher=f"Outlet {number % 50}",
                url=f"https://outlet{number % 50}.example/{number}",
                title=f"Killed near {place}",
                published=day + timedelta(days=number % PER_INCIDENT),
                language="en",
            )
        )
        claims = tuple(
            make_claim(
                "toll",
                report=report.id,
                content_hash=report.content_hash,
                evidence=Evidence.of(report.text, start, end),
                source=Source(party=party, mention=party, mention_start=start - 11 - len(party)),
                certainty=Certainty.STATED,
                outcome=Outcome.KILLED,
                min=count,
                max=count,
                group=Group.CIVILIAN if count % 2 else Group.SECURITY,
                who="people",
                reader="generated 1",
                score=0.8,
            )
            for start, end, party, count in spans
        )
        reading = Reading(
            report=report,
            reader="generated 1",
            claims=claims,
            incidents=(
                Incident(
                    id="incident-1",
                    type=IncidentType.BATTLE,
                    day=Day(first=day, last=day, precision=1),
                    place=Place(name=place, country="XA", precision=2),
                ),
            ),
            parties=tuple(Party(name=party) for party in dict.fromkeys(span[2] for span in spans)),
        )
        self.homes[report.id] = (incident, None)
        return reading

    def states(self, incident: str, readings: list[Reading]) -> Iterator[tuple[str, str, State]]:
        """A state for each day on which something was published, in the shape that linking gives it."""
        main = readings[0].incidents[0]
        for number, reading in enumerate(readings, start=1):
            told = [claim for one in readings[:number] for claim in one.claims]
            yield (
                incident,
                str(reading.report.published),
                State(
                    incident=incident,
                    title=readings[0].report.title,
                    type=main.type,
                    day=main.day,
                    place=main.place,
                    parties=tuple(dict.fromkeys(claim.source.party for claim in told)),
                    outcomes=(Outcome.KILLED,),
                    statuses={Status.CONTESTED: 2},
                    reports=number,
                    claims=len(told),
                    first_published=readings[0].report.published,
                    last_published=reading.report.published,
                ),
            )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--folder", type=Path, help="where to put the file; a temporary folder if left out")
    asked.add_argument("--urls", nargs=2, help="two empty databases of PostgreSQL in the place of files")
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        files = (str(folder / f"ledger-{options.claims}.db"), str(folder / "small.db"))
        figures = measure(*(options.urls or files), options.claims)
    for name, value in figures.items():
        print(f"{name:58} {value:>14,.1f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


def measure(where: str, small: str, claims: int) -> dict[str, float]:
    """Fill a new ledger with so many claims, and time what is done with it."""
    maker = Maker()
    with Ledger.open(where) as ledger:
        pending: list[Reading] = []
        for step in range(claims // PER_REPORT // BATCH):
            batch = [maker.reading() for _ in range(BATCH)]
            ledger.add(batch, by="benchmark")
            pending += batch
            # Between batches, incidents that are complete get their place and their states.
            whole = len(pending) // PER_INCIDENT * PER_INCIDENT
            settle(ledger, maker, pending[:whole])
            pending = pending[whole:]
            if step % 50 == 49:
                print(f"{(step + 1) * BATCH * PER_REPORT:,} claims", file=sys.stderr)
        settle(ledger, maker, pending)
    figures = {"claims": float(maker.number * PER_REPORT), "reports": float(maker.number)}
    figures["size, MB"] = settled_size(where)
    with Ledger.open(where) as ledger:
        figures |= timed(ledger, maker)
        figures |= adding(ledger, small, maker)
    return figures


def adding(large: Ledger, where: str, maker: Maker) -> dict[str, float]:
    """Claims added a second, by turns to a small ledger and to the large one: what else the machine does falls on both."""
    taken: dict[str, list[tuple[float, float]]] = {f"{SMALL:,} claims": [], "as many as above": []}
    with Ledger.open(where) as small:
        small.add((maker.reading() for _ in range(SMALL // PER_REPORT)), by="benchmark")
        for _ in range(TURNS):
            for name, ledger in zip(taken, (small, large), strict=True):
                batch = [maker.reading() for _ in range(BATCH)]
                begun, busy = time.perf_counter(), time.process_time()
                ledger.add(batch, by="benchmark")
                taken[name].append((time.perf_counter() - begun, time.process_time() - busy))
    found: dict[str, float] = {}
    for number, kind in enumerate(("", " of the processor")):
        for name, times in taken.items():
            median = statistics.median(one[number] for one in times)
            found[f"add with {name}, claims a second{kind}"] = BATCH * PER_REPORT / median
    return found


def settle(ledger: Ledger, maker: Maker, readings: list[Reading]) -> None:
    """Put reports to their incidents, with states."""
    members: dict[str, list[Reading]] = {}
    for reading in readings:
        members.setdefault(maker.homes[reading.report.id][0], []).append(reading)
    assign(ledger._store, {one.report.id: maker.homes.pop(one.report.id) for one in readings})
    with ledger._store.writing() as (connection, at):
        write(connection, (state for name, ones in members.items() for state in maker.states(name, ones)), at)


def settled_size(where: str) -> float:
    """Megabytes of the file with its log taken up, or of the database with its indexes."""
    if "://" in where:
        with Ledger.open(where) as ledger, ledger._store.reading() as connection:
            size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        return int(size) / 1e6
    raw = sqlite3.connect(where)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return Path(where).stat().st_size / 1e6


def timed(ledger: Ledger, maker: Maker) -> dict[str, float]:
    """Medians in milliseconds, each question asked with other words, days and incidents every time."""
    dice = random.Random(11)
    incidents = maker.number // PER_INCIDENT

    def month() -> tuple[date, date]:
        first = (FIRST + timedelta(days=dice.randrange(DAYS - 40))).replace(day=1)
        return first, first + timedelta(days=29)

    def a_month(**more: str) -> Callable[[], object]:
        first, last = month()
        return lambda: ledger.incidents(Wanted(since=first, until=last, **more), as_of=last)

    def anything() -> str:
        return content_id("incident", dice.randrange(incidents - 1))

    def searching(words: str, **wanted: str) -> Callable[[], object]:
        return lambda: ledger.search(words, Wanted(**wanted))  # type: ignore[arg-type]

    def at_a_place(place: str) -> Callable[[], object]:
        return searching(f'"near {place}"', place=place)

    questions: dict[str, Callable[[], Callable[[], object]]] = {
        "dossier": lambda: partial(ledger.dossier, anything()),
        "incidents of a month, as of its end": a_month,
        "the same with one party": lambda: a_month(party=dice.choice(PARTIES)),
        "search, a word of one report": lambda: searching(f"item{dice.randrange(maker.number)}"),
        "search, a word of many reports": lambda: searching(dice.choice(COMMON)),
        "search, two words": lambda: searching(" ".join(dice.sample(COMMON, 2))),
        "search, a word of all reports": lambda: searching("killed"),
        "search, a phrase at a place": lambda: at_a_place(dice.choice(PLACES)),
    }
    figures = {}
    for name, make in questions.items():
        clock, processor = medians_of(make)
        figures |= {f"{name}, ms": clock, f"{name}, ms of the processor": processor}
    return figures


def medians_of(make: Callable[[], Callable[[], object]], times: int = 15) -> tuple[float, float]:
    """Medians by the clock and of the processor's time."""
    clock, processor = [], []
    for _ in range(times):
        ask = make()
        begun, busy = time.perf_counter(), time.process_time()
        ask()
        clock.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (time.process_time() - busy))
    return statistics.median(clock), statistics.median(processor)


if __name__ == "__main__":
    main()
