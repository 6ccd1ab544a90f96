from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.dossier import render_markdown, render_terminal
from variorum.model import Reading
from variorum.reconciling import reconcile

EVIL = "<script>alert(1)</script> [a](javascript:x) **b** | c ![d](http://e.org) `f` https://e.org www.e.org"


def dispute() -> Reading:
    return (
        Telling(title="Two tellings")
        .toll(ARMY, "31 raiders died", 31, group="militant", who="raiders", said="2031-05-04")
        .toll(FRONT, "four fighters died", 4, group="militant", who="fighters", certainty="hedged")
        .account(CLINIC, "the wounded came by boat", via=("Radio Reef",))
        .toll(REPORTER, "The 31 dead", 31, group="militant")
        .reading()
    )


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_the_terminal_shows_all_within_its_width(width: int) -> None:
    reading = dispute()
    shown = render_terminal(reading, reconcile(reading), width=width)
    assert max(map(len, shown.splitlines())) <= width
    flat = " ".join(shown.split())
    for words in (
        "Two tellings",
        "contested",
        "raiders",
        "hedged",
        "via Radio Reef",
        "2031-05-04",
        "reader 1",
    ):
        assert words in flat
    for number in range(1, 5):
        assert f"[{number}]" in flat


def test_the_terminal_has_one_column_a_party() -> None:
    reading = dispute()
    shown = render_terminal(reading, reconcile(reading), width=120)
    head = next(line for line in shown.splitlines() if line.strip().startswith("Question"))
    assert head.index(ARMY) < head.index(FRONT) < head.index("The report itself")


def test_offsets_are_those_of_the_text() -> None:
    reading = dispute()
    shown = render_terminal(reading, reconcile(reading), width=120)
    for claim in reading.claims:
        assert f"{claim.evidence.start}–{claim.evidence.end}" in shown


@pytest.mark.parametrize("colour", [False, True])
def test_no_control_character_of_a_report_reaches_the_terminal(colour: bool) -> None:
    reading = (
        Telling(title="a\x1b]0;b\x07").toll("x\x1b[31m", "nine\x9b2J \u202e died", 9, who="y\x00").reading()
    )
    shown = render_terminal(reading, reconcile(reading), colour=colour)
    assert not set("\x07\x00\x9b\u202e") & set(shown)
    assert "\x1b]" not in shown
    assert ("\x1b" in shown) == colour


def test_markup_of_the_terminal_library_stays_text() -> None:
    reading = Telling().toll("[bold]x[/bold]", "[link=http://e.org]nine[/link] died :boom:", 9).reading()
    assert "[link=http://e.org]nine[/link]" in " ".join(render_terminal(reading, reconcile(reading)).split())


def test_markdown_shows_the_same_table() -> None:
    reading = dispute()
    page = MarkdownIt("commonmark").enable("table").render(render_markdown(reading, reconcile(reading)))
    assert page.count("<table>") == 1
    for words in (ARMY, FRONT, "31 raiders died", "hedged", "contested", "via Radio Reef", "reader 1"):
        assert words in page


def test_markdown_of_a_hostile_report_stays_text() -> None:
    reading = (
        Telling(title=EVIL, publisher=EVIL)
        .toll(EVIL, f"nine {EVIL}", 9, who=EVIL)
        .account(EVIL, f"1. so {EVIL}")
        .reading()
    )
    page = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(render_markdown(reading, reconcile(reading)))
    )
    assert "<script" not in page
    assert "<a " not in page
    assert "<img" not in page
    assert page.count("<tr>") == 2


def test_nothing_found_is_said() -> None:
    reading = Telling().sentence("A quiet day.").reading()
    dossiers = reconcile(reading)
    assert "No claim was found" in render_terminal(reading, dossiers)
    assert "No claim was found" in render_markdown(reading, dossiers)
