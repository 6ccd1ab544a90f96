"""Reports of MUC-4 key files, and the templates made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from variorum.evaluation.annotated import json_lines
from variorum.evaluation.muc4.settings import Settings
from variorum.evaluation.muc4.tagging import tag
from variorum.evaluation.muc4.templates import templates_of
from variorum.evaluation.muc4.where_when import Scene
from variorum.model import InputError, Reading, Report
from variorum.reading.encoder.session import Session

Raw = dict[str, Any]
"""A template as files give it: its slots by name."""


@dataclass(frozen=True, slots=True)
class Key:
    """An annotated report: its text, the day it was published on if that is known, and the templates wanted."""

    id: str
    text: str
    published: date | None
    templates: tuple[Raw, ...]

    def report(self) -> Report:
        """The report without its templates."""
        return Report(id=self.id, text=self.text, published=self.published)


def load_keys(inputs: Iterable[str | Path]) -> dict[str, Key]:
    """The reports of JSON Lines, or of folders with some, with `id`, `text_cased` or `text`, and `templates`.

    Raises `InputError` for a file that cannot be read, a row without them and an id that is there twice.
    """
    found: dict[str, Key] = {}
    paths = list(map(Path, inputs))
    for path in (file for p in paths for file in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])):
        for number, row in json_lines(path):
            key = _key(row, f"{path}:{number}")
            if key.id in found:
                raise InputError(
                    f"the report {key.id!r} is there twice",
                    where=f"{path}:{number}",
                    remedy="give each report its own id",
                    code="duplicate-id",
                )
            found[key.id] = key
    if not found:
        raise _bad(", ".join(map(str, paths)), "no report with templates")
    return found


def templates_in(
    readings: Iterable[Reading], session: Session, settings: Settings | None = None
) -> Iterator[tuple[str, list[Raw]]]:
    """The templates of reports that were read, each with the report's id.

    Raises `VariorumError` no-muc4-heads for weights without the heads for MUC-4.
    """
    for reading in readings:
        yield reading.report.id, templates_of(tag(session, reading.report.text), Scene.of(reading), settings)


def _key(row: Raw, where: str) -> Key:
    text, templates = row.get("text_cased", row.get("text")), row.get("templates")
    if not isinstance(row.get("id"), str) or not isinstance(text, str) or not text:
        raise _bad(where, "no `id`, or neither `text_cased` nor `text`")
    if not isinstance(templates, list) or not all(isinstance(one, dict) for one in templates):
        raise _bad(where, "no list `templates`")
    try:
        published = date.fromisoformat(row["published"]) if row.get("published") else None
    except (TypeError, ValueError):
        raise _bad(where, "`published` is no day as 1990-05-17") from None
    return Key(row["id"], text, published, tuple(templates))


def _bad(where: str, what: str) -> InputError:
    remedy = (
        "each report needs `id`, `text_cased` and `templates`, an empty list where it tells of no incident"
    )
    return InputError(what, where=where, remedy=remedy, code="bad-annotation")
