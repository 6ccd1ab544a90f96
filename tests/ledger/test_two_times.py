"""As of a day, and as recorded at a time: what was known is not lost, and what was not known is not told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.piles import FERRY, HELD, SWAM, Clock, pile, read, report
from variorum.ledger import Decision, Ledger, filed
from variorum.model import VariorumError


def killed(opened):
    """The standing figures of each source for people killed."""
    return {
        position.source: position.standing.max
        for question in opened.dossier.questions
        if question.kind == "toll"
        for position in question.positions
    }


@pytest.fixture
def filled(ledger):
    ledger.add(pile(), by="me")
    ledger.link()
    return ledger


def test_a_day_knows_what_was_published_by_then(filled):
    ferry = filled.incidents()[0].incident
    assert [one.reports for one in filled.incidents(as_of=date(2031, 5, 5))] == []
    assert [one.reports for one in filled.incidents(as_of=date(2031, 5, 6))] == [1]
    assert [one.reports for one in filled.incidents(as_of=date(2031, 5, 8))] == [3, 1]
    assert [one.reports for one in filled.incidents()] == [3, 2]
    assert killed(filled.dossier(ferry, as_of=date(2031, 5, 6))) == {"Police": 9}
    assert killed(filled.dossier(ferry)) == {"Police": 11, "Coastguard": 14}
    with pytest.raises(VariorumError) as caught:
        filled.dossier(ferry, as_of=date(2031, 5, 5))
    assert caught.value.code == "unknown-incident"


def test_the_list_says_what_the_dossiers_say(filled):
    for day in [date(2031, 5, d) for d in range(6, 11)]:
        for state in filled.incidents(as_of=day):
            dossier = filled.dossier(state.incident, as_of=day).dossier
            assert state.claims == len(dossier.claims)
            assert state.reports == len(dossier.reports)
            assert sum(state.statuses.values()) == len(dossier.questions)
            assert set(dossier.parties) <= set(state.parties)


def test_a_time_knows_what_was_recorded_by_then(filled, clock):
    before = clock()
    ferry = filled.incidents()[0].incident
    late = report(
        "late", "2031-05-07", "Skarholt Star", FERRY.format(n=40, who="Mayor", more=f"{HELD} {SWAM}")
    )
    filled.add(read(late), by="me")
    filled.link()
    assert [one.reports for one in filled.incidents()] == [4, 2]
    assert [one.reports for one in filled.incidents(recorded=before)] == [3, 2]
    assert "Mayor" in killed(filled.dossier(ferry))
    assert "Mayor" not in killed(filled.dossier(ferry, recorded=before))
    assert [hit.name for hit in filled.search("mayor ferry")] == ["late"]
    assert filled.search("mayor ferry", recorded=before) == ()
    assert [one.reports for one in filled.incidents(as_of=date(2031, 5, 7), recorded=before)] == [2]
    assert [one.reports for one in filled.incidents(as_of=date(2031, 5, 7))] == [3]


def test_a_report_without_a_day_was_known_on_no_day(ledger):
    told = read(report("x", None, "Post", FERRY.format(n=9, who="Police", more=SWAM)))
    ledger.add(told, by="me")
    ledger.link()
    assert ledger.incidents(as_of=date(2099, 1, 1)) == ()
    (state,) = ledger.incidents()
    assert (state.reports, state.first_published) == (1, None)
    assert len(ledger.dossier(state.incident).dossier.reports) == 1


def test_a_changed_text_at_one_address_is_a_new_version(ledger, clock):
    url = "https://post.example/ferry"
    first = report("a", "2031-05-06", "Post", FERRY.format(n=19, who="Police", more=SWAM), url=url)
    second = report("b", "2031-05-07", "Post", FERRY.format(n=9, who="Police", more=SWAM), url=url)
    ledger.add(read(first), by="me")
    ledger.link()
    (state,) = ledger.incidents()
    between = clock()
    ledger.add(read(second), by="me")
    ledger.link()
    opened = ledger.dossier(state.incident)
    assert killed(opened) == {"Police": 9}
    ((earlier, why),) = opened.earlier
    assert (earlier.report.id, why.why, why.by, why.since) == (
        filed(first).id,
        "changed",
        filed(second).id,
        "2031-05-07",
    )
    assert killed(ledger.dossier(state.incident, as_of=date(2031, 5, 6))) == {"Police": 19}
    assert killed(ledger.dossier(state.incident, recorded=between)) == {"Police": 19}
    assert ledger.versions(filed(second).id) == [filed(first).id, filed(second).id]
    assert [(one.reports, one.earlier) for one in ledger.incidents()] == [(1, 1)]
    assert [(one.reports, one.earlier) for one in ledger.incidents(as_of=date(2031, 5, 6))] == [(1, 0)]


@pytest.mark.parametrize("url", ["https://post.example/", "https://post.example", None])
def test_a_front_page_is_no_report_s_address(ledger, url):
    told = [
        report("a", "2031-05-06", "Post", FERRY.format(n=19, who="Police", more=SWAM), url=url),
        report("b", "2031-05-07", "Post", FERRY.format(n=9, who="Mayor", more=SWAM), url=url),
    ]
    ledger.add(read(*told), by="me")
    ledger.link()
    assert [(one.reports, one.earlier) for one in ledger.incidents()] == [(2, 0)]


def test_another_publisher_s_text_at_an_address_is_no_version(ledger):
    url = "https://shared.example/ferry"
    told = [
        report("a", "2031-05-06", "Post", FERRY.format(n=19, who="Police", more=SWAM), url=url),
        report("b", "2031-05-07", "Gazette", FERRY.format(n=9, who="Mayor", more=SWAM), url=url),
    ]
    ledger.add(read(*told), by="me")
    ledger.link()
    assert [(one.reports, one.earlier) for one in ledger.incidents()] == [(2, 0)]


def test_a_withdrawn_report_is_shown_and_counts_no_more(filled):
    ferry = filled.incidents()[0].incident
    gone = filled.dossier(ferry).readings[1].report
    assert filled.withdraw(gone.id, by="me", why="the Gazette took it back", on=date(2031, 5, 9))
    assert not filled.withdraw(gone.id, by="you", why="the Gazette took it back", on=date(2031, 5, 9))
    assert filled.refresh() == 1
    opened = filled.dossier(ferry)
    assert killed(opened) == {"Police": 11}
    ((reading, why),) = opened.earlier
    assert (reading.report, why.why, why.reason) == (gone, "withdrawn", "the Gazette took it back")
    assert "Coastguard" in killed(filled.dossier(ferry, as_of=date(2031, 5, 8)))
    assert next((one.reports, one.earlier) for one in filled.incidents()) == (2, 1)
    assert next((one.reports, one.earlier) for one in filled.incidents(as_of=date(2031, 5, 8))) == (3, 0)
    assert [hit.name for hit in filled.search("coastguard")] == ["ferry-2"]


def test_an_incident_whose_reports_were_all_withdrawn_is_still_there(filled):
    market = filled.incidents()[1].incident
    for reading in filled.dossier(market).readings:
        filled.withdraw(reading.report.id, by="me", why="taken back")
    filled.refresh()
    assert [(one.reports, one.earlier) for one in filled.incidents()][1:] == [(0, 2)]
    opened = filled.dossier(market)
    assert (opened.dossier.questions, len(opened.earlier)) == ((), 2)


def test_a_report_in_another_s_place(filled):
    ferry = filled.incidents()[0].incident
    first, second, _ = (one.report.id for one in filled.dossier(ferry).readings)
    filled.replace(first, second, by="me", why="correction")
    filled.link()
    opened = filled.dossier(ferry)
    assert [(one.report.id, why.why, why.by) for one, why in opened.earlier] == [(first, "replaced", second)]


def test_notices_are_about_reports_that_are_there(filled):
    known = filled.dossier(filled.incidents()[0].incident).readings[0].report.id
    for act in (
        lambda: filled.withdraw("report-unknown", by="me", why="?"),
        lambda: filled.replace(known, "report-unknown", by="me", why="?"),
    ):
        with pytest.raises(VariorumError) as caught:
            act()
        assert caught.value.code == "unknown-subject"
    assert filled.count()["notices"] == 0


DAYS = [date(2031, 5, 4) + timedelta(days=n) for n in range(8)]

Act = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 4)),
    st.tuples(st.just("link"), st.just(0)),
    st.tuples(st.just("withdraw"), st.integers(0, 4)),
    st.tuples(st.just("reject"), st.integers(0, 4)),
)


@settings(max_examples=12)
@given(acts=st.lists(Act, min_size=2, max_size=8))
def test_what_was_said_at_a_time_is_said_of_it_ever_after(acts):
    """Recorded-at: no later act changes an answer about an earlier time. As-of: a later day knows no fewer reports."""

    def answers(ledger, recorded=None):
        found = [ledger.incidents(as_of=day, recorded=recorded) for day in DAYS]
        now = ledger.incidents(recorded=recorded)
        dossiers = [ledger.dossier(one.incident, recorded=recorded) for one in now]
        claims = sorted(claim.id for claim in ledger.claims(recorded=recorded))
        return found, now, dossiers, claims

    clock, told = Clock(), pile()
    with TemporaryDirectory() as folder, Ledger.open(f"{folder}/ledger.db", clock=clock) as ledger:
        past = []
        for act, number in acts:
            known = [filed(one.report).id for one in told]
            if act == "add":
                ledger.add([told[number]], by="me")
            elif act == "link":
                ledger.link()
            elif ledger.has_read(told[number].report, "fake 1"):
                if act == "withdraw":
                    ledger.withdraw(known[number], by="me", why="taken back", on=DAYS[number + 1])
                else:
                    ledger.decide(
                        Decision(kind="reject", subject=told[number].claims[0].id, by="me", why="no")
                    )
            past.append((clock(), answers(ledger)))
        for time, said in past:
            assert answers(ledger, time) == said
        for earlier, later in pairwise(DAYS):
            before = sum(one.reports + one.earlier for one in ledger.incidents(as_of=earlier))
            assert before <= sum(one.reports + one.earlier for one in ledger.incidents(as_of=later))
        ledger.verify()


def test_the_days_of_an_incident_are_those_on_which_more_became_known(filled, clock):
    before = clock()
    ferry = filled.incidents()[0].incident
    days = filled.known_days(ferry)
    assert list(days) == sorted({one.report.published for one in filled.dossier(ferry).readings})
    first = filled.dossier(ferry).readings[0].report.id
    filled.withdraw(first, by="me", why="a mistake", on=date(2031, 5, 20))
    assert filled.known_days(ferry) == (*days, date(2031, 5, 20))
    late = report(
        "late", "2031-05-15", "Skarholt Star", FERRY.format(n=40, who="Mayor", more=f"{HELD} {SWAM}")
    )
    filled.add(read(late), by="me")
    filled.link()
    assert date(2031, 5, 15) in filled.known_days(ferry)
    assert date(2031, 5, 15) not in filled.known_days(ferry, recorded=before)
    with pytest.raises(VariorumError) as caught:
        filled.known_days("incident-0000000000000000")
    assert caught.value.code == "unknown-incident"


def test_the_version_changes_with_whatever_is_recorded(filled):
    seen = [filled.version()]
    assert filled.version() == seen[0]
    reading = filled.dossier(filled.incidents()[0].incident).readings[0]
    filled.withdraw(reading.report.id, by="me", why="a mistake")
    seen.append(filled.version())
    filled.decide(
        Decision(kind="rename", subject="Police", name="Town police", by="me", why="their own name")
    )
    seen.append(filled.version())
    filled.add([report("new", "2031-06-01", "Post", "Nothing happened.")], by="me")
    seen.append(filled.version())
    assert len(set(seen)) == len(seen)
