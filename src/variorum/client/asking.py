"""Asking a server: one request, its answer as one of our types, its refusal as one of our errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlencode

import urllib3
from pydantic import BaseModel, TypeAdapter, ValidationError
from urllib3.exceptions import HTTPError

from variorum._version import __version__
from variorum.client.shapes import Paged, Problem
from variorum.model import EvidenceError, InputError, SettingError, VariorumError

_PREFIX: Final = "/api/v1"
_MOST: Final = 200
"""How many of a list one request asks for."""
_BLOCK: Final = 1 << 16

_KINDS: Final[dict[str | None, type[VariorumError]]] = {
    "evidence": EvidenceError,
    "input": InputError,
    "setting": SettingError,
}

Query = Mapping[str, str | Sequence[str] | None]


class Asking:
    """A server's API. Only the address that it was given is ever asked; no redirect is followed."""

    def __init__(self, url: str, token: str | None, *, timeout: float, retries: int) -> None:
        if not url.startswith(("https://", "http://")):
            raise SettingError(
                "this is no address of a server", where=url[:80], remedy="begin with https:// or http://"
            )
        self._address = url.rstrip("/") + _PREFIX
        headers = {"Accept": "application/json", "User-Agent": f"variorum/{__version__}"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._headers = headers
        tries = urllib3.Retry(
            total=retries,
            redirect=0,
            backoff_factor=0.2,
            status_forcelist=(502, 503, 504),
            raise_on_status=False,
        )
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(timeout), retries=tries)

    def close(self) -> None:
        """Give the connections back."""
        self._pool.clear()

    def get(self, path: str, shape: Any, query: Query | None = None) -> Any:
        """What stands at an address. Raises `VariorumError` as the server tells it, or server-unavailable."""
        return self._read(self._ask("GET", path, query), shape)

    def post(self, path: str, shape: Any, body: BaseModel | None = None) -> Any:
        """What comes of sending something."""
        return self._read(self._ask("POST", path, body=body), shape)

    def every(self, path: str, shape: Any, query: Query | None = None) -> Iterator[Any]:
        """All of a list, page after page."""
        cursor: str | None = None
        while True:
            page = self.get(path, _paged(shape), {**(query or {}), "limit": str(_MOST), "cursor": cursor})
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def pieces(self, path: str, query: Query | None = None) -> Iterator[bytes]:
        """A file, as it comes."""
        with closing(self._ask("GET", path, query, stream=True)) as answer:
            try:
                yield from answer.stream(_BLOCK)
            except HTTPError as error:
                raise self._unavailable(error) from error

    def _ask(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        body: BaseModel | None = None,
        *,
        stream: bool = False,
    ) -> urllib3.BaseHTTPResponse:
        told = {name: value for name, value in (query or {}).items() if value is not None}
        address = self._address + path + (f"?{urlencode(told, doseq=True)}" if told else "")
        sent = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        try:
            answer = self._pool.request(
                method,
                address,
                body=None if body is None else body.model_dump_json().encode(),
                headers=sent,
                redirect=False,
                preload_content=not stream,
            )
        except HTTPError as error:
            raise self._unavailable(error) from error
        if 200 <= answer.status < 300:
            return answer
        with closing(answer):
            raise self._refusal(answer.status, answer.data)

    def _read(self, answer: urllib3.BaseHTTPResponse, shape: Any) -> Any:
        try:
            return _adapter(shape).validate_json(answer.data)
        except ValidationError as error:
            raise VariorumError(
                f"the server says something else than this version understands: {error.errors()[0]['msg']}",
                where=self._address,
                remedy="use the same version of Variorum on both sides",
                code="server-unknown",
            ) from None

    def _refusal(self, status: int, body: bytes) -> VariorumError:
        try:
            problem = Problem.model_validate_json(body)
        except ValidationError:
            return VariorumError(
                f"the server answers {status}",
                where=self._address,
                remedy="check the address, and that Variorum is what answers there",
                code="server-unknown",
            )
        return error_of(problem)

    def _unavailable(self, error: HTTPError) -> VariorumError:
        return VariorumError(
            f"the server cannot be reached: {error}",
            where=self._address,
            remedy="check the address, and that it is running",
            code="server-unavailable",
        )


def error_of(problem: Problem) -> VariorumError:
    """A problem as the error that it was on the server."""
    by_status = {401: "no-token", 403: "not-allowed"}
    return _KINDS.get(problem.kind, VariorumError)(
        problem.detail or problem.title,
        where=problem.where or "",
        remedy=problem.remedy or "",
        code=problem.code or by_status.get(problem.status, f"http-{problem.status}"),
    )


def in_path(name: str) -> str:
    """A name as a part of an address."""
    return quote(name, safe="")


def _paged(shape: Any) -> Any:
    return Paged.__class_getitem__(shape)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
