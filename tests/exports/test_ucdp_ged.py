"""`ucdp-ged`: 49 columns, nothing that is not known, and who said it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.dossier.incident.pile import telling
from tests.exports.cases import battle, claim_ids, csv_rows, incident, pair, quarrel, written
from tests.invented import ARMY, CLINIC, FRONT
from variorum.exports.ucdp_ged import COLUMNS, priogrid_gid
from variorum.model import Day, IncidentType, Place

THE_COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
NOT_OURS_TO_GIVE = (
    "conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id "
    "side_b_dset_id side_b_new_id relid active_year code_status country_id region gwnoa gwnob"
)


def test_the_columns_are_the_49_in_order() -> None:
    assert " ".join(COLUMNS) == THE_COLUMNS
    assert len(COLUMNS) == 49


def test_a_battle_in_a_known_town_on_a_known_day() -> None:
    (row,) = csv_rows(written("ucdp-ged", battle()))
    assert {name: row[name] for name in ("year", "date_prec", "date_start", "date_end", "event_clarity")} == {
        "year": "2031",
        "date_prec": "1",
        "date_start": "2031-05-04",
        "date_end": "2031-05-04",
        "event_clarity": "1",
    }
    assert (row["latitude"], row["longitude"], row["geom_wkt"]) == ("-30.25", "66.75", "POINT (66.75 -30.25)")
    assert (row["where_prec"], row["where_coordinates"], row["adm_1"]) == ("1", "Reefhaven", "Coast")
    assert row["country"] == "Pakistan"
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("1", ARMY, FRONT)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"]) == ("6", "8", "31")
    assert (row["low"], row["best"], row["high"]) == ("26", "45", "65")
    assert row["number_of_sources"] == "2"
    assert row["source_original"].split("; ") == [ARMY, FRONT, CLINIC, "Dune Gazette"]
    assert all(row[name] == "" for name in NOT_OURS_TO_GIVE.split())


def test_every_figure_names_profile_and_claims() -> None:
    given = battle()
    (row,) = csv_rows(written("ucdp-ged", given))
    said = row["source_article"]
    assert "profile ucdp" in said
    for column in ("deaths_a", "deaths_b", "deaths_civilians", "best"):
        assert f"{column} from claim-" in said
    named = {word.strip(";]") for word in said.split() if word.startswith("claim-")}
    assert named <= claim_ids([given])


def test_a_day_of_publication_is_never_the_incidents() -> None:
    (row,) = csv_rows(written("ucdp-ged", quarrel()))
    assert [row[name] for name in ("year", "date_prec", "date_start", "date_end", "event_clarity")] == [
        ""
    ] * 5
    assert row["source_date"].startswith("2031-05-05; ")


def test_no_point_without_a_precision() -> None:
    vague = Place(name="Reefhaven", latitude=1.0, longitude=2.0)
    (row,) = csv_rows(written("ucdp-ged", battle(place=vague)))
    told = ("latitude", "longitude", "geom_wkt", "where_prec", "priogrid_gid", "where_coordinates")
    assert [row[name] for name in told] == [""] * 6
    assert row["where_description"] == "Reefhaven"


def test_an_incident_over_new_year_has_no_year() -> None:
    day = Day(first=date(2030, 12, 30), last=date(2031, 1, 2), precision=2)
    (row,) = csv_rows(written("ucdp-ged", battle(day=day)))
    assert (row["year"], row["date_start"], row["date_end"]) == ("", "2030-12-30", "2031-01-02")


def test_deaths_that_nobody_tells_are_empty_not_zero() -> None:
    reading = telling("only", 5).account(ARMY, "the harbour was empty").reading()
    (row,) = csv_rows(written("ucdp-ged", pair([reading])))
    assert [row[name] for name in ("deaths_a", "deaths_unknown", "low", "best", "high")] == [""] * 5


def test_who_attacked_is_left_out_while_it_is_disputed() -> None:
    one_sided = incident(IncidentType.VIOLENCE_AGAINST_CIVILIANS)
    accused = telling("a", 5).blame(ARMY, FRONT, "accuses").reading(incidents=(one_sided,))
    denied = telling("b", 6).blame(FRONT, FRONT, "denies", certainty="denied").reading(incidents=(one_sided,))
    claimed = telling("c", 6).blame(FRONT, FRONT, "claims").reading(incidents=(one_sided,))
    (row,) = csv_rows(written("ucdp-ged", pair([accused])))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "", "Civilians")
    (row,) = csv_rows(written("ucdp-ged", pair([accused, denied])))
    assert row["side_a"] == ""
    (row,) = csv_rows(written("ucdp-ged", pair([accused, claimed])))
    assert row["side_a"] == FRONT


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-89.75, -179.75, 1), (-89.75, -179.25, 2), (-89.25, -179.75, 721), (90, 180, 259200)],
)
def test_cells_of_half_a_degree_are_counted_from_the_south_west(
    latitude: float, longitude: float, cell: int
) -> None:
    assert priogrid_gid(latitude, longitude) == cell
