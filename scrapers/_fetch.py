"""Polite GET: public addresses only, robots.txt first, one visit at a time for each host, limits on time and size.

Everything that the outside world does wrong leaves here as a ``FetchError`` of one plain sentence.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

import httpx2
import stamina

from claims.errors import FetchFault, OutletRefused, TooLarge, UnsafeAddress
from claims.types import Outlet
from scrapers._faults import FOREIGN, PassingFault, refusal, translated, unreadable
from scrapers._guard import check_address
from scrapers._robots import ROBOTS_BYTES, Robots
from scrapers._turns import RETRY_WAIT_MAX_S, Turns

FETCH_TIMEOUT_S = 8.0  # one request, from the first byte sent to the last one read; waiting for the turn not counted
ROBOTS_TIMEOUT_S = 4.0  # a site that needs longer for some lines of text will not bring its page in time either
PAGE_BYTES = 5_000_000  # unpacked
FEED_BYTES = 2_000_000
REDIRECTS_MAX = 5
DRAIN_BYTES = 65_536  # the body of a redirect or refusal is read up to this: the connection can then be used again

PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"})
FEED_KINDS = PAGE_KINDS | {
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"),
    *("application/json", "application/gzip", "application/x-gzip", "application/octet-stream"),
}


class Orders(Protocol):
    """What the admins have set for the way to the web; it may change at any time."""

    def is_closed(self, link: str) -> bool:
        """Whether an address was taken down: it is not asked for, and nothing of it is given on."""
        ...

    def pause_s(self, host: str) -> float:
        """Seconds between two visits to a host, at least; 0 for nothing of its own."""
        ...


class NoOrders:
    """Nobody has set anything."""

    def is_closed(self, link: str) -> bool:
        """Nothing is."""
        return False

    def pause_s(self, host: str) -> float:
        """None."""
        return 0.0


def closed(link: str) -> OutletRefused:
    """The error of an address that was taken down."""
    reason = "This page is not read any more: its publisher asked for that. Send a link to another outlet's article."
    return OutletRefused(reason, link=link)


@dataclass(frozen=True, slots=True)
class Known:
    """What an address said of its last answer's state (RFC 9110, 8.8); sent back, it need not send the same again."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The conditions of a request."""
        conditions = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in conditions.items() if value}


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave. ``url`` is the address after redirects."""

    url: str
    body: bytes
    content_type: str | None
    state: Known = NOTHING_KNOWN
    unchanged: bool = False  #: nothing new since the state that the request named; then the body is empty


@dataclass(frozen=True, slots=True)
class _Request:
    url: httpx2.URL
    link: str  # as the reader gave it: the address that errors carry
    _: KW_ONLY
    kinds: frozenset[str] | None  # content types that are of use, None for any
    limit: int  # bytes, unpacked
    robots: bool = False
    form: Mapping[str, str] | None = None
    known: Known | None = None  # None: by the cache, if there is one


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    page: Page
    location: str | None  # where a redirect leads
    wait_s: float  # what Retry-After asks for, 0 for nothing


class Fetcher:
    """The only way from here to the web. ``exempt`` tells the hosts that the wiring mounts on a loopback site.

    ``direct`` is a client without a cache, for requests that carry conditions of their own.
    """

    def __init__(
        self,
        client: httpx2.AsyncClient,
        turns: Turns,
        *,
        now: Callable[[], datetime],
        exempt: Callable[[str], bool] = lambda host: False,
        direct: httpx2.AsyncClient | None = None,
        orders: Orders | None = None,
    ) -> None:
        self._client = client
        self._direct = direct or client
        self._turns = turns
        self.now = now
        self._exempt = exempt
        self._orders = orders or NoOrders()
        self._robots = Robots(self._robots_text, now=now)

    def is_mounted(self, link: str) -> bool:
        """Whether the link leads to a site that the wiring serves itself."""
        return self._exempt(httpx2.URL(link).host)

    def is_closed(self, link: str, *, outlet: Outlet | None = None) -> bool:
        """Whether an admin has taken the address down, or all of the outlet."""
        homes = (f"https://{domain}/" for domain in outlet.domains) if outlet else ()
        return any(self._orders.is_closed(one) for one in (link, *homes))

    def wait_s(self, link: str) -> float:
        """Seconds until the host of the link may be visited again."""
        return self._turns.place(httpx2.URL(link).host).free_at - asyncio.get_running_loop().time()

    async def aclose(self) -> None:
        """End all reading."""
        await self._robots.aclose()
        await self._client.aclose()
        await self._direct.aclose()

    async def get(
        self,
        link: str,
        *,
        kinds: frozenset[str] = PAGE_KINDS,
        limit: int = PAGE_BYTES,
        patient: bool = True,
        pause_s: float = 0.0,
        known: Known | None = None,
    ) -> Page:
        """The page behind a link, redirects followed. Not ``patient``: no second try after a passing fault.

        ``pause_s`` is a pause between two visits that this host is known to want, beyond what everybody gets.
        ``known`` is the state of an earlier answer; with it (an empty one counts) no cache is asked.

        Raises:
            FetchError: one of its kinds, with ``link`` as it was given.
        """
        url, seen = self._checked(link, link), set[httpx2.URL]()
        # without cookies an address answers the same again: one seen before is a circle, not worth its pauses
        while url not in seen and len(seen) <= REDIRECTS_MAX and not _rounds(url, seen):
            seen.add(url)
            await self._allowed(url, link, pause_s=pause_s)
            request = _Request(url, link, kinds=kinds, limit=limit, known=known)
            answer = await self._visit(request, attempts=2 if patient else 1)
            if answer.location is None:
                return answer.page
            url = self._next(url, answer.location, link)
        raise FetchFault(f"{url.host} sends the reader round in a circle; open the page and send its text.", link=link)

    async def sitemaps(self, link: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the link's site names. Raises FetchError."""
        rules = await self._robots.check(self._checked(link, link), link)
        return tuple(rules.parsed.sitemaps)

    def is_exempt(self, link: str) -> bool:
        """Whether a link's host is one of our own on the loopback."""
        return self._exempt((urlsplit(link).hostname or "").lower())

    async def post(self, link: str, form: Mapping[str, str]) -> Page:
        """The answer to a form, where robots.txt allows it. Redirects are not followed.

        Raises:
            FetchError: one of its kinds.
        """
        url = self._checked(link, link)
        await self._allowed(url, link)
        answer = await self._visit(_Request(url, link, kinds=FEED_KINDS, limit=FEED_BYTES, form=form), attempts=1)
        if answer.location is not None:
            raise FetchFault(
                f"{url.host} no longer answers this question; open the link and send the page's own.", link=link
            )
        return answer.page

    def _checked(self, address: str, link: str) -> httpx2.URL:
        try:
            url = check_address(address, exempt=self._exempt)
        except UnsafeAddress as error:
            if address == link:
                raise
            reason = "The link leads on to an address that is no public web page; send the link of the page itself."
            raise UnsafeAddress(reason, link=link) from error
        if self.is_closed(str(url)):
            raise closed(link)
        return url

    def _next(self, url: httpx2.URL, location: str, link: str) -> httpx2.URL:
        try:
            target = url.join(location).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError) as error:
            raise FetchFault(
                f"{url.host} sends the reader on to an address that cannot be read; open the page and send its text.",
                link=link,
            ) from error
        if url.scheme == "https" and target.scheme == "http":
            raise UnsafeAddress(
                f"{url.host} sends the reader on to an unprotected address; open the page and send its text.", link=link
            )
        return self._checked(str(target), link)

    async def _allowed(self, url: httpx2.URL, link: str, *, pause_s: float = 0.0) -> None:
        rules = await self._robots.check(url, link)
        place = self._turns.place(url.host)
        place.pause_s = 0.0 if self._exempt(url.host) else max(place.pause_s, rules.delay_s, pause_s)

    async def _robots_text(self, address: str) -> str:
        url = httpx2.URL(address)
        for _ in range(REDIRECTS_MAX + 1):
            answer = await self._visit(_Request(url, address, kinds=None, limit=ROBOTS_BYTES, robots=True), attempts=2)
            if answer.location is None:
                return answer.page.body.decode("utf-8", "replace")
            url = self._next(url, answer.location, address)
        return ""  # RFC 9309: behind more than five redirects there is no robots.txt

    async def _visit(self, request: _Request, *, attempts: int) -> _Answer:
        """The answer of one address. What there is to wait between two attempts, the host's turn waits."""
        context = stamina.retry_context(
            on=PassingFault, attempts=attempts, timeout=None, wait_initial=0, wait_max=0, wait_jitter=0
        )
        async for attempt in context:
            with attempt:
                answer = await self._once(request)
                if request.robots and answer.status < 500 and answer.status != 429:
                    return answer  # a site without robots.txt, or with a closed one, forbids nothing
                longest = 0.0 if request.robots else RETRY_WAIT_MAX_S
                soon = answer.wait_s <= longest and (answer.status != 429 or answer.wait_s > 0)
                if error := refusal(answer.status, host=request.url.host, link=request.link, soon=soon):
                    raise error
                return answer
        raise AssertionError("a retry ends with an answer or an error")

    async def _once(self, request: _Request) -> _Answer:
        loop = asyncio.get_running_loop()
        method = "GET" if request.form is None else "POST"
        client, headers = (self._client, None) if request.known is None else (self._direct, request.known.headers)
        async with self._turns.turn(request.url.host, request.link, visit=not request.robots) as place:
            visited_at = loop.time()
            try:
                async with (
                    asyncio.timeout(ROBOTS_TIMEOUT_S if request.robots else FETCH_TIMEOUT_S),
                    client.stream(method, request.url, data=request.form, headers=headers) as response,
                ):
                    # the pause counts from the first byte of the answer: the host has seen the request before that
                    visited_at = loop.time()
                    answer = await _read(response, request, now=self.now())
            except FOREIGN as error:
                raise translated(error, host=request.url.host, link=request.link) from error
            finally:
                if not request.robots:
                    place.free_at = visited_at + max(place.pause_s, self._orders.pause_s(request.url.host))
            if answer.wait_s:
                place.free_at = max(place.free_at, visited_at + answer.wait_s)
            return answer


def _rounds(url: httpx2.URL, seen: set[httpx2.URL]) -> bool:
    """Whether a page only changes its own parameters, again and again."""
    return sum((one.host, one.path) == (url.host, url.path) for one in seen) > REDIRECTS_MAX - 1


async def _read(response: httpx2.Response, request: _Request, *, now: datetime) -> _Answer:
    """Status and body; only a success has a body worth keeping."""
    headers, body = response.headers, b""
    if response.is_success:
        body = await _body(response, request)
    elif (promised := _promised(headers)) is not None and promised <= DRAIN_BYTES:
        async for _ in response.aiter_raw():
            pass
    return _Answer(
        status=response.status_code,
        page=Page(
            str(request.url),
            body,
            headers.get("content-type"),
            state=Known(headers.get("etag"), headers.get("last-modified")),
            unchanged=response.status_code == HTTPStatus.NOT_MODIFIED,
        ),
        location=headers["location"] if response.has_redirect_location else None,
        wait_s=_retry_after(headers.get("retry-after", ""), now) if response.status_code in (429, 503) else 0.0,
    )


async def _body(response: httpx2.Response, request: _Request) -> bytes:
    host, link = request.url.host, request.link
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.kinds is not None and kind and kind not in request.kinds:
        raise unreadable(kind, host=host, link=link)
    too_large = TooLarge(
        f"The page at {host} is larger than {request.limit // 1_000_000} MB; open it and send its text.", link=link
    )
    if not request.robots and (_promised(response.headers) or 0) > request.limit:
        raise too_large
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > request.limit:
            if request.robots:  # the beginning is enough
                return bytes(body)
            raise too_large
    if not _unpacked_whole(response):
        raise FetchFault(f"{host} sent only a part of the page; try again later.", link=link)
    return bytes(body)


def _promised(headers: httpx2.Headers) -> int | None:
    """The length that is announced, in bytes as sent; None where none is."""
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _unpacked_whole(response: httpx2.Response) -> bool:
    """Whether a gzip body came to its end. httpx2 takes half a stream for a whole one and has no public way to ask."""
    decoder = getattr(getattr(getattr(response, "_decoder", None), "decompressor", None), "decompressor", None)
    return bool(getattr(decoder, "eof", True))


def _retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After asks for; 0 for none or one that makes no sense."""
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
