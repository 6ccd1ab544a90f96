from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from variorum.ledger import Ledger
from variorum.model import VariorumError
from variorum.web import WebSettings, create_app
from variorum.web.observing import Lines, log_to_stderr

LOOPBACK = ("127.0.0.1", 50000)


@pytest.fixture
def near(settings: WebSettings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://localhost", client=LOOPBACK) as found:
        yield found


def test_the_server_says_that_it_is_well(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "well"}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["status"], ready.json()["form"]) == (200, "ready", "current")


def test_a_ledger_that_cannot_be_reached_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: Ledger) -> bool:
        raise VariorumError("gone", code="ledger-unavailable")

    monkeypatch.setattr(Ledger, "is_current", gone)
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["ledger"]) == (503, "ledger-unavailable")
    assert client.get("/health").status_code == 200
    monkeypatch.setattr(Ledger, "is_current", lambda self: False)
    assert client.get("/health/ready").status_code == 503


def test_numbers_are_told_by_pattern_and_hold_nothing_of_reports(near: TestClient) -> None:
    near.get("/incidents?q=secretword&party=Vessary")
    near.get("/incidents/incident-0000000000000000")
    near.get("/nowhere/at/all")
    near.request("BREW", "/incidents")
    text = near.get("/metrics").text
    assert 'variorum_requests_total{method="GET",route="/incidents",status="200"} 1.0' in text
    assert 'route="/incidents/{incident}",status="404"' in text
    assert 'route="none",status="404"' in text
    assert 'method="other"' in text
    assert "variorum_request_seconds_bucket" in text
    assert 'variorum_jobs{state="waiting"} 0.0' in text
    assert not any(word in text for word in ("secretword", "Vessary", "BREW", "incident-0"))


def test_ledger_counts_are_told_once_they_are_counted(near: TestClient) -> None:
    assert "variorum_ledger_records" not in near.get("/metrics").text
    near.app.state.counting.counted()  # type: ignore[attr-defined]
    near.app.state.counting.close()  # type: ignore[attr-defined]
    assert 'variorum_ledger_records{kind="incidents"} 2.0' in near.get("/metrics").text


def test_only_this_machine_or_the_token_gets_numbers(
    settings: WebSettings, client: TestClient, near: TestClient
) -> None:
    assert client.get("/metrics").status_code == 404, "the test client is of no address"
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert near.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404
    app = create_app(replace(settings, metrics_token="s3cret"))
    with TestClient(app, base_url="http://localhost", client=LOOPBACK) as guarded:
        assert guarded.get("/metrics").status_code == 404
        assert guarded.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
        assert guarded.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200


def test_each_request_has_an_id_and_a_line_without_what_was_looked_for(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "variorum.web.requests")
    mine = client.get("/incidents?q=secretword", headers={"X-Request-ID": "abc-1"})
    assert mine.headers["x-request-id"] == "abc-1"
    other = client.get("/incidents", headers={"X-Request-ID": 'evil"} {"level":"x'})
    assert len(other.headers["x-request-id"]) == 16
    client.get("/health")
    records = [record for record in caplog.records if record.name == "variorum.web.requests"]
    lines = [json.loads(Lines().format(record)) for record in records]
    assert [line["route"] for line in lines] == ["/incidents", "/incidents"]
    assert lines[0]["request"] == "abc-1"
    assert lines[0]["status"] == 200
    assert lines[0]["ms"] > 0
    assert "person" not in lines[0]
    assert "secretword" not in json.dumps(lines)


def test_a_failure_is_logged_without_its_words(
    settings: WebSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(settings)
    router = APIRouter()

    @router.get("/breaks")
    def breaks() -> None:
        raise ValueError("words of a report")

    app.include_router(router)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        log_to_stderr()
        stream = io.StringIO()
        root.handlers[0].setStream(stream)  # type: ignore[attr-defined]
        with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
            assert client.get("/breaks").status_code == 500
        lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        root.handlers[:], root.level = before, level
    broke = next(line for line in lines if "error" in line)
    assert broke["error"] == "ValueError"
    assert any("breaks" in place for place in broke["trace"])
    assert "words of a report" not in stream.getvalue()
    assert any(line.get("status") == 500 for line in lines)
