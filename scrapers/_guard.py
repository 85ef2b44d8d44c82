"""The address guard: only public web hosts are reached, whatever a link or a redirect says.

Two locks. ``check_address`` looks at an address before any request: scheme, port, user part, names and numbers.
``GuardedBackend`` looks at what the name resolves to, once, and connects to exactly the addresses it has checked, so a
name that changes its answer between the check and the connection gains nothing. With an egress proxy the proxy
resolves, and only the first lock is ours.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from typing import Any

import httpcore2
import httpx2

from claims.errors import UnsafeAddress

PORTS = frozenset({80, 443})  # where the web is; anything else is a door to some other service

# Special-purpose IPv4 blocks (IANA registry, RFC 6890): never a news site. ``ipaddress.is_global`` of Python 3.11.7
# calls 192.0.0.192 and 224.0.0.1 global, so the list is our own.
_CLOSED_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
# IPv6: global unicast is 2000::/3 alone; within it protocol assignments with Teredo, documentation and 6to4 are closed.
# NAT64, site-local, link-local, unique-local, ::/96 and loopback lie outside.
_OPEN_V6 = ip_network("2000::/3")
_CLOSED_V6 = tuple(ip_network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))

# Names that never stand in public DNS: RFC 6761, 6762, 8375, 9476, and what routers hand out.
_INTERNAL_ENDS = (
    *("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private"),
    *("test", "invalid", "onion", "arpa", "alt"),
)
# A name that DNS can hold and whose last label is no number: 127.1, 0x7f.1, 2130706433 and [::1] all fail here.
_PUBLIC_NAME = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)


class NotPublic(Exception):
    """A host resolves to an address that is not public, or the port is closed. Translated by the fetcher."""


def check_address(link: str, *, exempt: Callable[[str], bool] = lambda host: False) -> httpx2.URL:
    """The address, parsed as the client will parse it. No numeric host is let through, public or not.

    ``exempt`` tells the hosts whose names are not looked at, because the wiring has mounted them.

    Raises:
        UnsafeAddress: another scheme than http(s), a user part, a port other than 80 and 443, a host that is a number,
            has a single label or an internal ending.
    """
    try:
        address = httpx2.URL(link)
    except (httpx2.InvalidURL, ValueError) as error:
        raise UnsafeAddress("This is not a web address; check the link and send it again.", link=link) from error
    host = address.raw_host.decode("ascii", "replace").lower().rstrip(".")
    if address.scheme not in ("http", "https"):
        raise UnsafeAddress("Only links that begin with http:// or https:// can be read; send such a one.", link=link)
    if address.userinfo or address.port not in (None, *PORTS):
        raise UnsafeAddress("Links with a user name or an unusual port are not opened; send the plain link.", link=link)
    if exempt(host):
        return address
    if not _PUBLIC_NAME.fullmatch(host) or host.rpartition(".")[2] in _INTERNAL_ENDS:
        raise UnsafeAddress(f"{host or 'This'} is not a public web host; send a link to a news page.", link=link)
    return address


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether packets to this address leave for the public internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return address in _OPEN_V6 and not any(address in block for block in _CLOSED_V6)
        address = address.ipv4_mapped
    return not any(address in block for block in _CLOSED_V4)


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver, in its order. Raises OSError, UnicodeError.

    Each look-up has a thread of its own that nobody waits for at the end: on a dead network one may hang for half a
    minute, and in the loop's few worker threads it would hold up the parsers and the end of the process.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            tell(_settle, answer, error)
        else:
            tell(_settle, answer, list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    def tell(*call: Any) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(*call)

    Thread(target=look_up, daemon=True).start()
    return await answer


def _settle(answer: asyncio.Future[list[str]], found: list[str] | Exception) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections to public addresses only: resolves once, checks every answer, connects to what was checked.

    One closed address among several refuses the host: a mixed answer is an attack or a mistake, never a news site.
    """

    def __init__(
        self,
        *,
        resolve: Callable[[str, int], Awaitable[list[str]]] = resolve,
        inner: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._resolve = resolve
        self._inner = inner or httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base class has it so
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first checked address that answers. Raises NotPublic, httpcore2.ConnectError."""
        if port not in PORTS:
            raise NotPublic(f"port {port}")
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(str(error)) from error
        if not addresses or not all(is_public(ip_address(address)) for address in addresses):
            raise NotPublic(host)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue  # an unreachable IPv6 address must not hide a working IPv4 one
        return await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


def guard(transport: httpx2.AsyncHTTPTransport, backend: GuardedBackend) -> httpx2.AsyncHTTPTransport:
    """The transport with its connections made by the backend. httpx2 has no public way to pass one in.

    Raises:
        RuntimeError: this httpx2 keeps its backend elsewhere; no request may be made then.
    """
    pool = transport._pool
    if not isinstance(getattr(pool, "_network_backend", None), httpcore2.AsyncNetworkBackend):
        raise RuntimeError(
            "This httpx2 hides its network backend: the address guard cannot be put in. Pin httpx2 2.16."
        )
    pool._network_backend = backend
    return transport
