from __future__ import annotations

from datetime import date

import pytest
from markdown_it import MarkdownIt

from tests.dossier.incident.pile import dispute, dossier_of, telling
from tests.invented import ARMY, FRONT
from variorum.dossier import render_incident_markdown, render_incident_terminal

EVIL = "<script>alert(1)</script> [a](javascript:x) **b** | c ![d](http://e.org) `f` https://e.org www.e.org"
SHOWN = (
    "Dossier of 5 reports",
    "3 questions: 2 contested, 1 single",
    "31 raiders died",
    "at least 12",
    "Salt Radio",
    "the wounded came by boat",
    "same text, 100 %",
    "Reef Courier",
    "31: 1 independent origin (Norland Army) in 1 report",
    "reader 1",
)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_the_terminal_shows_all_within_its_width(width: int) -> None:
    readings = dispute()
    shown = render_incident_terminal(dossier_of(readings), readings, width=width)
    assert max(map(len, shown.splitlines())) <= width
    flat = " ".join(shown.split())
    if width < 120:  # in a table, words that break over lines stand in pieces
        assert [words for words in SHOWN if words not in flat] == []
    for mark in ("A1", "B1", "C1", "C2", "D1", "D3", "E1"):
        assert f"[{mark}]" in flat


def test_the_terminal_has_one_column_a_party_where_they_fit() -> None:
    readings = dispute()
    shown = render_incident_terminal(dossier_of(readings), readings, width=160)
    head = next(line for line in shown.splitlines() if line.strip().startswith("Question"))
    assert head.index(ARMY) < head.index(FRONT) < head.index("The reports")


@pytest.mark.parametrize("colour", [False, True])
def test_no_control_character_of_a_report_reaches_the_terminal(colour: bool) -> None:
    readings = [
        telling(f"r\x1b{n}", n + 1, "p\x1b[31m", title="a\x1b]0;b\x07")
        .toll("x\x1b[31m", f"{n} nine\x9b2J \u202e died", n + 9, who="y\x00")
        .reading()
        for n in range(2)
    ]
    shown = render_incident_terminal(dossier_of(readings), readings, colour=colour)
    assert not set("\x07\x00\x9b\u202e") & set(shown)
    assert "\x1b]" not in shown
    assert ("\x1b" in shown) == colour


def test_markdown_shows_the_same() -> None:
    readings = dispute()
    text = render_incident_markdown(dossier_of(readings), readings)
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert page.count("<table>") == 4
    for words in (
        "31 raiders died",
        "at least 12",
        "Salt Radio",
        "the wounded came by boat",
        "same text",
        "reader 1",
    ):
        assert words in page
    assert "As of" in render_incident_markdown(dossier_of(readings, as_of=date(2031, 5, 9)), readings)


def test_markdown_lists_many_parties_instead_of_squeezing_them() -> None:
    readings = [
        telling(f"r{n}", n + 1, f"Paper {n}").toll(f"Village {n}", f"{n + 2} people died", n + 2).reading()
        for n in range(9)
    ]
    text = render_incident_markdown(dossier_of(readings), readings)
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert "<h3>Civilians killed (≠ contested)</h3>" in page
    assert "<strong>Village 7</strong></p>\n<ul>\n<li><strong>9</strong>" in page


def test_markdown_of_hostile_reports_stays_text() -> None:
    readings = [
        telling(f"r{n}", n + 1, EVIL, title=EVIL)
        .toll(EVIL, f"{n + 9} {EVIL}", n + 9, who=EVIL)
        .account(EVIL, f"1. so {EVIL}")
        .reading()
        for n in range(2)
    ]
    text = render_incident_markdown(dossier_of(readings), readings)
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<script" not in page
    assert "<a " not in page
    assert "<img" not in page
    assert page.count("<tr>") == 2 + 3 + 3
