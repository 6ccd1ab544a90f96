"""Claims: their invariants and their ids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.model import strategies
from variorum.model import (
    Certainty,
    Claim,
    Evidence,
    Group,
    Outcome,
    Report,
    Source,
    Stance,
    content_id,
    make_claim,
)

TEXT = "The harbour authority said 12 dock workers were hurt when the crane fell at Port Vell."
REPORT = Report(id="harbour/1", text=TEXT)


def toll(**changes: Any) -> Claim:
    start = TEXT.index("12 dock")
    values: dict[str, Any] = {
        "report": REPORT.id,
        "content_hash": REPORT.content_hash,
        "evidence": Evidence.of(TEXT, start, start + len("12 dock workers were hurt")),
        "source": Source(
            party="Port Vell Harbour Authority", mention="The harbour authority", mention_start=0
        ),
        "certainty": Certainty.STATED,
        "outcome": Outcome.INJURED,
        "group": Group.CIVILIAN,
        "min": 12,
        "max": 12,
    }
    return make_claim("toll", **{**values, **changes})


def test_ids_are_pinned() -> None:
    """Ids are stored and cited: a change here breaks every ledger and link that holds one."""
    assert content_id("claim", "a", 1, None, {"b": [True, "é"]}) == "claim-5d09281c1e7cf9e3"
    assert REPORT.content_hash == "2a7aa1182c571b32e7974d8064e2ddbb92c819e37fec191a1b17b9113aa48313"
    assert toll().id == "claim-c527de245a5b0b5d"


def test_the_same_assertion_keeps_its_id_when_read_better() -> None:
    better = toll(score=0.4, reader="another reader", incident="i-1", who="dock workers", background=True)
    assert better.id == toll().id


@pytest.mark.parametrize(
    "changes",
    [
        {"min": 11},
        {"max": None},
        {"outcome": Outcome.KILLED},
        {"group": Group.UNKNOWN},
        {"source": Source(party="reporter")},
        {"content_hash": "another text"},
        {"evidence": Evidence.of(TEXT, 27, 42)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_assertion_has_another_id(changes: dict[str, Any]) -> None:
    assert toll(**changes).id != toll().id


def test_kinds_at_the_same_words_have_their_own_ids() -> None:
    shared: dict[str, Any] = {
        "report": REPORT.id,
        "content_hash": REPORT.content_hash,
        "evidence": Evidence.of(TEXT, 0, 10),
        "source": Source(party="reporter"),
        "certainty": Certainty.HEDGED,
    }
    account = make_claim("account", **shared)
    blame = make_claim("responsibility", **shared, actor="Crane Company", stance=Stance.ACCUSES)
    assert account.id != blame.id


@given(strategies.reports(min_length=1).flatmap(lambda r: st.tuples(st.just(r), strategies.claims_in(r))))
def test_ids_have_one_form_and_follow_from_content(pair: tuple[Report, Claim]) -> None:
    report, claim = pair
    values = {name: getattr(claim, name) for name in type(claim).model_fields if name not in ("id", "kind")}
    again = make_claim(claim.kind, content_hash=report.content_hash, **values)
    assert again == claim


@pytest.mark.parametrize(("low", "high"), [(None, None), (5, 4), (-1, 3), (None, -2)])
def test_impossible_bounds_are_refused(low: int | None, high: int | None) -> None:
    with pytest.raises(ValidationError):
        toll(min=low, max=high)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (20, None), (None, 30), (20, 30)])
def test_open_and_closed_bounds_are_kept(low: int | None, high: int | None) -> None:
    claim = toll(min=low, max=high)
    assert (claim.min, claim.max) == (low, high)  # type: ignore[union-attr]


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_is_a_probability(score: float) -> None:
    with pytest.raises(ValidationError):
        toll(score=score)


def test_a_claim_has_a_source() -> None:
    with pytest.raises(ValidationError):
        toll(source=Source(party=""))
