from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linking.piles import RAIDS, TOLD, pile, reading
from variorum.linking import Decision, Linker, link
from variorum.linking.score import load_model, probability
from variorum.linking.wholes import WHOLE_KINDS
from variorum.model import InputError

PILE = pile()
"""The order that tests shuffle."""


def together(partition: dict[str, str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for report, incident in partition.items():
        groups.setdefault(incident, set()).add(report)
    return {frozenset(group) for group in groups.values()}


def linked(readings: list, decisions: tuple[Decision, ...] = ()) -> Linker:  # type: ignore[type-arg]
    linker = Linker(decisions)
    for item in readings:
        linker.add(item)
    return linker


def decision(kind: str, reports: tuple[str, ...], others: tuple[str, ...] = ()) -> Decision:
    return Decision(kind=kind, reports=reports, others=others, by="A. Reviewer", on=date(2031, 6, 1))  # type: ignore[arg-type]


def test_reports_of_one_incident_come_together_and_others_do_not() -> None:
    groups = together(linked(PILE).partition())
    assert groups == {frozenset(f"{name}-{i}" for i in range(len(texts))) for name, texts in TOLD.items()}


@given(st.permutations(PILE), st.integers(0, len(PILE)))
def test_any_order_gives_the_same_incidents(order: list, pause: int) -> None:  # type: ignore[type-arg]
    linker = linked(order[:pause])
    linker.incidents()
    for item in order[pause:]:
        linker.add(item)
    assert linker.incidents() == linked(PILE).incidents()


@given(st.sampled_from(PILE), st.integers(0, 30), st.permutations(PILE))
def test_an_exact_copy_changes_no_partition(original, days: int, order: list) -> None:  # type: ignore[no-untyped-def, type-arg]
    published = date.fromordinal(original.report.published.toordinal() + days)
    copy = reading("copy", original.report.text, published, "Zz Carrier")
    found = linked([*order, copy]).partition()
    assert found["copy"] == found[original.report.id]
    assert together({r: i for r, i in found.items() if r != "copy"}) == together(linked(PILE).partition())


def test_an_earlier_copy_stands_for_the_text_in_whatever_order() -> None:
    early = reading("early", TOLD["ferry"][0], date(2031, 5, 5), "Aa Herald")
    assert linked([*PILE, early]).incidents() == linked([early, *PILE]).incidents()


def test_the_same_report_again_changes_nothing() -> None:
    linker = linked(PILE)
    before = linker.incidents()
    linker.add(PILE[0])
    assert linker.incidents() == before


def test_another_text_under_a_known_id_is_refused() -> None:
    linker = linked(PILE)
    with pytest.raises(InputError, match="duplicate-id"):
        linker.add(reading("ferry-0", "Other words.", date(2031, 5, 6)))


def test_an_incident_keeps_its_id_while_later_reports_come_in() -> None:
    first = linked(PILE[:2]).partition()["ferry-0"]
    assert linked(PILE).partition()["ferry-0"] == first


def test_links_tell_score_and_reasons() -> None:
    ferry = next(i for i in link(PILE) if "ferry-0" in i.reports)
    assert [found.report for found in ferry.links] == list(ferry.reports[1:])
    for found in ferry.links:
        assert found.other in ferry.reports
        assert found.by in ("likeness", "whole")
        assert found.score > 0.5
        assert {kind for kind, _ in found.reasons} <= set(WHOLE_KINDS)
        assert found.reasons[0][1] > 0


def test_a_report_that_only_the_whole_ties_tells_so() -> None:
    model = load_model()
    sure = replace(model, pairs=replace(model.pairs, threshold=99.0))
    linker = Linker(model=sure)
    for item in PILE:
        linker.add(item)
    assert together(linker.partition()) == together(linked(PILE).partition())
    found = [tie for incident in linker.incidents() for tie in incident.links]
    assert {tie.by for tie in found} <= {"likeness", "whole"}
    assert all(tie.support >= probability(sure.wholes.threshold) for tie in found)


def test_two_attacks_of_the_same_parties_in_one_week_stay_two() -> None:
    pile = [
        reading(f"{name}-{i}", text, date(2031, 9, day + i), f"Paper {name} {i}")
        for day, (name, texts) in enumerate(RAIDS.items(), start=8)
        for i, text in enumerate(texts)
    ]
    assert together(linked(pile).partition()) == {
        frozenset(f"{name}-{i}" for i in range(3)) for name in RAIDS
    }


def test_an_inquiry_a_year_later_comes_to_the_incident_it_is_about() -> None:
    text = (
        "A judge of Norland found that the coastguard had ignored two calls from the Skarholt ferry before gunmen of "
        "the Reef Front killed nine passengers and its captain Ilmar Tessvik off Varndal."
    )
    found = linked([*PILE, reading("inquiry", text, date(2032, 6, 1), "Late Paper")]).partition()
    assert found["inquiry"] == found["ferry-0"]


def test_reports_without_a_day_are_linked_too() -> None:
    undated = reading("undated", TOLD["market"][1] + " Rain fell.")
    found = linked([*PILE, undated]).partition()
    assert found["undated"] == found["market-0"]


def test_joined_reports_stay_together() -> None:
    linker = linked(PILE, (decision("join", ("ferry-0", "market-0")),))
    found = linker.partition()
    assert found["ferry-0"] == found["market-0"]
    assert "decision" in {tie.by for i in linker.incidents() for tie in i.links}


def test_reports_never_to_be_joined_are_kept_apart() -> None:
    found = linked(PILE, (decision("never", ("ferry-0",), ("ferry-1",)),)).partition()
    assert found["ferry-0"] != found["ferry-1"]


def test_a_split_parts_some_reports_from_the_rest() -> None:
    found = linked(PILE, (decision("split", ("ferry-1", "ferry-2"), ("ferry-0",)),)).partition()
    assert found["ferry-1"] == found["ferry-2"] != found["ferry-0"]


def test_a_decision_may_come_later_and_be_overruled() -> None:
    linker = linked(PILE)
    linker.incidents()
    linker.decide([decision("never", ("school-0",), ("school-1",))])
    apart = linker.partition()
    linker.decide([decision("join", ("school-0", "school-1"))])
    assert apart["school-0"] != apart["school-1"]
    assert linker.partition()["school-0"] == linker.partition()["school-1"]
    assert [d.kind for d in linker.unmet] == ["never"]


@given(st.permutations(PILE))
def test_decisions_hold_in_any_order(order: list) -> None:  # type: ignore[type-arg]
    decisions = (
        decision("join", ("ferry-0", "school-1")),
        decision("never", ("market-0",), ("market-1",)),
    )
    assert linked(order, decisions).incidents() == linked(PILE, decisions).incidents()


def test_a_linker_can_be_put_away_and_taken_out_again() -> None:
    linker = linked(PILE[:4])
    linker.incidents()
    again = pickle.loads(pickle.dumps(linker))
    for item in PILE[4:]:
        again.add(item)
    assert again.incidents() == linked(PILE).incidents()
