"""The documents are true of the code: commands, values, errors, dependencies, links."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from variorum.model import Certainty, Group, IncidentType, Kind, Outcome, PartyKind, Stance, Status

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "variorum"
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md")))


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def script(name: str) -> ModuleType:
    """A script of scripts/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def first_cells(markdown: str) -> list[str]:
    """What stands in backquotes in the first cell of each row of the tables."""
    return re.findall(r"^\| `([^`]+)` \|", markdown, flags=re.MULTILINE)


def section(markdown: str, heading: str) -> str:
    """The text under a heading, up to the next one."""
    _, _, rest = markdown.partition(f"{heading}\n")
    assert rest, f"no heading {heading!r}"
    return re.split(r"^#", rest, maxsplit=1, flags=re.MULTILINE)[0]


# Commands


def test_the_reference_is_what_the_commands_say() -> None:
    assert page("cli.md") == script("write_cli_reference").reference(), "write it anew with: make docs"


def test_the_reference_has_every_command_and_option() -> None:
    written, cli = page("cli.md"), script("write_cli_reference")
    assert cli.commands()
    for command in cli.commands():
        part = section(written, f"## variorum {command}")
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", cli.help_of(command)):
            assert option in part


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_in_the_documents_exist(path: Path) -> None:
    """Every `variorum X … --option` in the documents is a command with that option."""
    cli = script("write_cli_reference")
    for line in re.findall(
        r"^(?:    |\$ ).*\bvariorum (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE
    ):
        command = line.split()[0]
        assert command in cli.commands(), line
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line):
            assert option in cli.help_of(command), line


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(
        re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    for path in PAGES:
        named = re.findall(r"(?:`|^    )make ([a-z-]+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert set(named) <= targets, path
    assert {"demo", "test", "check", "bench", "lock"} <= targets


# Vocabulary


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("## Kinds of claim", Kind),
        ("## Certainty", Certainty),
        ("### Outcome", Outcome),
        ("### Group", Group),
        ("### Stance", Stance),
        ("## Status of a question", Status),
        ("## Parties", PartyKind),
        ("### Type", IncidentType),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_vocabulary_tells_every_value_of_a_closed_set(heading: str, values: type[StrEnum]) -> None:
    assert first_cells(section(page("vocabulary.md"), heading)) == [str(value) for value in values]


# Errors


def codes_in_the_source() -> set[str]:
    """Every error code: `code="…"` where an error is made, and `code = "…"` in a class of errors."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "code"
                    and isinstance(keyword.value, ast.Constant)
                    and isinstance(keyword.value.value, str)
                }
            elif isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                found |= {
                    item.value.value
                    for item in node.body
                    if isinstance(item, ast.Assign)
                    and isinstance(item.value, ast.Constant)
                    and isinstance(item.value.value, str)
                }
    return found


def test_every_error_code_is_told_and_no_other() -> None:
    told = first_cells(page("errors.md"))
    assert len(told) == len(set(told))
    assert set(told) == codes_in_the_source()


# Architecture, dependencies, links


def test_the_architecture_fits_on_a_page_and_names_every_stage() -> None:
    written = page("architecture.md")
    assert len(written.splitlines()) < 100
    stages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - {"examples"}
    assert {stage for stage in stages if f"`{stage}`" not in written} == set()


def test_every_dependency_is_told_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(requirements: list[str]) -> list[str]:
        return sorted(re.split(r"[<>=!~ ;\[]", requirement)[0] for requirement in requirements)

    written = page("dependencies.md")
    extras = project["optional-dependencies"]
    assert sorted(first_cells(section(written, "## To run"))) == names(project["dependencies"])
    assert sorted(first_cells(section(written, "## To develop"))) == names([*extras["dev"], *extras["docs"]])


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(path: Path) -> None:
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing


def test_every_page_is_in_the_navigation_or_the_list_of_decisions() -> None:
    def leaves(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        parts = entry.values() if isinstance(entry, dict) else entry
        return [leaf for part in parts for leaf in leaves(part)]  # type: ignore[union-attr]

    listed = set(leaves(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]))
    listed |= {f"decisions/{link}" for link in re.findall(r"\]\((\d[^)]+)\)", page("decisions/index.md"))}
    assert {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} == listed


@pytest.mark.skipif(importlib.util.find_spec("mkdocs") is None, reason="mkdocs is not installed")
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            str(tmp_path / "site"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "site" / "index.html").exists()


# README


def test_the_readme_names_the_two_commands_and_shows_the_example() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    marks = script("write_readme_excerpt")
    assert readme.index(marks.BEGIN) < readme.index(marks.END)


def test_the_excerpt_is_put_between_its_marks_only() -> None:
    marks = script("write_readme_excerpt")
    readme = f"before\n{marks.BEGIN}\nold\n{marks.END}\nafter\n"
    assert marks.filled(readme, "new") == f"before\n{marks.BEGIN}\nnew\n{marks.END}\nafter\n"
    with pytest.raises(ValueError, match="unpack"):
        marks.filled("no marks", "new")


# Everything that is shipped


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    unwanted = re.compile(r"pypi\.org|pythonhosted|files\.python|/root/|/home/\w|(?<![\w.])/work/|/opt/")
    suffixes = {".md", ".py", ".toml", ".yml", ".yaml", ".lock", ".txt", ".j2", ""}
    folders = [ROOT / name for name in ("src", "docs", "scripts", "tests", "training", "benchmarks", ".ci")]
    files = [
        p for f in folders for p in f.rglob("*") if "__pycache__" not in p.parts and "cache" not in str(p)
    ]
    files += [p for p in ROOT.iterdir() if p.is_file() and not p.name.startswith(".git")]
    found = [
        str(path.relative_to(ROOT))
        for path in files
        if path.is_file()
        and path.suffix in suffixes
        and path != Path(__file__)
        and unwanted.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found
