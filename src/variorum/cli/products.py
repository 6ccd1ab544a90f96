"""What can be made of a report: one piece of text for each report, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from variorum.cli.names import Form, Layer
from variorum.model import Dossier, Reading, Report, VariorumError


@dataclass(frozen=True, slots=True)
class Task:
    """What to make of every report. Plain data: it is sent to worker processes."""

    product: Form | Layer
    parties: tuple[Path, ...] = ()
    width: int | None = None
    """Columns of the terminal that the product is for, with colours; None if it is for none."""


class Maker:
    """Reads reports with one reader and makes one product of each."""

    def __init__(self, task: Task) -> None:
        from variorum.reading import Reader  # the model weights: seconds, so not before they are needed

        self._reader = Reader.load(task.parties)
        self._write = _writer(task)

    def make(self, report: Report) -> str:
        """The product of one report. Raises `VariorumError`; any other failure becomes one, reading-failed.

        Evidence is checked against the text before anything is written.
        """
        try:
            return self._write(self._reader.read(report).check())
        except VariorumError:
            raise
        except Exception as error:  # one report that the reader stumbles over must not end the batch
            raise VariorumError(
                f"the reader failed: {type(error).__name__}: {error}",
                where=report.id,
                remedy="this is a fault in Variorum: please report it with the text",
                code="reading-failed",
            ) from error


def _writer(task: Task) -> Callable[[Reading], str]:
    if isinstance(task.product, Layer):
        return _layer(task.product)
    forms: dict[Form, Callable[[Reading], str]] = {
        Form.DOSSIER: partial(_dossier, task.width),
        Form.JSON: _json,
        Form.CLAIMS: _claims,
        Form.HTML: _html,
        Form.MARKDOWN: _markdown,
    }
    return forms[task.product]


def _layer(layer: Layer) -> Callable[[Reading], str]:
    from variorum.evaluation.layers import LAYERS

    rows = LAYERS[layer.value]
    return lambda reading: _lines(rows(reading))


def _lines(rows: Iterable[Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _reconciled(reading: Reading) -> Sequence[Dossier]:
    from variorum.reconciling import reconcile

    return reconcile(reading)


def _json(reading: Reading) -> str:
    dossiers = [dossier.model_dump(mode="json") for dossier in _reconciled(reading)]
    return _lines([{"reading": reading.model_dump(mode="json"), "dossiers": dossiers}])


def _claims(reading: Reading) -> str:
    return _lines(claim.model_dump(mode="json") for claim in reading.claims)


def _dossier(width: int | None, reading: Reading) -> str:
    from variorum.dossier import render_terminal

    return _ended(render_terminal(reading, _reconciled(reading), width=width, colour=width is not None))


def _html(reading: Reading) -> str:
    from variorum.dossier import render_html

    return _ended(render_html(reading, _reconciled(reading)))


def _markdown(reading: Reading) -> str:
    from variorum.dossier import render_markdown

    return _ended(render_markdown(reading, _reconciled(reading)))


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"
