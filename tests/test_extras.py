"""The extras: told in the documents, named where they are missing, and loaded only when needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXTRAS = {
    name: [re.split(r"[<>=]", requirement)[0] for requirement in requirements]
    for name, requirements in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ].items()
    if name not in ("dev", "docs")
}


def test_every_extra_is_told_with_its_packages() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", page, flags=re.MULTILINE))
    assert told == {(name, package) for name, packages in EXTRAS.items() for package in packages}


def test_every_extra_that_is_asked_for_is_there() -> None:
    asked = {
        node.args[0].value
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "needed"
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked
    assert asked <= EXTRAS.keys()


def test_intake_loads_no_extra_and_no_parser_until_it_is_needed() -> None:
    late = [
        *(package for packages in EXTRAS.values() for package in packages),
        "lxml",
        "trafilatura",
        "urllib3",
    ]
    code = f"import sys, variorum.intake; print([name for name in {late!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
