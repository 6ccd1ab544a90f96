from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.ledger.piles import many, pile
from variorum.ledger import Decision, Order, Wanted
from variorum.ledger.migrations.versions import __path__ as versions
from variorum.ledger.shelf import row_of
from variorum.ledger.tables import shelf, states
from variorum.model import Day, Outcome, Place, SettingError, Status


@pytest.fixture
def filled(ledger):
    ledger.add([*pile(), *many(12)], by="me")
    ledger.link()
    for number, state in enumerate(ledger.incidents()[:6]):
        on = Day(first=date(2031, 1 + number // 2, 9), last=date(2031, 1 + number // 2, 9), precision=1)
        place = Place(
            name="Orrin", latitude=45.1 + number // 3, longitude=9, country="XA", precision=number % 3 or None
        )
        chosen = {"day": on, "place": place, "by": "Ada", "why": "by the film"}
        ledger.decide(Decision(kind="set", subject=state.incident, **chosen))
    ledger.refresh()
    return ledger


def pages(ledger, size, wanted=Wanted(), order=Order.DAY):  # noqa: B008
    after, found = None, []
    while True:
        browsed = ledger.browse(wanted, order=order, after=after, limit=size)
        assert len(browsed.states) <= size
        found += browsed.states
        after = browsed.after
        if after is None:
            return found


@pytest.mark.parametrize("order", Order)
def test_pages_of_any_size_make_one_list(filled, order):
    whole = pages(filled, 1000, order=order)
    assert {state.incident for state in whole} == {state.incident for state in filled.incidents()}
    assert all(pages(filled, size, order=order) == whole for size in (1, 2, 5))


def test_each_order_is_what_it_says(filled):
    def keys(order, key):
        return [key(state) for state in pages(filled, 50, order=order)]

    by_day = keys(Order.DAY, lambda state: state.day.first if state.day else date.min)
    reported = keys(Order.REPORTED, lambda state: state.last_published)
    contested = keys(Order.CONTESTED, lambda state: state.contested)
    reports = keys(Order.REPORTS, lambda state: state.reports)
    for found in (by_day, reported, contested, reports):
        assert found == sorted(found, reverse=True)
        assert len(set(found)) > 1


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(party="police"),
        Wanted(since=date(2031, 5, 1)),
        Wanted(until=date(2031, 5, 1)),
        Wanted(outcome=Outcome.KILLED, status=Status.CONTESTED),
        Wanted(place="Varndal"),
        Wanted(country="xa"),
        Wanted(country="XX"),
    ],
)
def test_what_is_wanted_is_as_in_the_plain_list(filled, wanted):
    listed = {state.incident for state in filled.incidents(wanted)}
    assert {state.incident for state in pages(filled, 3, wanted)} == listed
    assert filled.overview(wanted).incidents == len(listed)


def test_the_overview_adds_up(filled):
    told, listed = filled.overview(), filled.incidents()
    assert len(told.times) > 1 < len(told.spots)
    assert told.incidents == len(listed)
    assert sum(time.incidents for time in told.times) + told.undated == len(listed)
    assert sum(time.contested for time in told.times) == sum(
        state.contested > 0 for state in listed if state.day
    )
    assert sum(spot.incidents for spot in told.spots) + told.unplaced == len(listed)


def test_the_shelf_follows_reports_and_decisions(filled, where):
    def stands():
        with filled._store.reading() as connection:
            rows = connection.execute(select(shelf)).mappings()
            numbers = {row["incident"]: row["state"] for row in rows}
            found = {
                row.incident: row.number
                for row in connection.execute(select(states).order_by("known_on", "number"))
            }
        return numbers, found

    before, last = stands()
    assert before == last
    first, other = (reading.report.id for reading in list(filled.readings())[:2])
    filled.decide(Decision(kind="split", reports=(first,), others=(other,), by="Ada", why="another boat"))
    filled.link()
    after, _ = stands()
    listed = {state.incident: state for state in filled.incidents()}
    assert after.keys() == listed.keys() != before.keys()
    assert {state.incident: state for state in pages(filled, 4)} == listed


def test_another_orders_place_or_none_at_all_is_refused(filled):
    after = filled.browse(limit=1).after
    for order, cursor in ((Order.REPORTS, after), (Order.DAY, "x"), (Order.DAY, "bnVsbA"), (Order.DAY, "é")):
        with pytest.raises(SettingError, match="bad-cursor"):
            filled.browse(order=order, after=cursor)


def test_a_ledger_from_before_the_shelf_gets_one(filled):
    """What the migration makes of the states is what is put there as they are written."""
    import importlib

    assert versions
    migration = importlib.import_module("variorum.ledger.migrations.versions.0005_shelf")
    with filled._store.reading() as connection:
        made = {row["incident"]: row for row in migration.last_states(connection)}
        kept = {row["incident"]: dict(row) for row in connection.execute(select(shelf)).mappings()}
    listed = {state.incident: state for state in filled.incidents()}
    assert made == kept
    assert kept == {name: row_of(kept[name]["state"], state) for name, state in listed.items()}


def test_earlier_moments_are_paged_as_well(filled):
    day = date(2031, 5, 8)
    listed = {state.incident: state for state in filled.incidents(as_of=day)}
    after, found = None, []
    while True:
        browsed = filled.browse(after=after, limit=3, as_of=day)
        found += browsed.states
        after = browsed.after
        if after is None:
            break
    assert {state.incident: state for state in found} == listed
    assert len(found) == len(listed) < len(filled.incidents())


def test_incidents_of_a_few_weeks_are_counted_day_by_day(filled):
    few = filled.overview(Wanted(since=date(2031, 1, 1), until=date(2031, 2, 28)))
    assert few.unit == "day"
    assert {time.first.day for time in few.times} == {9}
    assert filled.overview(Wanted(since=date(2031, 1, 1), until=date(2031, 12, 31))).unit == "day"
