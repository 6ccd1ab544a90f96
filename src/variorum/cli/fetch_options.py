"""Options of how to fetch, and the settings that they come to (docs/fetching.md)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from variorum.intake import FetchSettings

Contact = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Where a host's owner reaches you; it is told to every host."),
]
AllowNetwork = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CIDR",
        help="A private network that may be reached, as 10.20.0.0/16. Several times if need be.",
    ),
]
Pause = Annotated[
    float | None,
    typer.Option(min=0, metavar="SECONDS", help="Least time between two requests to one host; 1."),
]
Timeout = Annotated[
    float | None, typer.Option(min=0, metavar="SECONDS", help="Longest time that one fetch may take; 30.")
]
LongestWait = Annotated[
    float | None,
    typer.Option(min=0, metavar="SECONDS", help="Longest wait for a host that asks for patience; 60."),
]
Tries = Annotated[int | None, typer.Option(min=1, metavar="N", help="How often a busy host is asked; 3.")]
MaxBytes = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Most bytes of one answer, unpacked; 8,000,000.")
]
Authorities = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Certificates to trust in place of the system's."),
]


def settings_of(
    contact: str | None,
    networks: list[str] | None,
    pause: float | None,
    timeout: float | None,
    longest_wait: float | None,
    tries: int | None,
    max_bytes: int | None,
    authorities: Path | None,
) -> FetchSettings:
    """The settings that options come to; what is left out is as `FetchSettings` has it. Raises `SettingError`."""
    from variorum.intake import FetchSettings
    from variorum.model import SettingError

    if authorities and not authorities.is_file():
        raise SettingError("there is no such file", where="--authorities", remedy="check the path")
    given = {
        "contact": contact,
        "allowed_networks": tuple(networks) if networks else None,
        "pause": pause,
        "seconds": timeout,
        "longest_wait": longest_wait,
        "tries": tries,
        "max_bytes": max_bytes,
        "authorities": authorities,
    }
    return FetchSettings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
