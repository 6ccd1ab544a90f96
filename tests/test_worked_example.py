"""The worked example: its reports are what its page says, and the page shows what the commands write."""

from __future__ import annotations

import importlib.util
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from variorum.intake import read_reports
from variorum.linking import find_copies
from variorum.model import Report
from variorum.reading.parties.lexicon import load_lexicon

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "src" / "variorum" / "examples"


def script() -> ModuleType:
    """scripts/write_worked_example.py, as a module."""
    path = ROOT / "scripts" / "write_worked_example.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page() -> str:
    """The page as it stands."""
    return (ROOT / "docs" / "worked-example.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """The reports of the example by id. None may be refused."""
    found = list(read_reports([str(EXAMPLES / "vessary.jsonl")]))
    assert all(isinstance(report, Report) for report in found)
    return {report.id: report for report in found if isinstance(report, Report)}


def test_ten_reports_tell_of_vessary_and_two_of_thornsea(reports: dict[str, Report]) -> None:
    assert len(reports) == 12
    assert sum("Vessary" in report.text for report in reports.values()) == 11, "one of the two looks back"
    thornsea = {
        name
        for name, report in reports.items()
        if report.publisher == "Thornsea Bell" or "THORNSEA" in report.text
    }
    assert thornsea == {"agency-0509", "thornsea-bell-0510"}


def test_all_but_one_report_have_a_day_in_may_2031(reports: dict[str, Report]) -> None:
    days = {name: report.published for name, report in reports.items()}
    assert [name for name, day in days.items() if day is None] == ["openhand-undated"]
    assert all(date(2031, 5, 6) <= day <= date(2031, 5, 20) for day in days.values() if day)


def test_every_report_is_as_long_as_news_is(reports: dict[str, Report]) -> None:
    lengths = {name: len(report.text.split()) for name, report in reports.items()}
    assert {name: words for name, words in lengths.items() if not 120 <= words <= 350} == {}


def test_copies_of_the_example_are_told_apart_by_kind(reports: dict[str, Report]) -> None:
    copies = find_copies(reports.values()).copies
    wire = {(copy.report, copy.other): copy.kind for copy in copies if copy.other == "agency-0506"}
    assert wire == {
        ("courier-0507", "agency-0506"): "same text",
        ("gazette-0507", "agency-0506"): "near text",
    }
    assert [(copy.report, copy.other) for copy in copies if copy.kind == "passage"] == [
        ("tidewater-0509", "post-0508")
    ]


def test_the_parties_of_the_example_are_a_parties_file() -> None:
    lexicon = load_lexicon([EXAMPLES / "vessary-parties.yaml"])
    assert lexicon.by_body["XV", "military"].name == "Velmark Army"


def test_pieces_of_an_output_are_chosen_by_line_and_by_words() -> None:
    lines = ["one", "two", "three", "four", "five", "six"]
    chosen = script().chosen
    assert chosen(lines, "all") == lines
    assert chosen(lines, "1-2") == ["one", "two", "…"]
    assert chosen(lines, '1-1, "four" 2') == ["one", "…", "four", "five", "…"]
    assert chosen(lines, '"five" 9') == ["…", "five", "six"]
    assert chosen(lines, '"four" 2, 3-4') == ["…", "three", "four", "five", "…"]
    with pytest.raises(RuntimeError, match="seven"):
        chosen(lines, '"seven" 1')
    with pytest.raises(RuntimeError, match="what to show"):
        chosen(lines, "everything")


def test_only_what_follows_a_mark_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("first\nsecond\n", encoding="utf-8")
    mark = "<!-- run\nfile: a.yaml\nshow: 1-1\n-->"
    page = f"before\n\n{mark}\n```text\nold\n```\n\nafter\n"
    assert script().filled(page, tmp_path) == f"before\n\n{mark}\n```text\nfirst\n…\n```\n\nafter\n"


def test_the_page_shows_what_the_commands_write(page: str) -> None:
    assert script().filled(page, EXAMPLES) == page, "write it anew with: make docs"


@pytest.mark.parametrize(
    "shown",
    [
        "2 incidents in 12 reports",
        "3 incidents in 12 reports",
        "Police: 4. Velmark Army: 14. Both cannot hold.",
        "by decision, with post-0508",
        "    earlier: 9 soldiers",
        "    earlier: 14 (",
        "    17 (",
        "    31 soldiers (",
        "    Velmark Army: 14 → 17",
        "    Vessary General Hospital: 26 → 22",
        "low 17, best 17, high 31",
        "    9 soldiers (since 2031-05-06; 2 reports)",
        "“Our drivers heard explosions",
        "    about 3,000 people",
    ],
)
def test_what_the_page_says_in_its_own_words_is_in_what_it_shows(page: str, shown: str) -> None:
    assert shown in "\n".join(re.findall(r"```text\n(.*?)```", page, flags=re.DOTALL))


def test_the_page_names_every_report(page: str, reports: dict[str, Report]) -> None:
    assert [name for name in reports if f"`{name}`" not in page] == []
