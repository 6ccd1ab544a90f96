from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.piles import pile, read, report
from variorum.ledger import Ledger, Wanted
from variorum.ledger.linker import KeptLinker, cache_file
from variorum.model import SettingError, VariorumError


@pytest.fixture
def filled(ledger):
    ledger.add(pile(), by="me")
    ledger.link()
    return ledger


def names(hits):
    return [hit.name for hit in hits]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lighthouse", ["ferry-3", "ferry-1"]),
        ("LightHouse KEEPER", ["ferry-3", "ferry-1"]),
        ('"grain market"', ["market-2", "market-1"]),
        ('"market grain"', []),
        ("market ferry", []),
        ("mortar-round", ["market-2", "market-1"]),
        ("Report", ["market-2", "market-1", "ferry-3", "ferry-2", "ferry-1"]),
        ('"Report ferry 2"', ["ferry-2"]),
        ("54", ["ferry-3", "ferry-2", "ferry-1"]),
        ("light", []),
        ("light*", []),
        ("ferry OR market", []),
        ("ferry NOT lighthouse", []),
        ("text:ferry NEAR(", []),
        ('"', []),
        ("", []),
        ("?! ---", []),
    ],
)
def test_words_are_found_in_titles_and_texts(filled, asked, found):
    assert names(filled.search(asked)) == found


def test_hits_tell_the_incident_and_the_words_around(filled):
    hit = filled.search("lighthouse", limit=1)[0]
    assert hit.incident == filled.incidents()[0].incident
    assert "swam to the Oskby lighthouse and were taken in" in hit.excerpt
    assert (hit.publisher, hit.published) == ("Skerry Courier", date(2031, 5, 8))


def test_accents_count_and_words_need_no_alphabet(ledger):
    ledger.add(
        [report("a", None, None, "Ämter in Šibenik: naïve ÉCOLE."), report("b", None, None, "ecole")], by="me"
    )
    assert names(ledger.search("école")) == ["a"]
    assert names(ledger.search("ecole")) == ["b"]
    assert names(ledger.search("šibenik")) == ["a"]


def test_days_and_incidents_narrow_a_search(filled):
    assert names(filled.search("varndal", as_of=date(2031, 5, 7))) == ["ferry-2", "ferry-1"]
    assert names(filled.search("killed", Wanted(party="coastguard"))) == ["ferry-3", "ferry-2", "ferry-1"]
    assert names(filled.search("killed", Wanted(party="Coastguard"), as_of=date(2031, 5, 6))) == []
    assert names(filled.search("killed", Wanted(outcome="freed"))) == []


def test_incidents_by_what_they_come_to(ledger):
    told = [
        read(
            report(f"r{n}", f"2031-05-{n:02}", "Post", f"{n} people were killed, the {who} said, in Quetta.")
        )[0]
        for n, who in ((5, "Police"), (6, "Mayor"))
    ]
    ledger.add([*told, *pile()], by="me")
    ledger.link()

    def found(**wanted):
        return {one.incident for one in ledger.incidents(Wanted(**wanted))}

    everything = found()
    assert found(party="police") < everything
    assert (
        found(status="contested") | found(status="single") | found(status="revised") | found(status="agreed")
        <= everything
    )
    assert found(outcome="killed") == everything
    assert found(outcome="injured") == set()
    assert found(type="battle") == set()
    assert found(since=date(1900, 1, 1)) == set()  # the stand-in tells no days: what is unknown is not within
    assert {one.contested for one in ledger.incidents(Wanted(status="contested"))} <= {1, 2}


@pytest.mark.parametrize(
    "words", ["' OR '1'='1", "x'; DROP TABLE claims; --", "x\\' OR 1=1 --", "%", ":value"]
)
def test_what_is_asked_for_is_no_part_of_a_statement(filled, words):
    before = filled.content_hash()
    for wanted in (Wanted(party=words), Wanted(place=words), Wanted(outcome=words), Wanted(status=words)):
        assert filled.incidents(wanted) == ()
        assert filled.search("killed", wanted) == ()
    assert filled.search(f'"{words} ferry" nowhere') == ()
    assert filled.dossier(filled.incidents()[0].incident).dossier.claims
    with pytest.raises(VariorumError, match="unknown-incident"):
        filled.dossier(words)
    assert filled.content_hash() == before


def test_linking_again_takes_in_what_is_new_only(tmp_path, monkeypatch):
    taken = []
    catch_up = KeptLinker.catch_up

    def counting(self, current, recall):
        def recalling(numbers):
            numbers = list(numbers)
            taken.append(len(numbers))
            return recall(numbers)

        return catch_up(self, current, recalling)

    monkeypatch.setattr(KeptLinker, "catch_up", counting)
    where, cache = tmp_path / "ledger.db", tmp_path / "cache"
    for number in (2, 4, 5):
        with Ledger.open(where, cache=cache) as ledger:
            ledger.add(pile()[:number], by="me")
            ledger.link()
            ledger.link()
    assert taken == [2, 0, 2, 0, 1, 0]
    with Ledger.open(where, cache=cache) as ledger:
        ledger.add(read(pile()[0].report, reader="fake 2"), by="me")
        ledger.link()
        kept = ledger.content_hash(), ledger.incidents()
    assert taken[-1] == 5  # read anew: the linker is made anew
    with Ledger.open(tmp_path / "other.db") as other:
        other.add([*pile(), *read(pile()[0].report, reader="fake 2")], by="me")
        other.link()
        assert (other.content_hash(), other.incidents()) == kept


def test_a_kept_linker_that_others_could_have_written_is_not_opened(tmp_path):
    where, cache = tmp_path / "ledger.db", tmp_path / "cache"
    with Ledger.open(where, cache=cache) as ledger:
        ledger.add(pile(), by="me")
        ledger.link()
        hash_ = ledger.content_hash()
    (file,) = cache.glob("linker-*.pickle")
    assert file.stat().st_mode & 0o777 == 0o600
    harmful = b"cbuiltins\nexit\n(tR."
    for content, mode in ((harmful, 0o666), (b"no pickle", 0o600), (b"", 0o600)):
        file.write_bytes(content)
        file.chmod(mode)
        with Ledger.open(where, cache=cache) as ledger:
            assert ledger.link().reports == 0
            assert ledger.content_hash() == hash_
    assert cache_file("a", cache) != cache_file("b", cache)


def test_a_backup_is_the_ledger_in_a_file(filled, tmp_path):
    target = filled.backup(tmp_path / "deep" / "copy.db")
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    with Ledger.open(target) as copy:
        assert copy.content_hash() == filled.content_hash()
        assert copy.count() == filled.count()
        assert copy.incidents() == filled.incidents()
        assert names(copy.search("lighthouse")) == names(filled.search("lighthouse"))
        assert copy.verify() == filled.verify()
        copy.add(read(report("new", "2031-05-10", "Post", "5 people were killed.")), by="me")
    with pytest.raises(SettingError):
        filled.backup(target)


def test_the_content_hash_is_of_what_was_recorded_and_of_nothing_else(filled, new_place, clock):
    with Ledger.open(new_place(), clock=clock) as other:
        for one in reversed(pile()):
            other.add([one], by="somebody else")
        assert other.content_hash() != filled.content_hash()
        other.link()
        assert other.content_hash() == filled.content_hash()
        first = next(other.readings()).report.id
        other.withdraw(first, by="me", why="taken back")
        assert other.content_hash() != filled.content_hash()
        filled.withdraw(first, by="you", why="taken back")
        assert other.content_hash() == filled.content_hash()


def test_the_check_tells_what_is_left_to_do(ledger):
    def found():
        return {one.what: (one.found, one.state) for one in ledger.check()}

    ledger.add([one.report for one in pile()], by="me")
    assert found()["reports not read"] == ("5", "note")
    ledger.add(pile(), by="me")
    assert found()["reports not read"] == ("0", "good")
    assert found()["reports not linked"] == ("5", "note")
    ledger.link()
    assert found()["reports not linked"] == ("0", "good")
    assert found()["rules of the database"] == ("all there", "good")
