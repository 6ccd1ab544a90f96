from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.ledger.piles import many, pile, read, report
from tests.web.conftest import serving
from variorum.ledger import Decision, Ledger
from variorum.model import Day, Place
from variorum.web import WebSettings, create_app

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def many_incidents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 120 incidents, six of them at known places, one with a hostile title."""
    path = tmp_path_factory.mktemp("incidents") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.add([*pile(), *many(120)], by="Ada")
        ledger.add(
                    text = f"7 people were killed, the {HOSTILE} said."
        ledger.add(read(report("hostile", "2031-07-01", HOSTILE, text, title=HOSTILE)), by="Ada")
        ledger.link()
        for number, state in enumerate(ledger.incidents()[:6]):
            on = date(2030 + number // 3, 3, 1 + number)
            place = Place(
                name="Orrin", latitude=15 + 2 * number, longitude=30, country="SD", precision=1 + number
            )
            ledger.decide(
                Decision(
                    kind="set",
                    subject=state.incident,
                    day=Day(first=on, last=on, precision=1),
                    place=place,
                    by="Ada",
                    why="by the film",
                )
            )
        ledger.refresh()
    return path


@pytest.fixture
def room(many_incidents: Path, tmp_path: Path) -> Iterator[TestClient]:
    path = shutil.copy(many_incidents, tmp_path / "ledger.db")
    with TestClient(
        create_app(WebSettings(ledger=str(path), person="Ada")), base_url="http://localhost"
    ) as found:
        yield found


def listed(html: str) -> list[str]:
    return re.findall(r'<a class="title" href="/incidents/(incident-[0-9a-f]+)', html)


def test_the_pages_of_the_list_are_the_whole_list(room: TestClient, many_incidents: Path) -> None:
    found, address = [], "/incidents"
    while address:
        answer = room.get(address)
        found += listed(answer.text)
        following = re.search(r'rel="next" href="([^"]+)"', answer.text)
        address = following[1].replace("&amp;", "&") if following else ""
    with Ledger.open(many_incidents) as ledger:
        assert sorted(found) == sorted(state.incident for state in ledger.incidents())


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"country": "SD"}, 6),
        ({"since": "2031-01-01", "until": "2031-12-31", "country": "SD"}, 3),
        ({"party": "clinic"}, 1),
        ({"status": "contested"}, 1),
        ({"since": "", "party": "", "country": "SD", "sort": "reports"}, 6),
        ({"place": "nowhere at all"}, 0),
    ],
)
def test_filters_narrow_the_list_and_are_told(room: TestClient, asked: dict[str, str], number: int) -> None:
    answer = room.get("/incidents", params=asked)
    assert len(listed(answer.text)) == number
    told = re.findall(r'<ul class="set".*?</ul>', answer.text, flags=re.S)
    shown = [value for name, value in asked.items() if value and name != "sort" and name != "country"]
    assert all(value in told[0] for value in shown)


def test_a_filter_is_taken_away_by_its_link(room: TestClient) -> None:
    page = room.get("/incidents", params={"country": "SD", "status": "contested", "cursor": ""}).text
    away = re.findall(r'<li><a href="([^"]+)"><bdi>country', page)[0]
    assert away == "/incidents?status=contested"


def test_words_are_found_with_what_stands_around_them(room: TestClient) -> None:
    page = room.get("/incidents", params={"q": '"grain market"'}).text
    assert page.count("<mark>grain market</mark>") == 2
    assert "No report has all these words" in room.get("/incidents", params={"q": "unheardof"}).text


def test_earlier_moments_are_listed_by_day(room: TestClient, many_incidents: Path) -> None:
    page = room.get("/incidents", params={"as-of": "2031-05-07"}).text
    with Ledger.open(many_incidents) as ledger:
        known = {state.incident for state in ledger.incidents(as_of=date(2031, 5, 7))}
    assert set(listed(page)) <= known
    assert len(listed(page)) == min(50, len(known))
    assert f"/incidents/{listed(page)[0]}?as-of=2031-05-07" in page


def test_the_map_and_the_months_show_what_is_wanted(room: TestClient) -> None:
    page = room.get("/incidents", params={"country": "SD"}).text
    assert page.count('class="area"') == 5
    assert 'class="land whole"' in page
    assert "March 2030: 3 incidents" in page
    assert "since=2030-03-01&amp;until=2030-03-31" in page


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    settings = WebSettings(ledger=str(tmp_path / "new.db"), person="Ada")
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        page = client.get("/incidents").text
    assert "Nothing is here yet" in page
    assert 'href="/add"' in page


def test_hostile_words_are_shown_and_never_run(room: TestClient) -> None:
    for asked in ({}, {"q": HOSTILE}, {"q": "killed"}, {"party": HOSTILE}, {"place": HOSTILE}):
        page = room.get("/incidents", params=asked).text
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize(
    "asked",
    [{"cursor": "nonsense"}, {"since": "yesterday"}, {"sort": "truth"}, {"status": "x"}, {"q": "a" * 501}],
)
def test_what_makes_no_sense_is_refused(room: TestClient, asked: dict[str, str]) -> None:
    assert room.get("/incidents", params=asked).status_code == 400


def test_pages_are_small(room: TestClient) -> None:
    assert len(room.get("/incidents").content) < 150_000


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser: Any, many_incidents: Path, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with serving(create_app(WebSettings(ledger=str(many_incidents), person="Ada"))) as address:
        page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
        for path in ("/incidents?country=SD", "/incidents?q=killed"):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            found = Axe().run(page)
            assert not found.response["violations"], found.generate_report()
        page.context.close()


def test_the_list_is_gone_through_by_keyboard(browser: Any, many_incidents: Path) -> None:
    with serving(create_app(WebSettings(ledger=str(many_incidents), person="Ada"))) as address:
        page = browser.new_context().new_page()
        page.goto(f"{address}/incidents")
        titles = page.locator(".found .title")
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert titles.nth(1).evaluate("title => title === document.activeElement")
        page.keyboard.press("k")
        wanted = titles.nth(0).get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}{wanted}")
        page.go_back()
        page.keyboard.press("/")
        page.keyboard.type("lighthouse jk")
        page.keyboard.press("Enter")
        page.wait_for_url("**/incidents?q=lighthouse+jk**")
        page.context.close()
