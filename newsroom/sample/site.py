"""The site of the sample story: a loopback HTTP proxy that answers for the invented outlets' hosts, and for no other.

It is fetched through the same scrapers as the real web: robots.txt, feeds, pages with structured data, one outlet that
is closed to programs and one that changes its text silently after the first reading. Texts: ``story.toml``.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from claims.types import Outlet
from newsroom.sample.pages import Piece, feed, home, host_of, page, pieces_at

REQUEST_MAX = 16 * 1024  # bytes of a request's head; a scraper's is below 1 kB
REQUEST_S = 5.0  # a client on the same machine that sends nothing for so long is gone

_ROBOTS = "User-agent: *\nDisallow: /account/\n"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSite:
    """Where the sample story is served, and what there is to ask about."""

    proxy: str  #: address of the loopback proxy: "http://127.0.0.1:49152"
    hosts: tuple[str, ...]  #: the hosts that it answers for
    outlets: tuple[Outlet, ...]  #: the invented outlets, each with its feed
    links: tuple[tuple[str, str], ...]  #: (title, address) of the articles worth asking about, best first


@dataclass(frozen=True, slots=True)
class _Response:
    status: HTTPStatus
    body: str = ""
    kind: str = "text/plain; charset=utf-8"
    location: str | None = None


@asynccontextmanager
async def sample_site(now: datetime) -> AsyncIterator[SampleSite]:
    """Serve the sample on a free loopback port until the block ends. ``now`` is aware UTC; articles are hours older."""
    pieces = pieces_at(now)
    shelf = _Shelf(pieces)
    server = await asyncio.start_server(partial(_serve, shelf), "127.0.0.1", 0, limit=REQUEST_MAX)
    async with server:
        port = server.sockets[0].getsockname()[1]
        outlets = tuple(dict.fromkeys(piece.outlet for piece in pieces))
        yield SampleSite(
            proxy=f"http://127.0.0.1:{port}",
            hosts=tuple(f"{prefix}{outlet.domains[0]}" for outlet in outlets for prefix in ("www.", "")),
            outlets=outlets,
            links=tuple((piece.title, piece.url) for piece in pieces if piece.offered),
        )


class _Shelf:
    """What is answered to a request: pages, feeds, home pages, robots.txt. Remembers which pages have been read."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self._by_url = {piece.url: piece for piece in pieces}
        self._by_host: dict[str, list[Piece]] = {}
        for piece in pieces:
            self._by_host.setdefault(host_of(piece.outlet), []).append(piece)
        self._read: set[str] = set()

    def answer(self, target: str) -> _Response:
        """The response to a GET for an absolute http address."""
        parts = urlsplit(target)
        host, path = parts.hostname or "", parts.path or "/"
        if f"www.{host}" in self._by_host:
            return _Response(HTTPStatus.MOVED_PERMANENTLY, location=f"http://www.{host}{path}")
        pieces = self._by_host.get(host)
        if not pieces:
            return _Response(HTTPStatus.BAD_GATEWAY, "This proxy serves the sample story only.\n")
        outlet = pieces[0].outlet
        if path == "/robots.txt":
            return _Response(HTTPStatus.OK, _ROBOTS)
        if path == "/rss.xml":
            return _Response(HTTPStatus.OK, feed(outlet, pieces), "application/rss+xml")
        if path == "/":
            return _Response(HTTPStatus.OK, home(outlet, pieces), _HTML)
        piece = self._by_url.get(f"http://{host}{path}")
        return self._page(piece, pieces) if piece else _Response(HTTPStatus.NOT_FOUND, "No such page.\n")

    def _page(self, piece: Piece, pieces: Sequence[Piece]) -> _Response:
        if piece.closed:
            return _Response(HTTPStatus.UNAUTHORIZED, "Please enable JavaScript and sign in.\n")
        edited = piece.url in self._read
        self._read.add(piece.url)
        others = [other for other in pieces if other is not piece]
        return _Response(HTTPStatus.OK, page(piece, others, edited=edited), _HTML)


async def _serve(shelf: _Shelf, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        async with asyncio.timeout(REQUEST_S):
            head = await reader.readuntil(b"\r\n\r\n")
        request, *fields = head.decode("latin-1").split("\r\n")
        method, target, _ = request.split(" ", 2)
        response = shelf.answer(target) if method == "GET" else _Response(HTTPStatus.METHOD_NOT_ALLOWED)
        writer.write(_bytes(response, fields))
        await writer.drain()
    except (TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        pass  # not a request, or a client that went away: nobody to answer
    finally:
        writer.close()


def _bytes(response: _Response, fields: Iterable[str]) -> bytes:
    content = response.body.encode()
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    asked = {name.strip().lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
    status = response.status
    if status is HTTPStatus.OK and asked.get("if-none-match") == tag:
        status, content = HTTPStatus.NOT_MODIFIED, b""
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Content-Type: {response.kind}",
        f"Content-Length: {len(content)}",
        f"ETag: {tag}",
        "Cache-Control: no-cache",  # keep, but ask again: a page may have been edited
        "Connection: close",
    ]
    if response.location:
        lines.append(f"Location: {response.location}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content
