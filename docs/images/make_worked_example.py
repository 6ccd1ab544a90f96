"""Draws the pictures of docs/worked-example.md from the dossier of its incident, as a browser shows it.

    python docs/images/make_worked_example.py

Runs the page's own commands. Needs what docs/images/make.py needs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from make import EXAMPLES, HERE, opened
from playwright.sync_api import Page

REPORTS = EXAMPLES / "vessary.jsonl"
PARTIES = EXAMPLES / "vessary-parties.yaml"
PAD, WIDTH = 16, 1000


def main() -> None:
    """Read the reports, lay out their incidents, draw the first one."""
    with TemporaryDirectory() as folder:
        options = ("--parties", PARTIES, "--as", "html", "--output", folder)
        command = [sys.executable, "-m", "variorum", "read", REPORTS, *options]
        subprocess.run([str(part) for part in command], check=True)
        with opened(_dossier(Path(folder))) as tab:
            tab.set_viewport_size({"width": WIDTH, "height": WIDTH})
            tab.locator("#changes details").evaluate_all("(all) => all.forEach((one) => (one.open = false))")
            _shot(
                tab,
                "worked-accounts.png",
                "#table",
                until=_rows(tab, "Members of the security forces killed"),
            )
            _shot(tab, "worked-figures.png", "#changes", until="#changes .change:nth-of-type(2)")
            _shot(tab, "worked-copies.png", "#copies")


def _dossier(folder: Path) -> Path:
    """The dossier with the most reports: the longest page."""
    return max(folder.glob("incident-*.html"), key=lambda file: file.stat().st_size)


def _rows(tab: Page, question: str) -> str:
    """A selector of the row of a question."""
    number = tab.locator("#table tbody tr").evaluate_all(
        "(rows, words) => rows.findIndex((row) => row.innerText.includes(words))", question
    )
    return f"#table tbody tr:nth-child({number + 1})"


def _shot(tab: Page, name: str, part: str, until: str | None = None) -> None:
    """A picture of a part of the page, cut off below the element `until`."""
    whole = tab.locator(part).first.bounding_box()
    last = tab.locator(until or part).first.bounding_box()
    if whole is None or last is None:
        raise RuntimeError(f"{name}: {part} or {until} is not on the page")
    tab.screenshot(
        path=HERE / name,
        full_page=True,
        clip={
            "x": max(0, whole["x"] - PAD),
            "y": whole["y"],
            "width": whole["width"] + 2 * PAD,
            "height": last["y"] + last["height"] - whole["y"],
        },
    )


if __name__ == "__main__":
    main()
