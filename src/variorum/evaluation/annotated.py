"""Annotated data: users' own reports with what a careful reader found in them, and responses to score against it.

    claims         case files: {"case", "reports": [{"id", "text", "claims": [...]}]}, or folders of them
    attributions   JSON Lines: {"id", "text", "attributions": [{"source": [[s, e]], "cue": [], "content": []}]}
    dates          JSON Lines: {"id", "text", "timexes": [{"start", "end", "type", "value"}]}
    places         JSON Lines: {"id", "text", "toponyms": [{"start", "end", "lat", "lon"}]}

A response is JSON Lines in the shape that `variorum.evaluation.layers` writes. Everything is checked when it is
loaded, so that the scorers need not: a figure from half-read annotations would be worse than none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.evaluation.shapes import MARKS, Mark, checked_mark
from variorum.model import InputError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One report with its annotations. `group` is what it is also scored with: its case, or its source."""

    id: str
    text: str
    marks: list[Mark]
    group: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedData:
    """All annotated reports of some files. `aliases` are the files of other names beside them, for claims."""

    layer: str
    documents: tuple[Annotated, ...]
    files: tuple[Path, ...]
    aliases: tuple[Path, ...] = ()


def load_annotated(layer: str, inputs: Iterable[str | Path]) -> AnnotatedData:
    """The annotated reports in files, and in the files of folders that hold some.

    Raises `InputError`: no-such-file, unreadable-file, not-utf8, bad-json, bad-annotation, duplicate-id,
    no-annotations.
    """
    documents: dict[str, Annotated] = {}
    files: list[Path] = []
    for path, named in _files(layer, inputs):
        found = _cases(path, named) if layer == "claims" else _lines(layer, path)
        for where, document in found:
            if document.id in documents:
                raise InputError(
                    f"the report {document.id!r} is there twice",
                    where=where,
                    remedy="give each report its own id",
                    code="duplicate-id",
                )
            documents[document.id] = document
            if path not in files:
                files.append(path)
    if not documents:
        raise InputError(
            f"no report with annotated {layer}",
            where=", ".join(map(str, inputs)),
            remedy=f"each report needs `id`, `text` and `{MARKS[layer]}`",
            code="no-annotations",
        )
    folders = sorted({path.parent for path in files})
    aliases = [path for folder in folders for path in sorted(folder.glob("aliases*.json"))]
    return AnnotatedData(
        layer, tuple(documents.values()), tuple(files), tuple(aliases) if layer == "claims" else ()
    )


def response_rows(paths: Iterable[str | Path]) -> Iterator[tuple[str, Row]]:
    """The rows of the files of a response, each with where it stands. Raises `InputError`."""
    for path in map(Path, paths):
        yield from ((f"{path}:{number}", row) for number, row in json_lines(path))


def checked_response(rows: Iterable[tuple[str, Row]], data: AnnotatedData) -> dict[str, list[Mark]]:
    """The findings in rows of a layer, by report; each row comes with where it stands.

    Raises `InputError` for a row of another shape (bad-annotation), about no report of the data (unknown-report)
    or, where a report has one row, about the same report again (duplicate-id).
    """
    texts = {document.id: document.text for document in data.documents}
    found: dict[str, list[Mark]] = {}
    for where, row in rows:
        report = row.get("report" if data.layer == "claims" else "id")
        if not isinstance(report, str) or report not in texts:
            raise InputError(
                f"the annotated data have no report {report!r}",
                where=where,
                remedy="score a response with the data it was made from",
                code="unknown-report",
            )
        if data.layer == "claims":
            marks = [checked_mark("claims", row, texts[report], where, found=True)]
            found.setdefault(report, []).extend(marks)
        elif report in found:
            raise InputError(
                f"the report {report!r} is there twice",
                where=where,
                remedy="put all that was found in a report into one line",
                code="duplicate-id",
            )
        else:
            found[report] = _marks(data.layer, row, texts[report], where, found=True)
    return {report: sorted(marks, key=_place) for report, marks in found.items()}


def _place(mark: Mark) -> tuple[int, str]:
    """Where a finding goes: an order of its own, so that the order of lines decides nothing, not even a tie."""
    start = mark.get("start")
    return -1 if start is None else start, json.dumps(mark, sort_keys=True, default=str)


def words_at(text: str, start: int, end: int) -> str:
    """The words of a span, on one line."""
    return " ".join(text[start:end].split())


def _files(layer: str, inputs: Iterable[str | Path]) -> Iterator[tuple[Path, bool]]:
    """Each file, and whether the caller named it himself; of a folder those that may hold annotations."""
    for path in map(Path, inputs):
        if path.is_dir():
            pattern = "*.json" if layer == "claims" else "*.jsonl"
            yield from ((inside, False) for inside in sorted(path.glob(pattern)))
        else:
            yield path, True


def case_files(inputs: Iterable[str | Path]) -> Iterator[tuple[Path, Row]]:
    """The cases in files, and in the files of folders. Raises `InputError` for what is none and was named."""
    for path, named in _files("claims", inputs):
        yield from _case(path, named)


def _case(path: Path, named: bool) -> Iterator[tuple[Path, Row]]:
    case = _read_json(path)
    if not isinstance(case, dict) or "case" not in case:
        if named:
            raise _bad(
                str(path), "not a case file", 'write {"case": …, "reports": [{"id", "text", "claims"}]}'
            )
        return
    if not isinstance(case.get("reports"), list):
        raise _bad(str(path), "no list `reports`", "put the case's reports into `reports`")
    yield path, case


def _cases(path: Path, named: bool) -> Iterator[tuple[str, Annotated]]:
    for _, case in _case(path, named):
        for number, row in enumerate(case["reports"], 1):
            where = f"{path}: report {number}"
            yield where, _document("claims", row, where, group=str(case["case"]))


def _lines(layer: str, path: Path) -> Iterator[tuple[str, Annotated]]:
    for number, row in json_lines(path):
        where = f"{path}:{number}"
        group = "" if layer == "attributions" else row.get("source")
        yield where, _document(layer, row, where, group if isinstance(group, str) else "")


def _document(layer: str, row: Any, where: str, group: str) -> Annotated:
    if not isinstance(row, dict):
        raise _bad(where, "not a report", "write a report as an object")
    for field in ("id", "text"):
        if not isinstance(row.get(field), str) or not row[field]:
            raise _bad(where, f"no `{field}`", f"give each report its `{field}` as a string")
    return Annotated(row["id"], row["text"], _marks(layer, row, row["text"], where), group)


def _marks(layer: str, row: Row, text: str, where: str, *, found: bool = False) -> list[Mark]:
    marks = row.get(MARKS[layer])
    if not isinstance(marks, list):
        raise _bad(where, f"no list `{MARKS[layer]}`", "write an empty list where there is nothing to find")
    return [
        checked_mark(layer, mark, text, f"{where}, {MARKS[layer]} {number}", found=found)
        for number, mark in enumerate(marks, 1)
    ]


def json_lines(path: Path) -> Iterator[tuple[int, Row]]:
    """The objects of a file, one a line, with the numbers of their lines. Raises `InputError`."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            row = _parsed(line, f"{path}:{number}")
            if not isinstance(row, dict):
                raise _bad(f"{path}:{number}", "not an object", "write one object a line")
            yield number, row


def _read_json(path: Path) -> Any:
    return _parsed(_text(path), str(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(
            "there is no such file", where=str(path), remedy="check the path", code="no-such-file"
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}",
            where=str(path),
            remedy="check the path and its permissions",
            code="unreadable-file",
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 at byte {error.start}", where=str(path), remedy="save it as UTF-8", code="not-utf8"
        ) from None


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not JSON: {error}", where=where, remedy="check what wrote it, or get it again", code="bad-json"
        ) from None


def _bad(where: str, what: str, remedy: str) -> InputError:
    return InputError(what, where=where, remedy=remedy, code="bad-annotation")
