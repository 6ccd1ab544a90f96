"""The shell's side of Variorum: the same verbs as the Python packages."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process. Exit status: 0 all read, 1 some refused, 2 used wrongly."""
    from variorum.cli.app import app

    app(prog_name="variorum")
