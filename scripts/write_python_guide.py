"""Fill docs/python.md with what its examples print: `write_python_guide.py PAGE`.

The blocks of Python in the page run one after another, in one namespace and in an empty folder. What a block prints stands in a
block of text right after it, which this script writes; a block that prints nothing has none.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

_BLOCK = re.compile(r"(?P<code>```python\n(?P<source>.*?)```\n)(?:\n```text\n.*?\n```\n)?", flags=re.DOTALL)
_WIDTH = "100"


def filled(page: str) -> str:
    """The page with every output written anew. Whatever an example raises is raised."""
    names: dict[str, Any] = {"__name__": "python.md"}

    def block(match: re.Match[str]) -> str:
        source = match["source"]
        line = page.count("\n", 0, match.start("source"))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * line + source, "python.md", "exec"), names)
        shown = "\n".join(one.rstrip() for one in printed.getvalue().rstrip().splitlines())
        return match["code"] + (f"\n```text\n{shown}\n```\n" if shown else "")

    before = Path.cwd()
    with TemporaryDirectory() as folder, mock.patch.dict(os.environ, COLUMNS=_WIDTH, XDG_CACHE_HOME=folder):
        os.chdir(folder)
        try:
            return _BLOCK.sub(block, page)
        finally:
            os.chdir(before)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(filled(target.read_text(encoding="utf-8")), encoding="utf-8")
