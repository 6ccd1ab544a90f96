"""Lines of plain text for a terminal: wrapped, indented, with a little emphasis where colours are wanted.

Much quicker than laying out tables, for lists of thousands of incidents.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from variorum.dossier.printable import one_line

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True)
class Page:
    """How wide lines are, in columns, and whether they may be emphasised."""

    width: int = 100
    colour: bool = False

    def line(self, words: str, indent: int = 0, hang: int | None = None) -> str:
        """Text as one line, or several where it is too long; those after the first begin at `hang`."""
        first, rest = " " * indent, " " * (indent if hang is None else hang)
        wrapped = textwrap.wrap(
            one_line(words),
            max(self.width, 40),
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(wrapped) + "\n"

    def bold(self, line: str) -> str:
        """A line that stands out."""
        return self._styled(_BOLD, line)

    def dim(self, line: str) -> str:
        """A line that stands back."""
        return self._styled(_DIM, line)

    def _styled(self, style: str, text: str) -> str:
        if not self.colour:
            return text
        return "".join(f"{style}{line}{_PLAIN}\n" for line in text.splitlines())
