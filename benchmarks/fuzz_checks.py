"""What must hold of what an importer or parser makes of any bytes, for `fuzz.py`: each raises if it does not.

Each says in a word what came out. The folder is for files of its own; a ledger that is made there stays for the next input.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from tests.dossier.incident.pile import telling
from tests.exports.cases import PARTIES, incident, pair, written
from tests.ledger.piles import pile
from variorum.cli.decisions import load_decisions
from variorum.cli.ledger_decide import decide, from_file
from variorum.intake import Arrival, Withdrawal, take_in
from variorum.intake.addresses import addresses_of, is_open, target_of
from variorum.intake.answers import Answer
from variorum.intake.feeds import parse_feed
from variorum.intake.references import read_references
from variorum.intake.robots import Robots
from variorum.ledger import Ledger, Wanted
from variorum.linking import Linker, find_copies
from variorum.model import Evidence, InputError, Reading, Report, VariorumError
from variorum.model.reference import Reference
from variorum.reading import Reader
from variorum.reading.dates import find_dates
from variorum.reading.encoder.names import names_in
from variorum.reading.parties import load_lexicon, resolve_parties
from variorum.reading.places import NameSpan, resolve_places
from variorum.reading.quantities import find_quantities
from variorum.reconciling import reconcile_incidents

DAY = date(2031, 5, 6)
_NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


def intake_of(name: str) -> Callable[[bytes, Path], str]:
    """A file of this name is taken in, or refused by a code."""

    def run(data: bytes, folder: Path) -> str:
        path = folder / name
        path.write_bytes(data)
        notes: list[InputError] = []
        found = list(take_in([path], notify=notes.append))
        assert found, "neither read nor refused"
        for one in found:
            assert isinstance(one, Arrival | Withdrawal | InputError), one
            if isinstance(one, Arrival):
                assert one.report.text.strip()
                assert Report.model_validate_json(one.report.model_dump_json()) == one.report
                if one.reading:
                    one.reading.check()
            if isinstance(one, Arrival | Withdrawal) and one.wire:
                assert type(one.wire).model_validate_json(one.wire.model_dump_json()) == one.wire
        for told in (*notes, *(one for one in found if isinstance(one, InputError))):
            assert all((told.code, told.what, told.remedy)), told
        first = found[0]
        return first.code if isinstance(first, InputError) else type(first).__name__.lower()

    return run


def feed(data: bytes, folder: Path) -> str:
    try:
        found = parse_feed(data, where="feed", base="https://post.example/feeds/all.xml")
    except InputError as error:
        return error.code
    for item in found.items:
        assert item.key
        assert item.url is None or item.url[:4].lower() == "http"
    return "items" if found.items else "no item"


def references(data: bytes, folder: Path) -> str:
    path = folder / "reference.csv"
    path.write_bytes(data)
    found = list(read_references(path))
    assert all(isinstance(one, Reference | InputError) for one in found)
    return (
        "row"
        if any(isinstance(one, Reference) for one in found)
        else next(iter(found)).code
        if found
        else "empty"
    )


def link_decisions(data: bytes, folder: Path) -> str:
    path = folder / "decisions.jsonl"
    path.write_bytes(data)
    try:
        return "decisions" if load_decisions(path) else "none"
    except VariorumError as error:
        return error.code


def ledger_decisions(data: bytes, folder: Path) -> str:
    path = folder / "decisions.jsonl"
    path.write_bytes(data)
    with _ledger(folder) as ledger:
        before = ledger.count()["decisions"] + ledger.count()["notices"]
        try:
            list(decide(ledger, from_file(str(path)), "fuzzer"))
            told = "recorded"
        except VariorumError as error:
            told = error.code
        if ledger.count()["decisions"] + ledger.count()["notices"] > before:
            for state in ledger.incidents():
                ledger.dossier(state.incident)
            ledger.verify()
    return told


def finding(data: bytes, folder: Path) -> str:
    """Words and names to search for, by whoever wishes the database ill."""
    asked = data.decode("utf-8", "replace")
    with _ledger(folder) as ledger:
        before = ledger.content_hash()
        hits = ledger.search(asked, limit=5)
        for wanted in (Wanted(party=asked), Wanted(place=asked), Wanted(type=asked)):  # type: ignore[arg-type]
            ledger.incidents(wanted)
            ledger.search("killed", wanted)
        assert ledger.content_hash() == before
    return "found" if hits else "none"


def _ledger(folder: Path) -> Ledger:
    path = folder / "ledger.db"
    if not path.exists():
        with Ledger.open(path) as made:
            made.add(pile(), by="fuzzer")
            made.link()
    return Ledger.open(path)


def addresses(data: bytes, folder: Path) -> str:
    written = data.decode("utf-8", "replace")
    try:
        target = target_of(written, _BASE)
        found = addresses_of(target, lambda host, port: ["10.0.0.1"], allowed=(), seconds=5)
        assert all(map(is_open, found))
    except VariorumError as error:
        return error.code
    assert target.scheme in ("http", "https")
    assert target_of(target.url) == target
    return "target"


_BASE = target_of("https://post.example/news/")


def robots(data: bytes, folder: Path) -> str:
    rules = Robots("Variorum", lambda target: Answer(200, {}, data), lambda: 0.0)
    try:
        assert rules.check(target_of("https://post.example/a?b=c")) >= 0
    except VariorumError as error:
        return error.code
    return "allowed"


def parties_file(data: bytes, folder: Path) -> str:
    path = folder / "parties.yaml"
    path.write_bytes(data)
    try:
        names_in("The Hill Guard said that the Vessary Police fired.", load_lexicon([path]))
    except VariorumError as error:
        return error.code
    return "parties"


def grammars(data: bytes, folder: Path) -> str:
    """The exact parts of reading, without the encoder: dates, quantities, places, parties."""
    text = data.decode("utf-8", "replace")
    for one in find_dates(text, DAY):
        assert 0 <= one.start < one.end <= len(text)
        assert one.first is None or one.last is None or one.first <= one.last, one
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        Evidence.of(text, quantity.start, quantity.end)
    known = names_in(text)
    assert all(0 <= name.start < name.end <= len(text) for name in known)
    names = [found.span() for found in itertools.islice(_NAME.finditer(text), 200)]
    for place in resolve_places(text, [NameSpan(start, end, "place") for start, end in names]):
        assert 0 <= place.start < place.end <= len(text)
    resolve_parties(text, names)
    return "read"


@cache
def _reader() -> Reader:
    return Reader.load()


def reading(data: bytes, folder: Path) -> str:
    """The whole way of two texts: read, linked, reconciled, as one incident or two."""
    text = data.decode("utf-8", "replace")[:6000]
    if not text.strip():
        return "blank"
    readings = []
    for number, part in enumerate((text, text[len(text) // 3 :])):
        if part.strip():
            report = Report(
                id=f"r{number}", text=part, published=DAY, publisher=f"Post {number}", title=part[:40]
            )
            readings.append(_reader().read(report))
    linker = Linker()
    for one in readings:
        linker.add(one)
        assert Reading.model_validate_json(one.model_dump_json()).check() == one
    copies = find_copies([one.report for one in readings])
    dossiers = list(reconcile_incidents(readings, linker.incidents(), copies))
    assert {report for dossier in dossiers for report in dossier.reports} == {
        one.report.id for one in readings
    }
    return "claims" if any(one.claims for one in readings) else "no claim"


def exports(data: bytes, folder: Path) -> str:
    """Cells of CSV: what comes of hostile words is no formula, and each row has its columns."""
    text = data.decode("utf-8", "replace")
    parts = [part for part in re.split(r"[\n.]+", text[:3000]) if part.strip()][:6] or ["x"]
    told = telling("r1", 5, parts[0].strip()[:200], title=parts[-1])
    for number, part in enumerate(parts):
        told.toll(part.strip()[:200] or "x", f"{part} died", number, who=part[:80])
    case = pair([told.reading(incidents=(incident(),), parties=PARTIES)])
    for name in ("ucdp-ged", "acled-shaped", "airwars-shaped", "hxl", "ftm-statements"):
        rows = list(csv.reader(io.StringIO(written(name, case).decode("utf-8"), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}, name
        for cell in (cell for row in rows[1:] for cell in row):
            hidden = cell.lstrip(" \t\r\n\u200b\ufeff\u00a0\u3000")
            assert (
                _NUMBER.fullmatch(cell) or not hidden.startswith(("=", "+", "-", "@")) or cell.startswith("#")
            ), cell
    return "rows"
