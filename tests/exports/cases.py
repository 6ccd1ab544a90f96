"""Invented incidents for the tests of exports, and how files are read back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import variorum
from tests.dossier.incident.pile import dispute, dossier_of, telling
from tests.invented import ARMY, CLINIC, FRONT, REPORTER
from variorum.exports import export
from variorum.intake import read_reports
from variorum.linking import Linker, find_copies
from variorum.model import Day, Dossier, Incident, IncidentType, Party, PartyKind, Place, Reading, Report
from variorum.reconciling import reconcile_incidents

Pair = tuple[Dossier, Sequence[Reading]]

PARTIES = (
    Party(name=ARMY, kind=PartyKind.STATE_FORCE, country="PK"),
    Party(name=FRONT, kind=PartyKind.ARMED_GROUP, country="PK", aliases=("the Front",)),
    Party(name=CLINIC, kind=PartyKind.MEDICS),
)
TOWN = Place(
    name="Reefhaven",
    geonameid=42,
    latitude=-30.25,
    longitude=66.75,
    country="PK",
    admin1="Coast",
    level="town",
    precision=1,
)
DAY = Day(first=date(2031, 5, 4), last=date(2031, 5, 4), precision=1)


def pair(readings: Sequence[Reading]) -> Pair:
    """Readings as one incident."""
    return dossier_of(readings), tuple(readings)


def incident(kind: IncidentType = IncidentType.BATTLE, **known: Any) -> Incident:
    """An incident between army and front, in a known town on a known day unless told otherwise."""
    return Incident(
        id="incident-1", type=kind, **{"day": DAY, "place": TOWN, "parties": (ARMY, FRONT), **known}
    )


def battle(name: str = "incident-battle", **known: Any) -> Pair:
    """Two reports of a fight: figures by three sources, one of them a report's own voice."""
    about = incident(**known)
    first = telling("wire-1", 5, "Harbour Wire", title="Guns at the reef", url="https://wire.example.org/1")
    first.toll(ARMY, "six soldiers died", 6, group="security", who="soldiers")
    first.toll(ARMY, "20 raiders may have died", 20, group="militant", who="raiders", certainty="hedged")
    first.toll(CLINIC, "at least 12 civilians died", 12, None, who="civilians")
    second = telling("gazette-2", 7, "Dune Gazette", title="A longer list")
    second.toll(FRONT, "14 soldiers died", 14, group="security", who="soldiers")
    second.toll(FRONT, "eight fighters died", 8, group="militant", who="fighters")
    second.toll(REPORTER, "31 civilians died", 31, who="civilians")
    second.toll(CLINIC, "five children died", 5, who="children")
    second.blame(FRONT, ARMY, "accuses")
    second.account(ARMY, "the harbour was empty")
    readings = [one.reading(incidents=(about,), parties=PARTIES, places=(TOWN,)) for one in (first, second)]
    dossier, _ = pair(readings)
    return dossier.model_copy(update={"incident": name}), readings


def quarrel() -> Pair:
    """Five reports with copies, changed figures and one without a day; nobody tells day or place."""
    return pair(dispute())


@cache
def shipped() -> list[Pair]:
    """The incidents of the shipped examples, by the reader that is shipped: the whole way once."""
    from variorum.reading import Reader

    examples = Path(variorum.__file__).parent / "examples"
    reader = Reader.load([examples / "vessary-parties.yaml"])
    files = [examples / name for name in ("vessary.jsonl", "jaffar-express-retold.jsonl")]
    readings = [reader.read(report) for report in read_reports(files) if isinstance(report, Report)]
    linker = Linker(())
    for reading in readings:
        linker.add(reading)
    copies = find_copies([reading.report for reading in readings])
    by_id = {reading.report.id: reading for reading in readings}
    dossiers = reconcile_incidents(readings, linker.incidents(), copies)
    return [(dossier, [by_id[report] for report in dossier.reports]) for dossier in dossiers]


def written(name: str, *pairs: Pair, **options: Any) -> bytes:
    """A whole file."""
    return b"".join(export(name, pairs, **options))


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def json_lines(data: bytes) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line]


def members(data: bytes) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def claim_ids(pairs: Iterable[Pair]) -> set[str]:
    """The ids of all claims of some dossiers."""
    return {claim for dossier, _ in pairs for claim in dossier.claims}
