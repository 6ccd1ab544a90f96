from __future__ import annotations

import gzip
import io
import json
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import ENGLISH, Taken
from variorum.intake import read_reports
from variorum.model import InputError, Report

Take = Callable[..., Taken]


def line(name: str) -> str:
    return json.dumps({"id": name, "text": ENGLISH}) + "\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def ids(taken: Taken) -> list[str]:
    return [report.id for report in taken.reports]


def test_files_in_a_zip_are_read_by_name_and_by_content(take_file: Take) -> None:
    taken = take_file(
        "a.zip",
        zipped(
            ("b/2.jsonl", line("2")),
            ("a.jsonl", line("1")),
            (".hidden.jsonl", line("x")),
            ("__MACOSX/a.jsonl", line("x")),
            ("picture.png", b"\x89PNG"),
        ),
    )
    assert not taken.errors
    assert ids(taken) == ["1", "2"]
    assert "skipped-file" in taken.noted


def test_gzip_is_read_as_what_is_in_it(take_file: Take) -> None:
    assert ids(take_file("a.jsonl.gz", gzip.compress((line("1") + line("2")).encode()))) == ["1", "2"]
    assert ids(take_file("a", gzip.compress(line("1").encode()) + gzip.compress(line("2").encode()))) == [
        "1",
        "2",
    ]
    assert take_file("a.txt.gz", gzip.compress(ENGLISH.encode())).report.text == ENGLISH


def test_archives_come_by_standard_input(take_stdin: Take) -> None:
    assert ids(take_stdin(zipped(("a.jsonl", line("1"))))) == ["1"]
    assert ids(take_stdin(gzip.compress(line("1").encode()))) == ["1"]


def test_archives_are_read_when_their_folder_is(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("a.jsonl", line("1"))))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line("2").encode()))
    (tmp_path / "c.tar.gz").write_bytes(b"")
    taken = take(tmp_path)
    assert ids(taken) == ["1", "2"]
    assert "skipped-file" in taken.noted


def test_an_archive_in_an_archive_and_no_deeper(take_file: Take) -> None:
    inner = zipped(("a.jsonl.gz", gzip.compress(line("1").encode())))
    assert ids(take_file("a.zip", inner)) == ["1"]
    assert ids(take_file("b.zip", zipped(("a.zip", zipped(("a.jsonl", line("1"))))))) == ["1"]
    assert take_file("c.zip", zipped(("a.zip", inner))).error.code == "archive-too-deep"


def test_an_office_document_is_no_archive_of_reports(take_file: Take) -> None:
    error = take_file("a", zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"))).error
    assert error.code == "binary"


@pytest.mark.parametrize(
    "name",
    [
        "../up.jsonl",
        "a/../../up.jsonl",
        "/etc/up.jsonl",
        "C:/up.jsonl",
        "..\\up.jsonl",
        "\\\\host\\up.jsonl",
        "a\x1b[2Jb.jsonl",
        "a.jsonl\0.png",
        "\0.jsonl",
        "",
    ],
)
def test_names_that_lead_out_of_an_archive(take_file: Take, tmp_path: Path, name: str) -> None:
    before = {path.name for path in tmp_path.parent.iterdir()}
    info = zipfile.ZipInfo("x.jsonl")
    info.filename = name  # not by the constructor, which would clean it
    taken = take_file("a.zip", zipped((info, line("x")), ("good.jsonl", line("1"))))
    assert taken.codes == ["archive-path"]
    assert ids(taken) == ["1"]
    assert taken.errors[0].what.isprintable()
    assert {path.name for path in tmp_path.parent.iterdir()} == before


def test_links_in_an_archive_are_not_followed(take_file: Take) -> None:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "archive-path" in take_file("a.zip", zipped((link, "/etc/passwd"))).codes


@pytest.mark.parametrize(
    ("name", "bomb"),
    [
        ("a.zip", zipped(*((f"{number}.txt", b"A" * 7_000_000) for number in range(8)))),
        ("a.jsonl.gz", gzip.compress((b" " * 1_000_000 + b"\n") * 64)),
        ("a.zip", zipped(("a.jsonl.gz", gzip.compress((b" " * 1_000_000 + b"\n") * 64)))),
    ],
    ids=["zip", "gzip", "gzip in zip"],
)
def test_bombs_do_not_go_off(take_file: Take, name: str, bomb: bytes) -> None:
    tracemalloc.start()
    taken = take_file(name, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "archive-bomb" in taken.codes
    assert peak < 60_000_000


def test_members_that_share_their_bytes_are_counted_each(take_file: Take) -> None:
    """A bomb of one level: many names in the directory for one packed block."""
    one = zipped(("a.txt", b"A" * 7_900_000))
    end = one.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", one[end + 16 : end + 20])[0]
    entry = one[start:end]
    tail = bytearray(one[end:])
    tail[8:16] = struct.pack("<HHI", 50, 50, len(entry) * 50)
    taken = take_file("a.zip", one[:start] + entry * 50 + bytes(tail))
    assert taken.codes[-1] in ("archive-bomb", "bad-archive")
    assert len(taken.errors) < 50


@pytest.mark.parametrize(
    "content",
    [
        zipped(("a.jsonl", line("1")))[:-30],
        b"PK\x03\x04" + b"\0" * 50,
        zipped(("a.jsonl", line("1")), method=zipfile.ZIP_LZMA),
        zipped(("notes.doc", "x")),
        zipped(),
        gzip.compress(line("1").encode() * 50)[:-20],
        b"\x1f\x8b\x08" + b"\xff" * 40,
    ],
    ids=["cut", "no directory", "packed otherwise", "nothing to read", "empty", "gzip cut", "gzip damaged"],
)
def test_archives_that_cannot_be_read(take_file: Take, content: bytes) -> None:
    taken = take_file("a", content)
    assert "bad-archive" in taken.codes


def test_a_changed_byte_is_noticed(take_file: Take) -> None:
    content = zipped(("a.jsonl", line("1")), method=zipfile.ZIP_STORED).replace(b"police", b"pirate")
    assert take_file("a.zip", content).error.code == "bad-archive"


def test_an_encrypted_file_is_told(take_file: Take) -> None:
    content = bytearray(zipped(("a.jsonl", line("1"))))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    error = take_file("a.zip", bytes(content)).error
    assert error.code == "bad-archive"
    assert "encrypted" in error.what


@given(st.data())
def test_no_damage_to_an_archive_crashes(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    whole = data.draw(
        st.sampled_from(
            [
                zipped(("a.jsonl", line("1")), ("b.txt.gz", gzip.compress(ENGLISH.encode()))),
                gzip.compress(line("1").encode()),
            ]
        )
    )
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("fuzz") / "a"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    assert all(isinstance(one, Report | InputError) for one in read_reports([path]))
