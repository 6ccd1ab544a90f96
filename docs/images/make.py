"""Draws docs/images/dossier.png: the top of the example report's dossier, as a browser shows it.

    python docs/images/make.py [READING.json]

Reads the example that comes with Variorum, or takes a reading from a file (the JSON form of
`variorum.model.Reading`). Needs Playwright and a Chromium; name one that is not on the path in CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from variorum.dossier import render_html
from variorum.model import Reading, Report
from variorum.reconciling import reconcile

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "src" / "variorum" / "examples"
EXAMPLE = EXAMPLES / "jaffar-express-retold.jsonl"
WIDTH, HEIGHT, SCALE = 1280, 1150, 1.5


def main() -> None:
    """Read, lay out, draw."""
    reading = stored(Path(sys.argv[1])) if len(sys.argv) > 1 else read(EXAMPLE)
    page = render_html(reading, reconcile(reading))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dossier.html"
        file.write_text(page, encoding="utf-8")
        with opened(file) as tab:
            tab.screenshot(path=HERE / "dossier.png")


@contextmanager
def opened(file: Path) -> Iterator[Page]:
    """An HTML file in a browser of the size and colours that all pictures have."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, color_scheme="light"
        )
        tab.goto(file.as_uri())
        yield tab
        browser.close()


def read(path: Path) -> Reading:
    """What Variorum reads in the first report of a file."""
    from variorum.intake import read_reports
    from variorum.reading import Reader

    report = next(one for one in read_reports([str(path)]) if isinstance(one, Report))
    return Reader.load().read(report)


def stored(path: Path) -> Reading:
    """A reading from its JSON form."""
    return Reading.model_validate_json(path.read_text(encoding="utf-8")).check()


if __name__ == "__main__":
    main()
