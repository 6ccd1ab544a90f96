"""The file of decisions on links: one a line of JSON, checked when it is loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from variorum.model import SettingError

if TYPE_CHECKING:
    from variorum.linking import Decision

_REMEDY = (
    'one a line: {"kind": "join", "reports": ["id", "id"], "by": "who", "on": "YYYY-MM-DD", "why": "…"}; '
    "split and never have `others` too"
)


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file, in its order; later ones overrule earlier ones.

    Raises `SettingError`: bad-setting for a file that cannot be read, bad-decision for a line that is no decision.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else "no text in UTF-8"
        raise SettingError(
            f"cannot be read: {what}", where=str(path), remedy="check the path of --decisions"
        ) from None
    found = enumerate(content.split("\n"), start=1)
    return tuple(_decision(line, f"{path}:{number}") for number, line in found if line.strip())


def _decision(line: str, where: str) -> Decision:
    from variorum.linking import Decision

    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise _bad("not JSON", where) from None
    if not isinstance(value, dict):
        raise _bad("no JSON object", where)
    try:
        decision = Decision.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise _bad(f"{field}: {first['msg']}", where) from None
    return _sensible(decision, where)


def _sensible(decision: Decision, where: str) -> Decision:
    """The decision, if it decides something."""
    if decision.kind == "join":
        if len({*decision.reports, *decision.others}) < 2:
            raise _bad("a join of one report", where)
    elif not decision.others:
        raise _bad(f"a {decision.kind} without others to keep apart from", where)
    elif both := sorted({*decision.reports} & {*decision.others}):
        raise _bad(f"{both[0]!r} is to be kept apart from itself", where)
    return decision


def _bad(what: str, where: str) -> SettingError:
    return SettingError(what, where=where, remedy=_REMEDY, code="bad-decision")
