"""All formats together: named, told, told apart, repeatable, and refused where they make no sense."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exports.cases import Pair, battle, json_lines, members, quarrel, written
from variorum.exports import FORMATS, TABLES, export
from variorum.model import SettingError

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
STREAMED = ("ucdp-ged", "acled-shaped", "plover", "hxl", "geojson", "ftm", "ftm-statements", "claims-jsonld")
NEEDS = {"xlsx": "openpyxl", "parquet": "pyarrow"}


def available(name: str) -> None:
    if extra := FORMATS[name].extra:
        pytest.importorskip(NEEDS[extra])


def section(name: str) -> str:
    """What the page tells of a format, or of formats that share a section."""
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE):
        if f"`{name}`" in part.splitlines()[0]:
            return part
    raise AssertionError(f"no section on {name}")


@pytest.mark.parametrize("name", FORMATS)
def test_the_page_tells_of_every_format(name: str) -> None:
    assert FORMATS[name].file_suffix() in section(name)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_page_tells_of_every_column_of_every_table(table: Any) -> None:
    _, _, rest = PAGE.partition(f"### {table.name}\n")
    told = re.findall(
        r"^\| `(\w+)` \| (\w+) \| (.*) \|$", rest.partition("\n### ")[0].partition("\n## ")[0], re.MULTILINE
    )
    assert told == [(column.name, column.kind, column.about) for column in table.columns]


def test_every_extra_is_one_of_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for form in FORMATS.values():
        if form.extra:
            assert any(one.startswith(NEEDS[form.extra]) for one in extras[form.extra])


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_cases_give_the_same_bytes(name: str) -> None:
    available(name)
    first = written(name, battle(), quarrel())
    assert first
    assert first == written(name, battle(), quarrel())


@pytest.mark.parametrize("name", FORMATS)
def test_no_cases_give_a_file_without_rows(name: str) -> None:
    available(name)
    assert written(name) or name in ("plover", "ftm")


@pytest.mark.parametrize("name", STREAMED)
def test_lines_come_before_all_cases_are_handed_over(name: str) -> None:
    handed: list[str] = []

    def cases() -> Iterator[Pair]:
        for dossier, readings in (battle(), quarrel()):
            handed.append(dossier.incident or "")
            yield dossier, readings

    pieces = export(name, cases())
    while not handed:
        next(pieces)
    assert len(handed) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_names_its_profile_and_claims(name: str) -> None:
    available(name)
    if FORMATS[name].extra:
        return  # packed; the same rows are read by the libraries in test_validators
    given = battle()
    profile = FORMATS[name].profile or "range"
    text = written(name, given).decode("utf-8", "replace")
    assert profile in text
    assert any(claim in text for claim in given[0].claims)


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].profile is None])
def test_any_profile_can_be_chosen_where_columns_fit_any(name: str) -> None:
    available(name)
    assert written(name, battle(), profile="gtd") != written(name, battle(), profile="ucdp")


def test_all_tables_come_as_an_archive_or_one_by_one() -> None:
    packed = members(written("csv", battle()))
    assert list(packed) == [f"{name}.csv" for name in TABLES]
    for name in TABLES:
        assert packed[f"{name}.csv"] == written("csv", battle(), table=name)
    assert FORMATS["csv"].file_suffix() == ".csv.zip"
    assert FORMATS["csv"].file_suffix("claims") == ".csv"
    assert FORMATS["geojson"].file_suffix() == ".geojson"


def test_what_two_incidents_share_comes_once() -> None:
    alone = written("csv", battle(), table="reports")
    assert alone == written("csv", battle(), battle("incident-other"), table="reports")


def test_ids_are_unique_or_refused() -> None:
    with pytest.raises(SettingError, match="handed over twice"):
        written("geojson", battle(), battle())
    dossier, (first, second) = battle("incident-other")
    other = first.model_copy(update={"report": first.report.model_copy(update={"text": "Another text."})})
    with pytest.raises(SettingError, match="two different texts"):
        written("geojson", battle(), (dossier, [other, second]))


def test_texts_come_only_if_asked_for() -> None:
    text = battle()[1][0].report.text.splitlines()[0]
    assert text not in written("jsonl", battle(), table="reports").decode()
    assert text in written("jsonl", battle(), table="reports", with_text=True).decode()


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("nothing", {}, "no format is called"),
        ("csv", {"table": "nothing"}, "no table is called"),
        ("geojson", {"table": "claims"}, "no tables to choose from"),
        ("geojson", {"profile": "nothing"}, "no profile is called"),
        ("ucdp-ged", {"profile": "range"}, "made for the profile ucdp"),
        ("csv", {"quote_words": -1}, "no quote has -1 words"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    name: str, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(SettingError, match=words) as caught:
        export(name, [battle()], **options)
    assert caught.value.remedy


def test_an_incident_that_people_named_has_an_id_that_other_systems_take() -> None:
    named = battle("the raid / on =Vessary")
    (event,) = (one for one in json_lines(written("ftm", named)) if one["schema"] == "Event")
    assert re.fullmatch(r"incident-[0-9a-f]{16}", event["id"])
    assert event["properties"]["recordId"] == ["the raid / on =Vessary"]
    assert "urn:variorum:the raid" not in written("claims-jsonld", named).decode()


def test_a_dossier_without_its_readings_is_refused() -> None:
    dossier, readings = battle()
    with pytest.raises(SettingError, match="without its reading"):
        b"".join(export("geojson", [(dossier, readings[:1])]))


@pytest.mark.parametrize(
    ("name", "module"), [("xlsx", "openpyxl"), ("parquet", "pyarrow"), ("hxl-xlsx", "openpyxl")]
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    name: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(wanted: str, package: str | None = None) -> Any:
        if wanted.partition(".")[0] == module:
            raise ModuleNotFoundError(wanted, name=wanted)
        return builtins.__import__(wanted)

    monkeypatch.setattr("variorum.exports.extras.import_module", absent)
    with pytest.raises(SettingError, match=rf"not installed \({module}") as caught:
        written(name, battle())
    assert f"variorum[{FORMATS[name].extra}]" in caught.value.remedy


def test_the_package_needs_no_extra_to_be_imported() -> None:
    late = ["openpyxl", "pandas", "polars", "pyarrow"]
    code = f"import sys, variorum.exports; print([name for name in {late} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
