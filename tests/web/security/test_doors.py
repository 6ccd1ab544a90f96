"""Where the reading room may listen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.model import SettingError
from variorum.web import WebSettings
from variorum.web.serving import Door, guarded


@pytest.fixture
def empty(tmp_path: Path) -> WebSettings:
    path = tmp_path / "empty.db"
    Ledger.open(path).close()
    return WebSettings(ledger=str(path), person="Ada")


def code_of(settings: WebSettings, door: Door) -> str | None:
    try:
        guarded(settings, door)
    except SettingError as error:
        return error.code if error.remedy else "no remedy"
    return None


PUBLIC = ("0.0.0.0", "::", "192.168.1.4", "room.example.org")


@pytest.mark.parametrize("host", PUBLIC)
def test_without_people_only_this_machine_is_served(empty: WebSettings, host: str) -> None:
    for door in (Door(host), Door(host, proxies=("*",)), Door(host, certificate=Path("x"), key=Path("y"))):
        assert code_of(empty, door) == "public-address"
    assert code_of(empty, Door()) is None
    assert guarded(empty, Door()).team is False


@pytest.mark.parametrize("host", PUBLIC)
def test_with_people_others_are_served_by_https_only(settings: WebSettings, host: str) -> None:
    assert code_of(settings, Door(host)) == "public-address"
    assert code_of(settings, Door(host, proxies=("10.0.0.1",))) is None
    found = guarded(settings, Door(host, certificate=Path("x"), key=Path("y"), names=("Room.Example.org",)))
    assert (found.team, found.secure) == (True, True)
    assert found.hosts[-1] == "room.example.org"


def test_a_team_of_nobody_is_refused(empty: WebSettings) -> None:
    assert code_of(replace(empty, team=True), Door()) == "no-people"


def test_a_ledger_with_people_is_never_served_without_logins_to_others(settings: WebSettings) -> None:
    assert code_of(replace(settings, team=False), Door("0.0.0.0", proxies=("*",))) == "public-address"
