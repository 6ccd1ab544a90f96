"""Dossiers with the readings they rest on: from reports, from kept readings, or from one ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from variorum.cli.faults import Faults
from variorum.cli.session import Inputs
from variorum.cli.views import View
from variorum.model import Dossier, Reading, SettingError

_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Cases:
    """Dossiers with their readings, to be gone through once, and what people decided on them."""

    pairs: Iterable[tuple[Dossier, Sequence[Reading]]]
    decisions: Sequence[Any] = ()


@contextmanager
def cases_of(inputs: Inputs, view: View, faults: Faults) -> Iterator[Cases]:
    """The cases of what was handed over; a ledger stays open as long as they are gone through.

    Raises `SettingError` for options that a ledger does not take.
    """
    if (ledger := ledger_of(inputs)) is None:
        pile = view.link(inputs.read(faults), faults)
        dossiers = view.dossiers(pile, faults)
        yield Cases(((one, pile.readings_of(one)) for one in dossiers), view.decisions)
        return
    if view.decisions or view.incident:
        raise SettingError(
            "a ledger has decisions of its own", where=ledger, remedy="record them there: variorum decide"
        )
    from variorum.exports.from_ledger import cases_in, decisions_in
    from variorum.ledger import Ledger

    with Ledger.open(ledger, make=False) as opened:
        yield Cases(cases_in(opened, as_of=view.as_of), decisions_in(opened))


def ledger_of(inputs: Inputs) -> str | None:
    """The ledger that is the only input, if it is one: a URL of PostgreSQL, or a file of SQLite."""
    if len(inputs.files) != 1:
        return None
    (name,) = inputs.files
    if name.startswith(("postgresql:", "postgres:", "sqlite:")):
        return name
    try:
        with open(name, "rb") as stream:
            return name if stream.read(len(_SQLITE)) == _SQLITE else None
    except OSError:
        return None
