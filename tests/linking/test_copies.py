from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.linking import copies
from variorum.linking.copies import Compared, CopyFinder, find_copies
from variorum.model import CopyGraph, InputError, Report

WIRE = (
    "Gunmen boarded a ferry near the port of Varndal on Tuesday and killed nine passengers, the coastguard said. "
    "The captain, Ilmar Tessvik, was among the dead, according to a list that the harbour office published late at "
    "night. Survivors told of men in blue overalls who came alongside in two fast boats."
)
LOCAL = (
    "Relatives gathered at the Oskby pier in the rain. Mayor Jorun Aldevik ordered flags to half mast and said "
    "that the town hall would stay open all night for the families. Schools will be closed on Thursday."
)
MORE = (
    "Harbour master Tove Grannick has run the Oskby ferries for thirty years. She said that crews had asked for an "
    "escort since winter and that nobody had answered. Her own brother works in the engine room of the sister ship, "
    "which stayed in port on Wednesday with its lights off while buses took the islanders round the fjord."
)
NOTICE = (
    "Sign up for our newsletter to get the best of our stories in your inbox every morning before breakfast. "
    "All rights reserved; nothing on this page may be used again without our leave in writing."
)
OTHER = (
    "The city council of Pellamur voted on Monday to widen the canal. Engineer Anse Quillory said the work would "
    "take three years and that barges could pass meanwhile. Fishermen protested in front of the sluice and asked for "
    "money, which councillor Hedda Brask refused with a long speech about duty."
)


def report(name: str, text: str, day: int | None = None, publisher: str | None = None) -> Report:
    return Report(id=name, text=text, published=date(2031, 5, day) if day else None, publisher=publisher)


def checked(reports: list[Report]) -> CopyGraph:
    """The graph, after a check of all evidence."""
    graph, known = find_copies(reports), {r.id: r for r in reports}
    for copy in graph.copies:
        for passage in copy.passages:
            passage.here.check(known[copy.report])
            passage.there.check(known[copy.other])
    for credit in graph.credits:
        credit.evidence.check(known[credit.report])
    return graph


def relations(graph: CopyGraph) -> set[tuple[str, str, str, str]]:
    return {(c.report, c.other, c.kind, c.direction) for c in graph.copies}


def test_the_same_text_on_a_later_day_is_a_copy() -> None:
    graph = checked([report("late", WIRE, 8, "B"), report("early", WIRE, 7, "A")])
    assert relations(graph) == {("late", "early", "same text", "time")}


def test_without_days_or_credit_nothing_tells_who_has_it_from_whom() -> None:
    graph = checked([report("a", WIRE, None, "A"), report("b", WIRE, 7, "B")])
    assert [c.direction for c in graph.copies] == ["unknown"]


def test_small_edits_leave_it_one_text() -> None:
    edited = WIRE.replace("nine", "ten").replace("late at night", "on Wednesday")
    graph = checked([report("a", WIRE, 7, "A"), report("b", edited, 8, "B")])
    assert relations(graph) == {("b", "a", "near text", "time")}


def test_edits_every_few_words_are_found_by_the_sketch() -> None:
    words = WIRE.split()
    edited = " ".join("once" if i % 7 == 3 else word for i, word in enumerate(words))
    kinds = {c.kind for c in checked([report("a", WIRE, 7, "A"), report("b", edited, 8, "B")]).copies}
    assert kinds <= {"near text", "passage"}


def test_a_wire_story_inside_a_longer_one_is_a_passage() -> None:
    graph = checked([report("wire", WIRE, 7, "Wire"), report("local", f"{LOCAL}\n{WIRE}\n{MORE}", 7, "Town")])
    (copy,) = graph.copies
    assert (copy.kind, copy.direction) == ("passage", "unknown")
    assert max((p.here.quote for p in copy.passages), key=len).startswith("Gunmen boarded")


def test_a_credit_tells_the_direction_on_one_day() -> None:
    carried = f"VARNDAL (Reuters) - {WIRE}"
    graph = checked([report("z", carried, 7, "Town Crier"), report("a", WIRE, 7, "Reuters")])
    assert relations(graph) == {("z", "a", "near text", "credit")}
    assert [c.outlet for c in graph.credits] == ["Reuters"]


def test_a_credit_goes_before_the_days() -> None:
    carried = f"VARNDAL (Reuters) - {WIRE}"
    graph = checked([report("z", carried, 6, "Town Crier"), report("a", WIRE, 7, "Reuters")])
    assert relations(graph) == {("z", "a", "near text", "credit")}


def test_a_credited_outlet_that_published_weeks_later_tells_no_direction() -> None:
    carried = f"VARNDAL (Reuters) - {WIRE}"
    graph = checked([report("z", carried, 6, "Town Crier"), report("a", WIRE, 27, "Reuters")])
    assert [copy.direction for copy in graph.copies] == ["unknown"]


def test_notices_on_the_pages_of_one_publisher_are_no_copies() -> None:
    pages = [report("a", f"{WIRE}\n{NOTICE}", 7, "Town"), report("b", f"{OTHER}\n{NOTICE}", 9, "Town")]
    assert not checked(pages).copies


def test_notices_are_no_copies_between_publishers_of_one_chain() -> None:
    pages = [
        report("a", f"{WIRE}\n{NOTICE}", 7, "Town East"),
        report("b", f"{OTHER}\n{NOTICE}", 9, "Town West"),
        report("c", f"{LOCAL}\n{NOTICE}", 9, "Town North"),
    ]
    assert not checked(pages).copies


def test_a_publisher_that_prints_its_text_again_revises_it() -> None:
    again = f"{WIRE} A tenth passenger died on Wednesday."
    graph = checked([report("a", WIRE, 7, "Town"), report("b", again, 8, "Town")])
    assert relations(graph) == {("b", "a", "revision", "time")}


def test_two_reports_in_their_own_words_are_no_copies() -> None:
    assert not checked([report("a", WIRE, 7, "A"), report("b", LOCAL, 8, "B")]).copies


@given(st.permutations(range(5)))
def test_the_order_of_reports_is_without_effect(order: list[int]) -> None:
    reports = [
        report("a", WIRE, 7, "A"),
        report("b", f"{LOCAL} {WIRE}", 8, "B"),
        report("c", f"{WIRE}\n{NOTICE}", 8, "C"),
        report("d", f"{OTHER}\n{NOTICE}", 9, "C"),
        report("e", WIRE, 9, "E"),
    ]
    assert find_copies(reports[i] for i in order) == find_copies(reports)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_is_too_odd(a: str, b: str) -> None:
    checked([report("a", a, 7, "A"), report("b", b, 8, "B"), report("c", a + b, 9, "C")])


def test_many_carriers_of_one_story_are_not_compared_all_with_all() -> None:
    carriers: list[Any] = [report(f"r{i:02}", f"{WIRE} {LOCAL[: i * 5]}", 7, f"Paper {i}") for i in range(30)]
    assert len(checked(carriers).copies) < 30 * 15


SOME = [
    report("a", WIRE, 7, "A"),
    report("b", f"{LOCAL} {WIRE}", 8, "B"),
    report("c", f"{WIRE}\n{NOTICE}", 8, "C"),
    report("d", f"{OTHER}\n{NOTICE}", 9, "C"),
    report("e", WIRE, 9, "E"),
    report("f", f"{MORE} {WIRE}", None, "F"),
    report("g", f"{LOCAL} {MORE}", 6, "G"),
    report("h", f"{MORE}\n{NOTICE}", 6, "H"),
]


@given(st.permutations(SOME), st.integers(0, len(SOME)), st.integers(1, 3))
def test_reports_may_come_one_by_one_in_any_order(order: list[Report], pause: int, holders: int) -> None:
    kept = copies.HOLDERS, copies.LOT
    try:
        copies.HOLDERS, copies.LOT = holders, 1  # type: ignore[misc]
        finder = CopyFinder()
        for item in order[:pause]:
            finder.add(item)
        finder.graph()
        for item in order[pause:]:
            finder.add(item)
        assert finder.graph() == find_copies(SOME)
        assert sorted(finder.copies(), key=lambda c: (c.report, c.other)) == list(finder.graph().copies)
    finally:
        copies.HOLDERS, copies.LOT = kept  # type: ignore[misc]


@given(st.lists(st.sets(st.integers(0, len(SOME) - 1)), min_size=1, max_size=4))
def test_what_was_compared_before_is_without_effect(days: list[set[int]]) -> None:
    """Day after day, with whatever reports: as if each were the first to be asked for."""
    compared = Compared()
    for day in days:
        reports = [SOME[number] for number in sorted(day)]
        assert find_copies(reports, compared) == find_copies(reports)


def test_the_graph_of_some_reports_is_what_the_whole_one_says_of_them() -> None:
    finder = CopyFinder()
    for item in SOME:
        finder.add(item)
    some = finder.graph(["a", "b", "d"])
    assert some.copies == tuple(c for c in finder.graph().copies if {c.report, c.other} <= {"a", "b", "d"})
    assert ("b", "a") in {(c.report, c.other) for c in some.copies}


def test_the_same_report_again_changes_nothing_and_another_text_is_refused() -> None:
    finder = CopyFinder()
    for item in (*SOME, SOME[0]):
        finder.add(item)
    assert finder.graph() == find_copies(SOME)
    with pytest.raises(InputError, match="duplicate-id"):
        finder.add(report("a", LOCAL, 7, "A"))


def test_a_notice_is_known_by_reports_far_down_the_line() -> None:
    """The first holders of a notice all tell of one incident; that it is one shows in others that have it too."""
    near = [report(f"n{i}", f"{WIRE[: 60 + i]} {LOCAL}\n{NOTICE}", 7, f"Paper {i}") for i in range(8)]
    own = report("own", f"{MORE}\n{NOTICE}", 8, "Paper own")
    far = [report(f"z{i}", f"{OTHER[i:]}\n{NOTICE}", 20 + i, "Zz") for i in range(5)]
    assert not [c for c in find_copies([*near, own, *far]).copies if "own" in (c.report, c.other)]


QUOTED = (
    "“We asked the harbour office for an escort in winter, in spring and again last week, and we are still waiting for "
    "the courtesy of an answer from anybody at all,” Ms Grannick said."
)


def test_two_that_quote_one_speaker_have_it_from_neither() -> None:
    pair = [report("a", f"{LOCAL} {QUOTED}", 7, "A"), report("b", f"{WIRE} {QUOTED}", 8, "B")]
    assert not checked(pair).copies


def test_words_of_a_speaker_are_a_passage_where_one_credits_the_other() -> None:
    carried = QUOTED.replace("Ms Grannick said", "Ms Grannick told Reuters")
    pair = [report("a", f"{LOCAL} {QUOTED}", 7, "Reuters"), report("b", f"{WIRE} {carried}", 8, "B")]
    assert relations(checked(pair)) == {("b", "a", "passage", "credit")}


def test_a_dozen_words_alike_are_no_passage_unless_one_credits_the_other() -> None:
    shared = "Gunmen boarded a ferry near the port of Varndal on Tuesday and killed nine passengers"
    pair = [
        report("a", f"{LOCAL} {shared}.", 7, "Reuters"),
        report("b", f"{MORE} {shared}, it was said.", 8, "B"),
    ]
    assert not checked(pair).copies
    pair[1] = report("b", f"{MORE} {shared}, Reuters reported.", 8, "B")
    assert relations(checked(pair)) == {("b", "a", "passage", "credit")}


def test_where_to_call_is_no_passage() -> None:
    call = "Anyone who saw the two boats is asked to call the harbour police of Varndal at 555-0199 at any hour of the day."
    pair = [report("a", f"{LOCAL} {call}", 7, "A"), report("b", f"{WIRE} {call}", 8, "B")]
    assert not checked(pair).copies


def test_what_one_text_says_twice_counts_once() -> None:
    shared = "The captain, Ilmar Tessvik, was among the dead, according to a list that the harbour office published"
    pair = [report("a", f"{LOCAL} {shared}.", 7, "A"), report("b", f"{shared}. {MORE} {shared}.", 8, "B")]
    assert not checked(pair).copies
