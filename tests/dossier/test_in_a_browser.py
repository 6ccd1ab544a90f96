"""The page in a real browser: skipped where there is no Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dossier.browser import page_at
from tests.invented import ARMY, CLINIC, FRONT, Telling
from variorum.dossier import render_html
from variorum.reconciling import reconcile

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    telling = (
        Telling(title="<script>window.broken = 1</script>A dispute")
        .toll(ARMY, "31 raiders died", 31, group="militant", who="raiders")
        .toll(FRONT, "four fighters died", 4, group="militant", who="fighters")
        .account(CLINIC, "the wounded came by boat")
    )
    for number in range(40):
        telling.sentence(f"Line {number} of a long report tells of the weather and the harbour. " * 3)
    telling.toll(CLINIC, "seven children died", 7, who="children")
    reading = telling.reading()
    file = tmp_path_factory.mktemp("page") / "dossier.html"
    file.write_text(render_html(reading, reconcile(reading)), encoding="utf-8")
    return file.as_uri()


def lit(page: Any) -> list[str]:
    return [str(words) for words in page.locator("a.w.on").all_inner_texts()]


def test_a_figure_leads_to_its_words_and_back(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.locator("td a", has_text="seven children died").click()
    words = page.locator("a.w", has_text="seven children died")
    assert lit(page) == ["seven children died"]
    sync_api.expect(words).to_be_focused()
    sync_api.expect(words).to_be_in_viewport()
    words.click()
    sync_api.expect(page.locator("td a", has_text="seven children died")).to_be_focused()
    assert page.problems == []


def test_hovering_lights_both_ends(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.locator("a.w", has_text="31 raiders died").hover()
    assert page.locator("td a.on .figure").all_inner_texts() == ["31"]
    assert lit(page) == ["31 raiders died"]


def test_the_keyboard_reaches_everything(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the accounts"
    sync_api.expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('td a')"):
        page.keyboard.press("Tab")
    assert "31" in page.evaluate("document.activeElement.textContent")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "31 raiders died"
    assert lit(page) == ["31 raiders died"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('td a')")
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_it_works_without_its_script(browser: Any, address: str) -> None:
    page = page_at(browser, address, java_script_enabled=False)
    page.locator("td a", has_text="seven children died").click()
    words = page.locator("a.w", has_text="seven children died")
    sync_api.expect(words).to_be_in_viewport()
    plain = page.locator("a.w", has_text="31 raiders died")
    shadow = "box-shadow"
    sync_api.expect(words).not_to_have_css(shadow, "none")
    sync_api.expect(plain).to_have_css(shadow, "none")


def test_a_hostile_title_does_nothing(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(browser: Any, address: str, width: int) -> None:
    page = page_at(browser, address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
