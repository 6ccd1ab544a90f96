from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.web.test_review import HOSTILE, a_toll, fields, opened
from variorum.ledger import Decision, Ledger
from variorum.model import Claim, Evidence, Reading, Report, Source, make_claim
from variorum.web.marks import Mark, differences, marked, marks_of

TAGS = re.compile(r"<sup>.*?</sup>|<[^>]+>")


def text_of(page: str) -> str:
    """The words of the report as its page shows them, without marks; paragraphs parted by line breaks."""
    shown = page[page.index("data-text") :]
    shown = shown[shown.index(">") + 1 : shown.index("</div>")]
    return "\n".join(
        unescape(TAGS.sub("", part)).strip("\n") for part in re.findall(r"<p dir=.*?</p>", shown, re.S)
    )


def test_the_text_is_shown_whole_with_every_claim(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        readings = list(ledger.readings())
    for reading in readings:
        page = client.get(f"/reports/{reading.report.id}")
        assert page.status_code == 200
        assert text_of(page.text) == "\n".join(
            line for line in reading.report.text.split("\n") if line.strip()
        )
        for claim in reading.claims:
            assert f'id="{claim.id}"' in page.text
            assert f'href="#{claim.id}"' in page.text


def test_marks_can_be_narrowed_by_source_kind_and_certainty(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        reading = max(ledger.readings(), key=lambda one: len(one.claims))
    claim = next(one for one in reading.claims if one.kind == "account")
    address = f"/reports/{reading.report.id}"
    for query, wanted in (
        ({"kind": "account"}, [one for one in reading.claims if one.kind == "account"]),
        ({"source": claim.source.party}, [one for one in reading.claims if one.source == claim.source]),
        ({"certainty": "denied"}, [one for one in reading.claims if one.certainty == "denied"]),
    ):
        text = client.get(address, params=query).text
        assert set(re.findall(r'<li id="(claim-\w+)"', text)) >= {one.id for one in wanted}
        assert len(re.findall(r'<li id="claim-', text)) < len(reading.claims)


def a_claim(text: str, start: int, end: int, party: str) -> Claim:
    return make_claim(
        "account",
        report="r",
        content_hash="h",
        evidence=Evidence.of(text, start, end),
        source=Source(party=party),
        certainty="stated",
    )


@given(st.data())
def test_overlapping_claims_cut_a_text_without_loss(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab \n\N{GRINNING FACE}"), min_size=1, max_size=40))
    spans = data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), max_size=6))
    claims = [a_claim(text, a, b, f"Party {n}") for n, (a, b) in enumerate(spans) if a < b]
    marks = marks_of(claims)
    paragraphs = marked(text, marks)
    runs = [run for paragraph in paragraphs for run in paragraph]
    assert [[run.text for run in one] for one in paragraphs] == [
        [run.text for run in one] for one in paragraphs if "".join(run.text for run in one).strip()
    ]
    assert "\n".join("".join(run.text for run in one) for one in paragraphs) == "\n".join(
        line for line in text.split("\n") if line.strip()
    )
    for run in runs:
        assert text[run.start : run.start + len(run.text)] == run.text
        for at in range(run.start, run.start + len(run.text)):
            covering = {m.number for m in marks if m.claim.evidence.start <= at < m.claim.evidence.end}
            assert covering == {mark.number for mark in run.covering}
    for mark in marks:
        visible = any(mark in run.covering for run in runs)
        assert sum(mark in run.begins for run in runs) == visible


def test_every_mark_leads_to_its_claim_once(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        readings = list(ledger.readings())
    for reading in readings:
        text = client.get(f"/reports/{reading.report.id}").text
        led = re.findall(r'<a class="mark" href="#(claim-\w+)"', text)
        assert sorted(led) == sorted({claim.id for claim in reading.claims})


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_hold_both_texts(before: str, after: str) -> None:
    parts = differences(before, after)
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "gone") == after


def test_letters_of_sources_go_on_after_z() -> None:
    marks: tuple[Mark, ...] = marks_of(a_claim("words", 0, 5, f"Party {n}") for n in range(30))
    assert [marks[n].letter for n in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]


def test_a_claim_is_added_by_its_words(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        reading = next(iter(ledger.readings()))
    report = reading.report
    quote = report.text.split(". ")[1][:60]
    address = f"/reports/{report.id}/claims"
    said = {
        "kind": "account",
        "certainty": "hedged",
        "source": "Harbour Office",
        "why": "it says so",
        "quote": quote,
    }
    answer = client.post(address, data={**said, "quote": "nowhere in the text"})
    assert answer.status_code == 422
    assert "Harbour Office" in answer.text
    answer = client.post(address, data=said)
    assert answer.status_code == 200
    assert "Harbour Office" in answer.text
    with Ledger.open(ledger_file) as ledger:
        (added,) = ledger.claims(source="Harbour Office")
    assert added.evidence.quote == quote
    assert report.text[added.evidence.start : added.evidence.end] == quote
    assert client.post(address, data=said).status_code == 409


def test_versions_copies_and_other_writing_are_shown(
    tmp_path: Path, client: TestClient, ledger_file: Path
) -> None:
    url = "https://example.org/ferry"
    body = "Nine people were killed when gunmen boarded the Skarholt ferry, the police of Varndal said on Tuesday night. "
    body += "Survivors swam to the Oskby lighthouse and were taken in by its keeper, who had seen no ship at all that day. "
    body += "The family of the captain said that he had never carried soldiers on the Skarholt run, nor any arms. "
    body += "Fishermen from three villages searched the strait until dusk and found two rafts, a mast and a child's coat."
    reports = [
        Report(
            id="1", text=body, publisher="Harbour Post", url=url, title="Ferry", published=date(2031, 5, 6)
        ),
        Report(
            id="2",
            text=body.replace("Nine", "Eleven"),
            publisher="Harbour Post",
            url=url,
            title="Ferry",
            published=date(2031, 5, 7),
        ),
        Report(id="3", text=body, publisher="Oskby Times", title=HOSTILE, published=date(2031, 5, 8)),
        Report(id="4", text="قتل تسعة أشخاص <b onclick=alert(1)>", publisher=HOSTILE, language="ar"),
    ]
    with Ledger.open(ledger_file) as ledger:
        ledger.add((Reading(report=one, reader="by hand") for one in reports), by="Ada")
        ledger.link()
        ids = {reading.report.text: reading.report.id for reading in ledger.readings()}
        third = next(one.report.id for one in ledger.readings() if one.report.publisher == "Oskby Times")
    first = next(one for one in client_versions(client, ids[reports[1].text]) if one != ids[reports[1].text])
    page = client.get(f"/reports/{ids[reports[1].text]}/compare", params={"with": first}).text
    assert re.findall(r"<del>(.*?)</del>", page)[1:] == ["Nine "]
    assert re.findall(r"<ins>(.*?)</ins>", page)[1:] == ["Eleven "]
    assert "The same text" in client.get(f"/reports/{third}").text
    page = client.get(f"/reports/{third}/compare", params={"with": first, "by": "passages"}).text
    assert len(re.findall(r'<span class="shared">', page)) >= 3
    page = client.get(f"/reports/{ids[reports[3].text]}").text
    assert 'lang="ar"' in page
    assert '<p dir="auto">' in page
    for text in (page, client.get(f"/reports/{third}").text):
        assert "<b onclick" not in text
        assert "<script>alert" not in text


def client_versions(client: TestClient, report: str) -> list[str]:
    text = client.get(f"/reports/{report}").text
    section = text[text.index('id="h-versions"') : text.index('id="h-copies"')]
    return re.findall(r'href="/reports/(report-\w+)"', section)


@pytest.mark.parametrize("path", ["", "/claims", "/compare?with=report-0000000000000000"])
def test_a_report_that_is_not_there_is_told(client: TestClient, path: str) -> None:
    assert client.get(f"/reports/report-0000000000000000{path}").status_code == 404


def test_a_rejected_claim_is_kept_below_and_can_be_taken_back(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        claim = a_toll(ledger)
    client.post(f"/review/claims/{claim.id}", data={"action": "reject", "why": "of another attack"})
    page = client.get(f"/reports/{claim.report}").text
    assert f'class="claim gone" id="{claim.id}"' in page
    assert "of another attack" in page
    undo = re.search(r'action="(/decisions/[^"]+/undo)"', page)
    assert undo
    client.post(undo.group(1), data={"why": "taken back"})
    assert f'<li id="{claim.id}"' in client.get(f"/reports/{claim.report}").text


# in a browser


def test_a_claim_is_added_by_selecting_words(browser: Any, address: str, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        reading = max(ledger.readings(), key=lambda one: len(one.claims))
        claim = next(one for one in reading.claims if one.evidence.start > 200)
    start, end = claim.evidence.start - 12, claim.evidence.end + 9  # over the borders of a mark
    page, problems = opened(browser, address, f"/reports/{reading.report.id}")
    page.evaluate(
        """([start, end]) => {
          const at = (wanted) => {
            for (const run of document.querySelectorAll("[data-start]")) {
              const from = Number(run.dataset.start);
              if (from <= wanted && wanted <= from + run.textContent.length) return [run.firstChild, wanted - from];
            }
          };
          const range = document.createRange();
          range.setStart(...at(start));
          range.setEnd(...at(end));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [start, end],
    )
    page.click("text=Add a claim of these words")
    page.wait_for_selector("form.claim-form")
    quote = page.input_value("[name=quote]")
    assert quote == reading.report.text[start:end].strip()
    page.check("[name=kind][value=account]")
    assert not page.is_visible("[name=outcome]")
    page.fill("[name=source]", "Harbour Office")
    page.fill("[name=why]", "the reader passed it over")
    page.click("text=Add the claim")
    page.wait_for_selector(".claims bdi:has-text('Harbour Office')")
    with Ledger.open(ledger_file) as ledger:
        (added,) = ledger.claims(source="Harbour Office")
    assert added.evidence.quote == quote
    assert not problems


def test_the_correction_of_a_claim_shows_in_its_report(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        claim = a_toll(ledger)
    page = client.get(f"/review/claims/{claim.id}/correct?back=/reports/{claim.report}").text
    data = {**fields(page), "source": "Harbour Office", "why": "see above", "action": "correct"}
    answer = client.post(f"/review/claims/{claim.id}", data=data)
    assert answer.url.path == f"/reports/{claim.report}"
    assert "Corrected by <bdi>Ada</bdi>" in answer.text
    # What is decided next is decided in sight of the correction, whichever of the two claims it names.
    again = client.post(f"/review/claims/{claim.id}", data={"action": "accept", "seen": ""})
    assert again.status_code == 409


def test_hostile_records_are_only_shown(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        claim = a_toll(ledger)
        ledger.decide(
            Decision(kind="rename", subject=claim.source.party, name=HOSTILE, by=HOSTILE, why=HOSTILE)
        )
    text = client.get(f"/reports/{claim.report}").text
    assert "alert(1)" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
