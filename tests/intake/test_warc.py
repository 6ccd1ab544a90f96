from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import Taken
from tests.pace import not_held_up
from variorum.intake import read_reports
from variorum.model import InputError, Report, SettingError

pytest.importorskip("warcio")

Take = Callable[..., Taken]

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Blast</title></head><body><article><h1>Blast in {town}</h1>
<p>Twelve people were killed when a bomb exploded in the market of {town}, police said.</p>
<p>The group denied that its fighters had planted it, in a statement on Saturday morning.</p></article></body></html>"""


def record(
    url: str = "https://post.example/a",
    body: bytes | str = PAGE.format(town="the old town"),
    *,
    kind: str = "response",
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """A record as it stands in a WARC."""
    data = body.encode() if isinstance(body, str) else body
    if kind == "response":
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(data)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        data = ("\r\n".join(lines) + "\r\n\r\n").encode() + data
        media = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-16T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash((url, data))):032x}>\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data + b"\r\n\r\n"


INFO = record("", "software: a crawler\r\n", kind="warcinfo", media="application/warc-fields")
OTHER = record("https://post.example/b", PAGE.format(town="the harbour"))


def test_pages_of_an_archive(take_file: Take) -> None:
    taken = take_file("a.warc", INFO + record() + OTHER)
    first, second = taken.reports
    assert not taken.errors
    assert "Twelve people were killed when a bomb exploded in the market of the old town" in first.text
    assert (first.url, first.publisher) == ("https://post.example/a", "post.example")
    assert first.published is None  # when it was archived is not when it was published
    assert second.url == "https://post.example/b"


def test_an_archive_is_known_by_its_content_packed_or_not(take_stdin: Take, take_file: Take) -> None:
    assert len(take_stdin(record() + OTHER).reports) == 2
    packed = b"".join(map(gzip.compress, (INFO, record(), OTHER)))  # each record by itself, as crawlers do
    assert len(take_stdin(packed).reports) == 2
    assert len(take_file("a.warc.gz", packed).reports) == 2


def test_what_is_no_page_is_passed_over(take_file: Take) -> None:
    others = [
        record("https://post.example/r", "x", status="302 Found"),
        record("https://post.example/n", PAGE, status="404 Not Found"),
        record("https://post.example/p.png", b"\x89PNG", media="image/png"),
        record("https://post.example/a", "GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http"),
        record("https://post.example/a", "a: b", kind="metadata", media="application/warc-fields"),
    ]
    taken = take_file("a.warc", b"".join(others) + record())
    assert not taken.errors
    assert len(taken.reports) == 1
    assert take_file("b.warc", b"".join(others)).error.code == "empty"


def test_pages_without_the_answers_head(take_file: Take) -> None:
    assert (
        take_file("a.warc", record(kind="resource", media="text/html")).report.url == "https://post.example/a"
    )


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("<https://post.example/a>", "https://post.example/a"),
        ("https://post.example/\x1b", None),
    ],
)
def test_addresses_as_crawlers_write_them(take_file: Take, written: str, url: str | None) -> None:
    assert take_file("a.warc", record(written)).report.url == url


def test_a_packed_answer(take_file: Take) -> None:
    body = gzip.compress(PAGE.format(town="the old town").encode())
    assert "old town" in take_file("a.warc", record(body=body, Content_Encoding="gzip")).report.text


def test_the_encoding_of_the_answers_head_is_used(take_file: Take) -> None:
    body = PAGE.format(town="Vie\u0142").encode("iso-8859-2")
    taken = take_file("a.warc", record(body=body, media="text/html; charset=iso-8859-2"))
    assert "Vie\u0142" in taken.report.text


def test_a_page_without_an_article_does_not_end_the_archive(take_file: Take) -> None:
    taken = take_file("a.warc", record(body="<html><body><a href='/'>Home</a></body></html>") + OTHER)
    assert taken.codes == ["no-article"]
    assert taken.errors[0].where.endswith("record 1")
    assert len(taken.reports) == 1


def test_a_page_too_large_and_a_bomb_do_not_end_the_archive(take_file: Take) -> None:
    large = record("https://post.example/large", b"<html>" + b"x" * 8_000_001)
    bomb = record("https://post.example/bomb", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    taken = take_file("a.warc", large + bomb + OTHER)
    assert taken.codes == ["too-long", "too-long"]
    assert len(taken.reports) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_is_cut_off(take_file: Take, packed: bool) -> None:
    content = gzip.compress(record()) + gzip.compress(OTHER) if packed else record() + OTHER
    taken = take_file("a.warc", content[:-60])
    assert len(taken.reports) == 1
    assert taken.codes == ["bad-archive"]


def test_words_of_a_damaged_archive_go_to_no_log(
    take_file: Take, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    short = record("https://post.example/a secret guest").replace(b"\r\n\r\nHTTP", b"\r\n\r\n\r\nHTTP", 1)
    take_file("a.warc", short + OTHER)
    told = capfd.readouterr()
    assert "post.example" not in told.err + caplog.text
    assert "html" not in told.err + caplog.text


@pytest.mark.parametrize("head", [b"", b"WARC/1.0\r\n", b"WARC/1.0\r\nWARC-Type: response\r\nX: "])
def test_a_line_without_end_does_not_hold_us(take_file: Take, head: bytes) -> None:
    """Forty million bytes of it come out of forty thousand."""
    with not_held_up():
        taken = take_file("a.warc.gz", gzip.compress(record() + head + b"ab" * 15_000_000))
    assert len(taken.reports) == 1
    assert taken.codes == ["bad-archive"]


def test_a_line_without_end_in_the_head_of_an_answer(take_file: Take) -> None:
    with not_held_up():
        long = record(X=("ab" * 15_000_000))
        assert take_file("a.warc.gz", gzip.compress(record() + long + OTHER)).codes == ["bad-archive"]


def test_long_lines_that_end_are_read(take_file: Take) -> None:
    taken = take_file("a.warc", record(X="ab" * 50_000) + OTHER)
    assert not taken.errors
    assert len(taken.reports) == 2


def wacz(*members: tuple[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def test_wacz(take_file: Take) -> None:
    content = wacz(
        ("datapackage.json", json.dumps({"profile": "data-package"})),
        ("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n'),
        ("archive/data.warc.gz", gzip.compress(record()) + gzip.compress(OTHER)),
        ("indexes/index.cdx.gz", gzip.compress(b"x")),
    )
    taken = take_file("a.wacz", content)
    assert not taken.errors
    assert [report.url for report in taken.reports] == ["https://post.example/a", "https://post.example/b"]


def test_a_missing_package_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record())
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(SettingError, match=r"variorum\[warc\]"):
        list(read_reports([path]))


@given(st.data())
def test_no_damage_to_an_archive_crashes(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    whole = INFO + record() + OTHER
    content = bytearray(gzip.compress(whole) if data.draw(st.booleans()) else whole)
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("fuzz") / "a.warc"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    assert all(isinstance(one, Report | InputError) for one in read_reports([path]))
