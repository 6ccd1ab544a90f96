"""People, sessions and tokens, on both databases."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from variorum.ledger import Ledger, Role, Scope
from variorum.ledger.people import passwords
from variorum.ledger.people.doors import OF_BOTH, OF_ONE_ADDRESS, OF_ONE_NAME, WINDOW, network
from variorum.ledger.people.sessions import IDLE, LONGEST
from variorum.ledger.people.tables import login_tries, people, sessions, tokens
from variorum.model import VariorumError

GOOD = "seven green kettles"


@pytest.fixture
def team(ledger, monkeypatch):
    """People of a ledger: an admin and a reader. Hashing is told to be quick, where its strength is not what is tested."""
    from argon2 import PasswordHasher

    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)
    monkeypatch.setattr(passwords, "_NOBODYS", quick.hash("nobody's"))
    ledger.people.add("Ada", Role.ADMIN, GOOD, by="me")
    ledger.people.add("Rosa", Role.READER, GOOD, by="Ada")
    return ledger.people


@contextmanager
def refused(code):
    with pytest.raises(VariorumError) as caught:
        yield
    assert caught.value.code == code


def test_a_ledger_has_nobody_until_somebody_is_added(ledger):
    assert not ledger.people.are_there()
    assert ledger.people.all() == []
    ledger.people.add("Ada", Role.ADMIN, GOOD, by="me")
    assert ledger.people.are_there()
    assert [(one.name, one.role, one.must_change) for one in ledger.people.all()] == [
        ("Ada", Role.ADMIN, False)
    ]


def test_people_are_no_records(ledger, team):
    before = ledger.content_hash(), ledger.count()
    team.add("Bea", Role.ANALYST, GOOD, by="Ada")
    assert (ledger.content_hash(), ledger.count()) == before
    ledger.verify()


def test_passwords_are_kept_as_argon2id_alone(ledger):
    ledger.people.add("Ada", Role.ADMIN, GOOD, by="me")
    with ledger._store.reading() as connection:
        kept = connection.execute(select(people.c.password)).scalar_one()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits(GOOD, kept)
    assert not passwords.fits(GOOD + "x", kept)
    assert not passwords.is_outdated(kept)


def test_an_unknown_name_is_checked_against_a_hash_that_costs_the_same():
    assert not passwords.fits("", None)
    assert not passwords.is_outdated(passwords._NOBODYS)


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaaaaaa", "ab" * 10, "my name is Ada!", "ADA ADA ADA x", "x" * 300, ""]
)
def test_weak_passwords_are_refused(team, password):
    with refused("weak-password"):
        team.set_password("Ada", password, by="Ada")
    team.log_in("Ada", GOOD)


def test_a_password_written_on_another_keyboard_is_the_same(team):
    team.set_password("Rosa", "caf\u00e9 am fluss", by="Ada")
    team.log_in("Rosa", "cafe\u0301 am fluss")


@pytest.mark.parametrize("name", ["", "  ", "a" * 61, "a\nb\x00", "\u202eAda", "a\x1b[2J"])
def test_names_that_are_none_are_refused(team, name):
    with refused("bad-setting"):
        team.add(name, Role.READER, GOOD, by="Ada")


def test_a_name_is_one_persons_for_ever(team):
    for name in ("Rosa", " rosa ", "ROSA"):
        with refused("name-taken"):
            team.add(name, Role.READER, GOOD, by="Ada")
    team.remove("rosa", by="Ada")
    with refused("name-taken"):
        team.add("Rosa", Role.ADMIN, GOOD, by="Ada")
    assert [one.name for one in team.all()] == ["Ada"]


def test_there_is_always_an_admin(team):
    for change in (
        lambda: team.remove("Ada", by="Ada"),
        lambda: team.set_role("Ada", Role.READER, by="Ada"),
    ):
        with refused("last-admin"):
            change()
    team.set_role("Rosa", Role.ADMIN, by="Ada")
    team.set_role("Ada", Role.READER, by="Rosa")
    with refused("last-admin"):
        team.remove("Rosa", by="Rosa")


def test_two_admins_who_remove_each_other_at_once_leave_one(ledger, where, team):
    team.set_role("Rosa", Role.ADMIN, by="Ada")
    refusals = []
    start = threading.Barrier(2)

    def remove(name):
        with Ledger.open(where) as mine:
            start.wait()
            try:
                mine.people.remove(name, by="me")
            except VariorumError as error:
                refusals.append(error.code)

    threads = [threading.Thread(target=remove, args=[name]) for name in ("Ada", "Rosa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals in (["last-admin"], ["ledger-unavailable"])
    assert len(team.all()) == 1


def test_who_did_what_is_kept(team):
    team.set_role("Rosa", Role.ANALYST, by="Ada")
    team.set_password("Rosa", by="Ada")
    team.tokens.make("Rosa", "a feed", Scope.READ, 30, by="Rosa")
    team.tokens.revoke(1, by="Ada")
    team.remove("Rosa", by="Ada")
    told = [(one.recorded_by, one.kind, one.person, one.detail) for one in reversed(team.history())]
    assert told[2:3] == [("Ada", "role", "Rosa", "reader → analyst")]
    assert [one[1] for one in told] == [
        "added",
        "added",
        "role",
        "password-reset",
        "token-made",
        "token-revoked",
        "removed",
    ]
    assert not [one for one in told if GOOD in str(one)]


def test_the_history_cannot_be_rewritten(ledger, team, where):
    for statement in ("UPDATE people_history SET person = 'x'", "DELETE FROM people_history"):
        with refused("append-only"), ledger._store.noting() as (connection, _):
            connection.execute(text(statement))
    assert len(team.history()) == 2


# sessions


def test_a_session_is_found_by_its_secret_alone(ledger, team):
    secret = team.log_in("rosa", GOOD, address="10.1.1.1", browser="a browser")
    known, number = team.sessions.find(secret)
    assert (known.name, known.role) == ("Rosa", Role.READER)
    assert team.sessions.find(secret + "x") is None
    with ledger._store.reading() as connection:
        kept = connection.execute(select(sessions.c.hash)).scalar_one()
    assert secret not in kept
    assert team.sessions.find(kept) is None
    shown = team.sessions.of(known.number)
    assert [(one.number, one.address, one.browser) for one in shown] == [(number, "10.1.1.1", "a browser")]


def test_a_session_ends_when_it_is_idle_and_in_any_case(team, clock):
    secret = team.log_in("Rosa", GOOD)
    begun = clock.now
    while clock.now - begun < LONGEST - IDLE:
        clock.now += IDLE - timedelta(minutes=1)
        assert team.sessions.find(secret) is not None
    clock.now = begun + LONGEST + timedelta(minutes=1)
    assert team.sessions.find(secret) is None
    secret = team.log_in("Rosa", GOOD)
    clock.now += IDLE + timedelta(minutes=1)
    assert team.sessions.find(secret) is None


def test_a_new_password_ends_all_other_sessions(team):
    ours, theirs = team.log_in("Rosa", GOOD), team.log_in("Rosa", GOOD)
    _, kept = team.sessions.find(ours)
    team.set_password("Rosa", "another good one", by="Rosa", keep=kept)
    assert team.sessions.find(ours) is not None
    assert team.sessions.find(theirs) is None
    with refused("login-refused"):
        team.log_in("Rosa", GOOD)


def test_nobody_ends_the_session_of_another(team):
    secret = team.log_in("Rosa", GOOD)
    _, number = team.sessions.find(secret)
    team.sessions.close(team.find("Ada").number, number)
    assert team.sessions.find(secret) is not None
    team.sessions.close(team.find("Rosa").number, number)
    assert team.sessions.find(secret) is None


def test_who_is_removed_is_out_at_once(team):
    secret, token = team.log_in("Rosa", GOOD), team.tokens.make("Rosa", "x", Scope.READ, 9, by="Rosa")
    team.remove("Rosa", by="Ada")
    assert team.sessions.find(secret) is None
    assert team.tokens.find(token) is None
    with refused("login-refused"):
        team.log_in("Rosa", GOOD)


def test_looking_up_a_session_waits_for_no_writer(ledger, team, clock, where):
    """A long pile that is being filed keeps nobody from reading."""
    if "://" in where:
        pytest.skip("writers of PostgreSQL do not keep one another waiting")
    secret = team.log_in("Rosa", GOOD)
    clock.now += timedelta(hours=1)
    with Ledger.open(where) as other, other._store.writing():
        assert team.sessions.find(secret) is not None
    assert team.sessions.find(secret) is not None


# throttling


def test_tries_are_bounded_by_name_and_address(team, clock):
    for _ in range(OF_BOTH):
        with refused("login-refused"):
            team.log_in("Rosa", "wrong", address="10.0.0.1")
    with refused("login-throttled"):
        team.log_in("Rosa", GOOD, address="10.0.0.1")
    team.log_in("Rosa", GOOD, address="10.0.0.2")
    team.log_in("Ada", GOOD, address="10.0.0.1")
    clock.now += WINDOW + timedelta(minutes=1)
    team.log_in("Rosa", GOOD, address="10.0.0.1")


def test_tries_with_many_names_from_one_address_are_bounded(team):
    for number in range(OF_ONE_ADDRESS):
        with refused("login-refused"):
            team.log_in(f"nobody {number}", "x", address=f"2001:db8::{number}")
    with refused("login-throttled"):
        team.log_in("Ada", GOOD, address="2001:db8::ffff")
    team.log_in("Ada", GOOD, address="2001:db8:0:1::1")


def test_tries_of_one_name_from_everywhere_are_bounded(team):
    for number in range(OF_ONE_NAME):
        with refused("login-refused"):
            team.log_in("Ada", "x", address=f"10.0.0.{number}")
    with refused("login-throttled"):
        team.log_in("Ada", GOOD, address="10.1.1.1")


def test_a_login_that_succeeds_makes_up_for_those_before(team):
    for _ in range(3):
        for _ in range(OF_BOTH - 1):
            with refused("login-refused"):
                team.log_in("Rosa", "wrong")
        team.log_in("Rosa", GOOD)


def test_tries_at_once_from_several_processes_do_not_slip_through(ledger, team, where, clock):
    outcomes = []

    def guess():
        with Ledger.open(where, clock=clock) as mine:
            try:
                mine.people.log_in("Rosa", "wrong", address="10.0.0.1")
            except VariorumError as error:
                outcomes.append(error.code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 12
    assert outcomes.count("login-refused") <= OF_BOTH


def test_no_name_that_was_tried_is_kept(ledger, team):
    with refused("login-refused"):
        team.log_in("my password by mistake", "x", address="10.0.0.1")
    with ledger._store.reading() as connection:
        kept = str(connection.execute(select(login_tries)).all())
    assert "mistake" not in kept
    assert "10.0.0.1" not in kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_addresses_are_counted_by_household(address, kept):
    assert network(address) == kept


# tokens


def test_a_token_is_kept_as_a_hash_and_ends(ledger, team, clock):
    token = team.tokens.make("Rosa", "a feed", Scope.READ, 30, by="Rosa")
    assert team.tokens.find(token)[1] is Role.READER
    assert team.tokens.find(token[:-1]) is None
    with ledger._store.reading() as connection:
        assert token not in str(connection.execute(select(tokens)).all())
    assert [(one.title, one.person, one.used_at is not None) for one in team.tokens.of()] == [
        ("a feed", "Rosa", True)
    ]
    clock.now += timedelta(days=31)
    assert team.tokens.find(token) is None
    assert team.tokens.of() == []


def test_nobody_revokes_the_token_of_another_without_being_asked(team):
    token = team.tokens.make("Rosa", "a feed", Scope.READ, 30, by="Rosa")
    with refused("unknown-token"):
        team.tokens.revoke(1, by="Ada", person=team.find("Ada").number)
    assert team.tokens.find(token) is not None
    team.tokens.revoke(1, by="Rosa", person=team.find("Rosa").number)
    assert team.tokens.find(token) is None


@pytest.mark.parametrize(
    ("title", "scope", "days"),
    [
        ("", Scope.READ, 1),
        ("x" * 81, Scope.READ, 1),
        ("x", Scope.READ, 0),
        ("x", Scope.READ, 400),
        ("x", Scope.DECIDE, 1),
    ],
)
def test_tokens_that_cannot_be_are_refused(team, title, scope, days):
    with refused("bad-setting"):
        team.tokens.make("Rosa", title, scope, days, by="Rosa")


# identity providers


def test_a_provider_brings_people_in_and_sets_their_role(team):
    team.log_in_by_provider("issuer 1", "Paula", Role.ANALYST)
    assert (team.find("Paula").role, team.find("Paula").by_provider) == (Role.ANALYST, True)
    team.log_in_by_provider("issuer 1", "Paula renamed", Role.READER)
    assert team.find("Paula").role is Role.READER
    with refused("login-refused"):
        team.log_in("Paula", "")
    with refused("bad-setting"):
        team.set_password("Paula", GOOD, by="Ada")


def test_a_provider_takes_nobodys_name_over(team):
    with refused("name-taken"):
        team.log_in_by_provider("issuer 2", "Ada", Role.READER)
    team.log_in_by_provider("issuer 1", "Paula", Role.READER)
    team.remove("Paula", by="Ada")
    with refused("login-refused"):
        team.log_in_by_provider("issuer 1", "Paula", Role.ADMIN)


def test_made_up_passwords_are_good_ones() -> None:
    made = {passwords.made_up() for _ in range(50)}
    assert len(made) == 50
    for one in made:
        passwords.check_new(one, "somebody")


# keeping the ledger


def test_a_backup_has_the_people_and_nobody_logged_in(ledger, team, tmp_path):
    secret, token = team.log_in("Rosa", GOOD), team.tokens.make("Rosa", "x", Scope.READ, 9, by="Rosa")
    with Ledger.open(ledger.backup(tmp_path / "copy.db"), clock=ledger._store.now) as copy:
        assert copy.people.all() == team.all()
        assert copy.people.history() == team.history()
        assert copy.people.tokens.find(token) is not None
        assert copy.people.sessions.find(secret) is None
        copy.people.add("Bea", Role.READER, GOOD, by="Ada")


def test_the_check_tells_of_people(ledger):
    def found():
        return {one.what: (one.found, one.state) for one in ledger.check()}

    assert found()["people"] == ("none: nobody has to log in", "good")
    ledger.people.add("Rosa", Role.READER, GOOD, by="me")
    assert found()["people"] == ("1, of them admins 0", "note")
    ledger.people.add("Ada", Role.ADMIN, by="me")
    ledger.people.tokens.make("Ada", "x", Scope.ADMIN, 9, by="me")
    assert found()["people"] == ("2, of them admins 1", "good")
    assert found()["passwords not yet chosen"] == ("1", "note")
    assert found()["tokens that reach as far as admins"] == ("1", "note")
