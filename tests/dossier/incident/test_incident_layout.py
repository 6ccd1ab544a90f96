from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dossier.incident.pile import dispute, dossier_of, telling
from tests.invented import ARMY, CLINIC, FRONT, REPORTER
from variorum.dossier import IncidentLayout, incident_json, lay_out_incident
from variorum.dossier.incident.edition import siglum
from variorum.dossier.incident.table import OWN_VOICES, QuestionRow, Told
from variorum.dossier.reasons import reasons_in_words
from variorum.model import CopyGraph, Credit, Day, Evidence, Incident, Link, Observation, Place, Status


def laid_out() -> IncidentLayout:
    readings = dispute()
    return lay_out_incident(dossier_of(readings), readings)


def row(layout: IncidentLayout, label: str) -> QuestionRow:
    return next(one for one in layout.rows if one.label == label)


def cell(layout: IncidentLayout, label: str, party: str) -> tuple[Told, ...]:
    number = [column.party for column in layout.columns].index(party)
    return row(layout, label).cells[number]


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_reports_have_letters(number: int, letters: str) -> None:
    assert siglum(number) == letters


def test_reports_come_by_day_and_the_unknown_day_last() -> None:
    layout = laid_out()
    assert [(one.siglum, one.report.id) for one in layout.reports] == [
        ("A", "first"),
        ("B", "copy"),
        ("C", "second"),
        ("D", "third"),
        ("E", "undated"),
    ]


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_readings_changes_nothing(chance: random.Random) -> None:
    readings = dispute()
    dossier = dossier_of(readings)
    shuffled = list(readings)
    chance.shuffle(shuffled)
    assert lay_out_incident(dossier, shuffled) == lay_out_incident(dossier, readings)


def test_an_answer_keeps_its_history() -> None:
    earlier, standing = cell(laid_out(), "Militants killed", ARMY)
    assert (earlier.text, earlier.superseded, earlier.known, earlier.sigla) == (
        "9",
        True,
        "2031-05-05",
        ("A", "B"),
    )
    assert (standing.text, standing.superseded, standing.known, standing.sigla) == (
        "31",
        False,
        "2031-05-07",
        ("C",),
    )


def test_words_that_a_copy_has_too_stand_once_with_both_notes() -> None:
    earlier, _ = cell(laid_out(), "Militants killed", ARMY)
    (quotation,) = earlier.quotations
    assert (quotation.note.mark, [note.mark for note in quotation.also]) == ("A1", ["B1"])


def test_the_reports_own_voices_share_a_column_and_keep_their_outlets() -> None:
    layout = laid_out()
    assert layout.columns[-1].name == OWN_VOICES
    (own,) = cell(layout, "Civilians killed", REPORTER)
    assert (own.text, own.outlets) == ("6", ("Salt Radio",))


def test_own_voices_that_answer_alike_are_one_answer_of_several_outlets() -> None:
    readings = [
        telling("one", 5, "Salt Radio").toll(REPORTER, "Six civilians died there", 6).reading(),
        telling("two", 6, "Dune Gazette").toll(REPORTER, "The blast killed six", 6).reading(),
    ]
    layout = lay_out_incident(dossier_of(readings), readings)
    (own,) = cell(layout, "Civilians killed", REPORTER)
    assert own.outlets == ("Salt Radio", "Dune Gazette")
    assert own.sigla == ("A", "B")
    assert len(own.quotations) == 2


def test_support_counts_origins_apart_from_reports() -> None:
    support = row(laid_out(), "Militants killed").support
    assert [basis.words for basis in support] == [
        f"31: 1 independent origin ({ARMY}) in 1 report",
        f"4: 1 independent origin ({FRONT}) in 1 report",
    ]


def test_the_summary_counts_and_names_what_is_open() -> None:
    layout = laid_out()
    assert layout.summary == "3 questions: 2 contested, 1 single"
    assert [one.label for one in layout.open_rows] == ["Militants killed", "Civilians killed"]
    assert layout.standing(layout.open_rows[0]) == (
        (ARMY, (("31", "raiders"),)),
        (FRONT, (("4", "fighters"),)),
    )


def test_what_has_no_number_is_told_by_party() -> None:
    layout = laid_out()
    told = {voice.column.party: [one.note.words for one in voice.quotations] for voice in layout.voices}
    assert told == {CLINIC: ["the wounded came by boat"], FRONT: ["the harbour was empty"]}


def test_the_days_have_the_incident_statements_and_publications() -> None:
    readings = dispute()
    day = Day(first=date(2031, 5, 4), last=date(2031, 5, 5), precision=2)
    summary = Incident(id="incident-invented", day=day)
    dossier = dossier_of(readings).model_copy(update={"summary": summary})
    layout = lay_out_incident(dossier, readings)
    first, second, *_ = layout.days
    assert (first.day, first.incident) == ("2031-05-04", "2031-05-04 to 2031-05-05 (within two to six days)")
    assert second.day == "2031-05-05"
    assert [(who, [one.note.mark for one in said]) for who, said in second.said] == [(ARMY, ["A1"])]
    assert [one.siglum for one in second.published] == ["A"]
    assert [one.siglum for one in layout.undated] == ["E"]


def test_observations_stand_as_they_are() -> None:
    readings = dispute()
    dossier = dossier_of(readings)
    claim = readings[2].claims[0].id
    observation = Observation(
        kind="own figures differ", source=ARMY, words="31 here, 9 there", claims=(claim,)
    )
    layout = lay_out_incident(dossier.model_copy(update={"observations": (observation,)}), readings)
    (remark,) = layout.remarks
    assert (remark.kind, remark.words, [note.mark for note in remark.notes]) == (
        "own figures differ",
        f"{ARMY}: 31 here, 9 there",
        ["C1"],
    )
    assert all(one.status is not Status.REVISED for one in layout.rows)


def test_why_a_report_is_here_is_told_in_words() -> None:
    links = (
        Link(report="copy", other="first", by="same text", score=1, support=1),
        Link(
            report="second",
            other="first",
            by="likeness",
            score=0.91,
            support=0.8,
            reasons=(("words", 2.5), ("days", -0.4)),
        ),
        Link(report="third", other="second", by="decision", score=1, support=1),
    )
    readings = dispute()
    listed = lay_out_incident(dossier_of(readings, links=links), readings).listed
    assert len(reasons_in_words(links[1])) == 2
    assert [(one.score, one.why) for one in listed] == [
        (None, "the first report of it"),
        (1.0, "the same text as A"),
        (0.91, f"likest to A: {'; '.join(reasons_in_words(links[1]))}"),
        (1.0, "joined with C by a recorded decision"),
        (None, "why is not recorded"),
    ]


@pytest.mark.parametrize(("score", "shown"), [(1.0, "1.00"), (0.9999, "0.99"), (0.29, "0.29"), (0.0, "0.00")])
def test_only_certainty_is_shown_as_certain(score: float, shown: str) -> None:
    readings = dispute()
    link = Link(report="copy", other="first", by="likeness", score=score, support=1)
    listed = lay_out_incident(dossier_of(readings, links=(link,)), readings).listed
    assert listed[1].likelihood == shown
    assert listed[0].likelihood == ""


def test_places_are_ready_for_a_map() -> None:
    town = Place(name="Vell", geonameid=7, latitude=1.5, longitude=-2.25, country="NR", precision=1)
    bare = Place(name="the old harbour")
    readings = [
        telling("one", 5).sentence("Vell.").toll(ARMY, "two died", 2).reading(places=(bare, town)),
        telling("two", 6).sentence("Vell.").toll(ARMY, "two people died", 2).reading(places=(town,)),
    ]
    dossier = dossier_of(readings).model_copy(
        update={"summary": Incident(id="incident-invented", place=town)}
    )
    layout = lay_out_incident(dossier, readings)
    assert [(one.place.name, one.sigla, one.incidents_own) for one in layout.places] == [
        ("Vell", ("A", "B"), True),
        ("the old harbour", ("A",), False),
    ]
    features = incident_json(dossier, readings)["places"]["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [-2.25, 1.5]}
    assert features[0]["properties"]["precision_in_words"] == "exact point"
    assert features[0]["properties"]["reports"] == ["one", "two"]
    assert features[1]["geometry"] is None


def test_copies_hang_by_their_source() -> None:
    kinship = laid_out().kinship
    (family,) = kinship.families
    assert [(leaf.lettered.siglum, leaf.parent, leaf.words, leaf.depth) for leaf in family.leaves] == [
        ("A", "", "", 0),
        ("B", "A", "same text, 100 %", 1),
    ]
    (tie,) = kinship.ties
    assert (
        tie.sentence == "B has words from A: same text, 100 % of its words; as the days of publication tell"
    )
    assert [one.siglum for one in kinship.alone] == ["C", "D", "E"]


def test_reports_that_credit_one_outlet_are_one_family() -> None:
    readings = dispute()
    credits = tuple(
        Credit(
            report=reading.report.id,
            outlet="Far News",
            form="told",
            evidence=Evidence.of(reading.report.text, 0, 5),
        )
        for reading in readings[2:4]
    )
    dossier = dossier_of(readings).model_copy(update={"copies": CopyGraph(credits=credits)})
    (family,) = lay_out_incident(dossier, readings).kinship.families
    assert family.outlets == ("Far News",)
    assert [(leaf.lettered.siglum, leaf.parent) for leaf in family.leaves] == [
        ("C", "@Far News"),
        ("D", "@Far News"),
    ]


@given(st.data())
def test_whatever_the_copies_every_report_stands_in_one_place(data: st.DataObject) -> None:
    readings = [telling(f"r{n}", n % 4 + 1, f"Paper {n}").sentence(f"Words {n}").reading() for n in range(7)]
    dossier = dossier_of(readings)
    (copy,) = dossier_of(dispute()).copies.copies
    numbers = st.integers(0, 6)
    pairs = data.draw(
        st.lists(st.tuples(numbers, numbers, st.sampled_from(["time", "unknown"])), max_size=12)
    )
    copies = tuple(
        copy.model_copy(update={"report": f"r{a}", "other": f"r{b}", "direction": how})
        for a, b, how in pairs
        if a != b
    )
    credits = tuple(
        Credit(report=f"r{a}", outlet=f"Paper {b}", form="told", evidence=Evidence.of("Words", 0, 5))
        for a, b, _ in pairs
    )
    graph = CopyGraph(copies=copies, credits=credits if data.draw(st.booleans()) else ())
    kinship = lay_out_incident(dossier.model_copy(update={"copies": graph}), readings).kinship
    standing = [leaf.lettered.siglum for family in kinship.families for leaf in family.leaves]
    standing += [one.siglum for one in kinship.alone]
    assert sorted(standing) == list("ABCDEFG")
    assert len(kinship.ties) == len(copies)


def test_the_json_form_is_complete() -> None:
    readings = dispute()
    dossier = dossier_of(readings, as_of=date(2031, 5, 7))
    data = incident_json(dossier, readings)
    assert data["dossier"] == dossier.model_dump(mode="json")
    assert [one["report"] for one in data["reports"]] == ["first", "copy", "second"]
    assert [one["report"]["id"] for one in data["readings"]] == ["first", "copy", "second"]
    noted = {claim for one in data["reports"] for claim in one["notes"].values()}
    assert noted == set(dossier.claims)


def test_the_day_that_limits_the_dossier_is_told() -> None:
    readings = dispute()
    layout = lay_out_incident(dossier_of(readings, as_of=date(2031, 5, 6)), readings)
    assert ("As of", "2031-05-06: only what was published up to that day") in layout.facts
