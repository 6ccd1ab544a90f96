"""`bundle`: complete, whole, the same bytes again, and without the texts unless asked for."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import variorum
from tests.exports.cases import battle, json_lines, members, quarrel, written
from variorum._version import __version__
from variorum.exports import TABLES, damaged, rebuild
from variorum.exports.archive import archive
from variorum.linking import Decision
from variorum.model import InputError, Report

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(variorum.__file__).parent.parent)}
DECISION = Decision(
    kind="join", reports=("wire-1", "gazette-2"), by="Ada", on=date(2031, 5, 9), why="same fight"
)


def reports() -> list[Report]:
    return [one.report for _, readings in (battle(), quarrel()) for one in readings]


def test_it_holds_data_schemas_sums_and_how_to_use_them() -> None:
    files = members(written("bundle", battle(), quarrel(), profile="ucdp", decisions=[DECISION]))
    assert {f"tables/{name}.jsonl" for name in TABLES} | {
        f"schemas/{name}.json" for name in TABLES
    } < files.keys()
    about = json.loads(files["bundle.json"])
    assert about["variorum"] == __version__
    assert about["profile"]["name"] == "ucdp"
    assert about["readers"] == ["reader 1"]
    assert (about["incidents"], about["decisions"]) == (2, 1)
    assert json_lines(files["decisions.jsonl"]) == [DECISION.model_dump(mode="json")]
    readme = files["README.md"].decode()
    assert "profile `ucdp`" in readme
    assert "rebuild(given, reports) == given" in readme
    assert "{" not in readme


def test_its_sums_are_those_of_its_files() -> None:
    files = members(written("bundle", battle()))
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items())]


@pytest.mark.parametrize("with_text", [False, True])
@pytest.mark.parametrize("words", [0, 3, 25])
def test_it_is_made_again_byte_for_byte(with_text: bool, words: int) -> None:
    options = {"with_text": with_text, "quote_words": words, "profile": "acled", "decisions": [DECISION]}
    given = written("bundle", battle(), quarrel(), **options)
    assert damaged(given) == ()
    assert rebuild(given, () if with_text else reports()) == given


def test_without_the_texts_it_says_what_is_missing() -> None:
    given = written("bundle", battle())
    with pytest.raises(InputError, match="text of this report is needed") as caught:
        rebuild(given)
    assert caught.value.code == "absent-text"


def test_a_text_is_known_by_its_hash_and_another_one_is_not_taken() -> None:
    given = written("bundle", battle())
    renamed = [one.model_copy(update={"id": f"renamed-{one.id}"}) for one in reports()]
    told = InputError("an empty file", where="x", remedy="leave it out", code="empty")
    assert rebuild(given, [told, *renamed]) == given
    changed = [Report(id=one.id, text=one.text.replace("six", "ten")) for one in reports()]
    with pytest.raises(InputError, match="text of this report is needed") as caught:
        rebuild(given, changed)
    assert (caught.value.code, caught.value.where) == ("absent-text", "wire-1")


@pytest.mark.parametrize("with_text", [False, True])
def test_what_its_readme_tells_to_do_gives_the_same_bytes(with_text: bool, tmp_path: Path) -> None:
    """As a stranger does it: in another process, in the folder where the archive lies."""
    given = written("bundle", battle(), quarrel(), with_text=with_text)
    (tmp_path / "bundle.zip").write_bytes(given)
    if not with_text:
        # Under other ids than the bundle has, and among others.
        lines = [json.dumps({"id": f"my-{number}", "text": one.text}) for number, one in enumerate(reports())]
        (tmp_path / "reports.jsonl").write_text("\n".join([*lines, "{}"]), encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", members(given)["README.md"].decode(), re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert ran.returncode == 0, ran.stderr
    (tmp_path / "bundle.zip").write_bytes(given + b" ")
    again = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert "AssertionError" in again.stderr, "it compares nothing"


def test_damage_is_named() -> None:
    files = members(written("bundle", battle()))
    files["dossiers.jsonl"] = files["dossiers.jsonl"].replace(b"Norland", b"Morland")
    del files["decisions.jsonl"]
    files["new.txt"] = b"new"
    broken = archive((name, [data]) for name, data in files.items())
    assert damaged(broken) == ("decisions.jsonl", "dossiers.jsonl", "new.txt")
    with pytest.raises(InputError) as caught:
        rebuild(broken, reports())
    assert caught.value.code == "damaged-bundle"
    with pytest.raises(InputError, match="no zip archive"):
        damaged(b"nothing of the kind")


def test_an_archive_tells_neither_time_nor_machine() -> None:
    given = archive([("a.txt", [b"one", b"two"])])
    assert given == archive([("a.txt", [b"onetwo"])])
    assert given[10:14] == b"\x00\x00\x21\x00", "the first moment that zip knows"
