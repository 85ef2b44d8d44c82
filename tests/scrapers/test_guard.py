"""No address that a reader or a site gives leads anywhere but to the public web."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from socket import gaierror
from typing import Any

import httpcore2
import httpx2
import pytest

from claims.errors import FetchError, FetchFault, PageGone, UnsafeAddress
from scrapers._fetch import Fetcher
from scrapers._guard import GuardedBackend, NotPublic, check_address, guard, is_public
from scrapers._turns import Turns

PUBLIC = "93.184.215.14"

UNSAFE = [
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://printer.local/",
    "http://db.internal/",
    "http://router/",
    "http://newsworld.test/stats",
    "http://127%2e0.0.1/",
    "http://１２７.０.０.１/",
    "http://user@news.example/",
    "http://news.example\\@127.0.0.1/",
    "http://news.example:22/",
    "https://news.example:8443/",
    "file:///etc/passwd",
    "ftp://news.example/",
    "gopher://news.example/",
    "//news.example/",
    "http:///path",
    "http://a..example/",
    "http://[::1",
    "javascript:alert(1)",
    "not a link",
    "",
]


@pytest.mark.parametrize("link", UNSAFE)
def test_unsafe_addresses_are_refused_with_a_sentence(link: str) -> None:
    with pytest.raises(UnsafeAddress) as refused:
        check_address(link)
    assert refused.value.link == link
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.news.example/a?b=1", "www.news.example"),
        ("HTTPS://News.Example:443/", "news.example"),
        ("http://news.example:80/", "news.example"),
        ("https://küstenblatt.example/", "xn--kstenblatt-9db.example"),
        ("https://a_b.news.example/", "a_b.news.example"),
        ("https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_outlets_are_let_through(link: str, host: str) -> None:
    assert check_address(link).raw_host.decode() == host


def test_mounted_hosts_skip_the_look_at_the_name_and_nothing_else() -> None:
    assert check_address("http://printer.local/", exempt={"printer.local"}.__contains__).host == "printer.local"
    with pytest.raises(UnsafeAddress):
        check_address("http://printer.local:22/", exempt={"printer.local"}.__contains__)


CLOSED = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192
    192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1
    2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 fd00::1 fe80::1 fec0::1 ff02::1
"""


@pytest.mark.parametrize("address", CLOSED.split())
def test_closed_ranges(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "172.32.0.1", "::ffff:8.8.8.8", "2a00:1450:4001::1"])
def test_open_ranges(address: str) -> None:
    assert is_public(ip_address(address))


MISSING = "404 Not Found\r\ncontent-length: 0\r\n\r\n"


class Connector(httpcore2.AsyncNetworkBackend):
    """Notes where a connection is wanted, and makes it to a server on the loopback instead."""

    def __init__(self, port: int, *, dead: Iterable[str] = ()) -> None:
        self.port, self.dead, self.wanted = port, set(dead), list[str]()

    async def connect_tcp(self, host: str, port: int, *rest: Any) -> httpcore2.AsyncNetworkStream:
        self.wanted.append(host)
        if host in self.dead:
            raise httpcore2.ConnectError("no route")
        return await httpcore2.AnyIOBackend().connect_tcp("127.0.0.1", self.port)


class Names:
    """A resolver whose answers are given, one after the other; the last one stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}

    async def __call__(self, host: str, port: int) -> list[str]:
        given = self.answers[host]
        return given.pop(0) if len(given) > 1 else given[0]


@asynccontextmanager
async def site(pages: dict[str, str]) -> AsyncIterator[int]:
    """A server on the loopback: path -> the whole answer after the status line's version."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        writer.write(f"HTTP/1.1 {pages.get(path, MISSING)}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def guarded(names: Any, connector: Connector) -> AsyncIterator[Fetcher]:
    transport = guard(httpx2.AsyncHTTPTransport(trust_env=False), GuardedBackend(resolve=names, inner=connector))
    client = httpx2.AsyncClient(transport=transport, trust_env=False)
    fetcher = Fetcher(client, Turns(pause_s=0.0), now=lambda: datetime(2025, 3, 3, tzinfo=UTC))
    try:
        yield fetcher
    finally:
        await fetcher.aclose()


PAGE = "200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n<p>hello</p>"


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    async with site({"/a": PAGE}) as port:
        connector = Connector(port)
        async with guarded(Names(news_example=[[PUBLIC]]), connector) as fetcher:
            page = await fetcher.get("http://news.example/a")
    assert page.body == b"<p>hello</p>"
    assert set(connector.wanted) == {PUBLIC}


async def test_an_unreachable_address_does_not_hide_a_working_one() -> None:
    async with site({"/a": PAGE}) as port:
        connector = Connector(port, dead=["2a00:1450:4001::1"])
        async with guarded(Names(news_example=[["2a00:1450:4001::1", PUBLIC]]), connector) as fetcher:
            assert (await fetcher.get("http://news.example/a")).body


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["::1"], [PUBLIC, "10.0.0.1"], ["::ffff:192.168.0.1"], []])
async def test_a_name_for_a_closed_address_is_refused_before_any_connection(answer: list[str]) -> None:
    async with site({"/a": PAGE}) as port:
        connector = Connector(port)
        async with guarded(Names(news_example=[answer]), connector) as fetcher:
            with pytest.raises(UnsafeAddress) as refused:
                await fetcher.get("http://news.example/a")
    assert refused.value.link == "http://news.example/a"
    assert connector.wanted == []


async def test_a_name_that_changes_its_address_is_checked_again() -> None:
    async with site({"/a": PAGE}) as port:
        connector = Connector(port)
        names = Names(news_example=[[PUBLIC], [PUBLIC], ["127.0.0.1"]])  # robots.txt, the page, the page again
        async with guarded(names, connector) as fetcher:
            await fetcher.get("http://news.example/a")
            with pytest.raises(UnsafeAddress):
                await fetcher.get("http://news.example/a")
    assert set(connector.wanted) == {PUBLIC}


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://inside.example/", "file:///etc/passwd", "http://news.example:22/"]
)
async def test_a_redirect_to_a_closed_address_is_not_followed(target: str) -> None:
    async with site({"/a": f"302 Found\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n"}) as port:
        connector = Connector(port)
        async with guarded(Names(news_example=[[PUBLIC]], inside_example=[["10.0.0.7"]]), connector) as fetcher:
            with pytest.raises(UnsafeAddress) as refused:
                await fetcher.get("http://news.example/a")
    assert refused.value.link == "http://news.example/a"
    assert set(connector.wanted) == {PUBLIC}


async def test_other_ports_are_refused_by_the_backend_too() -> None:
    backend = GuardedBackend(resolve=Names(news_example=[[PUBLIC]]), inner=Connector(9))
    with pytest.raises(NotPublic):
        await backend.connect_tcp("news.example", 22)


async def test_a_client_that_hides_its_backend_is_not_used() -> None:
    async with httpx2.AsyncHTTPTransport(trust_env=False) as transport:
        del transport._pool._network_backend
        with pytest.raises(RuntimeError, match="guard"):
            guard(transport, GuardedBackend())


async def unknown(host: str, port: int) -> list[str]:
    raise gaierror(-2, "Name or service not known")


@pytest.mark.parametrize(("names", "kind"), [(unknown, PageGone), (Names(news_example=[[PUBLIC]]), FetchFault)])
async def test_an_unknown_host_is_gone_and_a_closed_door_a_fault(names: Any, kind: type[FetchError]) -> None:
    async with guarded(names, Connector(9, dead=[PUBLIC])) as fetcher:
        with pytest.raises(kind, match=r"news\.example"):
            await fetcher.get("http://news.example/a")


async def test_a_refusal_without_end_is_understood_from_its_first_line() -> None:
    endless = "404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"
    async with site({"/a": endless}) as port, guarded(Names(news_example=[[PUBLIC]]), Connector(port)) as fetcher:
        with pytest.raises(PageGone):
            await fetcher.get("http://news.example/a")
