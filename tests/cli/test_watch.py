"""`variorum watch` within this process, with a clock that moves only when somebody waits."""

from __future__ import annotations

import socket
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli import fake_reader
from tests.cli.newsroom import ALLOWED, endless, newsroom, rows
from tests.intake.server import LOOPBACK, Clock
from tests.ledger.piles import FERRY, HELD, SWAM
from variorum.cli.batch import InTurn
from variorum.cli.faults import Faults
from variorum.cli.stopping import Stop
from variorum.cli.watch import WatchCommand
from variorum.intake import Fetcher, FetchSettings
from variorum.ledger import Ledger
from variorum.ledger.opening import Busy
from variorum.model import VariorumError

START = datetime(2031, 5, 7, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "variorum.reading", fake_reader.module())


@pytest.fixture
def outlet():
    with newsroom() as found:
        yield found


class Desk:
    """Somebody who watches: each `watch` is a new run on the same ledger, some minutes after the last."""

    def __init__(self, where):
        self.where, self.clock = str(where), Clock()
        self.events, self.codes, self.status = [], [], 0

    def now(self):
        return START + timedelta(seconds=self.clock.now)

    def watch(self, *feeds, later=0, until=None, meanwhile=None, **settings):
        """The events of one run: of one round, or, `until` so many minutes passed, of as many as there are."""
        self.clock.now += later * 60
        events, end = [], self.now() + timedelta(minutes=until or 0)

        def tell(name, fields):
            events.append({"event": name, **fields})
            if meanwhile:
                meanwhile(name)

        def pause(seconds):
            self.clock.sleep(seconds)
            stop.told = stop.told or (until is not None and self.now() > end)

        stop = Stop(pause)
        known = {"allowed_networks": LOOPBACK, "seconds": 5.0, "max_bytes": 100_000} | settings
        fetcher = Fetcher(FetchSettings(**known), clock=self.clock, sleep=stop.sleep)
        told = self.codes = []
        faults = Faults(sys.stderr)
        faults.refuse = lambda error: (told.append(error.code), Faults.refuse(faults, error))
        with Ledger.open(self.where, clock=self.now) as ledger:
            command = WatchCommand(
                feeds=feeds,
                every=QUARTER,
                by="Ada",
                fetcher=fetcher,
                read=InTurn(()),
                tell=tell,
                stop=stop,
                once=until is None,
                clock=self.now,
            )
            command.run(ledger, faults)
        self.status = faults.close()
        self.events = events
        return [one["event"] for one in events]

    def of(self, event):
        return [one for one in self.events if one["event"] == event]

    def count(self):
        with Ledger.open(self.where) as ledger:
            ledger.verify()
            return ledger.count()["reports"]

    def states(self):
        with Ledger.open(self.where) as ledger:
            return ledger.incidents()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "ledger.db")


def test_new_items_are_filed_and_linked_and_then_no_more_is_asked_for(outlet, desk):
    outlet.publish("one", 9)
    outlet.publish("two", 11)
    assert desk.watch(outlet.feed) == ["new", "new", "asked", "linked", "ended"]
    assert [one["title"] for one in desk.of("new")] == [
        "One",
        "Two",
    ]  # in the order in which they were published
    assert all((one["reports"], one["claims"], len(one["ids"])) == (1, 1, 1) for one in desk.of("new"))
    assert (desk.status, desk.events[-1]["reports"], desk.events[-1]["linked"]) == (0, 2, 2)
    asked = list(outlet.asked)
    assert desk.watch(outlet.feed, later=5) == ["not-due", "ended"]
    assert outlet.asked == asked
    assert desk.watch(outlet.feed, later=10) == ["unchanged", "ended"]
    outlet.publish("three", 12)
    assert desk.watch(outlet.feed, later=15) == ["new", "asked", "linked", "ended"]
    assert [path for path in outlet.asked if path != "/feed"] == ["/one", "/two", "/three"]
    assert desk.count() == 3


def test_an_item_that_changed_is_a_new_version(outlet, desk):
    outlet.publish("one", 9)
    desk.watch(outlet.feed)
    outlet.publish("one", 14, edition="2")
    assert desk.watch(outlet.feed, later=15) == ["changed", "asked", "linked", "ended"]
    ((state),) = desk.states()
    assert (state.reports, state.earlier) == (1, 1)
    outlet.publish("one", 14, edition="3")  # only the feed's own words changed
    assert desk.watch(outlet.feed, later=15) == ["changed", "asked", "ended"]
    assert (desk.of("changed")[0]["reports"], desk.count()) == (0, 2)


def test_a_feed_that_fails_is_let_alone_longer_each_time_and_then_goes_on(outlet, desk):
    outlet.publish("one")
    outlet.statuses = [500] * 6
    assert desk.watch(outlet.feed, tries=3) == ["failed", "ended"]
    assert (desk.status, desk.codes) == (1, ["fetch-status"])
    first = desk.events[0]["due"] - desk.now()
    assert desk.watch(outlet.feed, later=20) == ["not-due", "ended"]
    assert desk.watch(outlet.feed, later=10) == ["failed", "ended"]
    assert (first, desk.events[0]["due"] - desk.now()) == (
        pytest.approx(2 * QUARTER, abs=timedelta(minutes=1)),
        pytest.approx(4 * QUARTER, abs=timedelta(minutes=1)),
    )
    assert desk.watch(outlet.feed, later=60) == ["new", "asked", "linked", "ended"]
    assert desk.watch(outlet.feed, later=15) == ["unchanged", "ended"]
    assert desk.count() == 1


def test_what_robots_txt_forbids_is_refused_once_and_the_rest_is_filed(outlet, desk):
    outlet.publish("secret")
    outlet.publish("one")
    assert desk.watch(outlet.feed) == ["refused", "new", "asked", "linked", "ended"]
    assert (desk.codes, desk.events[0]["again"], desk.status) == (["fetch-robots"], False, 1)
    assert desk.watch(outlet.feed, later=15) == ["unchanged", "ended"]
    assert "/secret" not in outlet.asked


def test_an_agency_takes_an_item_back(outlet, desk):
    outlet.wire("ferry-1", 1, body=FERRY.format(n=9, who="Police", more=SWAM))
    outlet.wire("ferry-2", 2, body=FERRY.format(n=11, who="Police", more=HELD))
    desk.watch(outlet.feed)
    assert [(one.reports, one.earlier) for one in desk.states()] == [(1, 1)]
    outlet.wire("ferry-3", 3, "canceled")
    assert desk.watch(outlet.feed, later=15) == ["new", "asked", "ended"]
    assert (desk.of("new")[0]["words"], desk.events[-1]["words"]) == (1, 1)
    assert [(one.reports, one.earlier) for one in desk.states()] == [(0, 2)]


def test_a_page_that_is_late_is_asked_for_again_though_the_feed_stays_as_it_is(outlet, desk):
    outlet.publish("one")
    outlet.publish("late", page=False)
    outlet.server.page("/late", "", 503)
    assert desk.watch(outlet.feed, tries=1) == ["new", "refused", "asked", "linked", "ended"]
    assert (desk.codes, desk.of("refused")[0]["again"]) == (["fetch-later"], True)
    outlet.publish("late")
    assert desk.watch(outlet.feed, later=15) == ["new", "asked", "linked", "ended"]
    assert desk.watch(outlet.feed, later=15) == ["unchanged", "ended"]
    assert outlet.asked.count("/one") == 1
    assert desk.count() == 2


def test_a_page_that_never_comes_is_given_up(outlet, desk):
    outlet.publish("late", page=False)
    outlet.server.page("/late", "", 503)
    again = []
    for _ in range(5):
        assert desk.watch(outlet.feed, later=15, tries=1)[0] == "refused"
        again.append(desk.events[0]["again"])
    assert again == [True, True, True, True, False]
    assert desk.watch(outlet.feed, later=15) == ["unchanged", "ended"]
    assert outlet.asked.count("/late") == 5


def test_hosts_that_are_not_there_and_feeds_without_end_hold_nobody_up(outlet, desk):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        absent = f"http://127.0.0.1:{taken.getsockname()[1]}/feed"
        outlet.server.answers["/endless"] = endless
        outlet.publish("one")
        feeds = (absent, outlet.server.url("/endless"), outlet.publish("page"), outlet.feed)
        assert desk.watch(*feeds) == ["failed", "failed", "failed", "new", "new", "asked", "linked", "ended"]
    # robots.txt of a host that is not there cannot be had either, and without it nothing is asked for
    assert desk.codes == ["fetch-robots", "fetch-too-large", "bad-feed"]
    assert desk.count() == 2


def test_a_feed_that_is_gone_is_never_asked_again(outlet, desk):
    gone = outlet.server.page("/gone", "", 410)
    assert desk.watch(gone) == ["failed", "ended"]
    assert desk.events[0]["due"] is None
    assert desk.watch(gone, later=10_000, until=100) == ["not-due", "ended"]  # and it does not wait for it
    assert outlet.asked == ["/gone"]


def test_it_goes_on_until_it_is_told_to_end(outlet, desk):
    outlet.publish("one")
    told = desk.watch(outlet.feed, until=50)
    assert told == ["new", "asked", "linked", "unchanged", "unchanged", "unchanged", "ended"]
    assert desk.status == 0


def test_told_to_end_while_a_host_asks_for_patience_it_does_not_wait(outlet, desk):
    outlet.publish("late", page=False)
    outlet.server.page("/late", "", 503, Retry_After="50")
    assert desk.watch(outlet.feed, until=0.25) == ["ended"]
    assert desk.clock.slept[-1] <= 0.25
    outlet.publish("late")
    assert desk.watch(outlet.feed) == ["new", "asked", "linked", "ended"]


def test_what_was_refused_does_not_count_for_a_watch_that_was_told_to_end(outlet, desk):
    outlet.publish("secret")
    assert desk.watch(outlet.feed, until=5)[0] == "refused"
    assert (desk.codes, desk.status, desk.events[-1]["refused"]) == (["fetch-robots"], 0, 1)


@pytest.mark.parametrize("verb", ["add", "link", "hear"])
def test_a_ledger_that_is_busy_is_tried_again_and_nothing_is_lost(outlet, desk, monkeypatch, verb):
    real, times = getattr(Ledger, verb), []

    def busy(self, *arguments, **options):
        times.append(1)
        if outlet.items and len(times) <= 3:
            raise Busy("another program has been writing", where="ledger.db", remedy="try again")
        return real(self, *arguments, **options)

    def publish(event):  # not before the second round: the first one links whatever is there
        if event == "asked" and not outlet.items:
            times[:] = [1]
            outlet.wire("ferry-1", 1, body=FERRY.format(n=9, who="Police", more=SWAM))

    monkeypatch.setattr(Ledger, verb, busy)
    told = desk.watch(outlet.feed, until=80, meanwhile=publish)
    assert told.count("new") == 1
    assert told.count("linked") == 1
    assert told.count("put-off") == (0 if verb == "link" else 2)
    assert desk.codes == ["ledger-unavailable"] * 2
    with Ledger.open(desk.where) as ledger:
        assert (ledger.count()["reports"], ledger.count()["wire"], ledger.link().reports) == (1, 1, 0)


def test_what_the_ledger_refuses_for_good_does_not_hold_up_the_rest(outlet, desk, monkeypatch):
    outlet.publish("one", 13)
    outlet.publish("two", 14)
    real = Ledger.add

    def refuse(self, batch, *, by):
        if any("13 people" in one.report.text for one in batch):
            raise VariorumError("the database says no", where="ledger.db", code="ledger-refused")
        return real(self, batch, by=by)

    monkeypatch.setattr(Ledger, "add", refuse)
    assert desk.watch(outlet.feed) == ["refused", "new", "asked", "linked", "ended"]
    assert desk.count() == 1


def test_a_text_that_the_reader_stumbles_over_does_not_end_it(outlet, desk):
    outlet.publish("one", more="<p>It was a CRASH of the reader in the middle of it all.</p>")
    outlet.publish("two")
    assert desk.watch(outlet.feed) == ["refused", "new", "asked", "linked", "ended"]
    assert desk.codes == ["reading-failed"]


def test_a_backup_has_what_is_known_of_feeds(outlet, desk, tmp_path):
    outlet.publish("one")
    desk.watch(outlet.feed)
    with Ledger.open(desk.where) as ledger:
        ledger.backup(tmp_path / "copy.db")
    outlet.publish("two")
    desk.watch(outlet.feed, later=15)
    desk.where = str(tmp_path / "copy.db")  # as of before the second item: it must be told again
    assert desk.watch(outlet.feed, later=15) == ["new", "asked", "linked", "ended"]
    assert desk.of("new")[0]["title"] == "Two"


# The command


def test_the_command_and_its_lines(invoke, outlet, tmp_path):
    outlet.publish("one")
    outlet.publish("\x1b[2J", page=False)
    outlet.items[0]["name"] = "secret\u009b"
    (tmp_path / "feeds.txt").write_text(f"# the harbour\n\n{outlet.feed}  # its feed\n")
    done = invoke("watch", "ledger.db", "--feeds", "feeds.txt", "--once", "--by", "Ada", *ALLOWED)
    assert done.returncode == 1
    assert "\x9b" not in done.stdout
    lines = [line.split(" ", 1)[1] for line in done.stdout.splitlines()]
    assert lines[0].startswith("new: One http://127.0.0.1:")
    assert ": 1 new report, 1 claim report-" in lines[0]
    assert lines[1].startswith("refused: Secret")
    assert lines[2].startswith(f"asked: {outlet.feed}: 2 items; again at 20")
    assert lines[3:] == [
        "linked: 1 report put to an incident",
        "ended: 1 feed: 1 new reports, 1 readings with 1 claims; 1 refused; 1 reports put to an incident",
    ]
    done = invoke("watch", "ledger.db", outlet.feed, "--once", "--as", "json", *ALLOWED)
    assert (done.returncode, [row["event"] for row in rows(done.stdout)]) == (0, ["not-due", "ended"])
    assert datetime.fromisoformat(rows(done.stdout)[0]["due"]) > datetime.now(UTC)


def test_nothing_is_linked_where_that_is_not_wanted(invoke, outlet):
    outlet.publish("one")
    done = invoke("watch", "ledger.db", outlet.feed, "--once", "--no-link", "--as", "json", *ALLOWED)
    assert [row["event"] for row in rows(done.stdout)] == ["new", "asked", "ended"]
    assert rows(invoke("incidents", "ledger.db", "--as", "json").stdout) == []


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("feed.xml",),
        ("ftp://post.example/feed",),
        ("https://post.example/" + "a" * 2000,),
        ("https://post.example/feed", "--every", "0m"),
        ("https://post.example/feed", "--every", "soon"),
        ("--feeds", "none.txt"),
    ],
    ids=lambda wrong: " ".join(wrong)[:40],
)
def test_used_wrongly(invoke, tmp_path, wrong):
    done = invoke("watch", "ledger.db", *wrong)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("[bad-setting] ")
    assert not (tmp_path / "ledger.db").exists()


def test_parties_that_make_no_sense_end_it(invoke, outlet):
    outlet.publish("one")
    done = invoke("watch", "ledger.db", outlet.feed, "--parties", "none.yaml", "--once", *ALLOWED)
    assert done.returncode == 2
    assert done.stderr.startswith("[bad-setting] none.yaml: ")
