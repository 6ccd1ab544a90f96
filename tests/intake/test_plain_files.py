from __future__ import annotations

from datetime import date

import pytest


def test_text_file_is_one_report(take_file, english):
    report = take_file("a.txt", english, published="2025-03-15", publisher="The Post").report
    assert report.text == english
    assert (report.published, report.publisher, report.language) == (date(2025, 3, 15), "The Post", "en")


def test_id_follows_from_the_content(take_file, english):
    first, second = take_file("a.txt", english).report, take_file("b.txt", english).report
    assert first.id == second.id
    assert take_file("c.txt", english + " It is not known why.").report.id != first.id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_give_the_same_text(take_file, english, encoding):
    text = english + " “Never,” it said — in Réunion."
    taken = take_file("a.txt", text.encode(encoding))
    assert taken.report.text == text
    assert "guessed-encoding" not in taken.noted


def test_legacy_encoding_is_read_and_noted(take_file, english):
    text = english + " “Never,” it said – in Réunion."
    taken = take_file("a.txt", text.encode("cp1252"))
    assert taken.report.text == text
    assert "guessed-encoding" in taken.noted


def test_only_newlines_are_normalised(take_file, english):
    taken = take_file("a.txt", f"  {english}\r\n\r\nIt\u00a0said\tso.  \r{english}\n")
    assert taken.report.text == f"  {english}\n\nIt\u00a0said\tso.  \n{english}\n"


def test_missing_date_is_unknown_and_noted(take_file, english):
    taken = take_file("a.txt", english)
    assert taken.report.published is None
    assert taken.noted == ["no-date"]


def test_hidden_characters_are_kept_and_noted(take_file, english):
    text = english + " The \u200bdead\u200b were \u202bمدنيون\u202c, it said."
    taken = take_file("a.txt", text, published="2025-03-15")
    assert taken.report.text == text
    assert taken.noted == ["hidden-characters"]
    assert taken.notes[0].what.startswith("4 ")


def test_suffix_does_not_matter_for_a_named_file(take_file, english):
    assert take_file("report", english).report.text == english


def test_a_long_speech_is_no_nest_of_quotations(take_file, english):
    speech = "\n".join(["“" + english] * 300) + "”"
    assert take_file("a.txt", speech).report.text == speech
