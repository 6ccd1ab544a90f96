from __future__ import annotations

import http.server
import io
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.checking import problems_of
from tests.web.conftest import EXAMPLE, serving
from tests.web.waiting import until, when_over
from variorum.intake import FetchSettings
from variorum.ledger import Ledger
from variorum.model import VariorumError
from variorum.web import WebSettings, create_app
from variorum.web.working import AddOrder, Job, Jobs, JobState, Outcome, Plan, ProcessWorker, Result
from variorum.web.working.orders import Ended, Message, Order, Stage

TEXT = (
    "Gunmen attacked a checkpoint near Oskera on Monday. The interior ministry said that four guards were killed. "
    "The Oskera Front said that it had killed eleven guards and taken two alive."
)


def test_a_pasted_text_is_read_and_leads_to_its_incident(client: TestClient, ledger_file: Path) -> None:
    told = {
        "text": TEXT,
        "title": "Checkpoint attacked",
        "publisher": "Oskera Times",
        "published": "2031-06-03",
    }
    answer = client.post("/add/text", data=told)
    assert answer.url.path.startswith("/add/jobs/job-")
    page = when_over(client, answer.url.path)
    assert "1 new report" in page
    with Ledger.open(ledger_file) as ledger:
        (hit,) = ledger.search("Oskera")
        (report,) = [one.report for one in ledger.readings() if one.report.id == hit.report]
    assert (report.text, report.title, report.publisher) == (TEXT, "Checkpoint attacked", "Oskera Times")
    assert str(report.published) == "2031-06-03"
    assert f'href="/incidents/{hit.incident}"' in page
    again = when_over(client, client.post("/add/text", data=told).url.path)
    assert "known already" in again


def test_files_are_each_told_of(client: TestClient) -> None:
    french = "Le ministre a déclaré que douze personnes avaient été tuées hier soir dans le village, selon la police."
    files = [
        ("files", ("vessary.jsonl", EXAMPLE.read_bytes())),
        ("files", ("../../etc/fr.txt", french.encode())),
        ("files", ("broken.txt", b"a\x00b")),
        ("files", ("new.txt", TEXT.encode())),
    ]
    page = when_over(
        client, client.post("/add/files", files=files, data={"publisher": "Oskera Times"}).url.path
    )
    assert page.count("known already") == 12
    assert "This is French; only English is read" in page
    assert "nul-bytes" in page
    assert "no publication date" in page
    assert "Oskera Times" in page
    assert "etc/" not in page
    assert "Refused 2" in page
    refused = client.get(_address(page) + "?result=refused").text
    assert "nul-bytes" in refused
    assert "known already" not in refused


def _address(page: str) -> str:
    start = page.index("/add/jobs/job-")
    return page[start : start + len("/add/jobs/job-") + 16]


def test_another_language_is_refused_by_name_and_nothing_is_lost(client: TestClient) -> None:
    text = (
        "La policía dijo que diez personas murieron ayer por la noche en el pueblo, según fuentes oficiales."
    )
    answer = client.post("/add/text", data={"text": text, "title": "<script>alert(1)</script>"})
    assert answer.status_code == 422
    assert "this is Spanish; only English is read" in answer.text
    assert text in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("address", "data", "told"),
    [
        ("/add/text", {"text": "   "}, "nothing-given"),
        ("/add/text", {"text": TEXT, "published": "the third"}, "bad-date"),
        ("/add/files", {"publisher": "x"}, "nothing-given"),
        ("/add/addresses", {"addresses": "https://a.example"}, "fetch-off"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_form(
    client: TestClient, address: str, data: dict[str, str], told: str
) -> None:
    answer = client.post(address, data=data)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert "What was handed over" in answer.text


def test_words_from_reports_never_run(client: TestClient) -> None:
    record = {
        "text": TEXT,
        "title": "<img src=x onerror=alert(1)>",
        "publisher": '"><script>alert(2)</script>',
    }
    files = [("files", ("<b>.jsonl", json.dumps(record).encode()))]
    page = when_over(client, client.post("/add/files", files=files).url.path)
    assert "1 new report" in page
    assert not any(bad in page for bad in ("<img src=x", "<script>alert", "<b>"))


def test_what_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/add/jobs/job-0").status_code == 404
    assert client.get("/add/jobs/..%2f..%2fetc").status_code == 404


@pytest.fixture
def page_on_loopback() -> Iterator[str]:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = self.path == "/story"
            body = f"<html><title>Story</title><article><p>{TEXT}</p></article></html>" if is_page else ""
            self.send_response(200 if is_page else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_addresses_are_fetched_as_far_as_the_settings_allow(
    settings: WebSettings, page_on_loopback: str
) -> None:
    shut, open_ = FetchSettings(pause=0), FetchSettings(pause=0, allowed_networks=("127.0.0.0/8",))
    for fetching, told in ((shut, "fetch-"), (open_, "1 new report")):
        app = create_app(replace(settings, fetching=fetching))
        with TestClient(app, base_url="http://localhost") as client:
            wrong = client.post("/add/addresses", data={"addresses": "not an address"})
            assert (wrong.status_code, "bad-address" in wrong.text) == (422, True)
            given = {"addresses": f"{page_on_loopback}/story\n\n{page_on_loopback}/story"}
            page = when_over(client, client.post("/add/addresses", data=given).url.path)
            assert told in page
            assert ("Refused 1" in page) == (fetching is shut)


# the row of jobs


class Slow:
    """A worker that goes a step when it is let."""

    def __init__(self, steps: int = 5) -> None:
        self.gate, self.stopped, self.closed = threading.Semaphore(0), threading.Event(), threading.Event()
        self.steps, self.begun = steps, []

    def run(self, order: Order, by: str, folder: Path) -> Iterator[Message]:
        self.begun.append(folder.name)
        self.stopped.clear()
        yield Stage(name="reading", expected=self.steps)
        for number in range(self.steps):
            while not self.gate.acquire(timeout=0.02):
                if self.stopped.is_set():
                    yield Ended(state=JobState.STOPPED)
                    return
                if self.closed.is_set():
                    yield Ended(state=JobState.FAILED)
                    return
            yield Outcome(where=f"a:{number}", result=Result.READ, report=f"report-{number}", claims=2)
        yield Ended(state=JobState.DONE, found={"reports": self.steps})

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        self.closed.set()


def _put(jobs: Jobs) -> Job:
    return jobs.put(AddOrder(), "Ada", [("a.txt", io.BytesIO(b"words"))])


def test_jobs_run_one_after_the_other(tmp_path: Path) -> None:
    worker = Slow()
    with Jobs(tmp_path, worker) as jobs:
        first, second = _put(jobs), _put(jobs)
        until(lambda: jobs.job(first.id).state is JobState.WORKING)
        assert (jobs.job(second.id).state, jobs.ahead(second.id)) == (JobState.WAITING, 1)
        assert [one.id for one in jobs.all()] == [second.id, first.id]
        for _ in range(10):
            worker.gate.release()
        until(lambda: jobs.job(second.id).state is JobState.DONE)
        assert worker.begun == [first.id, second.id]
        assert jobs.job(first.id).counts == {"read": 5, "claims": 10}
        assert [one.where for one in jobs.outcomes(first.id, start=3)] == ["a:3", "a:4"]
        assert jobs.outcomes(first.id, Result.REFUSED) == []
        assert not (tmp_path / first.id / "0001.txt").exists()


def test_a_job_is_stopped_and_goes_on(tmp_path: Path) -> None:
    worker = Slow()
    with Jobs(tmp_path, worker) as jobs:
        job, waiting = _put(jobs), _put(jobs)
        worker.gate.release()
        until(lambda: jobs.job(job.id).counts.get("read") == 1)
        assert jobs.cancel(waiting.id).state is JobState.STOPPED
        jobs.cancel(job.id)
        until(lambda: jobs.job(job.id).state is JobState.STOPPED)
        assert (tmp_path / job.id / "0001.txt").read_bytes() == b"words"
        for _ in range(5):
            worker.gate.release()
        jobs.again(job.id)
        until(lambda: jobs.job(job.id).state is JobState.DONE)
        assert jobs.job(job.id).counts == {"read": 5, "claims": 10}, "what was told before is not told twice"
        assert jobs.cancel(job.id).state is JobState.DONE


def test_what_a_stop_of_the_server_breaks_off_goes_on(tmp_path: Path) -> None:
    worker = Slow()
    with Jobs(tmp_path, worker) as jobs:
        job, waiting = _put(jobs), _put(jobs)
        worker.gate.release()
        until(lambda: jobs.job(job.id).counts.get("read") == 1)
    (tmp_path / "job-half").mkdir()  # the server was killed while a file came in
    worker = Slow()
    for _ in range(10):
        worker.gate.release()
    with Jobs(tmp_path, worker) as jobs:
        until(lambda: jobs.job(waiting.id).state is JobState.DONE)
        assert worker.begun == [job.id, waiting.id]
        assert jobs.job(job.id).again
        assert len(jobs.outcomes(job.id)) == 5
        with pytest.raises(VariorumError, match="no such job"):
            jobs.job("job-half")


def test_two_servers_do_not_work_on_the_same_jobs(tmp_path: Path) -> None:
    with Jobs(tmp_path, Slow()) as jobs:
        job = _put(jobs)
        with Jobs(tmp_path, Slow()) as others:
            assert others.all() == []
        assert jobs.job(job.id)


def test_old_jobs_are_told_no_more(tmp_path: Path) -> None:
    worker = Slow(steps=0)
    with Jobs(tmp_path, worker, clock=lambda: datetime(2031, 1, 1, tzinfo=UTC)) as jobs:
        job = _put(jobs)
        until(lambda: jobs.job(job.id).state is JobState.DONE)
    with Jobs(tmp_path, worker, clock=lambda: datetime(2031, 3, 1, tzinfo=UTC)) as jobs:
        assert jobs.all() == []
    assert not (tmp_path / job.id).exists()


@pytest.mark.parametrize("pause", [0.0, 0.01, 0.05, 0.2, 0.5])
def test_a_server_that_ends_while_its_worker_begins_leaves_the_job_waiting(
    settings: WebSettings, tmp_path: Path, pause: float
) -> None:
    plan = Plan(settings.ledger)
    with Jobs(tmp_path, ProcessWorker(plan)) as jobs:
        job = _put(jobs)
        time.sleep(pause)
    with Jobs(tmp_path, Slow()) as jobs:
        assert jobs.job(job.id).state in (JobState.WAITING, JobState.WORKING, JobState.DONE)
        assert jobs.job(job.id).trouble is None


def test_a_worker_that_dies_takes_nothing_with_it(settings: WebSettings) -> None:
    app = create_app(settings)
    with TestClient(app, base_url="http://localhost") as client:
        worker = app.state.jobs._worker
        answer = client.post("/add/text", data={"text": TEXT})
        until(lambda: worker._process is not None and worker._process.pid)
        worker._process.kill()
        page = when_over(client, answer.url.path)
        assert "worker-died" in page
        again = when_over(client, client.post(f"{answer.url.path}/again").url.path)
        assert ">done<" in again
        assert "1 new report" in again


# in a browser


def test_a_report_is_added_by_paste_and_by_file(browser: Any, address: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}/add")
    page.get_by_label("The report’s words").fill(TEXT)
    page.get_by_label("Title").fill("Checkpoint attacked")
    page.get_by_role("button", name="Add this text").click()
    page.locator(
        ".status", has_text="done"
    ).wait_for()  # told without a reload: the part asks again by itself
    page.get_by_role("link", name="Open the incident of Checkpoint attacked").wait_for()
    assert page.get_by_role("link", name="Add more").is_visible()
    page.goto(f"{address}/add")
    drop = """([name, words]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([words], name));
        const event = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
        document.querySelector(".drop").dispatchEvent(event);
    }"""
    page.evaluate(drop, ["second.txt", TEXT.replace("four", "five")])
    assert "second.txt" in page.locator(".chosen").inner_text()
    page.get_by_role("button", name="Add these files").click()
    page.locator(".status", has_text="done").wait_for()
    assert "second.txt" in page.get_by_role("heading", level=1).inner_text()
    page.close()


def test_without_script_a_job_is_looked_at_again(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/add")
    page.get_by_label("The report’s words").fill(TEXT)
    page.get_by_role("button", name="Add this text").click()
    limit = time.monotonic() + 120
    while page.get_by_role("link", name="Look again").count():
        assert time.monotonic() < limit
        page.get_by_role("link", name="Look again").click()
    assert page.locator(".status").first.inner_text() == "done"
    context.close()


def test_axe_has_nothing_to_object_to(browser: Any, settings: WebSettings) -> None:
    app = create_app(settings)
    with serving(app) as address:
        jobs = app.state.jobs
        files = [("a.txt", io.BytesIO(TEXT.encode())), ("broken.txt", io.BytesIO(b"a\x00b"))]
        job = jobs.put(AddOrder(publisher="A publisher of a long and winding name"), "Ada", files)
        until(lambda: jobs.job(job.id).state is JobState.DONE)
        assert problems_of(browser, f"{address}/add") == []
        assert problems_of(browser, f"{address}/add/jobs/{job.id}") == []
