"""The lock files: complete, hashed, and free of any one machine's addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def plain(name: str) -> str:
    """A distribution's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", name.strip(), maxsplit=1)[0]).lower()


def pins(lock: str) -> dict[str, str]:
    """Each requirement's whole entry, by distribution."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    entries = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {plain(entry): entry for entry in entries}


def extra(name: str) -> list[str]:
    return [plain(requirement) for requirement in PROJECT["optional-dependencies"][name]]


@pytest.mark.parametrize("lock", LOCKS)
def test_runtime_dependencies_are_locked(lock: str) -> None:
    assert {plain(requirement) for requirement in PROJECT["dependencies"]} <= pins(lock).keys()


def test_development_dependencies_are_locked() -> None:
    assert {*extra("dev"), *extra("docs")} <= pins("requirements-dev.lock").keys()


def test_development_tools_stay_out_of_the_run_time() -> None:
    assert not pins("requirements.lock").keys() & {*extra("dev"), *extra("docs")}


def test_both_locks_agree() -> None:
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_hashed(lock: str) -> None:
    loose = [e for e in pins(lock).values() if "==" not in e or "--hash=sha256:" not in e]
    assert not loose


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
