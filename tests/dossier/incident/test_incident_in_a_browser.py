"""The page of an incident in a real browser: skipped where there is no Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dossier.browser import page_at
from tests.dossier.incident.pile import dispute, dossier_of, telling
from tests.invented import ARMY
from variorum.dossier import render_incident_html

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    readings = dispute()
    for n in range(50):
        more = telling(f"more-{n}", n % 20 + 9, f"Paper {n}", title="<script>window.broken = 1</script>")
        more.sentence(f"Line {n} of a long report tells of the weather and the harbour. " * 20)
        readings.append(more.toll(f"Village {n % 9}", f"{n + 40} people died", n + 40).reading())
    file = tmp_path_factory.mktemp("page") / "incident.html"
    file.write_text(render_incident_html(dossier_of(readings), readings), encoding="utf-8")
    return file.as_uri()


def test_a_figure_opens_its_report_and_leads_to_the_words_and_back(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    figure = page.locator("#table td a.note", has_text="31 raiders died")
    words = page.locator("a.w", has_text="31 raiders died")
    sync_api.expect(words).not_to_be_visible()
    figure.click()
    sync_api.expect(words).to_be_focused()
    sync_api.expect(words).to_be_in_viewport()
    words.click()
    sync_api.expect(figure).to_be_focused()
    assert page.problems == []


def test_a_letter_opens_its_report(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.locator("#reports a.siglum", has_text="C").first.click()
    sync_api.expect(page.locator("#r-C")).to_be_in_viewport()


def test_a_point_of_the_chart_leads_to_its_words(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.locator("#changes svg.wide-picture").first.locator('a[href="#w-A1"]').click()
    sync_api.expect(page.locator("#w-A1 a.w")).to_be_focused()


def test_it_works_without_its_script(browser: Any, address: str) -> None:
    page = page_at(browser, address, java_script_enabled=False)
    page.locator("#table td a.note", has_text="31 raiders died").click()
    words = page.locator("a.w", has_text="31 raiders died")
    sync_api.expect(words).to_be_in_viewport()
    sync_api.expect(words).not_to_have_css("box-shadow", "none")


def test_the_keyboard_reaches_the_figures(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the accounts"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('td a.note')"):
            break
    assert "raiders" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('a.w')")


def test_everything_that_can_be_used_has_a_name(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    nameless = """[...document.querySelectorAll("a, summary, [tabindex='0']")].filter(
        (one) => !one.closest("[aria-hidden]") && !(one.getAttribute("aria-label") || one.textContent).trim()).length"""
    assert page.evaluate(nameless) == 0
    hidden = """[...document.querySelectorAll("[aria-hidden=true] a")].filter(
        (one) => one.getAttribute("tabindex") !== "-1").length"""
    assert page.evaluate(hidden) == 0


def test_a_hostile_title_does_nothing(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    assert page.evaluate("window.broken") is None


def test_small_screens_get_the_narrow_picture(browser: Any, address: str) -> None:
    for width, seen, unseen in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        page = page_at(browser, address, width=width)
        assert page.locator(f"#changes svg.{seen}-picture").first.is_visible()
        assert not page.locator(f"#changes svg.{unseen}-picture").first.is_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(browser: Any, address: str, width: int) -> None:
    page = page_at(browser, address, width=width)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_folded_is_printed(browser: Any, address: str) -> None:
    page = page_at(browser, address)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("a.w", has_text="31 raiders died").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.full-text[open]").count() == 0
    assert ARMY in page.locator("#table").inner_text()
