"""Citations: all it takes to find the words again, and nothing that breaks out of its form."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.invented import CLINIC, Telling
from variorum.dossier.citing import cite
from variorum.dossier.notes import Note, notes_on
from variorum.model import Report


def told(**report: object) -> tuple[Note, Report]:
    made = Telling(**{"publisher": "Harbour Wire", "title": "Guns at the reef", **report})
    made.toll(CLINIC, "nine boatmen died", 9, who="boatmen", via=("Delta Wire",), said="2031-05-05")
    reading = made.reading()
    return notes_on(reading.claims, ())[0], reading.report


def test_a_figure_is_cited_with_source_words_report_and_moment() -> None:
    note, report = told(url="https://wire.example/reef")
    found = cite(note, report, date(2031, 5, 9), datetime(2031, 6, 1, tzinfo=UTC))
    assert found.text == (
        f"Harbour Clinic, via Delta Wire, said 2031-05-05: 9 boatmen killed (stated): “nine boatmen died”. "
        f"In: “Guns at the reef”, Harbour Wire, 2031-05-06, https://wire.example/reef. "
        f"Report {report.id}, characters {note.start}–{note.end} of its text. "
        f"Found as {note.claim.id} by an unnamed reader. "
        f"As known on 2031-05-09. As recorded by 2031-06-01T00:00:00+00:00."
    )
    assert report.text[note.start : note.end] == "nine boatmen died"
    assert json.loads(found.csl) == [
        {
            "id": report.id,
            "type": "document",
            "title": "Guns at the reef",
            "publisher": "Harbour Wire",
            "issued": {"date-parts": [[2031, 5, 6]]},
            "URL": "https://wire.example/reef",
            "note": f"SHA-256 of the text: {report.content_hash}",
        }
    ]
    assert "  title = {Guns at the reef},\n  author = {{Harbour Wire}},\n  year = {2031},\n" in found.bibtex


def test_what_is_unknown_is_left_out_or_said_to_be_unknown() -> None:
    note, report = told(publisher=None, title=None, published=None, url="javascript:alert(1)")
    found = cite(note, report)
    assert "In: untitled, publisher unknown, day unknown." in found.text
    assert "As known" not in found.text
    assert set(json.loads(found.csl)[0]) == {"id", "type", "note"}
    assert not re.search(r"javascript|year|title", found.bibtex)


@given(st.text(max_size=40), st.text(max_size=40))
def test_titles_and_publishers_stay_within_their_fields(title: str, publisher: str) -> None:
    note, report = told(title=title, publisher=publisher)
    found = cite(note, report)
    assert json.loads(found.csl)[0].get("title", "") == title
    plain = re.sub(r"\\text\w+\{\}|\\[\\{}$&#%_]", "", found.bibtex)
    assert plain.count("{") == plain.count("}")
    assert all(re.match(r"  \w+ = \{.*\},$", line) for line in found.bibtex.split("\n")[1:-1])
