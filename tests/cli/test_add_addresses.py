"""`variorum add` of addresses: pages and feeds, with the settings of fetching as options."""

from __future__ import annotations

import json

import pytest

from tests.cli.newsroom import ALLOWED, newsroom, rows


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def outlet():
    with newsroom() as found:
        yield found


def test_a_page_and_a_feed_are_filed_once(invoke, outlet):
    page = outlet.publish("one", 9)
    outlet.publish("two", 11)
    (first,) = rows(invoke("add", "ledger.db", page, "--as", "json", *ALLOWED).stdout)
    assert (first["reports"], first["claims"], first["linked"]) == (1, 1, 1)
    done = invoke("add", "ledger.db", outlet.feed, page, "--as", "json", *ALLOWED)
    (second,) = rows(done.stdout)
    assert done.returncode == 0, done.stderr
    # The page came from its own address, without the day that the feed gives: another sighting of the same text.
    assert (second["reports"], second["claims"]) == (2, 2)
    (again,) = rows(invoke("add", "ledger.db", outlet.feed, "--as", "json", *ALLOWED).stdout)
    assert (again["reports"], again["known"]) == (0, 2)
    hits = rows(invoke("search", "ledger.db", "lighthouse", "--as", "json").stdout)
    assert sorted(str(hit["published"]) for hit in hits) == ["2031-05-06", "2031-05-06", "None"]


def test_what_cannot_be_had_is_told_and_the_rest_is_filed(invoke, outlet):
    outlet.publish("one")
    outlet.publish("secret", page=False)
    outlet.publish("missing", page=False)
    done = invoke("add", "ledger.db", outlet.feed, outlet.server.url("/none"), "--as", "json", *ALLOWED)
    assert done.returncode == 1
    assert rows(done.stdout)[0]["reports"] == 1
    told = sorted(line.split()[0] for line in done.stderr.splitlines() if line.startswith("["))
    assert told == ["[fetch-robots]", "[fetch-status]", "[fetch-status]"]
    assert "/secret" not in outlet.asked


def test_what_no_database_takes_is_refused_and_the_rest_is_filed(invoke):
    def line(name, title):
        text = (
            f"{name}: the 5 people were killed in Quetta when a bomb exploded in the market, the police said."
        )
        return json.dumps({"id": name, "title": title, "published": "2025-03-15", "text": text})

    piled = "\n".join([line("a", "sound"), line("b", "a NUL \0 in it"), line("c", "sound")])
    done = invoke("add", "ledger.db", "-", "--as", "json", stdin=piled)
    assert done.returncode == 1
    assert (rows(done.stdout)[0]["reports"], rows(done.stdout)[0]["linked"]) == (2, 2)
    assert done.stderr.startswith("[unstorable-text] b: ")


def test_private_networks_are_not_reached_unless_allowed(invoke, outlet):
    done = invoke("add", "ledger.db", outlet.publish("one"))
    assert done.returncode == 1
    assert done.stderr.startswith("[fetch-refused-address] ")
    assert outlet.server.asked == []


def test_settings_of_fetching_are_obeyed(invoke, outlet):
    contact = "https://lab.example/variorum"
    page = outlet.publish("one", more="<p>A long paragraph.</p>" * 500)
    done = invoke("add", "ledger.db", page, "--contact", contact, "--max-bytes", "900", *ALLOWED)
    assert done.stderr.startswith("[fetch-too-large] ")
    assert all(contact in headers["user-agent"] for _, headers in outlet.server.asked)
    outlet.server.page("/busy", "", 503)
    done = invoke("add", "ledger.db", outlet.server.url("/busy"), "--tries", "1", *ALLOWED)
    assert done.stderr.startswith("[fetch-later] ")
    assert outlet.asked.count("/busy") == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--contact", "me (here)"),
        ("--allow-network", "everything"),
        ("--timeout", "0"),
        ("--pause", "-1"),
        ("--tries", "0"),
        ("--max-bytes", "0"),
        ("--authorities", "none.pem"),
    ],
    ids=" ".join,
)
def test_settings_that_make_no_sense_are_refused_before_anything_is_made(invoke, tmp_path, options):
    for verb in ("add", "watch"):
        done = invoke(verb, "ledger.db", "https://post.example/feed", *options)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr
    assert not (tmp_path / "ledger.db").exists()
