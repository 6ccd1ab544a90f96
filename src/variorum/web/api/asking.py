"""What operations ask of a request besides their own matter."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError

from variorum.model import SettingError, VariorumError
from variorum.web.asking import AskingPerson, Person, Role

Cursor = Annotated[
    str | None,
    Query(max_length=300, pattern=r"^[\x21-\x7e]+$", description="`next` of the page before."),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many to give at most.")]


def only_known_names(request: Request) -> None:
    """Refuse a query with names that the operation does not have: a filter that is misspelt would be passed over in silence."""
    if not request.query_params:
        return
    known = _names(request)[request.scope["route"].name]
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown:
        raise RequestValidationError(
            [
                {"type": "unknown", "loc": ("query", name), "msg": "there is no such parameter here"}
                for name in unknown
            ]
        )


def _names(request: Request) -> dict[str, set[str]]:
    """The parameters of each operation, as they are described."""
    from variorum.web.api.describing import described

    if not hasattr(request.app.state, "parameters"):
        request.app.state.parameters = {
            operation["operationId"]: {one["name"] for one in operation.get("parameters", ())}
            for path in described(request.app)["paths"].values()
            for operation in path.values()
        }
    names: dict[str, set[str]] = request.app.state.parameters
    return names


def may_write(person: AskingPerson) -> Person:
    """Who asks, who may add and decide. Raises 403 for others."""
    if person.role < Role.ANALYST:
        raise HTTPException(403, f"This takes the role analyst; yours is {person.role.name.lower()}.")
    return person


def in_their_name(person: Person, by: str | None) -> str:
    """The name to record under. Raises `VariorumError` not-your-name for anybody else's."""
    if by not in (None, person.name):
        raise VariorumError(f"you are {person.name}", where=by, remedy="leave `by` out", code="not-your-name")
    return person.name


def sound(value: str) -> str:
    """A name from an address, as a database takes it. Raises `SettingError` for what can be no name."""
    if "\0" in value or not value.isprintable():
        raise SettingError("this can be no name", where=repr(value)[:60], remedy="check it")
    return value


Writer = Annotated[Person, Depends(may_write)]
