from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from variorum.cli import ledger_views
from variorum.cli.names import Form, ProfileName
from variorum.client.shapes import Problem
from variorum.ledger import Ledger, Wanted
from variorum.web import WebSettings, create_app
from variorum.web.asking import Person, Role, asking_person

V1 = "/api/v1"
AS_JSON = {"content-type": "application/json"}


@pytest.fixture
def ledger(ledger_file: Path) -> Iterator[Ledger]:
    with Ledger.open(ledger_file) as opened:
        yield opened


def problem(answer: Any, status: int, code: str | None = None) -> Problem:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = Problem.model_validate_json(answer.content)
    assert told.status == status
    assert told.title
    assert code is None or told.code == code
    return told


def pages(client: TestClient, address: str, **query: Any) -> Iterator[dict[str, Any]]:
    """All of a list, by the links to the next page."""
    answer = client.get(V1 + address, params=query)
    while True:
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield from page["items"]
        assert ("next" in answer.links) == (page["next"] is not None)
        if page["next"] is None:
            return
        answer = client.get(answer.links["next"]["url"])


# lists


@pytest.mark.parametrize(
    "address", ["/incidents", "/reports", "/readings", "/claims", "/incidents?sort=contested"]
)
@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_together_are_the_whole(client: TestClient, address: str, limit: int) -> None:
    bare, _, query = address.partition("?")
    named = dict(part.split("=") for part in query.split("&") if part)
    whole = client.get(f"{V1}{address}", params={**named, "limit": 200}).json()
    assert whole["next"] is None
    assert len(whole["items"]) > 1
    assert list(pages(client, bare, limit=limit, **named)) == whole["items"]


def test_claims_of_one_source_are_those_of_the_ledger(client: TestClient, ledger: Ledger) -> None:
    found = list(pages(client, "/claims", source="army", limit=3))
    wanted = [claim.model_dump(mode="json") for claim in ledger.claims(source="army")]
    assert found == wanted
    assert wanted


def test_filters_are_those_of_the_ledger(client: TestClient, ledger: Ledger) -> None:
    for query, wanted in (
        ({"place": "Vessary"}, Wanted(place="Vessary")),
        ({"outcome": "captured"}, Wanted(outcome="captured")),  # type: ignore[arg-type]
        ({"party": "nobody"}, Wanted(party="nobody")),
    ):
        found = {one["incident"] for one in pages(client, "/incidents", **query)}
        assert found == {state.incident for state in ledger.incidents(wanted)}


def test_a_list_is_as_of_a_moment(client: TestClient) -> None:
    assert len(list(pages(client, "/incidents"))) == 2
    assert len(list(pages(client, "/incidents", **{"as-of": "2031-05-08"}))) == 1
    assert list(pages(client, "/incidents", recorded="2001-01-01T00:00:00Z")) == []


# one thing


def test_a_dossier_is_what_show_writes(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims()))
    client.post(f"{V1}/decisions", json={"kind": "accept", "subject": claim.id, "why": "its words"})
    for state in ledger.incidents():
        opened = ledger.dossier(state.incident)
        written = json.loads(ledger_views.opened_as(opened, Form.JSON, None, [ProfileName.UCDP]))
        served = client.get(f"{V1}/incidents/{state.incident}", params={"profile": "ucdp"}).json()
        numbers = [row.pop("number") for row in served["decisions"]]
        assert numbers == sorted(numbers)
        assert served == written


def test_a_dossier_as_of_a_day_has_no_later_reports(client: TestClient) -> None:
    address = f"{V1}/incidents/incident-b99fb9b38c51f6a8"
    early, late = client.get(address, params={"as-of": "2031-05-06"}).json(), client.get(address).json()
    assert len(early["dossier"]["reports"]) < len(late["dossier"]["reports"])
    problem(client.get(address, params={"as-of": "2031-05-05"}), 404, "unknown-incident")


def test_a_claim_is_shown_where_it_stands(client: TestClient, ledger: Ledger) -> None:
    for claim in list(ledger.claims())[:20]:
        for found in client.get(f"{V1}/claims/{claim.id}").json()["items"]:
            text = ledger.lookup.report(found["report"]).text
            assert found["before"] + claim.evidence.quote + found["after"] in text


def test_what_was_corrected_or_rejected_is_told(client: TestClient, ledger: Ledger) -> None:
    first, second = list(ledger.claims(report="report-914d77953745cbb8"))[:2]
    client.post(f"{V1}/decisions", json={"kind": "reject", "subject": first.id, "why": "no claim"})
    body = {**second.model_dump(mode="json"), "certainty": "conditional"}
    made = client.post(
        f"{V1}/decisions", json={"kind": "correct", "subject": second.id, "claim": body, "why": "if it holds"}
    )
    assert made.status_code == 201, made.text
    (gone,) = client.get(f"{V1}/claims/{first.id}").json()["items"]
    assert gone["rejected"]
    (other,) = client.get(f"{V1}/claims/{second.id}").json()["items"]
    assert (other["was"]["id"], other["claim"]["certainty"]) == (second.id, "conditional")
    (new,) = client.get(f"{V1}/claims/{other['claim']['id']}").json()["items"]
    assert new["claim"] == other["claim"]


def test_changes_are_those_between_two_days(client: TestClient, ledger: Ledger) -> None:
    from datetime import date

    from variorum.reconciling import changes_between

    days = date(2031, 5, 7), date(2031, 5, 12)
    known = [
        [ledger.dossier(s.incident, as_of=day).dossier for s in ledger.incidents(as_of=day)] for day in days
    ]
    wanted = {one.incident: one.model_dump(mode="json") for one in changes_between(*known)}
    query = {"from": str(days[0]), "to": str(days[1])}
    assert {one["incident"]: one for one in pages(client, "/changes", limit=1, **query)} == wanted
    assert wanted
    (one,) = client.get(f"{V1}/incidents/incident-b99fb9b38c51f6a8/changes", params=query).json()["items"]
    assert one == wanted["incident-b99fb9b38c51f6a8"]
    problem(client.get(f"{V1}/changes", params={"from": "2031-05-07", "to": "2031-05-07"}), 400)


def test_copies_name_the_report(client: TestClient) -> None:
    found = client.get(f"{V1}/reports/report-25bc2fda8fd43681/copies").json()["copies"]
    assert found
    assert all("report-25bc2fda8fd43681" in (one["report"], one["other"]) for one in found)


def test_exports_are_those_of_the_package(client: TestClient, ledger: Ledger) -> None:
    from variorum.exports import export
    from variorum.exports.from_ledger import cases_in, decisions_in

    for form in ("ucdp-ged", "geojson", "bundle"):
        answer = client.get(f"{V1}/exports/{form}")
        told = decisions_in(ledger) if form == "bundle" else ()
        assert answer.content == b"".join(export(form, cases_in(ledger), decisions=told))
        assert "attachment" in answer.headers["content-disposition"]
    problem(client.get(f"{V1}/exports/nothing"), 400, "bad-setting")
    problem(client.get(f"{V1}/exports/ucdp-ged", params={"profile": "acled"}), 400, "bad-setting")


# entity tags


def test_what_is_still_so_is_not_sent_again(client: TestClient) -> None:
    addresses = ("/incidents", "/incidents/incident-b99fb9b38c51f6a8", "/overview", "/openapi.json", "/me")
    for address in addresses:
        first = client.get(V1 + address)
        assert first.headers["cache-control"] == "private, no-cache"
        tag = first.headers["etag"]
        assert tag.startswith('"')
        for told in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = client.get(V1 + address, headers={"if-none-match": told})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        assert client.get(V1 + address, headers={"if-none-match": '"other"'}).content == first.content


def test_what_is_packed_bears_another_tag_and_holds_the_same(client: TestClient) -> None:
    plain = client.get(f"{V1}/claims", headers={"accept-encoding": "identity"})
    packed = client.get(f"{V1}/claims", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


def test_a_decision_changes_the_tag(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims(report="report-914d77953745cbb8")))
    address = f"{V1}/incidents/incident-b99fb9b38c51f6a8"
    before = client.get(address).headers["etag"]
    client.post(f"{V1}/decisions", json={"kind": "reject", "subject": claim.id, "why": "no claim"})
    assert client.get(address, headers={"if-none-match": before}).status_code == 200


# deciding


def test_the_same_decision_twice_is_one(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims()))
    accept = {"kind": "accept", "subject": claim.id, "why": "its words"}
    first, again = (client.post(f"{V1}/decisions", json=accept) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == {"id": again.json()["id"], "new": True}
    client.post(f"{V1}/decisions", json={**accept, "kind": "reject"})
    third = client.post(f"{V1}/decisions", json=accept)
    assert third.status_code == 201
    assert third.json()["id"] != first.json()["id"]
    assert [one.decision.by for one in ledger.decisions()] == ["Ada"] * 3


def test_a_claim_added_twice_is_one(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims(report="report-914d77953745cbb8"))).model_dump(mode="json")
    told = {"kind": "add", "why": "missed", "claim": {**claim, "source": {"party": "Rector"}}}
    first, again = (client.post(f"{V1}/decisions", json=told) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert len(ledger.decisions()) == 1


def test_an_undoing_twice_is_one_and_can_be_undone(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims(report="report-914d77953745cbb8")))
    count = len(list(ledger.claims()))
    made = client.post(f"{V1}/decisions", json={"kind": "reject", "subject": claim.id, "why": "none"}).json()
    undo = f"{V1}/decisions/{made['id']}/undo"
    first, again = (client.post(undo, json={"why": "wrong one"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert len(list(ledger.claims())) == count
    client.post(f"{V1}/decisions/{first.json()['id']}/undo", json={"why": "right after all"})
    assert len(list(ledger.claims())) < count
    assert client.post(undo, json={"why": "wrong one"}).status_code == 201
    problem(client.post(f"{V1}/decisions/decision-0/undo", json={"why": "x"}), 404, "unknown-subject")


def test_who_did_not_see_the_last_decision_does_not_decide(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims()))
    on = f"{V1}/decisions/on/{claim.id}"
    seen = client.get(on).headers["etag"]
    accept = {"kind": "accept", "subject": claim.id, "why": "its words"}
    reject = {"kind": "reject", "subject": claim.id, "why": "background"}
    assert client.post(f"{V1}/decisions", json=accept, headers={"if-match": seen}).status_code == 201
    told = problem(client.post(f"{V1}/decisions", json=reject, headers={"if-match": seen}), 412, "overtaken")
    assert told.where == ledger.decisions()[-1].id
    assert len(ledger.decisions()) == 1
    seen = client.get(on).headers["etag"]
    assert client.post(f"{V1}/decisions", json=reject, headers={"if-match": seen}).status_code == 201


def test_decisions_are_recorded_in_ones_own_name(client: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims()))
    told = {"kind": "accept", "subject": claim.id, "why": "its words", "by": "Grace"}
    problem(client.post(f"{V1}/decisions", json=told), 403, "not-your-name")
    assert ledger.decisions() == []


def test_decisions_come_last_first(client: TestClient, ledger: Ledger) -> None:
    for claim in list(ledger.claims())[:5]:
        client.post(f"{V1}/decisions", json={"kind": "accept", "subject": claim.id, "why": "its words"})
    found = [one["id"] for one in pages(client, "/decisions", limit=2)]
    assert found == [one.id for one in ledger.decisions()][::-1]


def test_a_decision_that_says_too_little_is_a_problem(client: TestClient) -> None:
    problem(client.post(f"{V1}/decisions", json={"kind": "rename", "subject": "x", "why": "y"}), 400)
    problem(client.post(f"{V1}/decisions", json={"kind": "accept", "subject": "x"}), 422, "not-valid")
    unknown = {"kind": "accept", "subject": "claim-0", "why": "y"}
    problem(client.post(f"{V1}/decisions", json=unknown), 404, "unknown-subject")


# adding


def ended(client: TestClient, answer: Any) -> dict[str, Any]:
    import time

    assert answer.status_code == 202, answer.text
    address = answer.headers["location"]
    for _ in range(1_200):
        job = client.get(address).json()
        if job["ended"]:
            return dict(job)
        time.sleep(0.05)
    raise AssertionError("the job did not end")


TEXT = "Two soldiers were wounded at Vessary on Tuesday, the army said. The front said it had withdrawn."


def test_reports_are_read_and_linked(client: TestClient, ledger: Ledger) -> None:
    report = {"id": "note", "text": TEXT, "publisher": "Skerry Courier", "published": "2031-05-21"}
    before = ledger.count()
    job = ended(client, client.post(f"{V1}/reports", json={"reports": [report]}))
    assert (job["state"], job["by"], job["done"], job["total"]) == ("done", "Ada", 1, 1)
    assert job["result"]["reports"] == job["result"]["readings"] == 1
    assert ledger.count()["reports"] == before["reports"] + 1
    assert ledger.lookup.filed(list(pages(client, "/reports"))[-1]["id"]).incident
    again = ended(client, client.post(f"{V1}/reports", json={"reports": [report]}))
    assert (again["result"]["reports"], again["result"]["known"]) == (0, 1)


def test_a_pile_outlives_the_server_that_took_it(settings: WebSettings, tmp_path: Path) -> None:
    settings = replace(settings, jobs=tmp_path / "jobs")
    reports = [{"id": f"n{number}", "text": f"{TEXT} It was attack {number}."} for number in range(3)]
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        begun = client.post(f"{V1}/reports", json={"reports": reports})
        assert begun.json()["state"] == "waiting"
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        job = ended(client, begun)
        assert (job["state"], job["done"], job["total"]) == ("done", 3, 3)
        assert len([one for one in pages(client, "/reports") if one["name"] in ("n0", "n1", "n2")]) == 3
        assert [one["id"] for one in client.get(f"{V1}/jobs").json()["items"]] == [job["id"]]


def test_what_cannot_be_kept_is_told_and_the_rest_goes_on(client: TestClient) -> None:
    pile = {"reports": [{"id": "bad", "text": "a\0b"}, {"id": "good", "text": TEXT}], "read": False}
    job = ended(client, client.post(f"{V1}/reports", json=pile))
    assert [one["code"] for one in job["refused"]] == ["unstorable-text"]
    assert job["result"]["reports"] == 1


def test_the_ledger_is_verified(client: TestClient, ledger: Ledger) -> None:
    assert ended(client, client.post(f"{V1}/verify"))["result"] == ledger.verify()


def test_notices_are_recorded_once(client: TestClient) -> None:
    address = f"{V1}/reports/report-914d77953745cbb8/notices"
    told = {"why": "taken down", "on": "2031-05-21"}
    assert [client.post(address, json=told).json() for _ in range(2)] == [{"new": True}, {"new": False}]
    assert client.get(f"{V1}/reports/report-914d77953745cbb8").json()["outdated"] == "withdrawn"


# problems and rights


def test_nothing_under_the_api_is_a_page(client: TestClient) -> None:
    problem(client.get(f"{V1}/nowhere"), 404)
    problem(client.get("/api/v2/incidents"), 404)
    problem(client.delete(f"{V1}/incidents"), 405)
    problem(client.get(f"{V1}/incidents?sort=truth"), 422, "not-valid")
    told = problem(client.get(f"{V1}/incidents?partie=army"), 422, "not-valid")
    assert [one.where for one in told.errors] == ["partie"]
    problem(client.get(f"{V1}/incidents?cursor=zzz"), 400, "bad-cursor")
    problem(client.get(f"{V1}/claims?cursor=1.x"), 400, "bad-cursor")
    problem(client.get(f"{V1}/incidents?limit=0"), 422)
    problem(client.post(f"{V1}/decisions", content="{", headers=AS_JSON), 400, "not-json")
    problem(client.get(V1 + "/incidents", headers={"host": "attacker.example"}), 400)
    problem(client.post(f"{V1}/link", headers={"sec-fetch-site": "cross-site"}), 403)


def test_what_breaks_is_told_without_its_reasons(
    settings: WebSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(Ledger, "browse", broken)
    with TestClient(
        create_app(settings), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        told = problem(client.get(f"{V1}/incidents"), 500)
    assert "swordfish" not in told.model_dump_json()


@pytest.fixture
def reader(settings: WebSettings) -> Iterator[TestClient]:
    """Somebody who may only read, and is given no texts."""
    app = create_app(replace(settings, texts_from="analyst"))
    app.dependency_overrides[asking_person] = lambda: Person("Rob", Role.READER)
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def test_the_page_of_exports_gives_no_texts_to_who_may_not_have_them(reader: TestClient) -> None:
    page = reader.get("/exports?format=jsonl").text
    assert 'id="with-text"' not in page
    assert "not given to your role" in page
    assert reader.get("/exports/download?format=jsonl&with-text=true").status_code == 403
    assert reader.get("/exports/download?format=jsonl").status_code == 200


def test_readers_change_nothing(reader: TestClient, ledger: Ledger) -> None:
    claim = next(iter(ledger.claims()))
    told = {"kind": "accept", "subject": claim.id, "why": "its words"}
    problem(reader.post(f"{V1}/decisions", json=told), 403)
    problem(reader.post(f"{V1}/decisions/x/undo", json={"why": "x"}), 403)
    problem(reader.post(f"{V1}/reports", json={}), 403)
    problem(reader.post(f"{V1}/reports/report-914d77953745cbb8/notices", json={"why": "x"}), 403)
    for work in ("link", "refresh", "verify"):
        problem(reader.post(f"{V1}/{work}"), 403)
    assert ledger.decisions() == []


def test_texts_are_withheld_where_the_settings_say_so(reader: TestClient, ledger: Ledger) -> None:
    texts = [reading.report.text for reading in ledger.readings()]
    incident = "/incidents/incident-b99fb9b38c51f6a8"
    for address in (
        incident,
        "/readings",
        "/reports/report-914d77953745cbb8/text",
        "/exports/jsonl?with-text=true",
    ):
        problem(reader.get(V1 + address), 403, "text-withheld")
    for address in (f"{incident}?readings=false", "/reports", "/claims?limit=200", f"{incident}/claims"):
        answer = reader.get(V1 + address)
        assert answer.status_code == 200
        assert not [text for text in texts if json.dumps(text, ensure_ascii=False)[1:-1] in answer.text]
    assert reader.get(f"{V1}/me").json() == {"name": "Rob", "role": "reader", "texts": False}
