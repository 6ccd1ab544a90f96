from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.invented import ARMY, CLINIC, FRONT, Telling
from tests.model.strategies import names, texts
from variorum.dossier.changes import render_changes
from variorum.dossier.listing import Entry, Listed, entry_of
from variorum.dossier.listing_page import render_listing
from variorum.dossier.listing_text import render_list
from variorum.dossier.plain_lines import Page
from variorum.model import CopyGraph, LinkedIncident, Reading, Report
from variorum.reconciling import IncidentChange, reconcile_incidents

HOSTILE = "</h2><script>alert(1)</script>\x1b[2J\u202e"


def entry(name: str, words: str, reports: int = 1) -> Entry:
    return Entry(
        id=name,
        title=words,
        facts=(words,),
        publishers=reports,
        questions=1,
        contested=1,
        disputes=((words, words),),
        reports=tuple(
            Listed(Report(id=f"r{n}", text="x", title=words, publisher=words), words) for n in range(reports)
        ),
        also=(),
    )


def test_the_page_leads_to_each_incident_and_runs_nothing_of_a_report() -> None:
    written = render_listing([(entry("a", HOSTILE), "a b.html"), (entry("c", "Riot"), "c.html")], "reader 1")
    assert re.findall(r'<h2[^>]*><a href="([^"]+)"', written) == ["a%20b.html", "c.html"]
    assert "<script" not in written
    assert "\x1b" not in written
    assert "2 incidents in 2 reports" in written


@given(st.lists(st.tuples(names, texts), max_size=3), st.integers(40, 120), st.booleans())
def test_what_a_list_quotes_neither_breaks_lines_nor_steers_the_terminal(
    told: list[tuple[str, str]], width: int, colour: bool
) -> None:
    entries = [entry(name, words + HOSTILE, 2) for name, words in told]
    written = render_list(entries, width=width, colour=colour)
    plain = re.sub(r"\x1b\[\d+m", "", written) if colour else written
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", plain)
    assert sum(line.startswith("  day unknown") for line in plain.splitlines()) >= 2 * len(entries)
    assert plain.endswith("\n")


def test_the_sums_at_the_end() -> None:
    assert render_list([]) == "No incident.\n"
    listed = render_list([entry("a", "Riot", 2), entry("b", "Riot")])
    assert listed.endswith("\n2 incidents in 3 reports; 1 told by one report alone.\n")


def test_who_is_responsible_is_one_line_whoever_is_named() -> None:
    readings = [
        Telling(id="r1").blame(FRONT, ARMY, "accuses").blame(ARMY, FRONT, "accuses").reading(),
        Telling(id="r2").toll(CLINIC, "nine people died", 9).blame(ARMY, ARMY, "denies").reading(),
    ]
    reports = ("r1", "r2")
    (dossier,) = reconcile_incidents(readings, [LinkedIncident(id="a", reports=reports)], CopyGraph())
    (dispute,) = entry_of(dossier, readings, reports).disputes
    assert dispute == (
        "Who is responsible",
        f"{FRONT} says {ARMY}; {ARMY} says not {ARMY}, {FRONT}",
    )


def test_one_voice_and_one_question_are_singular() -> None:
    alone = entry("a", "Riot")
    assert (alone.told_by, alone.asked) == ("one report", "1 question, 1 contested")
    assert entry("a", "Riot", 2).told_by == "2 reports by 2 independent publishers"


@given(st.text(), st.integers(0, 100))
def test_lines_are_as_wide_as_words_allow(words: str, width: int) -> None:
    for line in Page(width).line(words, 4, 8).splitlines():
        assert len(line) <= max(width, 40) or len(line.split()) == 1


def test_changes_quote_titles_safely() -> None:
    reading = Reading(report=Report(id="r1", text="x", title=HOSTILE, publisher="Post"), reader="reader 1")
    change = IncidentChange(incident="a", new=True, reports=("r1",), sources=(HOSTILE,), claims=())
    written = render_changes([change], {"r1": reading}, date(2031, 5, 1), date(2031, 5, 2))
    assert written.startswith("Known on 2031-05-02 and not yet on 2031-05-01: 1 new incident.\n")
    assert "\x1b" not in written
    assert "\u202e" not in written
