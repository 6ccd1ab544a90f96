"""What a ledger knows of feeds: kept between runs, and let go of by a watcher that dies."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.piles import pile
from variorum.intake import FeedItem, FeedState
from variorum.intake.feeds import parse_feed
from variorum.ledger import Ledger

FEED, OTHER = "https://post.example/feed", "https://gazette.example/feed"
DUE = datetime(2031, 6, 1, 12, 15, 0, 250_000, tzinfo=UTC)


def item(key, state="1"):
    return FeedItem(where=f"{FEED}: item", key=key, state=state)


def test_a_feed_that_was_never_asked_is_not_known(ledger):
    assert ledger.feeds.state(FEED) == FeedState()


def test_all_of_a_state_is_kept(ledger, where):
    for key in ("c", "a", "b"):
        ledger.feeds.saw(FEED, item(key))
    state = FeedState('"tag"', "Tue, 06 May 2031 10:00:00 GMT", DUE, 3, True, {"c": "1", "a": "1", "b": "1"})
    ledger.feeds.keep(FEED, state)
    ledger.feeds.keep(OTHER, FeedState(failures=1))
    with Ledger.open(where) as again:
        assert again.feeds.state(FEED) == state
        assert list(again.feeds.state(FEED).seen) == ["c", "a", "b"]  # oldest first
        assert again.feeds.state(OTHER) == FeedState(failures=1)


def test_an_item_is_known_in_its_last_state_and_moves_to_the_end(ledger):
    for one in (item("a"), item("b"), item("a", "2")):
        ledger.feeds.saw(FEED, one)
    assert list(ledger.feeds.state(FEED).seen.items()) == [("b", "1"), ("a", "2")]
    assert ledger.feeds.state(OTHER).seen == {}


def test_what_could_not_be_had_is_counted_and_not_taken_for_seen(ledger):
    ledger.feeds.saw(FEED, item("a"))
    assert [ledger.feeds.missed(FEED, item("a", "2")), ledger.feeds.missed(FEED, item("new"))] == [1, 1]
    assert ledger.feeds.missed(FEED, item("new")) == 2
    assert ledger.feeds.state(FEED).seen == {"a": "1"}
    ledger.feeds.saw(FEED, item("new"))
    assert ledger.feeds.missed(FEED, item("new", "2")) == 1


def test_items_that_a_state_has_no_longer_are_forgotten(ledger):
    for key in "abc":
        ledger.feeds.saw(FEED, item(key))
        ledger.feeds.saw(OTHER, item(key))
    ledger.feeds.keep(FEED, FeedState(seen={"b": "1"}))
    assert (list(ledger.feeds.state(FEED).seen), len(ledger.feeds.state(OTHER).seen)) == (["b"], 3)


def test_what_is_known_of_feeds_is_no_record(ledger):
    ledger.add(pile(), by="me")
    before = ledger.content_hash(), ledger.verify()
    ledger.feeds.saw(FEED, item("a"))
    ledger.feeds.keep(FEED, FeedState(due=DUE))
    assert (ledger.content_hash(), ledger.verify()) == before


def test_a_copy_has_it_too(ledger, tmp_path):
    ledger.feeds.saw(FEED, item("a"))
    ledger.feeds.keep(FEED, FeedState(etag='"tag"', due=DUE, seen={"a": "1"}))
    with Ledger.open(ledger.backup(tmp_path / "copy.db")) as copy:
        assert copy.feeds.state(FEED) == ledger.feeds.state(FEED)


def test_feeds_that_do_not_answer_are_found(ledger):
    def found():
        return [(one.what, one.found, one.state) for one in ledger.check() if one.what.startswith("feed")]

    assert found() == []
    ledger.feeds.keep(FEED, FeedState(failures=3))
    ledger.feeds.keep(OTHER, FeedState(failures=1, gone=True))
    ledger.feeds.keep("https://sound.example/feed", FeedState(due=DUE))
    assert found() == [
        ("feeds watched", "3", "good"),
        ("feed", f"{OTHER}: gone", "note"),
        ("feed", f"{FEED}: failed 3 times in a row", "note"),
    ]


def test_one_watcher_has_a_feed_at_a_time(ledger, where):
    with Ledger.open(where) as other:
        with ledger.feeds.asking(FEED) as ours, other.feeds.asking(OTHER) as theirs:
            assert (ours, theirs) == (True, True)
            with other.feeds.asking(FEED) as too:
                assert too == ("://" not in where)  # a file knows no other watchers
        with other.feeds.asking(FEED) as ours:
            assert ours


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1), st.integers(1, 3000))
def test_whatever_a_feed_calls_its_items_is_kept(ledger, name, times):
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": name * times, "title": "x"}]}
    (found,) = parse_feed(json.dumps(told).encode(), where=FEED).items
    ledger.feeds.saw(FEED, found)
    assert ledger.feeds.state(FEED).seen[found.key] == found.state
