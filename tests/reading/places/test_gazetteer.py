"""The gazetteer that ships: small, quick to open, with honest points."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.reading.places import gazetteer
from variorum.reading.places.gazetteer import open_gazetteer


def test_it_is_small() -> None:
    assert (Path(gazetteer.__file__).parent / "data" / "gazetteer.bin").stat().st_size <= 15_000_000


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("the United States", "US", 39.8, -98.5),
        ("U.S.", "US", 39.8, -98.5),
        ("UK", "GB", 54.8, -2.7),
        ("Quetta", "PK", 30.2, 67.0),
        ("West Bank", "PS", 31.9, 35.2),
        ("Ill.", "US", 40.0, -89.2),
        ("Ivory Coast", "CI", 8.0, -5.0),
        ("Sana'a", "YE", 15.4, 44.2),
    ],
)
def test_usual_names_lead_to_their_points(name: str, country: str, lat: float, lon: float) -> None:
    assert any(
        place.country == country and abs(place.lat - lat) < 1 and abs(place.lon - lon) < 1
        for place, _ in open_gazetteer().find(name)
    )


def test_divisions_hold_their_towns() -> None:
    table = open_gazetteer()
    town = next(place for place, _ in table.find("Quetta") if place.level == "town")
    assert town.admin1 is not None
    assert table.place(town.admin1).name == "Balochistan"
    assert town.country == "PK"


def test_unknown_names_are_not_there() -> None:
    assert open_gazetteer().find("Qwxyrabad Kalan") == ()
    assert open_gazetteer().find("") == ()


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"something else, long enough")
    with pytest.raises(ValueError, match="not a gazetteer"):
        gazetteer.Gazetteer(other)
