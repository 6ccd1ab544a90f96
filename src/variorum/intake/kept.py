"""Readings that were kept: what `variorum read --as json --separately` wrote, taken in again without reading."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from variorum.model import EvidenceError, InputError, Reading


def is_kept(value: Any) -> bool:
    """Whether a JSON value is a line with a reading rather than a report."""
    return isinstance(value, dict) and isinstance(value.get("reading"), dict)


def kept_reading(value: dict[str, Any], where: str) -> Reading:
    """The reading in such a line, checked: its form, its report's hash, and every piece of evidence.

    Raises `InputError` bad-reading, and evidence-mismatch for words that are not in the text.
    """
    try:
        reading = Reading.model_validate(value["reading"])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise _bad(f"{field}: {first['msg']}" if field else first["msg"], where) from None
    try:
        reading.model_dump_json()
    except ValueError:  # JSON can have it, and no file or database can
        raise _bad("half a character (a lone surrogate) in one of its fields", where) from None
    if any(claim.report != reading.report.id for claim in reading.claims):
        raise _bad("a claim that is another report's", where)
    try:
        return reading.check()
    except EvidenceError as error:
        raise InputError(
            error.what, where=where, remedy="read the report again: the line was changed", code=error.code
        ) from None


def _bad(what: str, where: str) -> InputError:
    return InputError(
        f"no reading as Variorum writes it: {what}",
        where=where,
        remedy="write it anew with: variorum read --as json --separately",
        code="bad-reading",
    )
