"""What holds for every export of any incident, however hostile its words."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dossier.incident.pile import telling
from tests.exports.cases import DAY, PARTIES, TOWN, Pair, csv_rows, json_lines, members, pair, written
from tests.invented import ARMY, CLINIC, FRONT, REPORTER
from variorum.exports import FORMATS, TABLES, damaged, rebuild
from variorum.exports.quoting import MARK, count
from variorum.model import Day, Group, Incident, IncidentType, Outcome, Place

PLAIN = [name for name in FORMATS if FORMATS[name].extra is None]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
WORDS = st.text(st.sampled_from("ab ,;\"'=+-@\t<&|\u2028é"), min_size=1, max_size=12).filter(str.strip)
PLACES = st.sampled_from(
    [
        None,
        TOWN,
        Place(name="=Reef", latitude=1.0, longitude=2.0),
        Place(name="Somewhere", country="XV"),
        Place(name="Pakistan", latitude=30.0, longitude=70.0, country="PK", level="country", precision=6),
    ]
)
DAYS = st.sampled_from(
    [None, DAY, *(Day(first=date(2030, 12, 1), last=date(2031, 1, 5), precision=code) for code in (2, 4, 5))]
)


@st.composite
def incidents(draw: st.DrawFn) -> Pair:
    """An incident told by one to three reports, some of them in hostile words."""
    about = Incident(
        id="incident-1",
        type=draw(st.sampled_from(IncidentType)),
        day=draw(DAYS),
        place=draw(PLACES),
        parties=draw(st.sampled_from([(), (ARMY, FRONT), (FRONT,)])),
    )
    readings = []
    for number in range(draw(st.integers(1, 3))):
        day = draw(st.one_of(st.none(), st.integers(1, 28)))
        report = telling(
            f"r{number}", day, draw(st.one_of(st.none(), WORDS)), title=draw(st.one_of(st.none(), WORDS))
        )
        for step in range(draw(st.integers(0, 4))):
            source = draw(st.sampled_from([ARMY, FRONT, CLINIC, REPORTER]))
            certainty = draw(st.sampled_from(["stated", "hedged", "denied"]))
            words = f"{draw(WORDS)} number {step} of many words that go on and on for quite a while"
            match draw(st.sampled_from(["toll", "blame", "account"])):
                case "toll":
                    low = draw(st.integers(0, 50))
                    high = draw(st.one_of(st.none(), st.integers(low, 60)))
                    group, outcome = draw(st.sampled_from(Group)), draw(st.sampled_from(Outcome))
                    report.toll(source, words, low, high, group=group, outcome=outcome, certainty=certainty)
                case "blame":
                    report.blame(
                        source, draw(st.sampled_from([ARMY, FRONT])), "accuses", words, certainty=certainty
                    )
                case _:
                    report.account(source, words, certainty=certainty)
        readings.append(
            report.sentence("The end.").reading(incidents=(about,), parties=PARTIES, places=(TOWN,))
        )
    return pair(readings)


def texts_of(name: str, data: bytes) -> list[str]:
    """The text files of an export: itself, or what is packed in it."""
    files = members(data).values() if data.startswith(b"PK") else [data]
    return [one.decode("utf-8") for one in files]


@pytest.mark.parametrize("name", PLAIN)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors])
@given(case=incidents(), words=st.integers(0, 6))
def test_no_quote_is_longer_than_allowed_and_every_claim_exists(name: str, case: Pair, words: int) -> None:
    data = written(name, case, quote_words=words)
    assert data == written(name, case, quote_words=words)
    known = set(case[0].claims)
    for text in texts_of(name, data):
        assert set(re.findall(r"claim-[0-9a-f]{16}", text)) <= known
        assert "that go on and on for quite" not in text
        assert "The end." not in text


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(case=incidents())
def test_ids_come_back_from_tables_as_they_were(case: Pair) -> None:
    dossier, readings = case
    for read in (
        lambda table: csv_rows(written("csv", case, table=table)),
        lambda table: json_lines(written("jsonl", case, table=table)),
    ):
        assert [row["claim"] for row in read("claims")] == list(dossier.claims)
        assert [row["report"] for row in read("reports")] == list(dossier.reports)
        assert [row["question"] for row in read("questions")] == [
            question.id for question in dossier.questions
        ]
        assert [row["incident"] for row in read("incidents")] == [dossier.incident]
    hashes = {reading.report.id: reading.report for reading in readings}
    for row in json_lines(written("jsonl", case, table="claims")):
        text = hashes[row["report"]].text
        quote = text[row["start"] : row["end"]]
        assert quote.startswith(row["quote"].removesuffix(MARK).rstrip())
        assert count(row["quote"].removesuffix(MARK)) <= 25


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(case=incidents())
def test_keys_of_tables_are_unique(case: Pair) -> None:
    other = (case[0].model_copy(update={"incident": "incident-other"}), case[1])
    for name, table in TABLES.items():
        keys = [
            tuple(map(str, (row[part] for part in table.key)))
            for row in json_lines(written("jsonl", case, other, table=name))
        ]
        assert len(keys) == len(set(keys))


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(case=incidents())
def test_no_cell_of_any_csv_is_a_formula(case: Pair) -> None:
    files = [
        written(name, case)
        for name in ("ucdp-ged", "acled-shaped", "airwars-shaped", "hxl", "ftm-statements")
    ]
    files += members(written("csv", case)).values()
    for data in files:
        for row in csv_rows(data):
            for cell in row.values():
                numeric = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)
                assert numeric or not cell.startswith(FORMULA), cell


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(case=incidents())
def test_unknown_days_and_points_stay_unknown(case: Pair) -> None:
    dossier, _ = case
    day = dossier.summary.day if dossier.summary else None
    place = dossier.summary.place if dossier.summary else None
    known = place is not None and place.precision is not None and place.latitude is not None
    (ged,) = csv_rows(written("ucdp-ged", case))
    assert ged["date_start"] == (day.first.isoformat() if day else "")
    assert bool(ged["latitude"]) == known
    (feature,) = json.loads(written("geojson", case))["features"]
    assert (feature["geometry"] is not None) == known
    assert feature["properties"]["first_day"] == (day.first.isoformat() if day else None)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(
    case=incidents(),
    words=st.integers(0, 30),
    with_text=st.booleans(),
    profile=st.sampled_from(["range", "acled", "ucdp"]),
)
def test_every_bundle_is_made_again(case: Pair, words: int, with_text: bool, profile: str) -> None:
    given_bundle = written("bundle", case, quote_words=words, with_text=with_text, profile=profile)
    assert damaged(given_bundle) == ()
    assert rebuild(given_bundle, () if with_text else [reading.report for reading in case[1]]) == given_bundle
