"""`variorum decide`: decisions from options or from lines of JSON, recorded in a ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from variorum.cli.session import day_of
from variorum.model import SettingError

if TYPE_CHECKING:
    from variorum.ledger import Decision, Ledger

NOTICES = ("withdraw", "replace")
"""What is recorded of publishers' own acts, by the same command."""


def decide(ledger: Ledger, told: list[dict[str, Any]], by: str) -> Iterator[str]:
    """Record decisions, all checked before the first is; their ids. Raises `SettingError` bad-decision."""
    decided = [_told(one) if one.get("kind") in NOTICES else _decision(one, by) for one in told]
    for one in decided:
        yield _notice(ledger, one, by) if isinstance(one, _Notice) else ledger.decide(one)
    if any(
        not isinstance(one, _Notice) and one.kind in ("join", "split", "never", "undo") for one in decided
    ):
        ledger.link()
    else:
        ledger.refresh()


def from_options(kind: str, subjects: list[str], **more: Any) -> dict[str, Any]:
    """A decision as options tell it, in the form of a line of JSON."""
    told: dict[str, Any] = {"kind": kind} | {
        name: value for name, value in more.items() if value not in (None, [])
    }
    if kind in ("join", "split", "never"):
        return {**told, "reports": subjects}
    if len(subjects) != 1 and kind != "add":
        raise _bad(f"a decision to {kind} is about one thing")
    claim = told.pop("claim", None)
    if claim is not None:
        told["claim"] = _json(claim, "--claim")
    if (first := day_of(told.pop("day", None), "--day")) is not None:
        told["day"] = {"first": str(first), "last": str(first), "precision": 1}
    if (place := told.pop("place", None)) is not None:
        told["place"] = {"name": place}
    return {**told, "subject": subjects[0] if subjects else ""}


def from_file(name: str) -> list[dict[str, Any]]:
    """The decisions in a file of JSON Lines; - is standard input. Raises `SettingError`."""
    try:
        content = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"cannot be read: {error}", where=name, remedy="check the path") from None
    found = enumerate(content.split("\n"), start=1)
    return [_json(line, f"{name}:{number}") for number, line in found if line.strip()]


def _decision(told: dict[str, Any], by: str) -> Decision:
    from variorum.ledger import Decision

    # The id of a claim by hand follows from what it says; whoever writes it need not know how.
    if isinstance(told.get("claim"), dict):
        told = {**told, "claim": {"id": f"claim-{0:016}", **told["claim"]}}
    try:
        return Decision.model_validate({"by": by, **told})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise _bad(f"{field}: {first['msg']}".removeprefix(": ")) from None


class _Notice(BaseModel):
    """What a publisher let know, as a line of JSON tells it."""

    model_config = ConfigDict(strict=True)

    kind: str
    subject: str = Field(min_length=1)
    why: str = Field(min_length=1)
    by: str | None = Field(default=None, min_length=1)
    on: str | None = None
    others: list[str] = []


def _told(told: dict[str, Any]) -> _Notice:
    try:
        found = _Notice.model_validate(told)
    except ValidationError:
        found = None
    if found is None or (found.kind == "replace" and not found.others):
        raise _bad(f"to {told['kind']} a report, say which, why, and by which other")
    return found


def _notice(ledger: Ledger, told: _Notice, by: str) -> str:
    on = day_of(told.on, "--on")
    by = told.by or by
    if told.kind == "withdraw":
        ledger.withdraw(told.subject, by=by, why=told.why, on=on)
    else:
        ledger.replace(told.subject, told.others[0], by=by, why=told.why, on=on)
    return told.subject


def _json(content: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise _bad("not JSON", where) from None
    if not isinstance(value, dict):
        raise _bad("no JSON object", where)
    return value


def _bad(what: str, where: str = "decide") -> SettingError:
    return SettingError(what, where=where, remedy="docs/ledger.md shows every kind", code="bad-decision")
