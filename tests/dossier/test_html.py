from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dossier.page import EVIL, Page
from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.dossier import render_html
from variorum.model import Reading
from variorum.reconciling import reconcile


def page_of(reading: Reading) -> str:
    return render_html(reading, reconcile(reading))


def dispute(**report: Any) -> Reading:
    return (
        Telling(**report)
        .toll(ARMY, "31 raiders died", 31, group="militant", who="raiders")
        .toll(FRONT, "four fighters died", 4, group="militant", who="fighters")
        .blame(FRONT, FRONT, "claims")
        .account(CLINIC, "the wounded came by boat")
        .toll(REPORTER, "The 31 dead", 31, group="militant")
        .reading()
    )


def test_figures_and_words_lead_to_each_other() -> None:
    page = Page(page_of(dispute()))
    ids, links = page.all("id"), [href[1:] for href in page.all("href") if href.startswith("#")]
    assert len(set(ids)) == len(ids)
    assert set(links) <= set(ids)
    numbers = {str(number) for number in range(1, 6)}
    for end in ("w", "n"):
        assert {link[2:] for link in links if link.startswith(f"{end}-")} == numbers


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = Page(page_of(dispute(url="https://example.org/a?b=1&c=2", title="A dispute")))
    assert not page.all("src")
    outside = [href for href in page.all("href") if not href.startswith(("#", "data:,"))]
    assert outside == ["https://example.org/a?b=1&c=2"]
    assert "@import" not in page.words["style"]
    assert "url(" not in page.words["style"]


def test_the_policy_allows_the_own_style_and_script_only() -> None:
    text = page_of(dispute())
    policy = next(
        a["content"] for _, a in Page(text).tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " JavaScript:x", "http://[bad"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert not any("alert" in href or "bad" in href for href in Page(page_of(dispute(url=url))).all("href"))


def test_a_hostile_report_stays_inert() -> None:
    reading = (
        Telling(id=EVIL, title=EVIL, publisher=EVIL, url=f"https://e.org/{EVIL}", language=EVIL)
        .sentence(EVIL)
        .toll(EVIL, f"nine {EVIL}", 9, who=EVIL, via=(EVIL,), said=EVIL)
        .toll(ARMY, "three", 3, who="men")
        .account(EVIL, f"so it was {EVIL}")
        .blame(ARMY, EVIL, "accuses")
        .reading()
    )
    text = page_of(reading)
    page = Page(text)
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not any(tag == "img" or name.startswith("on") for tag, attrs in page.tags for name in attrs)
    assert "49" not in page.words.get("q", "")


def test_each_party_has_a_column_and_the_words_stand_with_the_figure() -> None:
    text = page_of(dispute())
    header = re.search(r"<thead.*?</thead>", text, re.DOTALL)
    assert header is not None
    assert [name for name in (ARMY, FRONT, "The report itself") if name in header.group()] == [
        ARMY,
        FRONT,
        "The report itself",
    ]
    row = re.search(r'<tr role="row" class="contested">.*?</tr>', text, re.DOTALL)
    assert row is not None
    for shown in (
        "Militants killed",
        "31",
        "raiders",
        "31 raiders died",
        "4",
        "four fighters died",
        "contested",
    ):
        assert shown in row.group()


def test_an_unknown_day_and_publisher_are_called_unknown() -> None:
    text = page_of(dispute(published=None))
    assert "publisher unknown" in text
    assert "day of publication unknown" in text


def test_right_to_left_words_find_their_own_direction() -> None:
    reading = Telling(language="ar").sentence("قال الجيش إن الحصار انتهى").toll(ARMY, "قتل 5", 5).reading()
    text = page_of(reading)
    assert 'lang="ar"' in text
    assert '<p dir="auto">' in text
    assert '<q dir="auto">' in text


def test_nothing_found_is_said() -> None:
    assert "No claim was found" in page_of(Telling().sentence("A quiet day.").reading())


def test_many_parties_are_listed_instead_of_squeezed() -> None:
    telling = Telling()
    for number in range(8):
        telling.toll(f"Village {number}", f"{number + 2} people died", number + 2)
    assert 'class="many"' in page_of(telling.reading())


@given(st.text(max_size=80), st.data())
def test_any_text_comes_out_whole_and_well_formed(text: str, data: st.DataObject) -> None:
    from variorum.model import Evidence, Report, Source, make_claim
    from variorum.reconciling.order import text_order

    report = Report(id="any", text=text)
    claims = []
    for number in range(data.draw(st.integers(0, 4)) if text else 0):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        claims.append(
            make_claim(
                "account",
                report="any",
                content_hash=report.content_hash,
                evidence=Evidence.of(text, start, end),
                source=Source(party=f"Party {number}"),
                certainty="stated",
            )
        )
    reading = Reading(report=report, reader="r", claims=tuple({c.id: c for c in claims}.values()))
    page = Page(page_of(reading))
    ids = page.all("id")
    assert len(set(ids)) == len(ids)
    for number, claim in enumerate(text_order(reading.claims), start=1):
        assert f"n-{number}" in ids
        if claim.evidence.quote.strip():
            assert f"w-{number}" in ids


def test_the_page_is_valid_html5() -> None:
    html5lib = pytest.importorskip("html5lib")
    evil = Telling(title=EVIL).toll(EVIL, f"nine {EVIL}\x00\x1b\ufdd0", 9, who=EVIL).reading()
    for reading in (dispute(), evil):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(page_of(reading))
        assert not parser.errors
