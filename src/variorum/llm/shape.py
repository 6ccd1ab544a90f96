"""The shape that a model's claims must have: values of our vocabulary, and words of the text where somebody is named."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError

from variorum.llm.reckoning import Reason, Refused
from variorum.model import Certainty, Group, Outcome, Stance


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _GivenClaim(_Given):
    kind: str  # first, so that a model that is held to the schema decides on it first
    quote: StrictStr = Field(min_length=1)
    before: StrictStr
    source: StrictStr | None
    certainty: Certainty
    background: StrictBool


class GivenToll(_GivenClaim):
    """A count of people, as a model gives it."""

    kind: Literal["toll"]
    outcome: Outcome
    min: StrictInt | None
    max: StrictInt | None
    group: Group
    combined: StrictBool
    actor: StrictStr | None


class GivenResponsibility(_GivenClaim):
    """Who did it, as a model gives it."""

    kind: Literal["responsibility"]
    actor: StrictStr | None
    stance: Stance


class GivenAccount(_GivenClaim):
    """Another statement on what happened, as a model gives it."""

    kind: Literal["account"]
    denies: StrictBool


Given = GivenToll | GivenResponsibility | GivenAccount


class _Answer(_Given):
    claims: list[Given]


_BY_KIND: Final[dict[object, type[GivenToll] | type[GivenResponsibility] | type[GivenAccount]]] = {
    "toll": GivenToll,
    "responsibility": GivenResponsibility,
    "account": GivenAccount,
}
_KEPT_KEYWORDS: Final = ("$defs", "$ref", "additionalProperties", "anyOf", "const", "enum", "items", "properties", "required",
                         "type")  # fmt: skip
"""What every server that holds answers to a schema understands."""


def given_claim(value: object) -> Given | Refused:
    """A claim as the model gave it, or why it is none: nothing is turned into what it should have been."""
    if not isinstance(value, dict):
        return Refused(Reason.BAD_SHAPE, "no JSON object")
    kind = _BY_KIND.get(value["kind"]) if isinstance(value.get("kind"), str) else None
    if kind is None:
        return Refused(Reason.UNKNOWN_VALUE, "kind is none of toll, responsibility, account")
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        closed = first["type"] in ("enum", "literal_error")
        field = ".".join(str(part)[:40] for part in first["loc"])
        return Refused(Reason.UNKNOWN_VALUE if closed else Reason.BAD_SHAPE, f"{field}: {first['msg']}"[:200])


@cache
def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer: `{"claims": [...]}`, made of the vocabulary's own values."""
    found: dict[str, Any] = _plain(_Answer.model_json_schema())
    return found


def _plain(schema: Any) -> Any:
    """A schema without titles, descriptions and bounds; what is left out here is checked all the same."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {}
    for name, value in schema.items():
        if name in ("properties", "$defs"):
            kept[name] = {inner: _plain(one) for inner, one in value.items()}
        elif name in _KEPT_KEYWORDS:
            kept[name] = _plain(value)
    if "const" in kept:
        kept = {"type": "string", "enum": [kept["const"]]}
    return kept
