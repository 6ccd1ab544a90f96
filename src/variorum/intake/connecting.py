"""One request to one checked address, within bounds of size and time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import (
    HTTPError,
    IncompleteRead,
    NewConnectionError,
    ProtocolError,
    SSLError,
    TimeoutError,
)

from variorum.intake.addresses import Target
from variorum.intake.answers import Answer, Deadline
from variorum.intake.faults import FetchError

_BLOCK = 1 << 16
_PACKED = frozenset({"gzip", "x-gzip"})
_UNDERSTOOD = _PACKED | {"", "identity"}
_GZIP = zlib.MAX_WBITS | 16


def request(
    target: Target,
    address: str,
    *,
    headers: Mapping[str, str],
    deadline: Deadline,
    max_bytes: int,
    cut: bool = False,
    authorities: Path | None = None,
    form: Mapping[str, str] | None = None,
) -> Answer:
    """Get a target from an IP address, with the target's name in Host, in TLS and on the certificate; with a form, post it.

    No redirect is followed, no cookie kept, no proxy asked. `max_bytes` bounds what is received and what becomes of
    it when unpacked; beyond it the answer is cut off with `cut`, else refused. `authorities` is a file of
    certificates to trust in place of the system's.

    Raises `FetchError`: fetch-unreachable, fetch-timeout, fetch-too-large, fetch-cut-short, fetch-encoding.
    """
    with contextlib.ExitStack() as stack:
        pool = stack.enter_context(contextlib.closing(_pool(target, address, authorities)))
        cutter = stack.enter_context(_Cutter.after(deadline.left))
        pool.ConnectionCls = _watched(pool.ConnectionCls, cutter)
        try:
            response = pool.urlopen(
                "GET" if form is None else "POST",
                target.path,
                body=None if form is None else urlencode(form),
                headers={
                    **({} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}),
                    "Host": target.origin.partition("://")[2],
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                    **headers,
                },
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
                timeout=urllib3.Timeout(connect=deadline.left, read=deadline.left),
            )
            stack.enter_context(contextlib.closing(response))
            known = {name.lower(): value for name, value in response.headers.items()}
            is_found = (
                200 <= response.status < 300
            )  # what an error or a redirect has to say besides is not read
            data = _body(response, target, deadline, max_bytes, cut, cutter) if is_found else b""
            return Answer(response.status, known, data)
        except FetchError:
            raise
        except (HTTPError, OSError, ValueError, EOFError, zlib.error) as error:
            raise _fault(error, target, late=cutter.has_cut or not deadline.left) from None


def _pool(target: Target, address: str, authorities: Path | None) -> Any:
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(address, target.port, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        address,
        target.port,
        maxsize=1,
        server_hostname=target.host,
        assert_hostname=target.host,
        ssl_context=ssl.create_default_context(cafile=str(authorities) if authorities else None),
    )


class _Cutter:
    """Cuts a connection at the deadline. Limits of single reads would let a host send a byte now and then for ever."""

    def __init__(self) -> None:
        self.has_cut = False
        self._watched: list[socket.socket] = []

    @classmethod
    @contextlib.contextmanager
    def after(cls, seconds: float) -> Iterator[_Cutter]:
        cutter = cls()
        timer = threading.Timer(seconds, cutter._cut)
        timer.daemon = True
        timer.start()
        try:
            yield cutter
        finally:
            timer.cancel()
            timer.join()
            for each in cutter._watched:
                each.close()

    def watch(self, connection: socket.socket) -> None:
        # A second handle: TLS takes the first one over.
        self._watched.append(connection.dup())

    def _cut(self) -> None:
        self.has_cut = True
        for each in self._watched:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _watched(kind: Any, cutter: _Cutter) -> Any:
    class Watched(kind):  # type: ignore[misc]
        def _new_conn(self) -> socket.socket:
            connection: socket.socket = super()._new_conn()
            cutter.watch(connection)
            return connection

    return Watched


def _body(
    response: urllib3.BaseHTTPResponse,
    target: Target,
    deadline: Deadline,
    max_bytes: int,
    cut: bool,
    cutter: _Cutter,
) -> bytes:
    """The body as it comes, block by block; never more than the limit and one block is held."""
    if response.headers.get("content-encoding", "").strip().lower() not in _UNDERSTOOD:
        raise FetchError(
            f"its encoding {response.headers['content-encoding'][:40]!r} was not asked for",
            where=target.url,
            remedy="save the page with a browser and hand over the file",
            code="fetch-encoding",
        )
    declared = response.headers.get("content-length", "")
    if not cut and declared.isascii() and declared.isdigit() and int(declared[:20]) > max_bytes:
        raise _too_large(target, max_bytes)
    packed = response.headers.get("content-encoding", "").strip().lower() in _PACKED
    unpack = _unpacked if packed else _plain
    data = bytearray()
    for block in unpack(_received(response, target, deadline, max_bytes, cutter)):
        data += block
        if len(data) > max_bytes:
            break
    if cutter.has_cut:
        raise _late(target)
    if len(data) > max_bytes:
        if not cut:
            raise _too_large(target, max_bytes)
        del data[max_bytes:]
    return bytes(data)


def _received(
    response: urllib3.BaseHTTPResponse, target: Target, deadline: Deadline, max_bytes: int, cutter: _Cutter
) -> Iterator[bytes]:
    """The blocks as they come over the line, no more of them than the limit."""
    size = 0
    while size <= max_bytes and (block := response.read1(_BLOCK, decode_content=False)):
        if cutter.has_cut or not deadline.left:
            raise _late(target)
        size += len(block)
        yield block


def _plain(blocks: Iterator[bytes]) -> Iterator[bytes]:
    return blocks


def _unpacked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """What gzip packed, in small pieces, so that a bomb is seen before it goes off. Raises zlib.error, EOFError."""
    unpacker = zlib.decompressobj(_GZIP)
    for block in blocks:
        while block:
            if unpacker.eof:  # gzip may be several packings on end
                unpacker = zlib.decompressobj(_GZIP)
            yield unpacker.decompress(block, _BLOCK)
            block = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise EOFError


def _fault(error: Exception, target: Target, *, late: bool) -> FetchError:
    """An error of the library in our words."""
    if late or (isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError)):
        return _late(target)
    where, remedy = target.url, "check the address, or try again later"
    if isinstance(error, zlib.error):
        return FetchError("its packing is damaged", where=where, remedy=remedy, code="fetch-encoding")
    if isinstance(error, IncompleteRead | EOFError) or (
        isinstance(error, ProtocolError)
        and any(isinstance(cause, http.client.IncompleteRead) for cause in error.args)
    ):
        what = "the answer breaks off before its end"
        return FetchError(what, where=where, remedy=remedy, code="fetch-cut-short")
    what = f"{target.host} cannot be reached"
    if isinstance(error, SSLError):
        what = "no safe connection: its certificate does not hold"
    elif isinstance(error, ProtocolError):
        what = "the connection broke off, or what came is no HTTP"
    return FetchError(what, where=where, remedy=remedy, code="fetch-unreachable")


def _late(target: Target) -> FetchError:
    return FetchError(
        "it did not come whole in time", where=target.url, remedy="try again later", code="fetch-timeout"
    )


def _too_large(target: Target, max_bytes: int) -> FetchError:
    return FetchError(
        f"more than {max_bytes:,} bytes",
        where=target.url,
        remedy="download it and hand over the file, or raise the limit in the settings",
        code="fetch-too-large",
    )
