"""What can be made of one reading: a piece of text, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from variorum.cli.faults import Faults
from variorum.cli.names import Form, Layer
from variorum.model import Dossier, Reading, VariorumError, guarded

Writer = Callable[[Reading], str]


def product_of(kind: Form | Layer, width: int | None = None) -> Writer:
    """What makes this product of a reading. `width` is the columns of the terminal that it is for, with colours.

    It raises `VariorumError`; any failure of ours becomes one, reading-failed.
    """
    write = _layer(kind) if isinstance(kind, Layer) else _form(kind, width)
    return lambda reading: guarded(lambda: write(reading), "writing it", reading.report.id)


def products(readings: Iterable[Reading], write: Writer, faults: Faults) -> Iterator[tuple[str, str]]:
    """Each report's id with its product; one that cannot be made is told and left out."""
    for reading in readings:
        try:
            made = write(reading)
        except VariorumError as error:
            faults.refuse(error)
        else:
            yield reading.report.id, made


def lines(rows: Iterable[Any]) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def ended(text: str) -> str:
    """Text with a line break at its end."""
    return text if text.endswith("\n") else text + "\n"


def _layer(layer: Layer) -> Writer:
    from variorum.evaluation.layers import LAYERS

    rows = LAYERS[layer.value]
    return lambda reading: lines(rows(reading))


def _form(form: Form, width: int | None) -> Writer:
    forms: dict[Form, Writer] = {
        Form.DOSSIER: lambda reading: _dossier(reading, width),
        Form.JSON: _json,
        Form.CLAIMS: _claims,
        Form.HTML: _html,
        Form.MARKDOWN: _markdown,
    }
    return forms[form]


def _reconciled(reading: Reading) -> Sequence[Dossier]:
    from variorum.reconciling import reconcile

    return reconcile(reading)


def _json(reading: Reading) -> str:
    dossiers = [dossier.model_dump(mode="json") for dossier in _reconciled(reading)]
    return lines([{"reading": reading.model_dump(mode="json"), "dossiers": dossiers}])


def _claims(reading: Reading) -> str:
    return lines(claim.model_dump(mode="json") for claim in reading.claims)


def _dossier(reading: Reading, width: int | None) -> str:
    from variorum.dossier import render_terminal

    return ended(render_terminal(reading, _reconciled(reading), width=width, colour=width is not None))


def _html(reading: Reading) -> str:
    from variorum.dossier import render_html

    return ended(render_html(reading, _reconciled(reading)))


def _markdown(reading: Reading) -> str:
    from variorum.dossier import render_markdown

    return ended(render_markdown(reading, _reconciled(reading)))
