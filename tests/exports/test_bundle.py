"""`bundle`: complete, whole, the same bytes again, and without the texts unless asked for."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from tests.exports.cases import battle, json_lines, members, quarrel, written
from variorum._version import __version__
from variorum.exports import TABLES, damaged, rebuild
from variorum.exports.archive import archive
from variorum.linking import Decision
from variorum.model import InputError

DECISION = Decision(
    kind="join", reports=("wire-1", "gazette-2"), by="Ada", on=date(2031, 5, 9), why="same fight"
)


def texts() -> dict[str, str]:
    return {one.report.id: one.report.text for _, readings in (battle(), quarrel()) for one in readings}


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
    assert "rebuild(given, texts) == given" in readme
    assert "{" not in readme.replace('{"report-id": "its text"}', "")


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
    assert rebuild(given, None if with_text else texts()) == given


def test_without_the_texts_it_says_what_is_missing() -> None:
    given = written("bundle", battle())
    with pytest.raises(InputError, match="text of this report is needed") as caught:
        rebuild(given)
    assert caught.value.code == "absent-text"


def test_a_wrong_text_is_refused_by_its_hash() -> None:
    given = written("bundle", battle())
    with pytest.raises(InputError, match="not the text that was read") as caught:
        rebuild(given, {name: text.replace("six", "ten") for name, text in texts().items()})
    assert caught.value.code == "wrong-text"


def test_damage_is_named() -> None:
    files = members(written("bundle", battle()))
    files["dossiers.jsonl"] = files["dossiers.jsonl"].replace(b"Norland", b"Morland")
    del files["decisions.jsonl"]
    files["new.txt"] = b"new"
    broken = archive((name, [data]) for name, data in files.items())
    assert damaged(broken) == ("decisions.jsonl", "dossiers.jsonl", "new.txt")
    with pytest.raises(InputError) as caught:
        rebuild(broken, texts())
    assert caught.value.code == "damaged-bundle"
    with pytest.raises(InputError, match="no zip archive"):
        damaged(b"nothing of the kind")


def test_an_archive_tells_neither_time_nor_machine() -> None:
    given = archive([("a.txt", [b"one", b"two"])])
    assert given == archive([("a.txt", [b"onetwo"])])
    assert given[10:14] == b"\x00\x00\x21\x00", "the first moment that zip knows"
