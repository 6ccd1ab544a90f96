"""Forms with several values under one name, such as boxes that are ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

_MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Several:
    """The fields of a form, in their order."""

    items: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """The first value of a field; empty if there is none."""
        return next((value for key, value in self.items if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field; of one that was sent on in a line, each word is one."""
        return tuple(word for key, value in self.items if key == name for word in value.split())

    def flat(self) -> dict[str, str]:
        """Each field once, its values in one line."""
        return {key: " ".join(value for one, value in self.items if one == key) for key, _ in self.items}


async def _read(request: Request) -> Several:
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        return Several(tuple((name, value) for name, value in form.multi_items() if isinstance(value, str)))


ManyForm = Annotated[Several, Depends(_read)]
