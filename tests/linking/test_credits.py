from __future__ import annotations

import pytest

from variorum.linking.credits import carried_by, find_credits, is_publisher
from variorum.model import Report


@pytest.mark.parametrize(
    ("text", "form", "outlet"),
    [
        ("VARNDAL, Norland (AP) — Nine died.", "dateline", "Associated Press"),
        ("Nine died, a general told Reuters.", "told", "Reuters"),
        ("He told the Varndal Daily Times that nine died.", "told", "Varndal Daily Times"),
        ("AFP reported that nine died.", "reported", "Agence France-Presse"),
        ("Nine died, as reported by Xinhua.", "reported", "Xinhua"),
        ("Nine died, according to the Interfax agency.", "reported", "Interfax"),
        ("By Jorun Aldevik of The Associated Press\nNine died.", "byline", "Associated Press"),
        ("Nine died.\n(Varndal Press Agency)\n", "byline", "Varndal Press Agency"),
        ("Copyright 2031 The Associated Press. All rights reserved.", "copyright", "Associated Press"),
    ],
)
def test_credits_are_found_in_every_form(text: str, form: str, outlet: str) -> None:
    (credit,) = find_credits(Report(id="r", text=text))
    assert (credit.form, credit.outlet) == (form, outlet)
    assert text[credit.evidence.start : credit.evidence.end] == credit.evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        "He told reporters that nine died.",
        "The press was told to leave.",
        "The app said nothing.",
        "It reported nine dead.",
    ],
)
def test_other_words_are_no_credit(text: str) -> None:
    assert not find_credits(Report(id="r", text=text))


def test_a_publisher_does_not_credit_itself() -> None:
    assert not find_credits(Report(id="r", text="Nine died, a general told Reuters.", publisher="Reuters"))


def test_a_publisher_does_not_credit_itself_by_its_short_name() -> None:
    report = Report(id="r", text="Nine died, she told the Evening Post.", publisher="Varndal Evening Post")
    assert not find_credits(report)
    other = Report(id="r", text="Nine died, she told the Evening Post.", publisher="Varndal Herald")
    assert [credit.outlet for credit in find_credits(other)] == ["Evening Post"]


def test_publishers_are_known_by_name_and_domain() -> None:
    assert is_publisher("Associated Press", "AP")
    assert is_publisher("Reuters", "www.reuters.com")
    assert is_publisher("WXYV", "wxyv9news.com")
    assert not is_publisher("AP", "apricottimes.com")
    assert not is_publisher("Reuters", None)
    assert carried_by("Al-Monitor (AFP)") == "Agence France-Presse"
    assert carried_by("Capital FM (Norland)") is None
