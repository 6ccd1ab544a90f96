"""The dossier's page and its parts, asked for without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.incidents import SCRIPT, file_one_incident, hostile, wide
from variorum.ledger import Decision, Ledger
from variorum.model import Status
from variorum.reconciling.profiles import PROFILES, apply
from variorum.reconciling.statuses import answer_in_words
from variorum.web import WebSettings, create_app

AS_PART = {"HX-Request": "true"}
MOST = 150_000
"""Bytes of a page."""


def asking(path: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(WebSettings(ledger=str(path), person="Ada")), base_url="http://localhost"
    ) as found:
        yield found


@pytest.fixture(scope="module")
def wide_ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("wide") / "wide.db"
    return path, file_one_incident(path, wide())


@pytest.fixture
def incident(ledger_file: Path) -> str:
    """The larger incident of the worked example."""
    with Ledger.open(ledger_file) as ledger:
        return max(ledger.incidents(), key=lambda state: state.reports).incident


def claims_in(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/claims/(claim-[0-9a-f]{16})", page)))


def test_the_table_has_a_column_a_party_and_a_row_a_question(
    client: TestClient, ledger_file: Path, incident: str
) -> None:
    with Ledger.open(ledger_file) as ledger:
        dossier = ledger.dossier(incident).dossier
    page = client.get(f"/incidents/{incident}").text
    table = re.search(r'<table class="accounts.*?</table>', page, re.S)
    assert table
    answering = {position.source for question in dossier.questions for position in question.positions}
    assert len(re.findall(r'scope="col"', table[0])) == 1 + len(answering)
    assert len(re.findall(r'scope="row"', table[0])) == len(dossier.questions)
    contested = sum(question.status is Status.CONTESTED for question in dossier.questions)
    assert len(re.findall(r'<tr class="contested"', table[0])) == contested > 0


def test_every_figure_leads_to_its_words(client: TestClient, ledger_file: Path, incident: str) -> None:
    with Ledger.open(ledger_file) as ledger:
        opened = ledger.dossier(incident)
    claims = {claim.id: claim for reading in opened.readings for claim in reading.claims}
    linked = claims_in(client.get(f"/incidents/{incident}").text)
    assert len(linked) > 20
    for name in linked:
        part = client.get(f"/incidents/{incident}/claims/{name}", headers=AS_PART).text
        assert f"<mark>{claims[name].evidence.quote}</mark>" in unescape(part)
        assert re.search(rf'href="/reports/report-[0-9a-f]+#{name}"', part)


def test_a_part_is_a_page_of_its_own_without_script(client: TestClient, incident: str) -> None:
    name = claims_in(client.get(f"/incidents/{incident}").text)[0]
    for part in (
        f"claims/{name}",
        "questions/q-1",
        "charts/1",
        "copies",
        "statements",
        "changes",
        "counted?profile=ucdp",
    ):
        address = f"/incidents/{incident}/{part}"
        whole, alone = client.get(address), client.get(address, headers=AS_PART)
        assert whole.status_code == alone.status_code == 200, part
        assert "<html" in whole.text
        assert "<h1>" in whole.text
        assert "<html" not in alone.text
        assert f'href="/incidents/{incident}"' in whole.text
        assert whole.headers["vary"].casefold().count("hx-request") == 1


def test_reach_and_independent_origins_are_told_apart(
    client: TestClient, ledger_file: Path, incident: str
) -> None:
    with Ledger.open(ledger_file) as ledger:
        dossier = ledger.dossier(incident).dossier
    wanted = [
        (answer.claims[0], support, answer.reports)
        for question in dossier.questions
        for position in question.positions
        for answer in position.answers[-1:]
        for support in question.support
        if len(answer.reports) > 1
        and (support.line, support.answer) == (position.line, answer_in_words(answer))
    ]
    assert wanted
    for name, support, answer_reports in wanted:
        part = client.get(f"/incidents/{incident}/claims/{name}", headers=AS_PART).text
        assert f"<dt>Independent origins</dt><dd><b>{len(support.origins)}</b>" in part
        assert f"<dt>Reach</dt><dd>{len(answer_reports)} reports" in part


def test_a_figure_is_cited_with_all_it_takes_to_find_it_again(
    client: TestClient, ledger_file: Path, incident: str
) -> None:
    with Ledger.open(ledger_file) as ledger:
        opened = ledger.dossier(incident)
    reading = opened.readings[0]
    claim, report = reading.claims[0], reading.report
    part = client.get(f"/incidents/{incident}/claims/{claim.id}?as-of=2031-05-09", headers=AS_PART).text
    cited = re.search(rf'id="cite-{claim.id}"[^>]*>(.*?)</p>', part, re.S)
    assert cited
    told = unescape(cited[1])
    for words in (
        claim.evidence.quote,
        report.id,
        claim.id,
        claim.reader,
        f"{claim.evidence.start}–{claim.evidence.end}",
        str(report.published),
        "As known on 2031-05-09",
    ):
        assert words in told
    (csl,) = json.loads(unescape(re.search(rf'id="csl-{claim.id}"[^>]*>(.*?)</pre>', part, re.S)[1]))  # type: ignore[index]
    assert csl["title"] == report.title
    assert csl["issued"] == {"date-parts": [[2031, 5, 6]]}
    assert f"@misc{{{report.id}," in part


def test_as_of_a_day_knows_what_was_published_by_then(
    client: TestClient, ledger_file: Path, incident: str
) -> None:
    with Ledger.open(ledger_file) as ledger:
        days = ledger.known_days(incident)
    now = client.get(f"/incidents/{incident}").text
    options = re.findall(r'<option value="([^"]*)"', now)
    assert [value for value in options if "-" in value] == [str(day) for day in days]
    first = client.get(f"/incidents/{incident}?as-of={days[0]}").text
    assert f'<option value="{days[0]}" selected' in first
    assert len(claims_in(first)) < len(claims_in(now))
    assert "The first that became known of it." in first
    assert all(
        f"?as-of={days[0]}" in link for link in re.findall(r'href="(/incidents/[^"]*/claims/[^"]*)"', first)
    )
    later = client.get(f"/incidents/{incident}?as-of={days[2]}").text
    assert "<b>new</b>" in later
    assert "changed that day" in later
    assert client.get(f"/incidents/{incident}?as-of=2031-05-01").status_code == 404
    # A form sends what was left empty, too.
    assert (
        client.get(f"/incidents/{incident}?as-of=").text == client.get(f"/incidents/{incident}?as-of=").text
    )
    assert "What changed on" not in client.get(f"/incidents/{incident}?as-of=").text.replace(
        "What changed on each day", ""
    )


def test_what_changed_is_told_for_each_day(client: TestClient, ledger_file: Path, incident: str) -> None:
    with Ledger.open(ledger_file) as ledger:
        days = ledger.known_days(incident)
    part = client.get(f"/incidents/{incident}/changes", headers=AS_PART).text
    assert [f'href="/incidents/{incident}?as-of={day}"' in part for day in days] == [True] * len(days)
    assert part.count("<h3>") == len(days)


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_shows_its_figures_with_rule_and_claims(
    client: TestClient, ledger_file: Path, incident: str, name: str
) -> None:
    with Ledger.open(ledger_file) as ledger:
        tally = apply(name, ledger.dossier(incident).dossier)
    page = unescape(client.get(f"/incidents/{incident}?profile={name}").text)
    section = re.search(r'<section class="sheet" id="counted".*?</section>', page, re.S)
    assert section
    assert tally.figures
    for figure in tally.figures:
        assert figure.rule in section[0]
    used = {claim for figure in tally.figures for claim in figure.claims}
    assert used <= set(claims_in(section[0]))
    assert "<b>counted</b>" in page
    assert f'id="{name}"' in client.get("/profiles").text


def test_no_profile_of_that_name(client: TestClient, incident: str) -> None:
    answer = client.get(f"/incidents/{incident}?profile=truth")
    assert answer.status_code == 400
    assert "No profile is called" in answer.text


def test_columns_and_rows_can_be_picked(client: TestClient, incident: str) -> None:
    page = client.get(f"/incidents/{incident}?party=army&party=Nobody&status=contested").text
    table = re.search(r'<table class="accounts.*?</table>', page, re.S)
    assert table
    assert re.findall(r'scope="col"><bdi>(.*?)</bdi>', table[0]) == ["Army"]
    assert re.findall(r'<tr class="(\w+)" id="q-', table[0])
    assert set(re.findall(r'<tr class="(\w+)" id="q-', table[0])) == {"contested"}
    assert client.get(f"/incidents/{incident}?status=nonsense").status_code == 200


def test_decisions_and_reports_that_stand_no_longer_are_shown_with_their_reasons(
    client: TestClient, ledger_file: Path, incident: str
) -> None:
    with Ledger.open(ledger_file) as ledger:
        opened = ledger.dossier(incident)
        claim = opened.readings[0].claims[0]
        ledger.decide(Decision(kind="reject", subject=claim.id, by="Grace", why="a misreading of the list"))
        gone = opened.readings[-1].report
        ledger.withdraw(gone.id, by="Grace", why="the photograph was of another day")
    page = client.get(f"/incidents/{incident}").text
    for words in (
        "Grace",
        "a misreading of the list",
        "the photograph was of another day",
        "withdrawn",
        gone.id,
    ):
        assert words in page
    assert claim.id not in claims_in(re.search(r'<table class="accounts.*?</table>', page, re.S)[0])  # type: ignore[index]
    answer = client.get(f"/incidents/{incident}/claims/{claim.id}")
    assert answer.status_code == 404
    assert "may have been corrected" in answer.text


def test_files_to_keep(client: TestClient, incident: str) -> None:
    for form, beginning in (("html", "<!DOCTYPE html>"), ("md", "# "), ("json", "{")):
        answer = client.get(f"/incidents/{incident}/file.{form}?as-of=2031-05-08&profile=ucdp")
        assert answer.status_code == 200
        assert answer.text.startswith(beginning)
        assert answer.headers["content-disposition"] == f'attachment; filename="{incident}-2031-05-08.{form}"'
    assert client.get(f"/incidents/{incident}/file.pdf").status_code == 404


@pytest.mark.parametrize(
    "part", ["claims/claim-0000000000000000", "questions/q-999", "charts/0", "charts/999"]
)
def test_a_part_that_is_not_there(client: TestClient, incident: str, part: str) -> None:
    assert client.get(f"/incidents/{incident}/{part}").status_code == 404


@pytest.mark.parametrize("query", ["", "?profile=range", "?profile=airwars&as-of=2031-05-18"])
def test_fifty_reports_fit_on_a_page(wide_ledger: tuple[Path, str], query: str) -> None:
    path, incident = wide_ledger
    for client in asking(path):
        answer = client.get(f"/incidents/{incident}{query}")
        assert answer.status_code == 200
        assert len(answer.content) <= MOST
        with Ledger.open(path) as ledger:
            assert len(ledger.dossier(incident).dossier.questions) > 30


def test_nothing_of_fifty_reports_is_out_of_reach(wide_ledger: tuple[Path, str]) -> None:
    """What the page leaves out, its parts hold."""
    path, incident = wide_ledger
    with Ledger.open(path) as ledger:
        dossier = ledger.dossier(incident).dossier
    for client in asking(path):
        page = client.get(f"/incidents/{incident}").text
        names = re.findall(r'<tr class="\w+" id="(q-\d+)"', page)
        assert len(names) == len(dossier.questions)
        for name, question in list(zip(names, dossier.questions, strict=True))[:6]:
            part = client.get(f"/incidents/{incident}/questions/{name}", headers=AS_PART).text
            answers = {answer.claims for position in question.positions for answer in position.answers}
            assert all(set(claims) & set(claims_in(part)) for claims in answers)
        voices = client.get(f"/incidents/{incident}/statements").text
        assert len(set(re.findall(r"harbour of quay (\d+) at noon", voices))) == 50
        assert client.get(f"/incidents/{incident}/copies").text.count("<svg") == 2


def test_what_reports_say_never_becomes_part_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    incident = file_one_incident(path, hostile())
    for client in asking(path):
        page = client.get(f"/incidents/{incident}").text
        addresses = {unescape(one) for one in re.findall(rf'href="(/incidents/{incident}/[^"]+)"', page)}
        assert len(addresses) > 5
        for answer in [page, *(client.get(one).text for one in addresses if "/file." not in one)]:
            assert SCRIPT not in answer
            assert "javascript:" not in re.sub(r"<pre.*?</pre>", "", answer, flags=re.S)
        assert "&lt;script&gt;" in page
        name = next(
            one for one in claims_in(page) if "ستة" in client.get(f"/incidents/{incident}/claims/{one}").text
        )
        arabic = client.get(f"/incidents/{incident}/claims/{name}", headers=AS_PART).text
        assert 'lang="ar"' in arabic
        assert '<p class="quoted" dir="auto">' in arabic


def test_an_incident_whose_reports_were_all_withdrawn_is_still_there(
    ledger_file: Path, client: TestClient
) -> None:
    with Ledger.open(ledger_file) as ledger:
        state = min(ledger.incidents(), key=lambda one: one.reports)
        for reading in ledger.dossier(state.incident).readings:
            ledger.withdraw(reading.report.id, by="Ada", why="taken back")
    page = client.get(f"/incidents/{state.incident}")
    assert page.status_code == 200
    assert "No report of this incident stands any longer." in page.text
    assert page.text.count("taken back") == state.reports
