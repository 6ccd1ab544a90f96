"""Write docs/cli.md from the commands themselves: `python scripts/write_cli_reference.py docs/cli.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from typer.testing import CliRunner

from variorum.cli.app import app

HEAD = """# Commands

<!-- Written by scripts/write_cli_reference.py from the commands themselves; `make docs` writes it anew. -->

What each of them is for is told in the [guide](guide.md), what their errors mean in [errors](errors.md).
"""
WIDTH = 100


def commands() -> list[str]:
    """The names of the commands, in the order `--help` lists them."""
    return [known.name or known.callback.__name__ for known in app.registered_commands if known.callback]


def help_of(*command: str) -> str:
    """What `--help` says of the program or of a command."""
    result = CliRunner().invoke(
        app,
        [*command, "--help"],
        prog_name="variorum",
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        color=False,
    )
    if result.exit_code:
        raise RuntimeError(
            f"variorum {' '.join(command)} --help left with {result.exit_code}: {result.output}"
        )
    return "\n".join(line.rstrip() for line in result.stdout.strip("\n").splitlines())


def reference() -> str:
    """The whole page."""
    parts = [HEAD, f"```text\n{help_of()}\n```\n"]
    parts += [f"## variorum {name}\n\n```text\n{help_of(name)}\n```\n" for name in commands()]
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
