"""`acled-shaped`, `airwars-shaped`, `plover` and `hxl`: their columns, and what stays out of them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.dossier.incident.pile import telling
from tests.exports.cases import battle, csv_rows, incident, json_lines, pair, quarrel, written
from tests.invented import ARMY, CLINIC, FRONT
from variorum.exports.acled_shaped import COLUMNS
from variorum.exports.airwars_shaped import columns
from variorum.exports.codes import event_type
from variorum.exports.hxl import header
from variorum.model import Day, IncidentType, Place

THE_31 = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
ACLEDS_TYPES = {
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
    "",
}
PLOVERS_EVENTS = {"ASSAULT", "PROTEST", ""}


def test_the_columns_of_acleds_shape_are_the_31_in_order() -> None:
    assert " ".join(COLUMNS) == THE_31
    assert len(COLUMNS) == 31


def test_every_type_of_ours_has_a_row_in_the_table_of_types() -> None:
    found = [event_type(kind) for kind in IncidentType]
    assert {one.acled for one in found} == ACLEDS_TYPES
    assert {one.plover for one in found} == PLOVERS_EVENTS


def test_a_battle_in_acleds_shape() -> None:
    (row,) = csv_rows(written("acled-shaped", battle()))
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2031-05-04", "2031", "1")
    assert (row["event_type"], row["disorder_type"]) == ("Battles", "Political violence")
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == (ARMY, "State forces", FRONT, "")
    assert (row["iso"], row["country"], row["geo_precision"]) == ("586", "Pakistan", "1")
    assert row["fatalities"] == "26"
    assert "profile acled" in row["notes"]
    assert "claim-" in row["notes"]
    assert row["notes"].endswith("Not ACLED data.")
    assert row["timestamp"] == row["sub_event_type"] == row["source_scale"] == ""


def test_what_acled_has_no_precision_for_has_no_date_and_no_point() -> None:
    year = Day(first=date(2031, 1, 1), last=date(2031, 12, 31), precision=5)
    country = Place(
        name="Pakistan", latitude=30.0, longitude=70.0, country="PK", level="country", precision=6
    )
    (row,) = csv_rows(written("acled-shaped", battle(day=year, place=country)))
    assert [row[name] for name in ("event_date", "year", "time_precision")] == [""] * 3
    assert [row[name] for name in ("latitude", "longitude", "geo_precision")] == [""] * 3
    assert row["country"] == "Pakistan"


def test_airwars_shape_tells_what_each_belligerent_concedes_itself() -> None:
    first = telling("a", 5).toll(FRONT, "nine civilians died", 9)
    first.blame(FRONT, FRONT, "claims").toll(CLINIC, "20 civilians died", 20)
    second = telling("b", 6).blame(CLINIC, ARMY, "accuses")
    (row,) = csv_rows(written("airwars-shaped", pair([first.reading(), second.reading()])))
    assert (row["civilian_killed_min"], row["civilian_killed_max"]) == ("9", "20")
    assert row["civilian_killed_claims"].count("claim-") == 2
    own = {row[f"belligerent_{n}_belligerent_name"]: n for n in (1, 2)}
    front, army = own[FRONT], own[ARMY]
    assert row[f"belligerent_{front}_deaths_conceded_min"] == "9"
    assert row[f"belligerent_{front}_deaths_conceded_max"] == "9"
    assert row[f"belligerent_{army}_deaths_conceded_min"] == ""
    assert row["profile"] == "airwars"


def test_columns_of_more_belligerents_come_last() -> None:
    assert columns(3)[: len(columns(2))] == columns(2)
    assert columns(2)[0] == "incident_id"


def test_a_plover_record_of_a_fight_has_no_direction() -> None:
    fight, accusation = json_lines(written("plover", battle()))
    assert fight["event"] == [{"event": "ASSAULT", "mode": None}]
    assert fight["actor"] == fight["recipient"] == []
    assert [party["name"] for party in fight["variorum"]["parties"]] == [ARMY, FRONT]
    assert fight["date"] == "2031-05-04"
    assert fight["event_loc"]["lat"] == -30.25
    assert accusation["event"] == [{"event": "ACCUSE", "mode": None}]
    assert (accusation["actor"][0]["name"], accusation["recipient"][0]["name"]) == (FRONT, ARMY)
    assert accusation["text_info"]["end"] > accusation["text_info"]["start"] > 0


def test_plover_gives_a_size_only_where_the_profile_gives_one_number() -> None:
    several = telling("a", 5).toll(ARMY, "nine people died", 9, group="mixed")
    several.toll(FRONT, "five people died", 5, group="mixed").toll(
        ARMY, "three people were hurt", 3, outcome="injured", group="mixed"
    )
    given = pair([several.reading(incidents=(incident(),))])
    ranged, *_ = json_lines(written("plover", given))
    assert ranged["size"] == {"injured": 3}
    settled, *_ = json_lines(written("plover", given, profile="ucdp"))
    assert settled["size"] == {"dead": 5}
    assert settled["variorum"]["profile"] == "ucdp"
    assert all(figure["claims"] for figure in settled["variorum"]["figures"])


def test_hashtags_are_unique_and_stand_below_the_names() -> None:
    names, tags = header()
    assert len(set(names)) == len(names) == len(set(tags)) == len(tags)
    assert all(tag.startswith("#") for tag in tags)
    top, second, *rest = written("hxl", battle()).decode().splitlines()
    assert top.split(",")[:2] == list(names[:2])
    assert second == ",".join(tags)
    assert len(rest) == 1


def test_hxl_has_lowest_and_highest_by_group() -> None:
    tags, row = csv_rows(written("hxl", battle()))
    told = {tag: cell for tag, cell in zip(tags.values(), row.values(), strict=True) if cell}
    assert (told["#affected+killed+security+min"], told["#affected+killed+security+max"]) == ("6", "14")
    assert told["#affected+killed+civilians+min"] == "12"
    assert "#affected+killed+security+best" not in told
    assert told["#date+reported"] == "2031-05-05"
    assert told["#date+occurred+start"] == "2031-05-04"
    assert told["#meta+profile"] == "range"
    assert "killed security from claim-" in told["#meta+claims"]


def test_quotes_in_hxl_have_single_blanks() -> None:
    reading = telling("a", 5).toll(ARMY, "nine\n  people died", 9).reading(incidents=(incident(),))
    _, row = csv_rows(written("hxl", pair([reading])))
    assert row["Quotes"] == "nine people died"


@pytest.mark.parametrize("name", ["acled-shaped", "airwars-shaped", "hxl"])
def test_nothing_is_made_up_where_nothing_is_known(name: str) -> None:
    row = csv_rows(written(name, quarrel()))[-1]
    for column, cell in row.items():
        if any(
            word in column.lower() for word in ("latitude", "longitude", "country", "first day", "event_date")
        ):
            assert cell == "", column
