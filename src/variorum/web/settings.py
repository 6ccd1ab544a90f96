"""What the reading room is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from variorum.intake import FetchSettings
from variorum.web.security.provider_settings import ProviderSettings


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How to serve one ledger."""

    ledger: str
    """A file of SQLite or a URL of PostgreSQL."""
    person: str
    """Under whose name decisions are recorded where nobody logs in."""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    """The names under which it may be called: other names in `Host` are refused, so that no page of another site can
    reach it by a name of its own that leads here (DNS rebinding)."""
    cache: Path | None = None
    """A folder for what can be made anew."""
    team: bool | None = None
    """Whether people must log in; None: if the ledger knows any."""
    secure: bool = False
    """Whether browsers always reach it by https: then cookies are sent over nothing else."""
    provider: ProviderSettings | None = None
    """Who says who people are, besides their passwords."""
    texts_from: str = "reader"
    """The least role that is given whole texts of reports by `/api` and in exports: they may be under copyright."""
    waiting: int = 100
    """Jobs that may wait or run at once."""
    jobs: Path | None = None
    """A folder for what was handed over and is still to be read; without one, what waits is lost when the server stops."""
    fetching: FetchSettings | None = None
    """How addresses that somebody hands over are fetched; None is not at all."""
    metrics_token: str | None = None
    """What a program must bring to be told `/metrics`; None is that only this machine is told."""
    log_people: bool = False
    """Whether the log names who asked."""
