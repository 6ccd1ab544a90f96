"""Every error code in the source is told in docs/errors.md, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
IN_SOURCE = re.compile(r"""\bcode\s*=\s*"([a-z0-9]+(?:-[a-z0-9]+)*)\"""")
IN_DOCS = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)


def in_source() -> set[str]:
    modules = (ROOT / "src" / "variorum").rglob("*.py")
    return {code for path in modules for code in IN_SOURCE.findall(path.read_text(encoding="utf-8"))}


def test_codes_in_source_and_docs_are_the_same() -> None:
    documented = IN_DOCS.findall((ROOT / "docs" / "errors.md").read_text(encoding="utf-8"))
    assert len(documented) == len(set(documented))
    assert in_source() == set(documented)
