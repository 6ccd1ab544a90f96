"""`variorum evaluate`: annotated reports read and scored, or a response scored as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.cli.faults import Faults
from variorum.cli.names import Layer
from variorum.cli.outlets import replacing
from variorum.cli.products import product_of, products
from variorum.cli.session import Inputs
from variorum.evaluation import load_annotated, score_response, score_rows
from variorum.evaluation.table import render_scores
from variorum.model import SettingError

if TYPE_CHECKING:
    from variorum.evaluation import AnnotatedData, Scores


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What to score, against what, and where the figures go besides the table."""

    layer: Layer
    data: tuple[str, ...]
    response: Path | None = None
    parties: tuple[Path, ...] = ()
    jobs: int = 1
    differences: bool = False
    json: Path | None = None
    width: int | None = None

    def run(self, faults: Faults) -> str:
        """The table. Reports that cannot be read are told and scored as reports with nothing found.

        Raises `InputError` for annotations or a response that cannot be scored, `SettingError` for a place that
        cannot be written.
        """
        data = load_annotated(self.layer.value, self.data)
        scores = self._scores(data, faults)
        self._write(scores)
        return render_scores(
            scores, differences=self.differences, width=self.width, colour=self.width is not None
        )

    def _scores(self, data: AnnotatedData, faults: Faults) -> Scores:
        if self.response is not None:
            return score_response(data, self.response)
        return score_rows(data, self._read(data, faults))

    def _read(self, data: AnnotatedData, faults: Faults) -> Iterator[dict[str, Any]]:
        """The layer's rows of all reports, as `variorum annotate` would write them."""
        write = product_of(self.layer)
        inputs = Inputs(tuple(str(path) for path in data.files), parties=self.parties, jobs=self.jobs)
        for _, made in products(inputs.read(faults, len(data.documents)), write, faults):
            yield from (json.loads(line) for line in made.splitlines())

    def _write(self, scores: Scores) -> None:
        if self.json is None:
            return
        try:
            with replacing(self.json) as stream:
                stream.write(json.dumps(scores.as_json(), indent=1, ensure_ascii=False) + "\n")
        except OSError as error:
            raise SettingError(
                f"cannot be written: {error.strerror or error}",
                where=str(self.json),
                remedy="choose another --json",
            ) from error
