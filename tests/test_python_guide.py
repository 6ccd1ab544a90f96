"""The examples of docs/python.md run and print what stands below them; those of the other pages run."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from variorum.exports import export
from variorum.intake import read_reports
from variorum.linking import find_copies, link
from variorum.model import Reading, Report
from variorum.reading import Reader
from variorum.reconciling import reconcile_incidents

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "src" / "variorum" / "examples"

RUN = ("guide.md", "exports.md", "comparing.md", "profiles/index.md")
REACH_OUT = ("fetching.md",)
RUN_ELSEWHERE = ("ledger.md", "reading-room/api.md", "llm.md")
"""By tests/ledger/test_guide.py, tests/web/test_api_guide.py, tests/llm/test_page.py."""


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[str]:
    """The Python of a page."""
    return re.findall(r"```python\n(.*?)```", page(name), flags=re.DOTALL)


def script() -> ModuleType:
    """scripts/write_python_guide.py, as a module."""
    path = ROOT / "scripts" / "write_python_guide.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_shows_what_its_examples_print() -> None:
    for library in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(library)
    assert script().filled(page("python.md")) == page("python.md"), "write it anew with: make docs"


def test_an_output_is_put_after_its_block_and_one_that_is_no_more_is_taken_out() -> None:
    filled = script().filled
    told = "a\n\n```python\nn = 2\nprint(n)\n```\n\n```text\nold\n```\n\nb\n\n```python\nn = n\n```\n\n```text\nold\n```\n"
    assert filled(told) == (
        "a\n\n```python\nn = 2\nprint(n)\n```\n\n```text\n2\n```\n\nb\n\n```python\nn = n\n```\n"
    )
    assert filled(filled(told)) == filled(told)
    with pytest.raises(ZeroDivisionError):
        filled("```python\n1 / 0\n```\n")


def named() -> dict[str, list[str]]:
    """What the page says is imported from each package."""
    _, _, rest = page("python.md").partition("## What to import from where\n")
    rows = re.findall(r"^\| `(variorum\.\w+)` \| (.*) \|$", rest, flags=re.MULTILINE)
    return {package: re.findall(r"`(\w+)`", names) for package, names in rows}


def test_every_name_that_the_page_names_is_public() -> None:
    packages = {f"variorum.{path.parent.name}" for path in (ROOT / "src" / "variorum").glob("*/__init__.py")}
    assert named().keys() == packages - {"variorum.cli", "variorum.examples", "variorum.web"}
    private = {
        f"{package}.{name}"
        for package, names in named().items()
        for name in names
        if name not in importlib.import_module(package).__all__
    }
    assert not private


def test_every_public_name_is_there() -> None:
    for package in named():
        module = importlib.import_module(package)
        assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.fixture(scope="module")
def namespace() -> dict[str, Any]:
    """The names that the examples of other pages take for granted."""
    reader = Reader.load([EXAMPLES / "vessary-parties.yaml"])
    reports = [one for one in read_reports([EXAMPLES / "vessary.jsonl"]) if isinstance(one, Report)][:3]
    readings: list[Reading] = [reader.read(report) for report in reports]
    by_id = {one.report.id: one for one in readings}
    dossiers = reconcile_incidents(readings, link(readings), find_copies(reports))
    cases = [(one, [by_id[report] for report in one.reports]) for one in dossiers]
    return {
        "reader": reader,
        "reports": reports,
        "dossier": cases[0][0],
        "readings": cases[0][1],
        "bundle": b"".join(export("bundle", cases)),
    }


@pytest.mark.parametrize("name", RUN)
def test_the_examples_of_other_pages_run(
    name: str, namespace: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports").mkdir()
    shutil.copy(EXAMPLES / "vessary.jsonl", "reports")
    Path("events.csv").write_bytes(
        b"".join(export("ucdp-ged", [(namespace["dossier"], namespace["readings"])]))
    )
    assert blocks(name)
    for block in blocks(name):
        exec(compile(block, name, "exec"), dict(namespace))


@pytest.mark.parametrize("name", REACH_OUT)
def test_what_examples_that_reach_out_import_is_there(name: str) -> None:
    assert blocks(name)
    for block in blocks(name):
        imports = [node for node in ast.parse(block).body if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert imports
        exec(compile(ast.Module(imports, type_ignores=[]), name, "exec"), {})


def test_no_page_has_examples_that_nothing_runs() -> None:
    told = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert {name for name in told if blocks(name)} == {"python.md", *RUN, *REACH_OUT, *RUN_ELSEWHERE}
