"""How the first `link` of a ledger grows: `python benchmarks/first_link.py --sizes 1000 3000 10000 [--url postgresql://…/empty]`.

Each size is a new ledger with that many reports of `invented_pile.py`, added and then linked from nothing; then one more report
is added and linked. Seconds of the processor, without making the reports (with PostgreSQL: of this process, not the server's). A
database takes one size.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from invented_pile import Pile

from variorum.ledger import Ledger
from variorum.model import Reading


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measure(where: str, pile: Iterable[Reading]) -> None:
    """Add and link all but the last, then the last; prints a row."""
    *most, last = pile
    with Ledger.open(where) as ledger:
        adding = seconds(lambda: ledger.add(most, by="benchmark"))
        linking = seconds(ledger.link)
        one = seconds(lambda: (ledger.add([last], by="benchmark"), ledger.link()))
        incidents = len(ledger.incidents())
    per = 1000 * linking / len(most)
    print(
        f"{len(most):>8,} {incidents:>9,} {adding:>8.1f} {linking:>8.1f} {per:>15.1f} {one:>9.2f}", flush=True
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10_000])
    asked.add_argument("--url", help="an empty database in the place of a file; with one size")
    options = asked.parse_args()
    print(f"{'reports':>8} {'incidents':>9} {'add, s':>8} {'link, s':>8} {'ms a report':>15} {'one more':>9}")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            pile = (reading for reading, _ in Pile(size + 1))
            measure(options.url or str(Path(folder) / "ledger.db"), pile)


if __name__ == "__main__":
    main()
