"""The rules of docs/architecture.md, checked on the source itself."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "variorum"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From left to right. Stages in one column do not import one another.
COLUMNS = (
    ("model",),
    ("intake",),
    ("reading",),
    ("llm",),
    ("linking",),
    ("reconciling",),
    ("ledger",),
    ("dossier", "exports"),
    ("evaluation",),
    ("client",),
    ("web",),
    ("cli",),
)
COLUMN = {stage: number for number, column in enumerate(COLUMNS) for stage in column}

REACHES_OUT = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib.request",
    "urllib3",
    "websockets",
}
DATABASES = {"sqlite3", "psycopg", "psycopg2", "sqlalchemy", "duckdb"}
PURE = {"model", "reading", "linking", "reconciling", "dossier"}
CHANCE_AND_CLOCK = {"random", "secrets", "time", "uuid"}
CLOCK_CALLS = {"now", "today", "utcnow"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base", "core"}
LONGEST = 400


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def stage_of(path: Path) -> str | None:
    """The stage a module belongs to; None for the package's own face and its example reports."""
    first = path.relative_to(PACKAGE).with_suffix("").parts[0]
    return None if first in ("__init__", "__main__", "_version", "examples") else first


def imported(path: Path, package: Path = PACKAGE) -> list[str]:
    """Full dotted name of everything a module imports, wherever in it."""
    folder = path.relative_to(package.parent).parent.parts
    names = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = folder[: len(folder) - node.level + 1] if node.level else ()
            module = ".".join((*start, *([node.module] if node.module else ())))
            names += [f"{module}.{alias.name}" for alias in node.names]
    return names


def is_one_of(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def uses(modules: set[str], *, but_for: set[str]) -> list[str]:
    """Modules outside the stages `but_for` that import any of `modules`."""
    return [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if stage_of(path) not in but_for
        for name in imported(path)
        if is_one_of(name, modules)
    ]


def test_every_stage_is_known() -> None:
    """A new stage is a decision: name it here and in docs/architecture.md."""
    assert {stage_of(path) for path in MODULES} <= {None, *COLUMN}


def test_imports_lead_leftward_only() -> None:
    wrong = []
    for path in MODULES:
        stage = stage_of(path)
        for name in imported(path):
            parts = name.split(".")
            if stage is None or parts[0] != "variorum" or len(parts) == 1 or parts[1] in (stage, "_version"):
                continue
            if COLUMN.get(parts[1], -1) >= COLUMN[stage]:
                wrong.append(f"{name_of(path)} imports {name}")
    assert not wrong


def test_the_model_imports_nothing_of_ours() -> None:
    ours = [
        n for path in MODULES if stage_of(path) == "model" for n in imported(path) if n.startswith("variorum")
    ]
    assert not [name for name in ours if not name.startswith("variorum.model.")]


def test_only_intake_the_language_model_and_the_client_reach_the_network() -> None:
    """`intake` asks strangers under its rules; `llm` and `client` ask the one address that their user names."""
    assert not uses(REACHES_OUT, but_for={"intake", "llm", "client"})


def test_no_language_model_is_loaded_by_what_reads_without_one() -> None:
    assert not [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if stage_of(path) not in ("llm", "cli")
        for name in imported(path)
        if is_one_of(name, {"variorum.llm"})
    ]


def test_only_the_ledger_keeps_a_database() -> None:
    assert not uses(DATABASES, but_for={"ledger"})


def test_no_learning_framework_at_run_time() -> None:
    assert not uses({"torch", "spacy", "transformers", "sklearn", "tensorflow"}, but_for=set())


def test_what_must_be_repeatable_asks_no_clock_and_no_dice() -> None:
    wrong = []
    for path in MODULES:
        if stage_of(path) not in PURE:
            continue
        wrong += [f"{name_of(path)} imports {n}" for n in imported(path) if is_one_of(n, CHANCE_AND_CLOCK)]
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCK_CALLS
            ):
                wrong.append(f"{name_of(path)}:{node.lineno} asks the clock")
    assert not wrong


def test_modules_stay_short() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_modules_are_named_for_what_they_do() -> None:
    assert not [
        name_of(p) for p in MODULES if VAGUE.intersection(p.relative_to(PACKAGE).with_suffix("").parts)
    ]


def test_the_rules_see_every_way_to_import(tmp_path: Path) -> None:
    module = tmp_path / "variorum" / "reading" / "dates" / "rules.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "from ...linking import link\n"
        "from . import values\n"
        "from ..places.names import x\n"
        "import urllib.request\n"
        "def late():\n"
        "    from variorum import cli\n",
        encoding="utf-8",
    )
    assert sorted(imported(module, tmp_path / "variorum")) == [
        "urllib.request",
        "variorum.cli",
        "variorum.linking.link",
        "variorum.reading.dates.values",
        "variorum.reading.places.names.x",
    ]
