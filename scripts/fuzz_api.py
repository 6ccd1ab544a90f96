"""Ask every operation of the API what fits its description and what does not, as often as is told, on a copy of a ledger.

PYTHONPATH=src:. python scripts/fuzz_api.py LEDGER EXAMPLES
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.web.conftest import serving
from tests.web.test_api_description import faults_of
from variorum.web import WebSettings, create_app


def main(ledger: str, examples: str) -> int:
    """Tell what was found; how many faults."""
    began, found = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(ledger, Path(folder) / "ledger.db")
        settings = WebSettings(str(copy), "Ada", cache=Path(folder), waiting=1_000_000)
        with serving(create_app(settings)) as address:
            for fault in faults_of(address, int(examples)):
                found += 1
                print(fault, flush=True)
    print(f"{found} faults in {time.monotonic() - began:.0f} s")
    return found


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:3]), 1))
