"""The error for what cannot be had from the network."""

from __future__ import annotations

from variorum.model import InputError

_PASSING = frozenset(
    {"fetch-no-host", "fetch-unreachable", "fetch-timeout", "fetch-cut-short", "fetch-later"}
)


class FetchError(InputError):
    """Something that was not fetched. `retry_after` is in how many seconds the host may be asked again, if it said so."""

    code = "fetch-failed"

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        remedy: str = "",
        code: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what, where=where, remedy=remedy, code=code)
        self.status, self.retry_after = status, retry_after

    @property
    def may_pass(self) -> bool:
        """Whether asking again later may do: a fault of the moment, not of the address."""
        return self.code in _PASSING or self.retry_after is not None
