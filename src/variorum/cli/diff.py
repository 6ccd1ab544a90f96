"""`variorum diff`: what changed between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from variorum.cli.faults import Faults
from variorum.cli.names import TextOrJson
from variorum.cli.outlets import outlet
from variorum.cli.products import lines
from variorum.cli.session import Inputs
from variorum.cli.views import PLAIN, View, tell_undated
from variorum.model import guarded


@dataclass(frozen=True, slots=True)
class DiffCommand:
    """Which days to compare, and how to tell it."""

    before: date
    after: date
    form: TextOrJson = TextOrJson.TEXT
    view: View = PLAIN
    width: int | None = None

    def run(self, inputs: Inputs, output: Path | None, faults: Faults) -> None:
        """Read, link, compare and write."""
        from variorum.reconciling import changes_between

        with outlet(output) as out:
            pile = self.view.link(inputs.read(faults), faults)
            tell_undated(pile, faults)
            changes = changes_between(pile.dossiers(self.before), pile.dossiers(self.after))
            if self.form is TextOrJson.JSON:
                out.put("", lines(change.model_dump(mode="json") for change in changes))
                return
            from variorum.dossier.changes import render_changes

            text = guarded(
                lambda: render_changes(
                    changes,
                    pile.readings,
                    self.before,
                    self.after,
                    width=self.width,
                    colour=self.width is not None,
                ),
                "writing it",
                "the reports together",
            )
            out.put("", text)
