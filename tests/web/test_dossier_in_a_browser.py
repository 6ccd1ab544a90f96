"""The dossier's page as people use it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import serving
from tests.web.incidents import file_one_incident, hostile, wide
from variorum.ledger import Ledger
from variorum.web import WebSettings, create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
WIDTHS = (320, 768, 1280)
HIDDEN = """() => [...document.querySelectorAll(
    '#accounts .answer q, #accounts .support li, .values td, .timeline li, #reports tr, .voice li'
)].filter((one) => !one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))"""
"""What of the page's matter cannot be seen."""
CLIPPED = """() => [...document.querySelectorAll('.answer q, .wide')].filter(
    (one) => one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).overflow !== 'visible'
).map((one) => one.outerHTML.slice(0, 80))"""
"""What can be seen only in part."""


@pytest.fixture
def incident(ledger_file: Path) -> str:
    with Ledger.open(ledger_file) as ledger:
        return max(ledger.incidents(), key=lambda state: state.reports).incident


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which nothing goes wrong unseen."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    found = context.new_page()
    problems: list[str] = []
    found.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: problems.append(str(error)))
    yield found
    context.close()
    assert not problems


def figure(page: Any) -> Any:
    return page.locator(".accounts tr.contested a.figure").first


def test_a_figure_opens_its_words_in_place(page: Any, address: str, incident: str) -> None:
    page.goto(f"{address}/incidents/{incident}")
    link = figure(page)
    words = link.locator("xpath=..").locator("q").inner_text().strip("“”")
    link.click()
    slot = page.locator("tr.contested + tr.opened .slot").first
    sync_api.expect(slot.locator("mark").first).to_have_text(words)
    sync_api.expect(link).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith(incident)
    assert page.evaluate("scrollX") == 0
    # Another figure of the row takes its place; closing gives the focus back.
    other = page.locator(".accounts tr.contested").first.locator("a.figure").nth(1)
    other.click()
    sync_api.expect(other).to_have_attribute("aria-expanded", "true")
    sync_api.expect(link).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    sync_api.expect(slot).to_be_hidden()
    sync_api.expect(other).to_be_focused()


def test_all_of_it_by_keyboard(page: Any, address: str, incident: str) -> None:
    page.goto(f"{address}/incidents/{incident}")
    figure(page).focus()
    page.keyboard.press("Enter")
    behind = page.locator(".behind").first
    sync_api.expect(behind).to_be_visible()
    page.keyboard.press("Enter")
    sync_api.expect(behind).to_be_hidden()
    page.keyboard.press("[")
    page.wait_for_url(re.compile("as-of=2031"))
    day = page.locator("#as-of-day").input_value()
    page.locator("#as-of-slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("day => document.getElementById('as-of-day').value < day", arg=day)
    sync_api.expect(page.locator("#as-of-slider")).to_be_focused()
    page.keyboard.press("]")
    page.wait_for_url(re.compile(f"as-of={day}"))


def test_the_slider_replays_what_was_known(page: Any, address: str, incident: str) -> None:
    page.goto(f"{address}/incidents/{incident}?profile=ucdp")
    now = page.locator(".accounts a.figure").count()
    page.locator("#as-of-slider").fill("0")
    sync_api.expect(page.locator("#h-changed")).to_have_text("What changed on 6 May 2031")
    first = page.locator(".accounts a.figure").count()
    assert 0 < first < now
    assert "profile=ucdp" in page.url
    assert "as-of=2031-05-06" in page.url
    sync_api.expect(page.locator("#told")).to_contain_text("As known on 6 May 2031")
    sync_api.expect(page.locator("#head .kicker")).to_contain_text("Dossier of 1 report")
    figure_or_any = page.locator(".accounts a.figure").first
    figure_or_any.click()
    sync_api.expect(page.locator(".citation").first).to_contain_text("As known on 2031-05-06")
    page.get_by_role("button", name="Day after").click()
    sync_api.expect(page.locator("#h-changed")).to_have_text("What changed on 7 May 2031")
    page.go_back()
    sync_api.expect(page.locator("#h-changed")).to_have_text("What changed on 6 May 2031")


def test_replay_goes_day_by_day_until_stopped(page: Any, address: str, incident: str) -> None:
    page.goto(f"{address}/incidents/{incident}")
    page.get_by_role("button", name="Replay").click()
    for day in ("6 May 2031", "7 May 2031"):
        sync_api.expect(page.locator("#h-changed")).to_have_text(f"What changed on {day}", timeout=15_000)
    page.get_by_role("button", name="Stop").click()
    sync_api.expect(page.get_by_role("button", name="Replay")).to_have_attribute("aria-pressed", "false")
    page.wait_for_load_state("networkidle")  # a day that was asked for is still shown
    stopped = page.locator("#as-of-day").input_value()
    page.wait_for_timeout(2500)
    assert page.locator("#as-of-day").input_value() == stopped < "2031-05-20"


def test_nobody_who_wants_no_motion_is_offered_a_replay(browser: Any, address: str, incident: str) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{address}/incidents/{incident}")
    sync_api.expect(page.locator("#replay")).to_be_hidden()
    sync_api.expect(page.get_by_role("button", name="Day before")).to_be_visible()


def test_another_profile_counts_by_another_rule(page: Any, address: str, incident: str) -> None:
    page.goto(f"{address}/incidents/{incident}")
    page.get_by_role("navigation", name="Profiles").get_by_role("link", name="ucdp").click()
    page.wait_for_url(re.compile("profile=ucdp"))
    section = page.locator("#counted")
    sync_api.expect(section).to_contain_text("Uppsala Conflict Data Program")
    mark = section.locator(".tally a.ref").first
    mark.click()
    sync_api.expect(section.locator("mark").first).to_be_visible()
    assert page.locator(".accounts").get_by_text("counted", exact=True).count() > 0


def test_a_citation_is_copied(page: Any, address: str, incident: str) -> None:
    page.goto(f"{address}/incidents/{incident}")
    figure(page).click()
    wanted = page.locator(".citation").first.inner_text()
    page.get_by_role("button", name="Copy citation").click()
    sync_api.expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert "claim-" in wanted


def test_without_script_the_same_by_links_and_forms(browser: Any, address: str, incident: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/incidents/{incident}")
    page.select_option("#as-of-day", index=0)
    page.get_by_role("button", name="Show", exact=True).click()
    assert "as-of=2031-05-06" in page.url
    page.select_option("#as-of-day", value="")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator("#h-changed").count() == 0
    for name in ("Copy citation", "Replay", "Print, or save as PDF"):
        assert page.get_by_role("button", name=name).filter(visible=True).count() == 0
    figure(page).click()
    assert "/claims/claim-" in page.url
    assert page.locator("mark").first.is_visible()
    assert page.locator(".citation").is_visible()
    page.get_by_role("link", name="Back to the dossier").click()
    assert page.url.endswith(incident)


@pytest.mark.parametrize("width", [1280, 320])
def test_paper_has_all_that_the_screen_folds(browser: Any, address: str, incident: str, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{address}/incidents/{incident}")
    page.emulate_media(media="print")
    for control in ("#as-of", ".bar", ".picking", "#print"):
        assert not page.locator(control).first.is_visible()
    assert page.evaluate(HIDDEN) == []
    assert page.evaluate(CLIPPED) == []
    assert len(page.pdf(format="A4")) > 20_000


def violations(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(("width", "colours"), [*zip(WIDTHS, ("light", "dark", "light"), strict=True)])
def test_axe_finds_nothing(browser: Any, address: str, incident: str, width: int, colours: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{address}/incidents/{incident}?as-of=2031-05-09&profile=airwars")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    figure(page).click()
    page.locator(".behind").first.wait_for()
    page.locator("#changes a.ref").first.click()
    page.locator("#changes .behind").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for part in ("changes", "statements", "copies", "questions/q-1", "counted?profile=ucdp"):
        page.goto(f"{address}/incidents/{incident}/{part}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        if width == WIDTHS[0]:
            assert violations(page) == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_wide_hostile_and_turned_words_stay_in_their_place(browser: Any, tmp_path: Path, width: int) -> None:
    for name, readings in (("wide", wide(24)), ("hostile", hostile())):
        path = tmp_path / f"{name}.db"
        incident = file_one_incident(path, readings)
        with serving(create_app(WebSettings(ledger=str(path), person="Ada"))) as address:
            page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
            page.on("dialog", lambda dialog: pytest.fail(f"a script of a report ran: {dialog.message}"))
            page.goto(f"{address}/incidents/{incident}")
            page.locator(".accounts a.figure").last.click()
            page.locator(".behind").first.wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") == width, name
            if name == "hostile":
                right = page.locator('.heard[lang="ar"] .quoted')
                assert right.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
            page.context.close()


def test_what_is_opened_within_what_was_opened_closes_by_itself(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "wide.db"
    incident = file_one_incident(path, wide(50))
    with serving(create_app(WebSettings(ledger=str(path), person="Ada"))) as address:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{address}/incidents/{incident}")
        page.get_by_role("link", name="All answers, and what they rest on").first.click()
        answers = page.locator(".accounts .all-answers")
        answers.locator("a.figure").first.click()
        sync_api.expect(answers.locator(".behind mark").first).to_be_visible()
        page.keyboard.press("Escape")
        sync_api.expect(answers.locator(".behind")).to_have_count(0)
        sync_api.expect(answers).to_be_visible()
        page.keyboard.press("Escape")
        sync_api.expect(answers).to_have_count(0)
        page.context.close()
