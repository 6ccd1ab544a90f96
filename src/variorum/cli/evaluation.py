"""`variorum evaluate`: annotated reports read and scored, or a response scored as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.cli.faults import Faults
from variorum.cli.names import Benchmark, Layer, LinkLayer
from variorum.cli.outlets import replacing
from variorum.cli.products import product_of, products
from variorum.cli.session import Inputs
from variorum.evaluation import load_annotated, score_response, score_rows
from variorum.evaluation.annotated import response_rows
from variorum.evaluation.benchmarks import LAYER_OF
from variorum.evaluation.table import render_scores
from variorum.model import SettingError

if TYPE_CHECKING:
    from variorum.evaluation import Scores
    from variorum.model import Reading

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What to score, against what, and where the figures go besides the table.

    `response` are files with findings to be scored instead of reading; `readings` kept readings of the reports, likewise.
    """

    benchmark: Benchmark
    data: tuple[str, ...]
    response: tuple[Path, ...] = ()
    readings: tuple[Path, ...] = ()
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
        by_themselves = {
            Benchmark.POSITIONS: self._positions,
            Benchmark.LINKING: self._linking,
            Benchmark.MUC4: self._muc4,
        }
        scores = by_themselves.get(self.benchmark, self._of_reports)(faults)
        self._write(scores)
        return render_scores(
            scores,
            benchmark=self.benchmark.value,
            differences=self.differences,
            width=self.width,
            colour=self.width is not None,
        )

    def _of_reports(self, faults: Faults) -> Scores:
        layer = LAYER_OF[self.benchmark.value]
        data = load_annotated(layer, self.data)
        if self.response:
            return score_response(data, *self.response)
        known = {document.id for document in data.documents}
        readings = self._read(data.files, faults, len(data.documents))
        made = products((one for one in readings if one.report.id in known), product_of(Layer(layer)), faults)
        return score_rows(data, (json.loads(line) for _, text in made for line in text.splitlines()))

    def _positions(self, faults: Faults) -> Scores:
        from variorum.evaluation.standing import load_cases, score_positions

        key = load_cases(self.data)
        if self.response:
            return score_positions(key, (row for _, row in response_rows(self.response)))
        by_case: dict[str, list[Reading]] = {}
        for reading in self._read(key.files, faults, len(key.case_of)):
            if (case := key.case_of.get(reading.report.id)) is not None:
                by_case.setdefault(case, []).append(reading)
        rows = (
            row
            for case, readings in by_case.items()
            for row in self._linked(readings, faults, (LinkLayer.POSITIONS,), case)
        )
        return score_positions(key, rows)

    def _linking(self, faults: Faults) -> Scores:
        from variorum.evaluation.linking import load_linked, score_linking

        key = load_linked(self.data)
        if self.response:
            return score_linking(key, response_rows(self.response))
        known = key.incident_of
        readings = [one for one in self._read(key.files, faults, len(known)) if one.report.id in known]
        layers = LinkLayer.INCIDENTS, LinkLayer.COUNTS
        return score_linking(key, (("response", row) for row in self._linked(readings, faults, layers)))

    def _muc4(self, faults: Faults) -> Scores:
        from variorum.evaluation.muc4 import checked_answers, load_keys, score_answers, templates_in
        from variorum.reading.encoder.session import Session

        if self.readings:
            raise SettingError(
                "templates are made of more than readings keep",
                where="--readings",
                remedy="leave it out: the reports are read",
            )
        keys = load_keys(self.data)
        if self.response:
            return score_answers(keys, checked_answers(response_rows(self.response), keys))
        reports = [key.report() for key in keys.values()]
        inputs = Inputs((), parties=self.parties, jobs=self.jobs)
        return score_answers(keys, dict(templates_in(inputs.read_reports(reports, faults), Session())))

    def _read(self, files: tuple[Path, ...], faults: Faults, number: int) -> Iterator[Reading]:
        paths = self.readings or files
        return Inputs(tuple(map(str, paths)), parties=self.parties, jobs=self.jobs).read(faults, number)

    def _linked(
        self,
        readings: list[Reading],
        faults: Faults,
        layers: tuple[LinkLayer, ...],
        incident: str | None = None,
    ) -> Iterator[Row]:
        """The rows that `variorum link` would write of these layers; with `incident` all are one of that name."""
        from variorum.cli.link import layer_rows
        from variorum.cli.pile import link_readings

        pile = link_readings(readings, (), incident, faults)
        dossiers = pile.dossiers()
        for layer in layers:
            yield from layer_rows(layer, pile, dossiers)

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
