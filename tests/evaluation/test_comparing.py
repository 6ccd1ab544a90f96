"""Pairs one to one, with what agrees and what differs."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.exports.cases import battle
from variorum.evaluation.comparing import Bounds, Ours, compare, ours_of
from variorum.model import Day, Place
from variorum.model.reference import Reference


def on(day: int, precision: int = 1) -> Day:
    return Day(first=date(2031, 5, day), last=date(2031, 5, day), precision=precision)


def at(name: str = "Reefhaven", latitude: float = -30.25, precision: int = 1) -> Place:
    return Place(name=name, latitude=latitude, longitude=66.75, precision=precision)


def ours(name: str = "a", **known: Any) -> Ours:
    return Ours(id=name, **{"day": on(4), "place": at(), "parties": ("Coast Army", "Reef Front"), **known})


def theirs(name: str = "1", **known: Any) -> Reference:
    given = {"day": on(4), "place": at(), "parties": ("Coast Army", "Reef Front"), **known}
    return Reference(id=name, origin="ucdp-ged", **given)


def stands(one: Ours, two: Reference) -> dict[str, str]:
    (pair,) = compare([one], [two]).matched
    return {point.what: point.stand for point in pair.points}


def test_the_same_incident() -> None:
    assert stands(ours(), theirs()) == {"day": "agrees", "place": "agrees", "parties": "agrees"}


def test_figures_within_and_outside_our_bounds() -> None:
    one = ours(figures={"best": Bounds(low=26, high=65), "deaths_a": Bounds(low=6, high=6)})
    two = theirs(figures={"best": 45, "high": 80, "deaths_a": 7, "deaths_b": 1})
    found = stands(one, two)
    assert [found[what] for what in two.figures] == ["agrees", "differs", "differs", "unknown"]


def test_days_in_tolerance_differ_and_days_beyond_make_no_pair() -> None:
    assert stands(ours(), theirs(day=on(6)))["day"] == "differs"
    assert compare([ours()], [theirs(day=on(7))]).only_reference == ("1",)
    assert stands(ours(), theirs(day=on(10, precision=3)))["day"] == "agrees"


def test_places() -> None:
    assert stands(ours(), theirs(place=at("Reefhaven town")))["place"] == "agrees"
    assert stands(ours(), theirs(place=None))["place"] == "unknown"
    assert stands(ours(), theirs(place=Place(name="Duneford")))["place"] == "differs"
    assert compare([ours()], [theirs(place=at(latitude=-31.25))]).matched == ()
    assert stands(ours(), theirs(place=at(latitude=-31.25, precision=4)))["place"] == "agrees"


def test_a_day_alone_makes_no_pair() -> None:
    found = compare([ours(place=None)], [theirs(parties=("Hill Guard",))])
    assert (found.matched, found.only_ours, found.only_reference) == ((), ("a",), ("1",))


def test_without_a_day_place_and_parties_must_agree() -> None:
    assert stands(ours(day=None), theirs())["day"] == "unknown"
    assert compare([ours(day=None)], [theirs(parties=())]).matched == ()


def test_the_greatest_total_agreement_one_to_one() -> None:
    found = compare([ours("a"), ours("b", day=on(5))], [theirs("1", day=on(5)), theirs("2")])
    assert [(pair.ours, pair.reference) for pair in found.matched] == [("a", "2"), ("b", "1")]


def test_a_dossier_by_the_profile_of_ucdp() -> None:
    dossier, _ = battle()
    one = ours_of(dossier, "here")
    assert one.place is not None
    assert (one.place.name, one.figures["best"]) == ("Reefhaven", Bounds(low=26, high=65))


_days = st.one_of(st.none(), st.builds(on, st.integers(1, 9), st.integers(1, 5)))
_places = st.one_of(st.none(), st.builds(at, st.sampled_from(["Reefhaven", "Duneford"]), st.floats(-31, -30)))
_parties = st.lists(st.sampled_from(["Coast Army", "Reef Front", "Hill Guard"]), max_size=2).map(tuple)
_known = st.fixed_dictionaries({"day": _days, "place": _places, "parties": _parties})


@given(st.lists(_known, max_size=5), st.lists(_known, max_size=5))
def test_each_incident_stands_once_and_the_sides_can_be_swapped(
    left: list[dict[str, Any]], right: list[dict[str, Any]]
) -> None:
    mine = [ours(str(number), **known) for number, known in enumerate(left)]
    other = [theirs(str(number), **known) for number, known in enumerate(right)]
    found = compare(mine, other)
    assert sorted([*(pair.ours for pair in found.matched), *found.only_ours]) == [one.id for one in mine]
    assert sorted([*(pair.reference for pair in found.matched), *found.only_reference]) == [
        one.id for one in other
    ]
    back = compare(
        [ours(str(number), **known) for number, known in enumerate(right)],
        [theirs(str(number), **known) for number, known in enumerate(left)],
    )
    total = sum(pair.agreement for pair in found.matched)
    assert abs(total - sum(pair.agreement for pair in back.matched)) < 0.01
