"""Evidence: `report.text[start:end] == quote`, always."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.model import strategies
from variorum.model import (
    Certainty,
    Evidence,
    EvidenceError,
    Place,
    Reading,
    Report,
    Source,
    Time,
    make_claim,
)

TEXT = "Rangers counted “nine” hikers 🏔 missing; the lodge spoke of eleven."


@given(strategies.reports(min_length=1).flatmap(lambda r: st.tuples(st.just(r), strategies.evidence_in(r))))
def test_evidence_of_a_text_is_in_it(pair: tuple[Report, Evidence]) -> None:
    report, evidence = pair
    evidence.check(report)
    assert report.text[evidence.start : evidence.end] == evidence.quote


@given(strategies.readings())
def test_a_reading_whose_evidence_holds_checks(reading: Reading) -> None:
    assert reading.check() is reading


def test_offsets_count_code_points() -> None:
    start = TEXT.index("missing")
    assert Evidence.of(TEXT, start, start + 7).quote == "missing"
    assert start == 32


@pytest.mark.parametrize(("start", "end"), [(0, 6), (-1, 6), (7, 0)])
def test_offsets_must_fit_the_quote(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Evidence(start=start, end=end, quote="Rangers")


def test_no_words_are_no_evidence() -> None:
    with pytest.raises(ValidationError):
        Evidence.of(TEXT, 4, 4)


def test_words_that_are_elsewhere_are_refused_with_a_code_and_a_remedy() -> None:
    report = Report(id="lodge/1", text=TEXT)
    with pytest.raises(EvidenceError) as caught:
        Evidence(start=1, end=8, quote="Rangers").check(report)
    assert caught.value.code == "evidence-mismatch"
    assert caught.value.where == "lodge/1"
    assert "read the report again" in str(caught.value)


@pytest.mark.parametrize("finding", ["claim", "time", "place"])
def test_a_reading_checks_everything_it_found(finding: str) -> None:
    report = Report(id="lodge/1", text=TEXT)
    wrong = Evidence(start=0, end=5, quote="eleven"[:5])
    claim = make_claim(
        "account",
        report=report.id,
        content_hash=report.content_hash,
        evidence=wrong,
        source=Source(party="reporter"),
        certainty=Certainty.STATED,
    )
    found = {
        "claim": {"claims": (claim,)},
        "time": {"times": (Time(evidence=wrong, type="DATE"),)},
        "place": {"places": (Place(name="Lodge", evidence=wrong),)},
    }[finding]
    with pytest.raises(EvidenceError):
        Reading.model_validate({"report": report, "reader": "r", **found}).check()
