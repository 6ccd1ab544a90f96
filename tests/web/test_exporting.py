from __future__ import annotations

import csv
import io
import shlex
import threading
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from tests.web.checking import problems_of
from tests.web.waiting import until
from variorum.cli.app import app as command_line
from variorum.exports import FORMATS
from variorum.model import SettingError, VariorumError
from variorum.web import exporting
from variorum.web.exporting import ExportOrder, descriptions, stream


def test_each_format_says_what_it_is_for_and_what_it_is_not() -> None:
    assert list(descriptions()) == list(FORMATS)
    assert all(set(one) == {"label", "use", "caution"} for one in descriptions().values())
    assert "not ACLED data" in descriptions()["acled-shaped"]["caution"]


def test_the_file_is_the_one_that_the_command_line_writes(
    client: TestClient, ledger_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "format=csv&table=claims&as-of=2031-05-09&quote-words=5&since=2031-01-01&status=contested"
    page = client.get(f"/exports?{query}").text
    command = unescape(page.partition("<code>variorum")[2].partition("</code>")[0])
    monkeypatch.chdir(ledger_file.parent)
    done = CliRunner().invoke(command_line, shlex.split(command))
    assert done.exit_code == 0, done.output
    answer = client.get(f"/exports/download?{query}")
    assert (
        answer.headers["content-disposition"] == 'attachment; filename="variorum-claims-as-of-2031-05-09.csv"'
    )
    assert answer.content == Path("variorum-claims-as-of-2031-05-09.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows
    assert client.get("/exports/download?format=csv").content[:2] == b"PK"


def test_what_the_file_will_hold_is_counted_before(client: TestClient) -> None:
    part = {"HX-Request": "true"}
    assert "2 incidents" in client.get("/exports/extent?format=csv").text
    assert "<html" not in client.get("/exports/extent?format=csv", headers=part).text
    rows = list(csv.DictReader(io.StringIO(client.get("/exports/download?format=ucdp-ged").text)))
    assert len(rows) == 2
    assert "No incident is as wanted" in client.get("/exports/extent?party=Nobody").text


@pytest.mark.parametrize(
    "query",
    ["format=nothing", "status=true", "since=yesterday", "quote-words=-1", "as-of=2031-99-01", "type=<b>"],
)
def test_what_makes_no_sense_is_told(client: TestClient, query: str) -> None:
    for address in ("/exports", "/exports/download"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "<b>" not in answer.text


def test_a_missing_package_is_told_plainly(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "find_spec", lambda name: None)
    page = client.get("/exports?format=parquet")
    assert page.status_code == 200
    assert "variorum[parquet]" in page.text
    assert "/exports/download" not in page.text
    answer = client.get("/exports/download?format=parquet")
    assert (answer.status_code, "missing-extra" in answer.text) == (400, True)


def test_a_profile_that_a_format_cannot_have_is_left_out(client: TestClient) -> None:
    assert "made for ucdp" in client.get("/exports?format=ucdp-ged&profile=ibc").text
    with pytest.raises(SettingError):
        ExportOrder(format="ucdp-ged", profile="ibc").check()


def test_only_some_are_made_at_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_places", threading.BoundedSemaphore(1))
    held = stream(client.app.state.settings.ledger, ExportOrder(format="jsonl", table="claims"))  # type: ignore[attr-defined]
    next(held)
    answer = client.get("/exports/download?format=geojson")
    assert (answer.status_code, "too-many-exports" in answer.text) == (503, True)
    held.close()
    assert client.get("/exports/download?format=geojson").status_code == 200


def test_whoever_goes_away_leaves_nothing_behind(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(exporting, "_places", places)
    monkeypatch.setattr(exporting, "_made_apart", _endless)
    with urlopen(f"{address}/exports/download?format=jsonl&table=claims") as answer:
        assert answer.read(10) == b"x" * 10
        assert not places.acquire(blocking=False)
    until(lambda: places.acquire(blocking=False))


def _endless(*_: object) -> Iterator[bytes]:
    while True:
        yield b"x" * 100_000


def test_what_goes_wrong_in_the_process_is_told(tmp_path: Path) -> None:
    with pytest.raises(VariorumError, match="there is no ledger"):
        stream(str(tmp_path / "none.db"), ExportOrder())


def test_a_file_is_exported_in_a_browser(browser: Any, address: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}/exports")
    page.get_by_label("Everything, to make again").check()
    page.get_by_label("As of (day of publication)").fill("2031-05-07")
    page.get_by_role("button", name="Show what the file will hold").click()
    page.get_by_text("as of 7 May 2031").wait_for()
    assert "format=bundle" in page.url
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download").click()
    waiting.value.save_as(tmp_path / "bundle.zip")
    assert waiting.value.suggested_filename == "variorum-bundle-as-of-2031-05-07.zip"
    assert zipfile.ZipFile(tmp_path / "bundle.zip").testzip() is None
    page.close()


def test_axe_has_nothing_to_object_to(browser: Any, address: str) -> None:
    assert problems_of(browser, f"{address}/exports?format=parquet&as-of=2031-05-07") == []
