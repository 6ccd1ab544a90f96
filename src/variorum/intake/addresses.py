"""Which addresses may be fetched from: http(s) only, and only what lies on the open internet.

A page can send a reader anywhere, so a name or a redirect must not lead into the network that the reader runs in.
What counts is the address that is connected to: it is resolved once, checked, and the connection goes to it.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from variorum.intake.faults import FetchError

Resolve = Callable[[str, int], Sequence[str]]
"""A host's name and a port → its IP addresses, best first. Raises OSError where there are none."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_PORTS = {"http": 80, "https": 443}
_OPEN_IPV6 = ipaddress.ip_network("2000::/3")
_TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16", "192.88.99.0/24")))
"""Addresses that carry an IPv4 address inside (Teredo, 6to4): what they lead to is not what they look like."""

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the web taken apart once: everything after goes by these parts, never by the text again."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port as a URL without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.path


def is_address(name: str) -> bool:
    """Whether an input is an address of the web rather than the name of a file."""
    return name[:8].lower().startswith(("http://", "https://"))


def target_of(url: str, base: Target | None = None) -> Target:
    """The parts of an address, or of one relative to another. Raises `FetchError` fetch-bad-address."""
    from urllib3.exceptions import LocationParseError  # a library that only fetching needs
    from urllib3.util import parse_url

    try:
        whole = urljoin(base.url, url) if base else url
        parts = parse_url(whole)
    except (LocationParseError, ValueError):
        raise _bad("is no address of the web", url) from None
    if len(whole) > _LONGEST or any(ord(character) < 33 or ord(character) == 127 for character in whole):
        raise _bad("is too long, or has spaces or control characters in it", url)
    if parts.scheme not in _PORTS:
        raise _bad("is not http or https", url)
    if parts.auth is not None:
        raise _bad("has a name or password in it", f"{parts.scheme}://…@{parts.host}")
    host = (parts.host or "").strip("[]").rstrip(".").lower()
    if not host or not host.isascii():
        raise _bad("names no host", url)
    port = parts.port if parts.port is not None else _PORTS[parts.scheme]
    if not 0 < port < 65536:
        raise _bad("names no port that there is", url)
    return Target(parts.scheme, host, port, parts.request_uri)


def addresses_of(
    target: Target, resolve: Resolve, *, allowed: Sequence[Network], seconds: float
) -> list[str]:
    """The IP addresses of a target that may be connected to, in the resolver's order.

    `allowed` are networks that may be reached though they are special. Raises `FetchError` fetch-refused-address where no
    other is left, fetch-no-host, fetch-timeout.
    """
    try:
        found = [str(ipaddress.ip_address(target.host))]
    except ValueError:
        found = _resolved(target, resolve, seconds)
    reachable = [address for address in found if is_open(address) or _is_within(address, allowed)]
    if not reachable:
        way = target.host if target.host == found[0] else f"{target.host} leads to {found[0]}, which"
        raise FetchError(
            f"{way} is no address of the open internet",
            where=target.url,
            remedy="save the page and hand over the file, or allow its network in the settings",
            code="fetch-refused-address",
        )
    return reachable


def is_open(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, loopback, link-local, multicast, reserved.

    Source: the IANA registries of special-purpose addresses, as Python's `ipaddress` has them; of IPv6 only global
    unicast, without the tunnels that carry IPv4 addresses.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    if known.version == 6 and known not in _OPEN_IPV6:
        return False
    if any(known.version == tunnel.version and known in tunnel for tunnel in _TUNNELS):
        return False
    return known.is_global and not (known.is_multicast or known.is_reserved or known.is_unspecified)


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    known = ipaddress.ip_address(address)
    return any(known.version == network.version and known in network for network in networks)


def _resolved(target: Target, resolve: Resolve, seconds: float) -> list[str]:
    """What the resolver says, asked in a thread of its own: the system's has no time limit."""
    answers: list[list[str] | Exception] = []

    def ask() -> None:
        try:
            answers.append([str(ipaddress.ip_address(each)) for each in resolve(target.host, target.port)])
        except (OSError, ValueError) as error:  # ValueError: a name with a label too long
            answers.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(0.0, seconds))
    if not answers:
        raise FetchError(
            "the name of its host was not found in time",
            where=target.url,
            remedy="try again later",
            code="fetch-timeout",
        )
    (answer,) = answers
    if isinstance(answer, Exception) or not answer:
        raise FetchError(
            f"there is no host {target.host}",
            where=target.url,
            remedy="check the address and the connection to the network",
            code="fetch-no-host",
        )
    return answer


def _bad(what: str, url: str) -> FetchError:
    shown = "".join(character if character.isprintable() else "�" for character in url[:200])
    return FetchError(
        f"the address {what}",
        where=shown,
        remedy="give a whole address that begins with https:// or http://",
        code="fetch-bad-address",
    )
