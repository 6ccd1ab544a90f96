"""A process of its own at work on a ledger: `python -m tests.ledger.worker WHERE add|back|read|fill START NUMBER`."""

from __future__ import annotations

import json
import resource
import signal
import sys
from itertools import islice

from tests.ledger.piles import many
from variorum.ledger import Ledger
from variorum.model import VariorumError

TOGETHER = 10


def main(where: str, verb: str, start: str, number: str) -> None:
    with Ledger.open(where) as ledger:
        if verb in ("add", "back"):
            whole = many(int(number), int(start))
            readings = iter(whole if verb == "add" else whole[::-1])
            print("ready", flush=True)
            while batch := list(islice(readings, TOGETHER)):
                ledger.add(batch, by=f"worker {start}")
            print("filed", flush=True)
            ledger.link()
        elif verb == "read":
            _read(ledger, int(number))
        else:
            _fill(ledger, int(start), int(number))


def _read(ledger: Ledger, number: int) -> None:
    """Ask until so many reports are there; what is there is never less than before."""
    before = 0
    while before < number:
        count = ledger.count()
        assert count["claims"] == count["readings"] == count["reports"] >= before, (count, before)
        before = count["reports"]
        for state in ledger.incidents()[:3]:
            ledger.dossier(state.incident)
        ledger.search("milestone", limit=3)
    print(json.dumps(before))


def _fill(ledger: Ledger, limit: int, number: int) -> None:
    """Add with no file allowed to grow beyond `limit` bytes, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for start in range(0, number, TOGETHER):
            ledger.add(many(TOGETHER, start), by="filler")
    except VariorumError as error:
        print(json.dumps([error.code, error.what, error.remedy]))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except VariorumError as error:
        print(json.dumps([error.code, error.what, error.remedy]))
        sys.exit(1)
