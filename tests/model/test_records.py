"""What holds for every type of the model: frozen, strict about fields, lossless as JSON, valid by schema."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

import variorum.model as model
from tests.model import strategies
from variorum.model import Claim, Reading, Report
from variorum.model.record import Record

RECORDS = sorted(
    (t for name in model.__all__ if isinstance(t := getattr(model, name), type) and issubclass(t, BaseModel)),
    key=lambda t: t.__name__,
)
CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)

any_record = st.one_of(
    strategies.reports(),
    strategies.parties,
    strategies.sources,
    strategies.days(),
    strategies.places,
    strategies.incidents,
    strategies.readings(),
    strategies.reports(min_length=1).flatmap(strategies.claims_in),
)


def as_json(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json")


@cache
def validator_of(record: type[Record]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(record.model_json_schema(mode="serialization"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda t: t.__name__)
def test_every_type_is_frozen_and_refuses_unknown_fields(record: type[BaseModel]) -> None:
    assert issubclass(record, Record)
    assert record.model_config["frozen"] is True
    assert record.model_config["extra"] == "forbid"


def test_a_report_cannot_be_changed() -> None:
    report = Report(id="r", text="Two people were hurt.")
    with pytest.raises(ValidationError, match="frozen"):
        report.text = "Nobody was hurt."  # type: ignore[misc]


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="publishers"):
        Report.model_validate({"id": "r", "text": "", "publishers": "Harbour Post"})


@given(any_record)
def test_json_round_trip_loses_nothing(record: Record) -> None:
    assert type(record).model_validate_json(record.model_dump_json()) == record


@given(strategies.readings())
def test_claims_come_back_as_their_own_kind(reading: Reading) -> None:
    for claim in reading.claims:
        again = CLAIM.validate_json(claim.model_dump_json())
        assert type(again) is type(claim)
        assert again == claim


@given(any_record)
def test_json_is_valid_by_the_schema(record: Record) -> None:
    validator_of(type(record)).validate(as_json(record))


@pytest.mark.parametrize("record", RECORDS, ids=lambda t: t.__name__)
def test_schemas_are_valid_schemas(record: type[BaseModel]) -> None:
    for mode in ("validation", "serialization"):
        jsonschema.Draft202012Validator.check_schema(record.model_json_schema(mode=mode))


def test_the_schema_refuses_a_value_outside_a_closed_set() -> None:
    claim = strategies.make_claim(
        "account",
        report="r",
        content_hash="0",
        evidence=model.Evidence.of("It is over", 0, 10),
        source=model.Source(party="reporter"),
        certainty=model.Certainty.STATED,
    )
    wrong = {**as_json(claim), "certainty": "sure"}
    with pytest.raises(jsonschema.ValidationError):
        validator_of(model.Account).validate(wrong)


@given(any_record)
def test_equal_records_hash_alike(record: Record) -> None:
    assert hash(record) == hash(record.model_copy(deep=True))


def test_a_report_whose_text_was_changed_is_refused() -> None:
    written = Report(id="r", text="Two people were hurt.").model_dump()
    with pytest.raises(ValidationError, match="content_hash"):
        Report.model_validate({**written, "text": "Nobody was hurt."})
