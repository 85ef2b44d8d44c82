"""The web as the collector sees it: what an outlet lists, and its pages, each asked for with the state last seen.

The same manners as everywhere (``scrapers._fetch``), no second try and no cache: the collector comes again by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from lxml import etree, html

from claims.errors import FetchError, FetchFault, FetchTimeout, RobotsRefused
from claims.types import Article, Outlet
from scrapers._feeds import Feed, Item, feed_of
from scrapers._fetch import FEED_BYTES, FEED_KINDS, NOTHING_KNOWN, Fetcher, Known, Page
from scrapers._links import tidy

__all__ = ["Item", "Known", "Listing", "Read", "Sources"]

FOUND_MAX = 6  # feeds taken from a home page: beyond it come sections and comments
HOME_KINDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a source lists at the moment; no items where it has not changed since the state that was named."""

    items: tuple[Item, ...] = ()
    known: Known = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page as it is at the moment; ``article`` is None where it has not changed since the state that was named."""

    article: Article | None
    known: Known


class Sources:
    """Made by ``Web``. ``extract`` makes a page into an article."""

    def __init__(self, fetcher: Fetcher, *, extract: Callable[[Page, str], Awaitable[Article]]) -> None:
        self._fetcher = fetcher
        self._extract = extract
        self._core = asyncio.Semaphore(1)  # collecting may keep one core busy; the others are for readers

    def is_mounted(self, outlet: Outlet) -> bool:
        """Whether the outlet is one that the wiring serves itself."""
        return self._fetcher.is_mounted(f"https://{outlet.domains[0]}/")

    def wait_s(self, link: str) -> float:
        """Seconds until the host of the link may be visited again."""
        return self._fetcher.wait_s(link)

    async def listing(self, link: str, known: Known) -> Listing:
        """What a feed or a sitemap lists; of an index, what its first file does.

        Raises:
            FetchError: it cannot be read, or is none.
        """
        page = await self._get(link, known)
        if page.unchanged:
            return Listing(known=known)
        feed = await self._feed(page, link)
        if feed.children:  # an index may stay the same while its files change: it is asked without conditions
            feed = await self._feed(await self._get(feed.children[0], NOTHING_KNOWN), link)
            return Listing(items=self._of_use(feed))
        return Listing(items=self._of_use(feed), known=page.state)

    async def article(self, link: str, known: Known) -> Read:
        """The article at an address that an outlet listed.

        Raises:
            FetchError: one of its kinds.
        """
        page = await self._fetcher.get(link, patient=False, known=known)
        if page.unchanged:
            return Read(article=None, known=known)
        async with self._core:
            return Read(article=await self._extract(page, tidy(page.url)), known=page.state)

    async def is_open(self, outlet: Outlet) -> bool:
        """Whether the outlet's robots.txt lets us onto its home page. Raises FetchError where it cannot be read."""
        try:
            await self._fetcher.sitemaps(f"https://{outlet.domains[0]}/")
        except RobotsRefused:
            return False
        return True

    async def found(self, outlet: Outlet) -> tuple[str, ...]:
        """The feeds that an outlet's home page links to and the sitemaps that its robots.txt names.

        Where the page cannot be read, its sitemaps of news; where it is not for us, any.

        Raises:
            FetchError: neither can be read.
        """
        home = f"https://{outlet.domains[0]}/"
        try:
            page = await self._fetcher.get(home, patient=False, known=NOTHING_KNOWN)
        except FetchError as error:
            if error.unreached:
                raise
            named = await self._fetcher.sitemaps(home)
            passing = isinstance(error, FetchFault | FetchTimeout)
            if found := _of_news(named) or ([] if passing else named):
                return tuple(found)[:FOUND_MAX]
            raise
        async with self._core:
            feeds = await asyncio.to_thread(_feeds_in, page)
        named = await self._fetcher.sitemaps(page.url)
        news = _of_news(named)
        return tuple(dict.fromkeys((*feeds, *(news or ([] if feeds else named)))))[:FOUND_MAX]

    def _of_use(self, feed: Feed) -> tuple[Item, ...]:
        """Without addresses of which a sitemap says nothing at all (those are no news), and those taken down."""
        told = (replace(item, url=tidy(item.url)) for item in feed.items if item.title or item.published_at)
        return tuple(item for item in told if not self._fetcher.is_closed(item.url))

    async def _get(self, link: str, known: Known) -> Page:
        return await self._fetcher.get(link, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False, known=known)

    async def _feed(self, page: Page, link: str) -> Feed:
        async with self._core:
            return await asyncio.to_thread(feed_of, page.body, link, now=self._fetcher.now(), untitled=True)


def _of_news(sitemaps: Sequence[str]) -> list[str]:
    return [link for link in sitemaps if "news" in link.lower()]


def _feeds_in(page: Page) -> list[str]:
    """The addresses of feeds that a page's head links to, in order."""
    try:
        tree = html.document_fromstring(page.body)
    except (etree.LxmlError, ValueError):
        return []
    return [link for link in _alternates(tree, page.url) if link.startswith(("http://", "https://"))]


def _alternates(tree: html.HtmlElement, base: str) -> Iterator[str]:
    for link in tree.iterfind(".//link[@href]"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind in HOME_KINDS and "alternate" in (link.get("rel") or "").lower().split():
            try:
                yield urljoin(base, link.get("href").strip())
            except ValueError:  # brackets that hold no address
                continue
