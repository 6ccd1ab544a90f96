"""From what a model wrote to the claims in it: JSON, alone or in one code fence, and nothing that has to be guessed."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final

from pydantic_core import from_json

MOST: Final = 500
"""Most claims of one passage; more is no list of claims but a loop."""
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
"""What some models write before their answer."""
_FENCE = re.compile(r"^```.*$", re.MULTILINE)
"""A line that opens or closes a code fence."""


class Unusable(Exception):
    """There is no list of claims in an answer; the words say why."""


def items_of(content: str) -> list[Any]:
    """The claims of an answer, not yet checked. Raises `Unusable`."""
    written = _THOUGHT.sub("", content).strip()
    fences = list(islice(_FENCE.finditer(written), 3))
    if len(fences) == 2:
        written = written[fences[0].end() : fences[1].start()].strip()
    try:
        value = from_json(written, allow_inf_nan=False)
    except ValueError as error:
        raise Unusable(f"no JSON: {error}") from None
    if not isinstance(value, dict) or not isinstance(value.get("claims"), list):
        raise Unusable('no JSON object with a list under "claims"')
    if len(value["claims"]) > MOST:
        raise Unusable(f"more than {MOST} claims")
    claims: list[Any] = value["claims"]
    return claims
