from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.linking import find_copies
from variorum.model import Dossier, LinkedIncident, Reading, Status
from variorum.reconciling import changes_between, reconcile_incidents

FIRST = date(2031, 5, 1)


def telling(number: int, day: date | None) -> Telling:
    """The report of this number, with words of its own so that it is nobody's copy."""
    return Telling(id=f"r{number}", published=day, publisher=f"Paper {number}").sentence(f"Number {number}.")


def known(readings: Sequence[Reading], day: date) -> tuple[Dossier, ...]:
    """What was known of the incident that all readings tell of, and of one told by the first alone if there are many."""
    reports = [reading.report.id for reading in readings]
    incidents = [LinkedIncident(id="incident-a", reports=tuple(reports[1:]))] if reports[1:] else []
    incidents.append(LinkedIncident(id="incident-b", reports=tuple(reports[:1])))
    return reconcile_incidents(
        readings, incidents, find_copies(reading.report for reading in readings), as_of=day
    )


@st.composite
def piles(draw: st.DrawFn) -> list[Reading]:
    readings = []
    for number in range(draw(st.integers(1, 5))):
        day = draw(st.none() | st.integers(0, 4).map(lambda days: FIRST + timedelta(days)))
        told = telling(number, day)
        for _ in range(draw(st.integers(0, 3))):
            source = draw(st.sampled_from((ARMY, FRONT, CLINIC, REPORTER)))
            low = draw(st.integers(0, 9))
            high = draw(st.sampled_from((low, None)))
            certainty = draw(st.sampled_from(("stated", "hedged", "denied", "conditional")))
            told.toll(source, f"{low} died", low, high, certainty=certainty)
        if draw(st.booleans()):
            told.blame(FRONT, ARMY, draw(st.sampled_from(("accuses", "denies"))))
        readings.append(told.reading())
    return readings


days = st.integers(0, 4).map(lambda count: FIRST + timedelta(count))


@given(piles(), days)
def test_nothing_changes_between_a_day_and_itself(readings: list[Reading], day: date) -> None:
    assert changes_between(known(readings, day), known(readings, day)) == ()


@given(piles(), days)
def test_what_is_known_on_a_day_is_known_on_the_next(readings: list[Reading], day: date) -> None:
    before, after = known(readings, day), known(readings, day + timedelta(1))
    later = {dossier.incident: dossier for dossier in after}
    for dossier in before:
        then = later[dossier.incident]
        assert set(dossier.claims) <= set(then.claims)
        assert set(dossier.reports) <= set(then.reports)
        assert set(dossier.parties) <= set(then.parties)


@given(piles(), days, days, days)
def test_what_came_in_over_two_spans_came_in_over_both(
    readings: list[Reading], one: date, two: date, three: date
) -> None:
    first, second, third = (known(readings, day) for day in sorted((one, two, three)))

    def came(before: Sequence[Dossier], after: Sequence[Dossier]) -> set[tuple[str | None, str]]:
        return {
            (change.incident, claim) for change in changes_between(before, after) for claim in change.claims
        }

    assert came(first, second) | came(second, third) == came(first, third)
    assert not came(first, second) & came(second, third)


@pytest.fixture
def story() -> list[Reading]:
    """The army counts 9 and then 14; the front contests it on the third day; another incident on the fourth."""
    return [
        telling(0, FIRST + timedelta(3)).toll(CLINIC, "3 died", 3).reading(),
        telling(1, FIRST).toll(ARMY, "nine died", 9).reading(),
        telling(2, FIRST + timedelta(1)).toll(ARMY, "14 died", 14).account(CLINIC, "we are full").reading(),
        telling(3, FIRST + timedelta(2)).toll(FRONT, "31 died", 31, certainty="hedged").reading(),
    ]


def test_a_source_that_raises_its_figure(story: list[Reading]) -> None:
    (change,) = changes_between(known(story, FIRST), known(story, FIRST + timedelta(1)))
    assert (change.incident, change.new, change.reports) == ("incident-a", False, ("r2",))
    assert change.sources == (CLINIC,)
    assert len(change.claims) == 2
    (position,) = change.positions
    assert (position.source, position.before, position.after) == (ARMY, ("9",), ("14",))
    assert set(position.claims) < set(change.claims)
    assert [(one.before, one.after) for one in change.statuses] == [(Status.SINGLE, Status.REVISED)]


def test_a_source_that_contests_it(story: list[Reading]) -> None:
    (change,) = changes_between(known(story, FIRST + timedelta(1)), known(story, FIRST + timedelta(2)))
    (position,) = change.positions
    assert (position.source, position.before, position.after) == (FRONT, (), ("31 (hedged)",))
    (status,) = change.statuses
    assert (status.before, status.after) == (Status.REVISED, Status.CONTESTED)
    assert "Both cannot hold" in status.reason


def test_an_incident_that_was_not_known(story: list[Reading]) -> None:
    (change,) = changes_between(known(story, FIRST + timedelta(2)), known(story, FIRST + timedelta(3)))
    assert (change.incident, change.new, change.reports) == ("incident-b", True, ("r0",))
    assert [one.before for one in change.statuses] == [None]


def test_a_denial_stands_beside_the_figure() -> None:
    readings = [
        telling(0, FIRST).toll(CLINIC, "3 died", 3).reading(),
        telling(1, FIRST).toll(ARMY, "nine died", 9).reading(),
        telling(2, FIRST + timedelta(1)).toll(ARMY, "31 died", 31, certainty="denied").reading(),
    ]
    (change,) = changes_between(known(readings, FIRST), known(readings, FIRST + timedelta(1)))
    (position,) = change.positions
    assert (position.before, position.after) == (("9",), ("9", "not 31"))


def test_who_rejects_an_account_does_not_deny_doing_so() -> None:
    denial = {"certainty": "denied", "denies": True}
    readings = [
        telling(0, FIRST).toll(CLINIC, "3 died", 3).reading(),
        telling(1, FIRST).toll(ARMY, "nine died", 9).reading(),
        telling(2, FIRST + timedelta(1)).account(FRONT, "what the army says is false", **denial).reading(),
    ]
    (change,) = changes_between(known(readings, FIRST), known(readings, FIRST + timedelta(1)))
    assert [position.after for position in change.positions] == [("rejects another account",)]
