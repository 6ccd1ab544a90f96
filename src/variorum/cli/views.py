"""How many reports are to be looked at: decisions on links, the day, the profiles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli.decisions import load_decisions
from variorum.cli.faults import Faults
from variorum.cli.names import ProfileName
from variorum.cli.pile import Pile, homes_of, link_readings
from variorum.cli.session import day_of
from variorum.model import Dossier, Reading, SettingError, VariorumError

if TYPE_CHECKING:
    from variorum.linking import Decision


@dataclass(frozen=True, slots=True)
class View:
    """What the options of a command ask for besides its inputs and its form."""

    decisions: tuple[Decision, ...] = ()
    incident: str | None = None
    """What the one incident that all reports speak of is called, if the user says so."""
    as_of: date | None = None
    profiles: tuple[ProfileName, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked for."""
        return self == PLAIN

    def link(self, readings: Iterable[Reading], faults: Faults) -> Pile:
        """The readings linked; notes are told."""
        return link_readings(readings, self.decisions, self.incident, faults)

    def homes(self, readings: Iterable[Reading], faults: Faults) -> dict[str, str]:
        """The incident of each report, on whatever day; notes are told."""
        return homes_of(readings, self.decisions, self.incident, faults)

    def dossiers(self, pile: Pile, faults: Faults) -> tuple[Dossier, ...]:
        """The dossiers of the day that is asked for; what is left out is told as notes."""
        found = pile.dossiers(self.as_of)
        if self.as_of is not None:
            tell_undated(pile, faults)
        if self.as_of is not None and pile.readings and not found:
            faults.note(
                VariorumError(
                    f"no report was published up to {self.as_of}",
                    where="--as-of",
                    remedy="choose a later day",
                    code="nothing-known",
                )
            )
        return found


PLAIN = View()
"""All reports and all days, linked as the model has it."""


def view_of(
    decisions: Path | None,
    incident: str | None,
    as_of: str | None = None,
    profiles: list[ProfileName] | None = None,
) -> View:
    """The view that options ask for. Raises `SettingError` for what makes no sense."""
    if incident is not None and not incident.strip():
        raise SettingError("an empty name", where="--incident", remedy="give the incident a name")
    loaded = load_decisions(decisions) if decisions else ()
    return View(loaded, incident, day_of(as_of, "--as-of"), tuple(dict.fromkeys(profiles or ())))


def days_of(before: str, after: str) -> tuple[date, date]:
    """The two days to compare. Raises `SettingError` unless the first comes before the second."""
    days = day_of(before, "--from"), day_of(after, "--to")
    assert days[0] is not None
    assert days[1] is not None
    if days[0] >= days[1]:
        raise SettingError(
            f"{days[0]} does not come before {days[1]}", where="--from", remedy="give the earlier day first"
        )
    return days[0], days[1]


def tell_undated(pile: Pile, faults: Faults) -> None:
    """Tell that reports without a day of publication were known on no day, if there are such."""
    undated = [reading.report.id for reading in pile.readings.values() if reading.report.published is None]
    if undated:
        more = f" and {len(undated) - 1} more" if len(undated) > 1 else ""
        faults.note(
            VariorumError(
                f"{undated[0]!r}{more}: without a day of publication, so known on no day and left out",
                where="the order of days",
                remedy="give `published`",
                code="left-out-undated",
            )
        )
