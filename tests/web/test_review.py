from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import serving
from variorum.ledger import Decision, Ledger
from variorum.model import Claim
from variorum.web import WebSettings, create_app
from variorum.web.agreement import agreement
from variorum.web.asking import Person, Role, asking_person
from variorum.web.recording import local

CARD = re.compile(r'<article class="card" id="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]*)"')
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture
def open_ledger(ledger_file: Path) -> Callable[[], Ledger]:
    return lambda: Ledger.open(ledger_file)


@pytest.fixture
def ben(ledger_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    """Another analyst at the same ledger."""
    settings = WebSettings(ledger=str(ledger_file), person="Ben", cache=tmp_path / "cache-ben")
    with TestClient(create_app(settings), base_url="http://localhost") as found:
        yield found


def cards(client: TestClient, query: str = "") -> list[str]:
    answer = client.get(f"/review{query}")
    assert answer.status_code == 200
    return CARD.findall(answer.text)


def test_claims_wait_by_score_and_those_decided_upon_wait_no_longer(client: TestClient) -> None:
    waiting = cards(client)
    assert len(waiting) == 20
    answer = client.post(
        f"/review/claims/{waiting[0]}", data={"action": "accept", "seen": "", "back": "/review"}
    )
    assert answer.status_code == 200
    assert "accepted it" in answer.text
    assert waiting[0] not in cards(client)
    assert cards(client)[0] == waiting[1]


def test_pages_of_a_queue_show_each_claim_once(client: TestClient, open_ledger: Callable[[], Ledger]) -> None:
    with open_ledger() as ledger:
        wanted = {claim.id for claim in ledger.claims()}
    for need in ("unseen", "score&below=1"):
        met: list[str] = []
        address: str | None = f"/review?need={need}"
        while address:
            text = client.get(address).text
            met += CARD.findall(text)
            found = re.search(r'class="button" href="([^"]+)" data-key="n"', text)
            address = unescape(found.group(1)) if found else None
        assert len(met) == len(set(met))
        assert set(met) == wanted


def test_contested_claims_come_with_their_question_and_end(client: TestClient) -> None:
    text = client.get("/review?need=contested").text
    assert "Answers a contested question" in text
    met: list[str] = CARD.findall(text)
    while further := re.search(r'class="button" href="([^"]+)" data-key="n"', text):
        text = client.get(unescape(further.group(1))).text
        met += CARD.findall(text)
        assert len(met) < 500
    assert len(met) > 20
    assert len(met) == len(set(met))


def test_filters_narrow_a_queue(client: TestClient, open_ledger: Callable[[], Ledger]) -> None:
    with open_ledger() as ledger:
        army = {claim.id for claim in ledger.claims(source="army")}
        found = {claim.id for claim in ledger.claims() if claim.kind == "responsibility"}
    assert 0 < len(cards(client, "?need=unseen&party=army")) <= len(army)
    assert set(cards(client, "?need=unseen&party=army")) <= army
    assert set(cards(client, "?need=unseen&kind=responsibility")) <= found
    assert cards(client, "?need=unseen&outcome=nonsense") == cards(client, "?need=unseen")


@pytest.mark.parametrize("cursor", ["x", "1,2,3", "nan", "-1", "inf", "1e400,7", "9" * 90])
@pytest.mark.parametrize("need", ["score", "contested", "links", "unseen", "second"])
def test_a_cursor_that_nobody_gave_out_breaks_nothing(client: TestClient, need: str, cursor: str) -> None:
    assert client.get("/review", params={"need": need, "cursor": cursor}).status_code == 200


def test_rejecting_and_correcting_need_a_reason(client: TestClient) -> None:
    claim = cards(client)[0]
    assert client.post(f"/review/claims/{claim}", data={"action": "reject", "why": " "}).status_code == 400
    page = client.get(f"/review/claims/{claim}/correct").text
    answer = client.post(f"/review/claims/{claim}", data={**fields(page), "action": "correct", "why": ""})
    assert answer.status_code == 422
    assert "there is no decision without a reason" in answer.text
    assert claim in cards(client)


def fields(page: str) -> dict[str, str]:
    """The fields of the form on a page, as a browser would send them."""
    form = page[page.index('class="claim-form') :]
    found = {
        name: unescape(value)
        for name, value in re.findall(r'<input (?:type="hidden" )?name="(\w+)" value="([^"]*)"', form)
    }
    for name, body in re.findall(r'<select name="(\w+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen.group(1) if chosen else ""
    quote = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.S)
    assert quote
    return {**found, "quote": unescape(quote.group(1))}


def a_toll(ledger: Ledger) -> Claim:
    return next(
        claim for claim in ledger.claims() if claim.kind == "toll" and claim.source.party != "reporter"
    )


def test_a_source_is_corrected_and_the_rest_stays(
    client: TestClient, open_ledger: Callable[[], Ledger]
) -> None:
    with open_ledger() as ledger:
        read = a_toll(ledger)
    page = client.get(f"/review/claims/{read.id}/correct").text
    changed = {**fields(page), "source": "Harbour Office", "why": "their own words", "action": "correct"}
    assert client.post(f"/review/claims/{read.id}", data=changed).status_code == 200
    with open_ledger() as ledger:
        now = next(claim for claim in ledger.claims() if claim.source.party == "Harbour Office")
    assert now.evidence == read.evidence
    assert now.model_dump(exclude={"id", "source", "score", "reader"}) == read.model_dump(
        exclude={"id", "source", "score", "reader"}
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"min": "9", "max": "3"}, "greater"),
        ({"min": "", "max": ""}, "needs a number"),
        ({"min": "many"}, "whole number"),
        ({"source": " "}, "name who says it"),
        ({"quote": "these words are nowhere", "start": "", "end": ""}, "does not stand in the report"),
        ({"certainty": "sure"}, "is needed"),
        ({"outcome": "won"}, "is needed"),
    ],
)
def test_what_makes_no_claim_is_told_and_kept(
    client: TestClient, open_ledger: Callable[[], Ledger], changed: dict[str, str], told: str
) -> None:
    with open_ledger() as ledger:
        read = a_toll(ledger)
    page = client.get(f"/review/claims/{read.id}/correct").text
    data = {**fields(page), "action": "correct", "why": "a reason of mine", **changed}
    answer = client.post(f"/review/claims/{read.id}", data=data)
    assert answer.status_code == 422
    assert told in answer.text
    assert "a reason of mine" in answer.text
    with open_ledger() as ledger:
        assert not ledger.decisions()


def test_two_at_one_claim_the_second_is_told_and_loses_nothing(client: TestClient, ben: TestClient) -> None:
    claim = cards(client)[0]
    mine = {"action": "reject", "why": "a figure of another attack", "seen": "", "back": "/review"}
    theirs = {"action": "accept", "seen": "", "back": "/review"}
    assert ben.post(f"/review/claims/{claim}", data=theirs).status_code == 200
    answer = client.post(f"/review/claims/{claim}", data=mine)
    assert answer.status_code == 409
    assert "<bdi>Ben</bdi></b> decided to accept" in answer.text
    assert "a figure of another attack" in answer.text
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert again["why"] == mine["why"]
    assert client.post(f"/review/claims/{claim}", data=again).status_code == 200
    history = client.get(f"/review/claims/{claim}").text
    assert "accepted it" in history
    assert "rejected it" in history


def test_a_verdict_is_kept_back_on_the_claim_s_own_page_too(client: TestClient, ben: TestClient) -> None:
    claim = cards(ben)[0]
    page = f"/review/claims/{claim}"
    ben.post(page, data={"action": "reject", "why": "spoken of another day", "seen": "", "back": page})
    assert "spoken of another day" in ben.get(page).text
    blind = client.get(page).text
    assert "spoken of another day" not in blind
    assert "kept back until you have given yours" in blind
    assert "spoken of another day" in client.get(f"{page}?decisions=shown").text
    client.post(page, data={"action": "accept", "seen": SEEN.findall(blind)[0], "back": page})
    assert "spoken of another day" in client.get(page).text


def test_a_second_review_is_blind_until_it_is_given(client: TestClient, ben: TestClient) -> None:
    claim = cards(ben)[0]
    ben.post(f"/review/claims/{claim}", data={"action": "reject", "why": "no such thing", "seen": ""})
    page = client.get("/review?need=second").text
    assert CARD.findall(page) == [claim]
    assert "no such thing" not in page
    assert "rejected" not in page
    assert cards(ben, "?need=second") == []
    seen = SEEN.findall(page[page.index(f'id="{claim}"') :])[0]
    answer = client.post(
        f"/review/claims/{claim}", data={"action": "accept", "seen": seen, "back": "/review?need=second"}
    )
    assert answer.status_code == 200
    assert "no such thing" in answer.text
    assert cards(client, "?need=second") == []
    told = client.get("/review/agreement").text
    assert "1 claim was reviewed by two or more of 2 people" in told
    assert "too few claims" in told


def test_agreement_is_krippendorffs_alpha(open_ledger: Callable[[], Ledger]) -> None:
    with open_ledger() as ledger:
        read = {claim.id: claim for claim in ledger.claims()}
        names = sorted(read)[:4]
        for name, verdicts in zip(names, ("aa", "rr", "ar", "aa"), strict=True):
            for who, verdict in zip(("Ada", "Ben"), verdicts, strict=True):
                kind = {"a": "accept", "r": "reject"}[verdict]
                ledger.decide(Decision(kind=kind, subject=name, by=who, why="looked at"))  # type: ignore[arg-type]
        found = {one.what: one for one in agreement(ledger.verdicts(), read.__getitem__)}
    verdict = found["verdict"]
    # Two people, four claims, one difference: observed 1/4; expected 2 * 5 * 3 / (8 * 7); alpha = 1 - 0.25 * 56 / 30.
    assert (verdict.units, verdict.raters, verdict.same) == (4, 2, 3)
    assert verdict.alpha == pytest.approx(1 - 0.25 * 56 / 30)
    assert "take it with care" in verdict.why


def test_all_alike_tells_no_alpha(open_ledger: Callable[[], Ledger]) -> None:
    with open_ledger() as ledger:
        read = {claim.id: claim for claim in ledger.claims()}
        for name in sorted(read)[:3]:
            for who in ("Ada", "Ben"):
                ledger.decide(Decision(kind="accept", subject=name, by=who, why="looked at"))
        found = {one.what: one for one in agreement(ledger.verdicts(), read.__getitem__)}
    assert found["verdict"].alpha is None
    assert "chance cannot be told" in found["verdict"].why


def test_hostile_reasons_and_names_are_only_shown(client: TestClient) -> None:
    claim = cards(client)[0]
    client.post(f"/review/claims/{claim}", data={"action": "reject", "why": HOSTILE, "back": HOSTILE})
    for address in ("/decisions", f"/review/claims/{claim}", "/review"):
        text = client.get(address).text
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize(
    "address", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "", None, "/a\nb"]
)
def test_nobody_is_led_to_another_site(address: str | None) -> None:
    assert local(address, "/review") == "/review"


def test_a_link_is_kept_or_split_off(client: TestClient, open_ledger: Callable[[], Ledger]) -> None:
    report = cards(client, "?need=links")[0].removeprefix("link-")
    assert client.post(f"/review/links/{report}", data={"action": "reject", "why": ""}).status_code == 400
    data = {"action": "reject", "why": "another town", "seen": "", "back": "/review?need=links"}
    with open_ledger() as ledger:
        before = {one.id for one in ledger.report(report).beside}
    assert before
    assert client.post(f"/review/links/{report}", data=data).status_code == 200
    assert f"link-{report}" not in cards(client, "?need=links")
    client.app.state.catching_up.wait()  # type: ignore[attr-defined]
    with open_ledger() as ledger:
        leaf = ledger.report(report)
        assert leaf.incident
        assert not before & {one.id for one in leaf.beside}


def test_incidents_are_split_and_joined_by_forms(
    client: TestClient, open_ledger: Callable[[], Ledger]
) -> None:
    with open_ledger() as ledger:
        first = max(ledger.incidents(), key=lambda state: state.reports).incident
        members = [report.id for report in ledger.members(first)]
    page = client.get(f"/incidents/{first}/split").text
    assert all(name in page for name in members)
    nothing = client.post(f"/incidents/{first}/split", data={"why": "x", "action": "split"})
    assert nothing.status_code == 400
    apart = members[-1]
    data = {"report": apart, "why": "another village", "action": "split", "seen": ""}
    assert client.post(f"/incidents/{first}/split", data=data).status_code == 200
    client.app.state.catching_up.wait()  # type: ignore[attr-defined]
    with open_ledger() as ledger:
        other = ledger.report(apart).incident
    assert other
    assert other != first
    page = client.get(f"/incidents/{first}/join?with={other}").text
    seen = SEEN.findall(page)[0]
    assert seen  # the splitting was seen
    joined = {"with": other, "why": "one after all", "seen": ""}
    assert client.post(f"/incidents/{first}/join", data=joined).status_code == 409
    assert client.post(f"/incidents/{first}/join", data={**joined, "seen": seen}).status_code == 200
    client.app.state.catching_up.wait()  # type: ignore[attr-defined]
    with open_ledger() as ledger:
        assert ledger.report(apart).incident == ledger.report(members[0]).incident


def test_readers_look_and_decide_nothing(client: TestClient, open_ledger: Callable[[], Ledger]) -> None:
    client.app.dependency_overrides[asking_person] = lambda: Person("Cora", Role.READER)  # type: ignore[attr-defined]
    claim = cards(client)[0]
    assert client.post(f"/review/claims/{claim}", data={"action": "accept", "seen": ""}).status_code == 403
    with open_ledger() as ledger:
        assert not ledger.decisions()


# in a browser


def opened(browser: Any, address: str, path: str, width: int = 1280) -> tuple[Any, list[str]]:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    page.on(
        "console", lambda said: said.type == "error" and "409" not in said.text and problems.append(said.text)
    )
    page.goto(address + path)
    return page, problems


def test_a_claim_is_one_key(browser: Any, address: str, open_ledger: Callable[[], Ledger]) -> None:
    page, problems = opened(browser, address, "/review")
    names = page.eval_on_selector_all("[data-cards] > .card", "cards => cards.map(card => card.id)")
    page.keyboard.press("a")
    page.wait_for_selector(".card.done")
    page.wait_for_function("id => document.activeElement.id === id", arg=names[1])
    page.keyboard.press("r")
    page.keyboard.press("2")
    page.wait_for_function("() => document.querySelectorAll('.card.done').length === 2")
    page.wait_for_function("id => document.activeElement.id === id", arg=names[2])
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == names[2]
    page.keyboard.press("u")
    page.wait_for_selector(f"#{names[1]}")
    with open_ledger() as ledger:
        kinds = [(one.decision.kind, one.decision.subject) for one in ledger.decisions()]
    assert kinds[:2] == [("accept", names[0]), ("reject", names[1])]
    assert kinds[2][0] == "undo"
    page.keyboard.press("?")
    assert page.locator("details.keys").get_attribute("open") is not None
    assert not problems


def test_a_source_is_corrected_by_keyboard(
    browser: Any, address: str, open_ledger: Callable[[], Ledger]
) -> None:
    page, problems = opened(browser, address, "/review")
    page.keyboard.press("c")
    page.wait_for_selector("form.claim-form")
    assert page.evaluate("document.activeElement.name") == "source"
    page.keyboard.press("Control+A")
    page.keyboard.type("Harbour Office")
    page.fill("form.claim-form [name=why]", "named in the line above")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.done")
    with open_ledger() as ledger:
        (one,) = ledger.decisions()
    assert one.decision.kind == "correct"
    assert one.decision.claim
    assert one.decision.claim.source.party == "Harbour Office"
    assert not problems


def test_two_browsers_at_one_claim_lose_nothing(
    browser: Any, address: str, ledger_file: Path, tmp_path: Path, open_ledger: Callable[[], Ledger]
) -> None:
    other = WebSettings(ledger=str(ledger_file), person="Ben", cache=tmp_path / "cache-ben")
    with serving(create_app(other)) as second:
        ada, problems = opened(browser, address, "/review")
        ben, troubles = opened(browser, second, "/review")
        ada.keyboard.press("a")
        ada.wait_for_selector(".card.done")
        ben.keyboard.press("r")
        ben.keyboard.press("1")
        ben.wait_for_selector(".card.overtaken")
        assert "Ada decided to accept" in ben.inner_text(".card.overtaken")
        ben.click("text=Record mine too")
        ben.wait_for_selector(".card.done")
    with open_ledger() as ledger:
        kinds = [(one.decision.by, one.decision.kind) for one in ledger.decisions()]
    assert kinds == [("Ada", "accept"), ("Ben", "reject")]
    assert not problems
    assert not troubles


def test_a_dossier_leads_to_joining_and_splitting(
    client: TestClient, open_ledger: Callable[[], Ledger]
) -> None:
    with open_ledger() as ledger:
        incident = max(ledger.incidents(), key=lambda state: state.reports).incident
    page = client.get(f"/incidents/{incident}").text
    for address in (f"/incidents/{incident}/join", f"/incidents/{incident}/split"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_incidents_of_these_days_are_offered_before_words_are_given(
    client: TestClient, open_ledger: Callable[[], Ledger]
) -> None:
    with open_ledger() as ledger:
        first = max(ledger.incidents(), key=lambda state: state.reports).incident
        apart = ledger.members(first)[-1].id
    data = {"report": apart, "why": "another raid", "action": "split", "seen": ""}
    assert client.post(f"/incidents/{first}/split", data=data).status_code == 200
    client.app.state.catching_up.wait()  # type: ignore[attr-defined]
    with open_ledger() as ledger:
        other = ledger.report(apart).incident
    page = client.get(f"/incidents/{first}/join").text
    assert f"join?with={other}" in page
    assert f"join?with={first}" not in page
    assert f"join?with={other}" not in client.get(f"/incidents/{first}/join?q=nothinglikethis").text


def test_incidents_are_joined_in_a_browser(
    browser: Any, address: str, open_ledger: Callable[[], Ledger]
) -> None:
    with open_ledger() as ledger:
        first, second = [state.incident for state in ledger.incidents()][:2]
        words = next(report.title for report in ledger.members(second) if report.title)
    page, problems = opened(browser, address, f"/incidents/{first}/join")
    page.fill("[name=q]", " ".join(re.findall(r"\w+", words)[:3]))
    page.keyboard.press("Enter")
    page.click(f'a[href$="with={second}"]')
    page.fill("[name=why]", "the same raid")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.decisions")
    page.click("summary:has-text('Undo')")
    page.fill("table [name=why]", "two raids after all")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.gone")
    with open_ledger() as ledger:
        assert [one.decision.kind for one in ledger.decisions()] == ["join", "undo"]
    assert not problems


def violations(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.context.set_default_timeout(60_000)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in axe.run(page).response["violations"]]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_barrier_is_found_and_nothing_runs_over(
    browser: Any, address: str, width: int, open_ledger: Callable[[], Ledger]
) -> None:
    with open_ledger() as ledger:
        claim = a_toll(ledger)
        incident = ledger.report(claim.report).incident
        ledger.decide(Decision(kind="accept", subject=claim.id, by="Ben", why="as read"))
        ledger.decide(Decision(kind="reject", subject=claim.id, by="Ada", why="another’s words"))
    for path in (
        "/review",
        "/review?need=links",
        "/review/agreement",
        "/decisions",
        f"/review/claims/{claim.id}",
        f"/review/claims/{claim.id}/correct",
        f"/incidents/{incident}/join",
        f"/incidents/{incident}/split",
        f"/reports/{claim.report}",
        f"/reports/{claim.report}/claims",
    ):
        page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path
        page.context.close()
