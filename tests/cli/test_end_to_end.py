"""The commands on the shipped example, with the reader as shipped."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import variorum
from variorum.cli.app import app

EXAMPLES = Path(variorum.__file__).parent / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example and its readings, as `kept.jsonl`."""
    place = tmp_path_factory.mktemp("example")
    for file in ("vessary.jsonl", "vessary-parties.yaml", "vessary-decisions.jsonl"):
        shutil.copy(EXAMPLES / file, place)
    parties = f"{place}/vessary-parties.yaml"
    command(
        place,
        "read",
        "vessary.jsonl",
        "--parties",
        parties,
        "--as",
        "json",
        "--separately",
        "-o",
        "kept.jsonl",
    )
    return place


def command(folder: Path, name: str, file: str, *options: str) -> list[str]:
    """The lines that a command writes in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(app, [name, file, *options], prog_name="variorum")
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


def test_the_shipped_decision_is_obeyed(folder: Path) -> None:
    decision = json.loads((folder / "vessary-decisions.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    rows = command(
        folder, "link", "kept.jsonl", "--layer", "incidents", "--decisions", "vessary-decisions.jsonl"
    )
    home = {row["id"]: row["incident"] for row in map(json.loads, rows)}
    assert len(home) == 12
    decided, others = ({home[name] for name in decision[field]} for field in ("reports", "others"))
    assert decision["kind"] == "split"
    assert len(decided) == 1
    assert not decided & others


def test_the_toll_of_soldiers_is_contested_and_the_army_has_raised_its_own(folder: Path) -> None:
    rows = command(folder, "link", "kept.jsonl", "--layer", "positions", "--incident", "vessary")
    soldiers = [
        row for row in map(json.loads, rows) if (row["outcome"], row["group"]) == ("killed", "security")
    ]
    assert {row["status"] for row in soldiers} == {"contested"}
    army = [row["min"] for row in soldiers if row["source"] == "Velmark Army"]
    assert army == [9, 14, 17]
    assert 31 in {row["min"] for row in soldiers if row["source"] == "Reedlands Liberation Front"}


def test_between_two_days_the_army_raised_its_figure(folder: Path) -> None:
    rows = command(folder, "diff", "kept.jsonl", "--from", "2031-05-06", "--to", "2031-05-08", "--as", "json")
    changes = [position for row in rows for position in json.loads(row)["positions"]]
    assert (["9"], ["14"]) in [
        (change["before"], change["after"]) for change in changes if change["source"] == "Velmark Army"
    ]


def test_reading_and_reading_again_give_the_same_pages(folder: Path) -> None:
    parties = ("--parties", "vessary-parties.yaml")
    command(folder, "read", "vessary.jsonl", *parties, "--as", "html", "-o", "read")
    command(folder, "read", "kept.jsonl", "--as", "html", "-o", "again")
    pages = {path.name: path.read_bytes() for path in (folder / "read").iterdir()}
    assert pages == {path.name: path.read_bytes() for path in (folder / "again").iterdir()}
    assert "index.html" in pages
