from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.intake import parse_day, read_reports
from variorum.intake.limits import MAX_BYTES, MAX_CHARACTERS
from variorum.model import InputError, Report

TEXT = "Twelve people were killed when a bomb exploded in the market of the old town, police said. "

FILES = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t\n", "empty"),
    "only zero-width": ("\u200b\u200f\ufeff".encode(), "empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "pdf": (b"%PDF-1.7\n" + TEXT.encode(), "binary"),
    "zip": (b"PK\x03\x04" + TEXT.encode(), "binary"),
    "NUL": (TEXT.encode() + b"\0" + TEXT.encode(), "nul-bytes"),
    "UTF-8 cut off": (TEXT.encode() + "“".encode()[:2], "broken-utf8"),
    "UTF-8 with BOM, damaged": (b"\xef\xbb\xbf" + TEXT.encode() + b"\xff" + TEXT.encode(), "broken-utf8"),
    "UTF-16 cut off": (TEXT.encode("utf-16")[:-1], "broken-utf16"),
    "UTF-16 without mark": (TEXT.encode("utf-16-le"), "unknown-encoding"),
    "mixed encodings": (
        ("Réunion: " + TEXT).encode() + "Réunion ".encode("cp1252") + TEXT.encode(),
        "mixed-encodings",
    ),
    "nested quotes": ("“" * 10_000 + TEXT + "”" * 10_000, "nested-too-deep"),
    "long": (TEXT * (MAX_CHARACTERS // len(TEXT) + 1), "too-long"),
    "German": (
        "Bei einem Anschlag auf einen Markt sind zwölf Menschen getötet worden, so die Polizei.",
        "unsupported-language",
    ),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES.keys())
def test_plain_file_is_refused_by_name(take_file, content, code):
    error = take_file("a.txt", content).error
    assert error.code == code
    assert error.what
    assert error.remedy
    assert error.where.endswith("a.txt")


LINES = {
    "deep": ('{"text": ' + "[" * 100_000, "nested-too-deep"),
    "huge number": ('{"text": ' + "9" * 5000 + "}", "bad-json"),
    "NUL": (json.dumps({"text": TEXT + "\0"}), "nul-bytes"),
    "lone surrogate": (json.dumps({"text": TEXT + "\ud800"}), "bad-characters"),
    "lone surrogate elsewhere": (json.dumps({"text": TEXT, "title": "\ud800"}), "bad-characters"),
    "broken UTF-8": (b'{"text": "caf\xe9"}', "broken-utf8"),
    "UTF-16": (json.dumps({"text": TEXT}).encode("utf-16"), "not-utf8"),
    "gzip": (b"\x1f\x8b\x08\x00", "binary"),
    "null": ("null", "not-an-object"),
    "text is null": ('{"text": null}', "missing-text"),
    "title is a list": (json.dumps({"text": TEXT, "title": ["x"]}), "bad-field"),
    "id is a truth value": (json.dumps({"text": TEXT, "id": True}), "bad-field"),
    "date is a number": (json.dumps({"text": TEXT, "published": 20250315}), "bad-date"),
    "date is partial": (json.dumps({"text": TEXT, "published": "2025-03"}), "bad-date"),
    "declared French": (json.dumps({"text": TEXT, "language": "fr"}), "unsupported-language"),
    "no line": ("\n\n", "empty"),
}


@pytest.mark.parametrize(("content", "code"), LINES.values(), ids=LINES.keys())
def test_line_is_refused_by_name(take_file, content, code):
    assert take_file("a.jsonl", content).error.code == code


def test_line_too_long_is_skipped_without_being_held(take_file):
    good = json.dumps({"id": "b", "text": TEXT})
    taken = take_file("a.jsonl", '{"text": "' + "x" * (MAX_BYTES * 2) + '"}\n' + good)
    assert taken.codes == ["too-long"]
    assert [report.id for report in taken.reports] == ["b"]


def test_fifty_megabytes_are_refused_after_the_limit(tmp_path, take):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    assert take(path).error.code == "too-long"


def test_missing_file(take):
    assert take("no/such/file.txt").error.code == "no-such-file"
    assert take("a\0b").error.code == "no-such-file"
    assert take("x" * 5000).error.code == "unreadable-file"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who is refused something")
def test_file_that_may_not_be_read(tmp_path, take):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert take(path).error.code == "unreadable-file"


def test_folder_without_readable_files(tmp_path, take):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    taken = take(tmp_path)
    assert taken.error.code == "empty-folder"
    assert taken.noted == ["skipped-file"]


def test_folder_is_read_in_order_of_path(tmp_path, take):
    for name in ("b/2.txt", "a.jsonl", "b/1.md", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"text": TEXT + name}), encoding="utf-8")
    assert [
        next(name for name in ("a.jsonl", "1.md", "2.txt") if name in report.text)
        for report in take(tmp_path).reports
    ] == ["a.jsonl", "1.md", "2.txt"]


def test_the_batch_goes_on(tmp_path, take):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT)
    taken = take(tmp_path / "none.txt", tmp_path / "a.txt", tmp_path / "b.txt")
    assert [getattr(one, "code", "read") for one in taken.results] == ["no-such-file", "empty", "read"]


def test_one_text_twice_is_refused_with_its_first_place(tmp_path, take):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    taken = take(tmp_path)
    assert taken.codes == ["duplicate-id"]
    assert "a.txt" in taken.errors[0].what
    assert taken.errors[0].where.endswith("b.txt")


def test_many_ids_are_all_told_apart():
    from variorum.intake.duplicates import SeenIds

    with SeenIds() as seen:
        for number in range(9000):
            seen.add(str(number), f"file:{number}")
        for number in (0, 2048, 8999):
            with pytest.raises(InputError, match=f"file:{number}"):
                seen.add(str(number), "again")
        seen.add("9000", "new")


@pytest.mark.parametrize(
    "written", ["2025-02-30", "15/03/2025", "", "2025", 5, None, "2025-W10", "٢٠٢٥-٠٣-١٥", "9" * 99]
)
def test_impossible_days(written):
    with pytest.raises(InputError) as raised:
        parse_day(written)
    assert raised.value.code == "bad-date"


def test_impossible_day_of_the_caller_is_told_at_once():
    with pytest.raises(InputError, match="bad-date"):
        read_reports([], published="2025-13-01")


fuzzing = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@fuzzing
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a"]))
def test_no_bytes_crash(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    assert all(isinstance(one, Report | InputError) for one in read_reports([path]))


@fuzzing
@given(st.text(max_size=300))
def test_text_of_a_line_is_never_changed(tmp_path, added):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT + added}), encoding="utf-8")
    for one in read_reports([path]):
        assert isinstance(one, InputError) or one.text == TEXT + added


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
fields = st.sampled_from(
    ["id", "text", "published", "dct", "date", "title", "url", "publisher", "language", "x"]
)


@fuzzing
@given(st.dictionaries(fields, values | st.just(TEXT), max_size=8))
def test_no_json_object_crashes(tmp_path, value):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(value), encoding="utf-8")
    assert all(isinstance(one, Report | InputError) for one in read_reports([path]))
