"""Reports of MUC-4 key files, and the templates made of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
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
            _refuse_twice(key.id, found, f"{path}:{number}")
            found[key.id] = key
    if not found:
        raise _bad(", ".join(map(str, paths)), "no report with templates")
    return found


def checked_answers(rows: Iterable[tuple[str, Raw]], keys: Mapping[str, Key]) -> dict[str, list[Raw]]:
    """The templates in rows {"id", "templates"} by report; each row comes with where it stands.

    Raises `InputError` for a row of another shape (bad-annotation), about no report of the keys (unknown-report) or about the
    same report again (duplicate-id).
    """
    found: dict[str, list[Raw]] = {}
    for where, row in rows:
        report = row.get("id")
        if not isinstance(report, str) or report not in keys:
            raise InputError(
                f"the keys have no report {report!r}",
                where=where,
                remedy="score a response with the keys it was made for",
                code="unknown-report",
            )
        _refuse_twice(report, found, where)
        found[report] = _templates(row, where)
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
    text = row.get("text_cased", row.get("text"))
    if not isinstance(row.get("id"), str) or not isinstance(text, str) or not text:
        raise _bad(where, "no `id`, or neither `text_cased` nor `text`")
    try:
        published = date.fromisoformat(row["published"]) if row.get("published") else None
    except (TypeError, ValueError):
        raise _bad(where, "`published` is no day as 1990-05-17") from None
    return Key(row["id"], text, published, tuple(_templates(row, where)))


def _templates(row: Raw, where: str) -> list[Raw]:
    templates = row.get("templates")
    if not isinstance(templates, list) or not all(isinstance(one, dict) for one in templates):
        raise _bad(where, "no list `templates`")
    return templates


def _refuse_twice(report: str, known: Container[str], where: str) -> None:
    if report in known:
        raise InputError(
            f"the report {report!r} is there twice",
            where=where,
            remedy="give each report its own id, and all its templates in one line",
            code="duplicate-id",
        )


def _bad(where: str, what: str) -> InputError:
    remedy = (
        "each report needs `id`, `text_cased` and `templates`, an empty list where it tells of no incident"
    )
    return InputError(what, where=where, remedy=remedy, code="bad-annotation")
