"""What the reading room is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
