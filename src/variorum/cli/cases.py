"""Dossiers with the readings they rest on: from reports, from kept readings, or from one ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from variorum.cli.faults import Faults
from variorum.cli.session import Inputs
from variorum.cli.views import View
from variorum.model import Dossier, Reading, SettingError

if TYPE_CHECKING:
    from variorum.ledger import Wanted

_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Cases:
    """Dossiers with their readings, to be gone through once, and what people decided on them."""

    pairs: Iterable[tuple[Dossier, Sequence[Reading]]]
    decisions: Sequence[Any] = ()


@contextmanager
def cases_of(
    inputs: Inputs, view: View, faults: Faults, wanted: Wanted | None = None, recorded: datetime | None = None
) -> Iterator[Cases]:
    """The cases of what was handed over; a ledger stays open as long as they are gone through.

    `wanted` and `recorded` pick from a ledger. Raises `SettingError` for options that a ledger does not take, or
    that nothing else does.
    """
    if (ledger := ledger_of(inputs)) is None:
        if wanted or recorded:
            raise SettingError(
                "only incidents of a ledger can be picked",
                where="export",
                remedy="add the reports to a ledger first",
            )
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
        picked = cases_in(opened, wanted, as_of=view.as_of, recorded=recorded)
        yield Cases(picked, decisions_in(opened, recorded=recorded))


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
