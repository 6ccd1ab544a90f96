"""Write the README's excerpt with the reader as it is: `write_readme_excerpt.py README.md REPORTS`.

The excerpt is the beginning of what `variorum read REPORTS` shows, between the two marks in the README.
"""

from __future__ import annotations

import sys
from pathlib import Path

from typer.testing import CliRunner

from variorum.cli.app import app

BEGIN, END = "<!-- excerpt -->", "<!-- end of excerpt -->"
LINES = 40


def excerpt(reports: str) -> str:
    """The first lines of the dossier of these reports, as a code block."""
    result = CliRunner().invoke(app, ["read", reports], env={"COLUMNS": "100", "NO_COLOR": "1"}, color=False)
    if result.exit_code:
        raise RuntimeError(f"variorum read {reports} left with {result.exit_code}: {result.output}")
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    shown = lines[:LINES] + (["…"] if len(lines) > LINES else [])
    return "\n".join(["```text", f"$ variorum read {reports}", *shown, "```"])


def filled(readme: str, block: str) -> str:
    """The README with this block between its marks. Raises `ValueError` where they are missing."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{block}\n{END}{after}"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(filled(page.read_text(encoding="utf-8"), excerpt(sys.argv[2])), encoding="utf-8")
