"""The closed value sets, as data sets out there hold them."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from variorum.model import (
    Certainty,
    Day,
    Group,
    InputError,
    Kind,
    Outcome,
    Place,
    SettingError,
    Stance,
    Status,
    VariorumError,
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (Kind, "toll responsibility account"),
        (Certainty, "stated hedged denied conditional threatened unverified"),
        (Outcome, "killed injured abducted missing freed captured displaced present"),
        (Group, "civilian security militant mixed unknown"),
        (Stance, "claims accuses denies reports"),
        (Status, "contested revised agreed single"),
    ],
)
def test_the_sets_are_closed(values: type, expected: str) -> None:
    """Adding a value is a decision: users' filters and annotated data name them all."""
    assert [str(value) for value in values] == expected.split()  # type: ignore[attr-defined]


def test_a_day_may_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="after the last"):
        Day(first=date(2031, 5, 2), last=date(2031, 5, 1), precision=1)


@pytest.mark.parametrize(
    "values", [{"latitude": 91}, {"longitude": -181}, {"precision": 8}, {"precision": 0}]
)
def test_a_place_is_on_earth_and_its_precision_is_ucdps(values: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Place.model_validate({"name": "Lodge", **values})


def test_an_error_says_what_where_and_what_to_do() -> None:
    error = InputError(
        "no text in it", where="a.html", remedy="give a page with an article", code="no-article"
    )
    assert str(error) == "[no-article] a.html: no text in it (give a page with an article)"
    assert isinstance(error, VariorumError)


def test_errors_have_codes_of_their_own() -> None:
    assert {InputError("x").code, SettingError("x").code} == {"bad-input", "bad-setting"}
